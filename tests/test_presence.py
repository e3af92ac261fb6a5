"""What a message should say: tables of sentences that say it and sentences that only seem to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from followup_lint.catalog import built_in
from followup_lint.diagnostic import Diagnostic
from followup_lint.linter import Linter
from followup_lint.reader import read_message
from followup_lint.rule import Rule, ready

RULES = {rule.name: rule for rule in built_in()}


def said(name: str, body: str, *facts: str, close: str = "Regards,", short: bool = True) -> tuple[Diagnostic, ...]:
    rule: Rule = RULES[name]
    if short:  # sentences are judged alone here, whatever length the rule asks for
        rule = replace(rule, make=ready(replace(rule.check, min_words=0)))  # type: ignore[type-var]  # a dataclass for sure
    top = "\n".join(facts or ("kind: thank-you",))
    text = f"---\n{top}\n---\nDear Ana,\n\n{body}\n\n{close}\nTom Weaver\n"
    return Linter((rule,)).lint(read_message(text.encode(), "draft.txt", {})).diagnostics


THANKS = """
Thank you for meeting with me this afternoon.
I am much obliged to you and your partners for the time you gave me.
Thnx for lunch!
I very appreciate the time that you spent with me yesterday.
It was very nice of you to spend so much of your time for me.
I was very glad to meet with you and your colleagues last Friday.
Good talking to you the other day.
It was a pleasure.
I left in a good mood, and for that I thank you all.
Please pass my thanks to the whole panel.
I'd be remiss if I didn't thank you for yesterday.
I would like to thank you once more for the interview.
I would appreciate hearing from you, and I thank you for seeing me on Monday.
Your time and candor were greatly appreciated.
Everyone I met was so kind and generous with their time.
I felt very welcome.
My visit to Houston was most enjoyable.
It was interesting for me to meet you and to know about your research group.
Thank you, Stinson, for the talk.
It is with sincere gratitude that I write following our interview.
""".strip().splitlines()

NO_THANKS = [
    ("answer", "I would appreciate a reply by next week."),
    ("advance", "Thanks in advance for your answer."),
    ("courtesy", "Thank you for your consideration."),
    ("answer", "I would be most grateful for any news."),
    ("elsewhere", "Thanks to your careers page I knew what to expect."),
    ("other", "Our customers appreciated the new till layout."),
    ("elsewhere", "I appreciate that hiring takes a while."),
    ("elsewhere", "I appreciate how busy you must be at quarter end."),
    ("answer", "Your prompt reply will be appreciated."),
    ("supposed", "It would be a pleasure to work with you."),
    ("elsewhere", "I am grateful to my first head chef, who taught me to taste."),
    ("other", "The residents enjoyed the garden I built."),
    ("elsewhere", "I am sending this instead of a thank-you card."),
    ("elsewhere", "I hope you enjoyed my presentation."),
    ("elsewhere", "I have enjoyed ten years in logistics."),
    ("elsewhere", "Thankfully the trains ran on time."),
    ("absent", "I want the job and can start in June."),
]


@pytest.mark.parametrize("body", THANKS)
def test_thanks_count(body: str) -> None:
    assert said("gratitude-missing", body) == ()


@pytest.mark.parametrize(("case", "body"), NO_THANKS)
def test_what_is_no_thanks_is_told_with_its_reason(case: str, body: str) -> None:
    (found,) = said("gratitude-missing", body)
    assert found.finding.case == case


def test_the_nearest_miss_is_pointed_at_and_its_phrase_is_kept() -> None:
    (found,) = said("gratitude-missing", "I am keen. Thanks in advance for a reply. I would appreciate it.")
    assert "Thanks in advance" in found.message
    assert found.finding.pattern
    assert found.finding.related


@pytest.mark.parametrize(
    ("close", "facts", "count"),
    [
        ("Thanks,", ("kind: thank-you",), 1),
        ("Thank you for your time on Monday,", ("kind: thank-you",), 0),
        ("Thanks again,", ("kind: thank-you",), 0),
        ("Thanks,", ("kind: withdrawal",), 0),
        ("Regards,", ("kind: withdrawal",), 1),
        ("Regards,", ("kind: thank-you", "channel: voicemail"), 0),
        ("Regards,", ("kind: correction",), 0),
        ("Regards,", ("kind: check-in",), 0),
    ],
)
def test_closing_thanks_count_by_kind(close: str, facts: tuple[str, ...], count: int) -> None:
    assert len(said("gratitude-missing", "I have read the plan.", *facts, close=close)) == count


def test_a_courtesy_counts_outside_thank_yous() -> None:
    body = "Please take me off the list. Thank you for considering me."
    assert said("gratitude-missing", body, "kind: withdrawal") == ()


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        (("kind: thank-you",), "error"),
        (("kind: thank-you", "region: ca"), "error"),
        (("kind: thank-you", "region: de"), "suggestion"),
        (("kind: rejection-reply",), "suggestion"),
    ],
)
def test_missing_thanks_weigh_by_kind_and_region(facts: tuple[str, ...], severity: str) -> None:
    (found,) = said("gratitude-missing", "I have read it.", *facts)
    assert found.severity == severity


@pytest.mark.parametrize(("before", "late"), [(0, 0), (2, 0), (3, 1), (6, 1)])
def test_thanks_are_late_after_the_third_sentence(before: int, late: int) -> None:
    body = "I know the work well. " * before + "Thank you for Monday."
    assert len(said("gratitude-late", body)) == late


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Thank you for Monday. I am grateful. I appreciated the tour.", 0),
        ("Thank you for Monday. I am grateful. I appreciated the tour. Thanks for lunch.", 1),
        ("I can't thank you enough.", 0),
        ("I can't thank you enough, and I am grateful to all of you.", 1),
        ("Thank you for Monday. The guests thanked me, the cooks thanked me, and the owner thanked me.", 0),
    ],
)
def test_thanks_pile_up_at_four_or_in_chains(body: str, count: int) -> None:
    assert len(said("gratitude-excess", body)) == count


INTEREST = """
I am very interesting in this position.
I wish to join to your company.
It will be my pleasure to work in your team.
I left more excited than I arrived.
I look forward to hearing from you.
I hope to hear from you soon about the position.
You are my first choice.
The role sounds like a great fit.
I am confident that I could contribute to your desk.
I can see myself on that ward.
The work appeals to me.
Count me in!
I could not be more excited.
I hope I have the chance to work with you.
Please keep me in mind for the role.
I'm still hoping for the forklift position.
There's no place I'd rather be.
""".strip().splitlines()

NO_INTEREST = [
    ("denied", "I am no longer interested in the role."),
    ("denied", "My interest is not as strong as before."),
    ("wish", "I wanted to thank you for your time."),
    ("wish", "I would like to know where things stand."),
    ("wish", "I'd be happy to send references."),
    ("kindness", "I hope all is well."),
    ("other", "Your team was very enthusiastic about cheese."),
    ("elsewhere", "Thank you for your interest in me."),
    ("absent", "It was great to meet you."),
]


@pytest.mark.parametrize("body", INTEREST)
def test_interest_counts(body: str) -> None:
    assert said("interest-missing", body) == ()


@pytest.mark.parametrize(("case", "body"), NO_INTEREST)
def test_what_is_no_interest_is_told_with_its_reason(case: str, body: str) -> None:
    (found,) = said("interest-missing", body)
    assert found.finding.case == case


@pytest.mark.parametrize(
    "facts", [("kind: withdrawal",), ("kind: offer-reply",), ("kind: correction",), ("kind: thank-you", "channel: sms")]
)
def test_interest_is_not_asked_everywhere(facts: tuple[str, ...]) -> None:
    assert said("interest-missing", "Have a good week.", *facts) == ()


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("I set up a similar rotation at Halden Foods.", 0),
        ("My experience in port logistics would be useful there.", 0),
        ("I am doing laminates since six years.", 0),
        ("As a former paramedic, I am used to nights.", 0),
        ("We solved that at Korrin with a second queue.", 0),
        ("I have strong knowledge of C++.", 0),
        ("I enjoyed the tour and hope to hear more.", 1),
        ("I learned a lot about your company.", 1),
        ("It was a great experience to see the press.", 1),
        ("I would be thrilled to come and work on the next show.", 1),
    ],
)
def test_fit_is_something_the_sender_can_do(body: str, count: int) -> None:
    assert len(said("fit-missing", body)) == count


def test_fit_is_not_asked_of_a_note_that_is_too_short() -> None:
    assert said("fit-missing", "Thank you for the tour.", short=False) == ()
    assert len(said("fit-missing", "Thank you for the tour and the tea. " * 5, short=False)) == 1


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Happy to send references.", 0),
        ("Please let me know if you need anything else from me.", 0),
        ("Should you require any additional documents, please do not hesitate to contact me.", 0),
        ("I have attached my updated certificate.", 0),
        ("If it helps, I could put you in touch with my old manager.", 0),
        ("Just tell me if you'd like to see more.", 0),
        ("Please let me know if you have made a decision.", 1),
        ("Could you tell me when I might hear?", 1),
        ("I would be happy to hear any news.", 1),
        ("I am still keen.", 1),
    ],
)
def test_an_offer_of_information(body: str, count: int) -> None:
    assert len(said("offer-of-information-missing", body, "kind: check-in")) == count
