"""Yes, no and until when: tables of sentences that settle a matter and sentences that leave it open."""

from __future__ import annotations

import pytest

from followup_lint.catalog import built_in
from followup_lint.diagnostic import Diagnostic
from followup_lint.linter import Linter
from followup_lint.reader import read_message

RULES = {rule.name: rule for rule in built_in()}


def said(name: str, body: str, *facts: str, subject: str = "") -> tuple[Diagnostic, ...]:
    top = "\n".join(facts)
    head = f"Subject: {subject}\n\n" if subject else ""
    text = f"---\n{top}\n---\n{head}Dear Ana,\n\n{body}\n\nRegards,\nTom Weaver\n"
    return Linter((RULES[name],)).lint(read_message(text.encode(), "draft.txt", {})).diagnostics


def cases(name: str, body: str, *facts: str) -> list[str]:
    return [item.finding.case for item in said(name, body, *facts)]


WITHDRAWN = """
I'm afraid I won't be taking this further.
I must bow out of the search.
Would you kindly strike my name from the list?
I've signed with a ferry line and must step aside.
After sleeping on it we decided to stay in Bergen.
I am no longer able to be considered.
Please don't keep the seat for me.
I regret to inform you that I renounce to continue with the process.
Thank you, but my answer is no.
I have said yes to the other mill.
I think it is best if I withdraw.
I was not sure for weeks; now I ask you to close my file.
""".strip().splitlines()

WAVERING = [
    ("open", "I may have to withdraw before long."),
    ("open", "I am thinking of pulling out."),
    ("open", "I do not want to withdraw."),
    ("open", "If the rota stays as it is, I will withdraw."),
    ("open", "Perhaps I should step aside."),
    ("unsure", "I am not sure the loom room is right for me."),
    ("unsure", "I have second thoughts about the night shift."),
    ("absent", "My aunt would miss me, and the tram is slow."),
    ("other", "I heard that the other candidate withdrew."),
]


@pytest.mark.parametrize("body", WITHDRAWN)
def test_a_clear_withdrawal_is_heard(body: str) -> None:
    assert cases("withdrawal-unclear", body, "kind: withdrawal") == []


@pytest.mark.parametrize(("case", "body"), WAVERING)
def test_a_wavering_withdrawal_is_told_at_its_nearest_miss(case: str, body: str) -> None:
    assert cases("withdrawal-unclear", body, "kind: withdrawal") == [case]


def test_a_withdrawal_in_the_subject_counts() -> None:
    body, facts = "This was not easy to write.", "kind: withdrawal"
    assert said("withdrawal-unclear", body, facts, subject="Withdrawal of my application") == ()
    assert len(said("withdrawal-unclear", body, facts, subject="My application")) == 1


@pytest.mark.parametrize(
    ("expected", "body"),
    [
        ([], "I have taken another post."),
        ([], "I have taken a post that is a better fit for my training."),
        ([], "I withdraw because of my knee. My doctor is strict. Thank you for the hour among the looms."),
        ([], "I would rather say so now than waste your time."),
        ([], "I have never met a kinder team than yours."),
        ([], "Your process was not slow at all."),
        (["reason"], "I withdraw because of my knee. My doctor is strict. My wife is away. The commute is long."),
        (["comparison"], "A much stronger mill has hired me."),
        (["comparison"], "They pay more than you."),
        (["criticism"], "Your process was slow."),
        (["criticism"], "I was put off by the tone of your director."),
        (["criticism"], "Nobody had read my file."),
    ],
)
def test_reasons_are_budgeted_and_criticism_is_not(expected: list[str], body: str) -> None:
    assert cases("withdrawal-overexplains", body, "kind: withdrawal") == expected


def test_the_reason_too_many_knows_the_others() -> None:
    body = "I withdraw because of my knee. My doctor is strict. My wife is away. The commute is long."
    (found,) = said("withdrawal-overexplains", body, "kind: withdrawal")
    assert "My wife" in found.message
    assert "4 sentences" in found.message
    assert len(found.finding.related) == 3


