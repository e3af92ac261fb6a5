"""What rules offer to do about a finding: in which words, how safely, and whether it helps."""

from __future__ import annotations

import pytest

from followup_lint.catalog import built_in, named, read_rules
from followup_lint.diagnostic import Applicability, Diagnostic, Edit, Remedy
from followup_lint.errors import Problems
from followup_lint.fix import apply, edited
from followup_lint.linter import Linter
from followup_lint.reader import read_message
from followup_lint.remedies.snippets import filled
from followup_lint.rule import Rule
from followup_lint.rule_file import Example
from followup_lint.table import pick
from followup_lint.testing import unmark

SAFE, UNSAFE, SNIPPET = Applicability.SAFE, Applicability.UNSAFE, Applicability.SNIPPET


def found(rule: Rule, text: str, path: str = "draft.txt") -> tuple[Diagnostic, ...]:
    return Linter((rule,)).lint(read_message(text.encode(), path, {})).diagnostics


def mended(name: str, words: str, level: Applicability, *facts: str) -> str:
    """Return a sentence as the remedies of one level leave it; it stands in the middle of a message."""
    top, middle, end = (
        "\n".join(["---", *facts, "---", "Dear Ms. Osei,", "", "It rained. "]),
        words,
        "\n\nRegards,\nSam\n",
    )
    text = top + middle + end
    remedies = [item for each in found(named(built_in(), name), text) for item in each.remedies]
    new = apply(text, [item for item in remedies if item.applicability is level])
    assert new.startswith(top)
    assert new.endswith(end)
    return new.removeprefix(top).removesuffix(end)


IN_FULL = [
    ("I can't wait, and I won't ask twice.", "I cannot wait, and I will not ask twice."),
    ("Can't wait to hear more!", "Cannot wait to hear more!"),
    ("We shan't forget it.", "We shall not forget it."),
    ("I’m sure they’ve seen that you’re right.", "I am sure they have seen that you are right."),
    ("I'M KEEN.", "I AM KEEN."),
    ("i'm sure that'll do.", "i am sure that will do."),
    ("Don't hesitate to ring; please don't worry.", "Do not hesitate to ring; please do not worry."),
    ("It's been two weeks, and it's still a fine mill.", "It has been two weeks, and it is still a fine mill."),
    ("It's not become a habit.", "It has not become a habit."),
    ("That's why I write.", "That is why I write."),
    ("There's no news yet.", "There is no news yet."),
    ("What's the timeline, and how's the search going?", "What is the timeline, and how is the search going?"),
    ("He's been promoted and she's a mason.", "He has been promoted and she is a mason."),
    ("Let's not wait.", "Let us not wait."),
    ("I'd like to join, and I'd rather wait.", "I would like to join, and I would rather wait."),
    ("I'd hoped to ask, and they'd said so.", "I had hoped to ask, and they had said so."),
    ("I'd never seen one.", "I had never seen one."),
    ("I've a question.", "I have a question."),
    ("As you know, it's what I'd do.", "As you know, it is what I would do."),
]

NOT_CERTAIN = [
    "Couldn't we meet on Monday?",
    "Isn't it a fine mill?",
    "Isn't tomorrow fine?",
    "Why don't we speak on Friday?",
    "It was fine, wasn't it?",
    "Doesn't the board meet in May?",
    "It ain't easy.",
    "I shouldn't've asked.",
    "I'd better understand the role now.",
    "I'd come on Monday.",
    "He'd put it well.",
    "It's finished.",
    "It's team is great.",
    "You're new office is nice.",
    "She's gone home.",
    "There's two jobs.",
    "Here's my references.",
    "He let's me in.",
    "What's happened since?",
    "What's up?",
    "Haven't heard back yet.",
    "Don't know yet.",
]


@pytest.mark.parametrize(("short", "full"), IN_FULL)
def test_short_forms_are_written_in_full(short: str, full: str) -> None:
    assert mended("contraction-in-formal", short, SAFE, "culture: formal") == full


@pytest.mark.parametrize("words", NOT_CERTAIN)
def test_short_forms_that_may_mean_two_things_are_left(words: str) -> None:
    assert mended("contraction-in-formal", words, SAFE, "culture: formal") == words


def test_of_several_short_forms_the_certain_ones_are_mended() -> None:
    words = "It's finished, and I'm glad that it wasn't late, wasn't it?"
    wanted = "It's finished, and I am glad that it was not late, wasn't it?"
    assert mended("contraction-in-formal", words, SAFE, "culture: formal") == wanted


RESPELT = [
    ("thx for the tour, and pls tell me more", "thanks for the tour, and please tell me more"),
    ("thx u for that", "thank you for that"),
    ("Thx for the tour.", "Thanks for the tour."),
    ("MANY THX FOR ALL OF IT", "MANY THANKS FOR ALL OF IT"),
    ("I wanna know if u need more.", "I want to know if you need more."),
    ("I gotta go, and he's gotta stay.", "I have to go, and he's got to stay."),
    ("a lotta work", "a lot of work"),
    ("I came b/c of the loom.", "I came because of the loom."),
    ("Is it 2day, or tmrw?", "Is it today, or tomorrow?"),
    ("I'd def come.", "I'd definitely come."),
    ("ur team was kind", "your team was kind"),
]

