"""A memory that only this interview could have given, told from what would fit any other."""

from __future__ import annotations

import pytest

from followup_lint.catalog import built_in
from followup_lint.diagnostic import Diagnostic
from followup_lint.linter import Linter
from followup_lint.reader import read_message

RULE = next(rule for rule in built_in() if rule.name == "specific-reference-missing")


def found(body: str, facts: str = "") -> list[tuple[str, str, str]]:
    """Return case, severity and words of each finding in a thank-you with that body."""
    kind = "" if "kind:" in facts else "kind: thank-you\n"
    text = f"---\n{kind}{facts}---\nDear Dana,\n\n{body}\n\nRegards,\nSam Roe\n"
    result = Linter((RULE,)).lint(read_message(text.encode(), "note.txt", {}))
    assert all(isinstance(item, Diagnostic) for item in result.diagnostics)
    return [(item.finding.case, item.severity.value, item.span.of(text)) for item in result.diagnostics]


SPECIFIC = (
    "Your story about the ferry that ran aground in fog made me laugh all the way home.",
    "I enjoyed meeting with you and your group, especially our discussion of weather derivatives.",
    "The floor was as loud as you promised, and I loved it.",
    "Thanks for lunch at the Petroleum Club.",
    "Thank you for letting me sit in on the morning huddle.",
    "You asked me about volatility smiles and I gave a poor answer; here is a better one.",
    "I was impressed with how quickly the dispatchers rerouted the two trucks.",
    "Having seen the kiln, I understand why you want someone with glazing experience.",
    "We spoke of the Danish tax change, and I have read up on it since.",
    "Sorry again for knocking over the mannequin in the window!",
    "It was neat to see the robot arm stack pallets.",
    "Enjoyed our chat about pipeline capacity and storage spreads.",
    "I did not know that museums insure the frames separately.",
    "The mock trial was harder than I expected, and more fun.",
    "Your remark on barcode labels peeling off in the freezer rang a bell.",
    "I keep thinking of the pigeon in the server room.",
    "The dinner with the associates at the Rice Hotel was most enjoyable.",
    "Your team's habit of ending every stand-up with a joke is one I'd gladly adopt.",
    "I would love to work on the harbour game you showed me.",
    "Thank you for seeing me, and for the walk past the drying racks, and I look forward to hearing from you.",
)

GENERIC = (
    "I wanted to thank you for the opportunity to interview with your company on Wednesday.",
    "I enjoyed meeting everyone and was very impressed with the people I met.",
    "I feel that my background in accounting and my MBA would be an asset to your department.",
    "If you need any additional information, please call me at home or on my cell.",
    "I look forward to learning the energy business from the ground up.",
    "Thank you for meeting with me about the Junior Buyer job.",
    "It was nice meeting you, Tom, Sarah and Rick yesterday.",
    "I was glad to learn more about what you are looking for.",
    "I have five years of experience with Oracle databases and wrote three data loaders.",
    "Thank you for considering me for the summer associate program.",
    "I want to reiterate my strong interest in the Senior Accountant position with your firm.",
    "I spent four years at Deloitte auditing oil companies and would bring that knowledge to you.",
    "My coursework in finance and my internship at a bank have prepared me well for this job.",
    "Our meeting was very helpful in understanding the responsibilities of the role.",
    "I hope you have a great weekend.",
)


@pytest.mark.parametrize("body", SPECIFIC)
def test_a_memory_of_this_interview_counts(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize("body", GENERIC)
def test_what_fits_any_interview_does_not(body: str) -> None:
    assert len(found(body)) == 1


@pytest.mark.parametrize(
    ("body", "case"),
    [
        ("Thank you for your time. Do you fire the pots with gas, or has the electric kiln come?", "question"),
        ("I enjoyed our talk. I look forward to discussing the migration plan in more detail.", "future"),
        ("It was good to meet you. I read on your website that you own forty trucks.", "outside"),
        ("It was good to meet you and learn about the role.", "generic"),
        ("I am keen.", "absent"),
    ],
)
def test_the_nearest_miss_is_named(body: str, case: str) -> None:
    assert [kind for kind, _, _ in found(body)] == [case]


@pytest.mark.parametrize(
    ("facts", "body", "expected"),
    [
        ("topics: [three-way match]\n", "The three-way match is where I would begin.", 0),
        ("company: Kiln & Co\n", "I enjoyed learning about Kiln & Co.", 1),
        ("role: Kiln Master\n", "Our talk about the Kiln Master job was a pleasure.", 1),
        ("interviewers: [Bengt Olander]\n", "Bengt's rule that a tent must survive the car park is a good one.", 0),
        ("kind: check-in\n", "Is there any news? The dovetail trial is on my mind.", 0),
        ("kind: withdrawal\n", "Please take me out of consideration.", 0),
    ],
)
def test_facts_decide(facts: str, body: str, expected: int) -> None:
    assert len(found(body, facts)) == expected


def test_it_weighs_less_outside_a_thank_you() -> None:
    body = "Is there any news about my application?"
    assert [severity for _, severity, _ in found(body, "kind: check-in\n")] == ["suggestion"]
    assert [severity for _, severity, _ in found("Thank you for the interview.")] == ["warning"]