@pytest.mark.parametrize(
    "body",
    [
        "They want my answer on 3 May.",
        "I must reply within ten days.",
        "They have given me a week.",
        "The offer expires Friday.",
        "I owe them an answer next Tuesday.",
        "They need to know by the 14th.",
        "My reply is due at the end of the month.",
        "They'll hold the bench for me for two weeks.",
        "I got it on Monday and have until Thursday.",
    ],
)
def test_a_date_one_faces_counts(body: str) -> None:
    assert cases("competing-offer-no-date", f"Another mill has made me an offer. {body}", "kind: competing-offer") == []


@pytest.mark.parametrize(
    ("case", "body"),
    [
        ("absent", "What are your plans?"),
        ("vague", "They want an answer soon."),
        ("past", "We spoke on Tuesday about the looms."),
        ("past", "I received it on 12 June from their director."),
        ("theirs", "You said you would decide by Friday."),
        ("start", "The work there would start on 1 September."),
    ],
)
def test_other_dates_do_not(case: str, body: str) -> None:
    text = f"Another mill has made me an offer. {body}"
    assert cases("competing-offer-no-date", text, "kind: competing-offer") == [case]


def test_a_date_in_the_subject_counts() -> None:
    body, facts = "Another mill has made me an offer.", "kind: competing-offer"
    assert said("competing-offer-no-date", body, facts, subject="Weaver: reply due 31 October") == ()


ANSWERED = """
I'd be delighted to join.
Count me in!
Yes!
I gladly accept.
Where do I sign?
You will find the signed contract attached.
I look forward to starting on 2 June.
I am sorry, but I have to decline.
I will not be able to join you.
May I give you my answer by Tuesday?
Could I have until Friday?
You will have my answer tomorrow.
""".strip().splitlines()

OPEN = [
    ("absent", "Wow, what news!"),
    ("vague", "I will get back to you soon."),
    ("open", "Before I accept I have a question."),
    ("open", "I am not sure whether to accept."),
    ("open", "I would love to join, but the pay is low."),
    ("past", "Thank you for the offer of 3 June."),
    ("start", "The start on 1 September would suit us."),
]


@pytest.mark.parametrize("body", ANSWERED)
def test_an_answered_offer(body: str) -> None:
    assert cases("offer-reply-undecided", body, "kind: offer-reply") == []


@pytest.mark.parametrize(("case", "body"), OPEN)
def test_an_offer_left_open(case: str, body: str) -> None:
    assert cases("offer-reply-undecided", body, "kind: offer-reply") == [case]


@pytest.mark.parametrize(
    ("count", "body", "facts"),
    [
        (1, "I gladly accept!", ()),
        (1, "Thank you for your call on Thursday. I accept the job.", ()),
        (0, "I gladly accept!", ("terms: attached",)),
        (0, "I gladly accept the post of master weaver.", ()),
        (0, "I gladly accept. Being loom fixer at your mill is a joy.", ("role: Loom Fixer",)),
        (0, "I gladly accept, and will start on Monday.", ()),
        (0, "I gladly accept, at 31,000 a year.", ()),
        (0, "I gladly accept the terms in your letter.", ()),
        (0, "I must decline.", ()),
        (0, "Before I accept I would like to see the loom.", ()),
    ],
)
def test_an_acceptance_says_of_what(count: int, body: str, facts: tuple[str, ...]) -> None:
    assert len(said("acceptance-terms-missing", body, "kind: offer-reply", *facts)) == count


@pytest.mark.parametrize(
    ("count", "body"),
    [
        (1, "I am withdrawing. I am still keen on the role."),
        (1, "Please take me off the list, but do keep me in the running."),
        (1, "I must decline the offer. I still want the job."),
        (0, "I am withdrawing. I would be interested in other roles later."),
        (0, "I am withdrawing. I was very interested in the role."),
        (0, "I do not want to withdraw. I am still keen on the role."),
        (0, "If nothing moves I will withdraw. I am still keen on the role."),
        (0, "The other candidate withdrew. I am still keen on the role."),
        (0, "Although I am keen on the role, I have to withdraw."),
        (0, "I am withdrawing. I hope you find somebody keen on the role."),
        (0, "I have withdrawn all my other applications. I am keen on the role."),
    ],
)
def test_leaving_and_staying_at_once(count: int, body: str) -> None:
    assert len(said("decision-contradiction", body, "kind: withdrawal")) == count