ANOTHER_WORD = [
    "wanna a job?",
    "a 2day course",
    "my cuz Bo",
    "ur great",
    "the b/c ratio",
    "see the u bend",
    "gimme five",
    "Lotta showed me the loom",
    "the word is def",
    "we solve for u",
    "IMO.",
]


@pytest.mark.parametrize(("words", "wanted"), RESPELT)
def test_text_speak_is_spelt_out(words: str, wanted: str) -> None:
    assert mended("casual-lexis", words, SAFE) == wanted


@pytest.mark.parametrize("words", ANOTHER_WORD)
def test_text_speak_that_may_be_another_word_is_left(words: str) -> None:
    assert mended("casual-lexis", words, SAFE) == words


@pytest.mark.parametrize(
    ("name", "words", "level", "wanted", "facts"),
    [
        ("exclamation-excess", "What a ramp!!!", SAFE, "What a ramp!", []),
        ("exclamation-excess", "Really?!! I drew it.", SAFE, "Really?! I drew it.", []),
        ("exclamation-excess", "What a ramp!! I drew it!", SAFE, "What a ramp! I drew it!", []),
        ("exclamation-excess", "What a ramp!!", SAFE, "What a ramp!", ["culture: formal"]),
        ("exclamation-excess", "What a ramp!! I drew it!", UNSAFE, "What a ramp! I drew it.", []),
        ("exclamation-excess", "A ramp! Really?! (Yes!)", UNSAFE, "A ramp! Really? (Yes.)", []),
        ("exclamation-excess", "What a ramp!", SAFE, "What a ramp!", ["culture: formal"]),
        ("exclamation-excess", "What a ramp!", UNSAFE, "What a ramp.", ["culture: formal"]),
        ("emoji", "I liked them :) at work we do the same.", UNSAFE, "I liked them :) at work we do the same.", []),
        ("emoji", "I liked it 😊 Thank you!", UNSAFE, "I liked it. Thank you!", []),
        ("emoji", "I liked it, 😊 and so did Bo.", UNSAFE, "I liked it, and so did Bo.", []),
        ("all-caps", "i think i am late, and part i was good", SAFE, "I think I am late, and part i was good", []),
        ("all-caps", "It was REALLY VERY good.", UNSAFE, "It was really very good.", []),
        ("urgency-word", "Could you tell me right away?", UNSAFE, "Could you tell me?", ["kind: check-in"]),
        ("stiff-phrasing", "Kindly let me know.", UNSAFE, "Please let me know.", ["culture: casual"]),
        ("stiff-phrasing", "You kindly let me see it.", UNSAFE, "You kindly let me see it.", ["culture: casual"]),
        ("template-placeholder", "At ${company} we met.", UNSAFE, "At Larch we met.", ["company: Larch"]),
        ("template-placeholder", "At [Company] we met.", UNSAFE, "At [Company] we met.", []),
    ],
)
def test_what_else_can_be_mended(name: str, words: str, level: Applicability, wanted: str, facts: list[str]) -> None:
    assert mended(name, words, level, *facts) == wanted


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sam\n\nSent from my Nokia\n\nP.S. Bring boots.\n", "Sam\n\nP.S. Bring boots.\n"),
        ("Sam\nSent from my Nokia\n\nP.S. Bring boots.\n", "Sam\n\nP.S. Bring boots.\n"),
        ("Sam\n\nSent from my Nokia\nP.S. Bring boots.\n", "Sam\n\nP.S. Bring boots.\n"),
        ("Sam\n\n\nSent from my Nokia\n", "Sam\n"),
        ("Sam\r\n\r\nSent from my Nokia\r\n", "Sam\r\n"),
        ("Sam\nSent from my Nokia", "Sam"),
    ],
)
def test_a_line_is_deleted_with_the_blank_lines_that_held_it_apart(before: str, after: str) -> None:
    top = "Hi Rob,\n\nThank you for the go on the lathe.\n\nBest,\n"
    (item,) = found(named(built_in(), "mobile-signature"), top + before)
    assert apply(top + before, [each for each in item.remedies if each.applicability is UNSAFE]) == top + after


def test_no_remedy_in_a_greeting_is_safe() -> None:
    text = "Thx Ana,\n\nThe tour was good.\n\nBest,\nSam\n"
    assert {
        item.applicability for each in found(named(built_in(), "casual-lexis"), text) for item in each.remedies
    } <= {UNSAFE}


MENDING = [rule for rule in built_in() if rule.file.remedy or rule.file.replace]


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.name)
def test_every_rule_that_mends_shows_how(rule: Rule) -> None:
    assert any(example.fixed for example in rule.file.examples)


SNIPPETS = [
    pytest.param(rule, example, id=f"{rule.name}-{number}")
    for rule in built_in()
    if rule.file.snippet
    for number, example in enumerate(rule.file.examples)
    if example.bad and not example.file.endswith(".eml")
]


