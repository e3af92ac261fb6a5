"""What a message is for, told from its words and facts alone: right, explained, and cheap."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_lint.context import Kind
from followup_lint.kinds import Verdict, is_inferred, weigh
from followup_lint.kinds.cues import lists
from followup_lint.phrases import compiled
from followup_lint.reader import read_message


def read(body: str, top: str = "", name: str = "message.txt") -> Verdict:
    message = read_message(f"{top}Dear Ms Abara,\n\n{body}\n\nRegards,\nSam Lee\n".encode(), name, {})
    return weigh(message.draft, message.context)


MESSAGES = (
    ("thank-you", "It was a pleasure to see the kiln yesterday. I hope to hear about the next steps soon."),
    ("thank-you", "Good of you to show me round. I am still very keen on the job. Let me know if you need my papers."),
    ("thank-you", "I am obliged to you for sparing me an hour on Monday. I wait for your good news."),
    ("thank-you", "Thank you for the talk today. Could you tell me when you expect to decide?"),
    ("thank-you", "Thanks for lunch. As promised, my drawings are attached. I loved the boat shed."),
    ("thank-you", "I accept that I have much to learn about glass, but thank you for asking me in on Friday."),
    ("thank-you", "Following our call, I keep thinking of the pump you described. I would fix the valve first."),
    ("check-in", "Thank you again for seeing me three weeks ago. I wondered whether you have come to a decision."),
    ("check-in", "May I ask how far you have got with the search for a baker? I remain very interested."),
    (
        "check-in",
        "I was interviewed on 3 May for the clerk post and have not received any reply. Kindly intimate the result.",
    ),
    ("check-in", "You said I would hear by Friday. Is the job still open?"),
    ("check-in", "I need a yes or no from you by tomorrow night."),
    ("check-in", "I enjoyed meeting the crew at the end of May. Do you have a rough idea of when you will choose?"),
    (
        "second-check-in",
        "I am following up again on the clerk job. Since my last note I have passed the exam. Any news?",
    ),
    ("second-check-in", "Did you get my earlier e-mails? I am still interested."),
    ("second-check-in", "I know I said I wouldn't write again, but the ad is still up. Has the search started over?"),
    ("closing", "I have not heard back, so I take it the post is filled. I won't write again. Thanks for the tour."),
    ("closing", "This is my last note about the ranger job. I enjoyed the walk. Good luck with the season."),
    ("rejection-reply", "Thank you for letting me know. I had hoped for better news, but I understand your decision."),
    ("rejection-reply", "I am sorry it did not work out. Please keep me in mind if another post opens."),
    ("rejection-reply", "I think the panel is wrong. Who was chosen, and would you reconsider?"),
    (
        "competing-offer",
        "I have been offered another job and must answer by Monday. Could I hear from you before then?",
    ),
    (
        "competing-offer",
        "A mill in Hull has offered me a place; they want my answer on the 9th. I would rather join you.",
    ),
    ("offer-reply", "Thank you for the offer. I am happy to accept the post of clerk from 3 June."),
    ("offer-reply", "I am honoured by your offer, but have to decline, as we are moving to Oslo."),
    ("offer-reply", "What great news! May I give you my answer by Thursday?"),
    ("withdrawal", "Please take me out of the running for the cook job. Thank you for the tasting."),
    ("withdrawal", "I have accepted another position and don't wish to be considered any further. I enjoyed our talk."),
    ("correction", "In my note of this morning I gave the wrong date; the exam was in 2019. Sorry for the slip."),
    ("correction", "I forgot to attach my licence to my last e-mail. Here it is."),
    ("information", "As promised, here is the map you asked for. The north side is in red."),
    ("information", "Attached are the two references you requested on Monday."),
    ("recruiter-thanks", "Thanks for setting up the interview with the mill. It went well; they want me back."),
    ("referrer-thanks", "Thank you for putting my name in front of Ms Bell. I will tell you how it goes."),
)


@pytest.mark.parametrize(("kind", "body"), MESSAGES)
def test_the_words_tell_the_kind(kind: str, body: str) -> None:
    verdict = read(body)
    assert verdict.kind == kind, list(verdict.rows())
    assert not verdict.is_guess
    assert not verdict.is_unclear


def test_without_any_sign_the_kind_of_fewest_claims_is_guessed() -> None:
    verdict = read("The crane is green. It stands by the quay.")
    assert verdict.kind is Kind.CHECK_IN
    assert verdict.is_guess
    assert not verdict.is_unclear


def test_a_tie_names_both_kinds_and_their_clues() -> None:
    verdict = read("Thank you for the tour of the mill. Is there any news on the miller job?")
    assert verdict.is_unclear
    assert {verdict.kind, verdict.rival} == {Kind.THANK_YOU, Kind.CHECK_IN}
    assert "Thank you" in verdict.reasons(Kind.THANK_YOU)
    assert "any news" in verdict.reasons(Kind.CHECK_IN)


TIE = "Thank you for the tour of the mill. Is there any news on the miller job?"


@pytest.mark.parametrize(
    ("top", "kind"),
    [
        ("interview: 2026-05-04\ndate: 2026-05-05", Kind.THANK_YOU),
        ("interview: 2026-05-04\ndate: 2026-05-14", Kind.CHECK_IN),
        ("decision_by: 2026-05-04\ndate: 2026-05-08", Kind.CHECK_IN),
        ("previous: [{kind: thank-you, date: 2026-05-04}]", Kind.CHECK_IN),
        ("previous: [{kind: check-in, date: 2026-05-04}]", Kind.SECOND_CHECK_IN),
        ("previous: [{kind: check-in, date: 2026-05-04, answered: true}]", Kind.THANK_YOU),
        ("channel: voicemail", Kind.CHECK_IN),
    ],
)
def test_facts_break_a_tie(top: str, kind: Kind) -> None:
    assert read(TIE, f"---\n{top}\n---\n").kind is kind


@pytest.mark.parametrize(
    "quoted",
    [
        "> I withdraw my application.",
        "On Mon, 4 May 2026 at 10:02, Ana Abara <ana@mill.example> wrote:\n> We have another offer for you. Any news?",
    ],
)
def test_a_quoted_thread_never_counts(quoted: str) -> None:
    body = "Thank you for the tour of the mill today. I liked the old stones."
    plain, with_thread = read(body), read(f"{body}\n\nRegards,\nSam\n\n{quoted}")
    assert with_thread.kind is Kind.THANK_YOU
    assert not {clue.cue for clue in with_thread.clues} - {clue.cue for clue in plain.clues}


def test_quoted_words_and_known_names_are_no_clues() -> None:
    body = "Thank you for today. “Please accept another offer” over the door of Withdraw From Ltd made me laugh."
    assert read(body, "---\ncompany: Withdraw From Ltd\n---\n").ranking[0][0] is Kind.THANK_YOU
    assert len(read(body, "---\ncompany: Withdraw From Ltd\n---\n").clues) <= 2


def test_words_that_spoke_do_not_speak_again() -> None:
    verdict = read("Thank you for the offer of the clerk post.")
    spans = [clue.span for clue in verdict.clues if clue.span]
    assert all(one.end <= two.start for one, two in zip(sorted(spans), sorted(spans)[1:], strict=False))
    assert "thanks" not in {clue.cue for clue in verdict.clues}


def test_a_closing_thanks_weighs_less_than_an_opening_one() -> None:
    first = read("Thank you for the visit. The mill is fine. I can begin in May.")
    last = read("The mill is fine. I can begin in May. Thank you for the visit.")
    assert dict(first.ranking)[Kind.THANK_YOU] > 2 * dict(last.ranking)[Kind.THANK_YOU] > 0


@pytest.mark.parametrize("wish", ["I hope you are well.", "Good afternoon.", "I trust that all is well."])
def test_a_wish_before_the_point_is_not_the_first_sentence(wish: str) -> None:
    clues = read(f"{wish} Thank you for the visit. I can begin in May.").clues
    assert next(clue.place for clue in clues if clue.cue == "thanks") == "first"


def test_a_given_kind_is_kept_and_not_called_inferred() -> None:
    given = read_message(b"---\nkind: closing\n---\nThank you for today.\n", "message.txt", {})
    assert given.context.kind is Kind.CLOSING
    assert not is_inferred(given.context)
    assert is_inferred(read_message(b"Thank you for today.\n", "message.txt", {}).context)


def test_every_phrase_compiles_and_every_cue_can_be_found() -> None:
    for cue in lists().cues:
        assert cue.words
        for phrase in (*cue.words, *cue.unless):
            compiled((phrase,))
        assert any(cue.weight(place) for place in ("subject", "first", "body", "last"))
    names = [cue.name for cue in lists().cues if cue.points]
    assert {kind for cue in lists().cues for kind in cue.points} == set(Kind)
    assert len(names) == len(set(names))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*" .,?!\n\r'’>-", "Thank you", "any news", "offer", "I ", "withdraw", "é", "🙂"])))
def test_any_text_gets_a_verdict_whose_clues_lie_in_it(pieces: list[str]) -> None:
    message = read_message("".join(pieces).encode(), "message.txt", {})
    verdict = weigh(message.draft, message.context)
    assert len(verdict.ranking) == len(Kind)
    for clue in verdict.clues:
        assert clue.span is None or 0 <= clue.span.start < clue.span.end <= len(message.draft.text)


@pytest.mark.parametrize("text", ["the any " * 6000, "word-" * 9000, "a'b " * 12000, "thank you, " * 4500])
def test_long_nonsense_takes_linear_time(text: str) -> None:
    code = (
        "import sys; from followup_lint.reader import read_message; read_message(sys.stdin.buffer.read(), 'a.txt', {})"
    )
    subprocess.run([sys.executable, "-c", code], input=text[:49_000].encode(), check=True, timeout=20)


def test_the_context_shows_the_clues_without_loading_the_model() -> None:
    code = (
        "import sys; from followup_lint import inform; from followup_lint.linter import Linter\n"
        "from followup_lint.reader import read_message\n"
        "message = read_message(sys.stdin.buffer.read(), 'draft.txt', {})\n"
        "print(inform.context(Linter(()).lint(message)))\n"
        "print('spacy loaded:', 'spacy' in sys.modules)"
    )
    draft = b"Hi Ana,\n\nThank you for the tour today.\n\nSam\n"
    shown = subprocess.run([sys.executable, "-c", code], input=draft, capture_output=True, check=True).stdout.decode()
    assert "thanks: “Thank you” (first): thank-you +6" in shown
    assert "spacy loaded: False" in shown