def snippet_of(rule: Rule, text: str) -> tuple[Edit, tuple[str, ...]]:
    """Return the edit that a rule's snippet is, and the words its author would fill it with."""
    message = read_message(text.encode(), "example.txt", {})
    diagnostic = Linter((rule,)).lint(message).diagnostics[0]
    (remedy,) = [item for item in diagnostic.remedies if item.applicability is SNIPPET]
    traits = {diagnostic.finding.case, *message.context.traits}
    snippet = pick(rule.file.snippet, traits)
    assert snippet is not None
    return remedy.edits[0], snippet.filling


@pytest.mark.parametrize(("rule", "example"), SNIPPETS)
def test_a_snippet_that_is_filled_in_satisfies_its_rule(rule: Rule, example: Example) -> None:
    text, _ = unmark(example.bad)
    edit, words = snippet_of(rule, text)
    new = edited(text, [Edit(edit.span, filled(edit.text, words))])
    assert [item.message for item in found(rule, new)] == []


@pytest.mark.parametrize(("rule", "example"), SNIPPETS)
def test_a_snippet_that_is_not_filled_in_is_caught(rule: Rule, example: Example) -> None:
    text, _ = unmark(example.bad)
    edit, _ = snippet_of(rule, text)
    left = filled(edit.text)
    new = edited(text, [Edit(edit.span, left)])
    slots = [item.span.of(new) for item in found(named(built_in(), "template-placeholder"), new)]
    assert len(slots) == left.count("["), (left, slots)


def test_facts_fill_a_snippet_and_are_never_invented() -> None:
    rule = named(built_in(), "status-ask-missing")
    text = "---\nkind: check-in\nrole: $5 {Ramp} \\ Lead\n---\nHi Ana,\n\nJust checking in.\n\nBest,\nSam\n"
    edit, _ = snippet_of(rule, text)
    assert edit.text == "\n\nIs there an updated timeline for the ${1:\\$5 {Ramp\\} \\\\ Lead} position?"
    assert filled(edit.text) == "\n\nIs there an updated timeline for the $5 {Ramp} \\ Lead position?"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_snippet_ends_lines_as_the_draft_does(end: str) -> None:
    rule = named(built_in(), "greeting-missing")
    text = end.join(["Thank you for the tour.", "", "Best,", "Sam", ""])
    edit, _ = snippet_of(rule, text)
    assert filled(edit.text) == f"Dear [name],{end}{end}"


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("${1:a} and ${2:b}", (), "a and b"),
        ("${1:a} and $1, ${1}", ("x",), "x and x, x"),
        ("${1:a\\}b\\$} \\$5 $0", (), "a}b$ $5 "),
    ],
)
def test_a_snippet_as_plain_text(text: str, words: tuple[str, ...], wanted: str) -> None:
    assert filled(text, words) == wanted


RULE = """\
check: pattern
options: {phrases: [gonna]}
severity: warning
message: "“{text}”"
why: Because.
fix: Do.
replace: [{find: gonna, write: going to, safe: true}]
practice: 0
source: us
examples:
  - bad: I am [[gonna]] come.
    fixed: I am going to come.
  - good: I come.
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("find: gonna", "find: (gonna", "not a valid regular expression"),
        ("safe: true", "safely: true", "unknown key 'safely'"),
        ("write: going to", "write: '{boss}'", "has a hole {boss}"),
        ("find: gonna, ", "", "'replace.0.find' is missing"),
        (
            "    fixed: I am going to come.\n  - good: I come.",
            "  - good: I come.\n    fixed: I come.",
            "needs no mending",
        ),
        ("replace:", "remedy: hammer\nreplace:", "remedy: input should be"),
        ("replace:", "snippet: {title: T, text: '${1:x}', at: end}\nreplace:", "'filling' needs one entry"),
        ("replace:", "snippet: {title: T, text: '{boss}', at: end}\nreplace:", "has a hole {boss}"),
        ("replace:", "snippet: {title: T, text: x, at: nowhere}\nreplace:", "at: input should be"),
    ],
)
def test_a_broken_remedy_is_told_at_load(old: str, new: str, words: str) -> None:
    assert read_rules([("gonna", "gonna.yaml", RULE)])
    with pytest.raises(Problems) as caught:
        read_rules([("gonna", "gonna.yaml", RULE.replace(old, new, 1))])
    assert any(words in str(problem) for problem in caught.value.exceptions), caught.value.exceptions


def test_edits_that_overlap_are_no_text() -> None:
    rule = read_rules([("gonna", "gonna.yaml", RULE)])[0]
    (remedy,) = found(rule, "I am gonna come.")[0].remedies
    assert apply("I am gonna come.", [remedy]) == "I am going to come."
    with pytest.raises(ValueError, match="overlap"):
        apply("I am gonna come.", [remedy, Remedy(SAFE, (Edit(remedy.edits[0].span, "x"),), "")])
    with pytest.raises(ValueError, match="outside"):
        apply("I", [remedy])
