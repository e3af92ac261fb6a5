"""What holds of every draft that is mended, however odd: nothing safe is left, nothing new is found, the rest stays."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_lint import fix
from followup_lint.catalog import built_in, choose
from followup_lint.diagnostic import Applicability
from followup_lint.linter import Linter, Result
from followup_lint.reader import read_message
from followup_lint.testing import unmark

LINTER = Linter(choose(built_in(), "strict", [], []))


def paragraphs() -> list[str]:
    """Return what the bad examples of all rules say, paragraph by paragraph, without what stands above it."""
    found = []
    for rule in built_in():
        for example in rule.file.examples:
            if example.bad and example.file == "example.txt":
                text = re.sub(r"\A---\n.*?\n---\n", "", unmark(example.bad)[0], flags=re.DOTALL)
                found += [piece for piece in re.split(r"\n\n+", text) if len(piece) > 20 and ":" not in piece[:20]]
    return sorted(set(found))


SHORT = [
    "I'm sure it's been a good year, and I can't wait.",
    "Couldn't we meet? It wasn't far, was it?",
    "I'd like to say that they're kind, that's all!!",
    "I don’t think I’d come; we’ve not met.",
    "Thx for the tour!!! pls tell me if u wanna know more.",
    "i think i'm gonna like it, tbh. I gotta go.",
    "You guys rock :) what a place 😊",
    "I LOVED EVERY MINUTE OF IT!! Is there any news ASAP?",
    "The loom is fine.  ",
    "> Thx!! I'm gonna be there.",
    "Zoë said so.\t",
]
PIECES = st.lists(st.sampled_from(paragraphs()) | st.sampled_from(SHORT), min_size=1, max_size=4)
TOPS = st.builds(
    lambda culture, kind: f"---\nculture: {culture}\nkind: {kind}\nto: Ana Roy  # it's her!!\n---\n",
    st.sampled_from(["formal", "neutral", "casual"]),
    st.sampled_from(["thank-you", "check-in", "offer-reply"]),
)
LEAVES = st.sampled_from(["Best,\nSam Ode", "Cheers!!\nsam", "Thx,\nSam", "Sam\n\nSent from my iPhone", "-- \nSam Ode"])
GREETINGS = st.sampled_from(["Hi Ana,", "Dear Anna,", "Hey Priya!!", "Dear Sir or Madam,", "thx ana,", ""])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])


@st.composite
def drafts(draw: st.DrawFn) -> bytes:
    body = "\n\n".join([draw(GREETINGS), *draw(PIECES), draw(LEAVES)])
    text = (draw(TOPS) + body + draw(st.sampled_from(["", "\n"]))).replace("\n", draw(ENDS))
    encoding = draw(ENCODINGS)
    return text.encode(encoding, "ignore")


def counted(result: Result) -> Counter[str]:
    return Counter(item.rule for item in result.diagnostics)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@given(drafts(), st.sampled_from(["draft.txt", "draft.md"]), st.booleans())
def test_what_is_mended_is_better_and_otherwise_the_same(data: bytes, path: str, unsafe: bool) -> None:  # noqa: FBT001  (hypothesis gives it)
    message = read_message(data, path, {})
    before = LINTER.lint(message)
    outcome = fix.run(message, data, LINTER.lint, unsafe=unsafe)

    after = LINTER.lint(read_message(outcome.data, path, {}))
    assert after.diagnostics == outcome.result.diagnostics
    assert not counted(after) - counted(before), "a rule has more to say than before"
    assert outcome.rounds < fix.MOST_ROUNDS

    again = fix.run(read_message(outcome.data, path, {}), outcome.data, LINTER.lint, unsafe=unsafe)
    assert again.data == outcome.data, "a second run finds more to mend"
    levels = {Applicability.SAFE, Applicability.UNSAFE} if unsafe else {Applicability.SAFE}
    for diagnostic, remedy in fix.choose(after.draft, after.diagnostics, levels):
        new = fix.edited(after.draft.text, remedy.edits).encode()
        cost = counted(LINTER.lint(read_message(new, path, {}))) - counted(after)
        assert cost, f"{diagnostic.rule} left a remedy that costs nothing: {remedy}"

    was, draft = before.draft, after.draft
    assert (was.front_matter and was.front_matter.of(was.text)) == (
        draft.front_matter and draft.front_matter.of(draft.text)
    )
    assert [line for line in draft.text.splitlines() if line.startswith(">")] == [
        line for line in was.text.splitlines() if line.startswith(">")
    ]
    if outcome.rounds == 1:
        # The remedies as the first lint told them, and nothing else: not a byte.
        remedies = [next(item for item in each.remedies if item.applicability in levels) for each in outcome.applied]
        assert draft.text == fix.apply(was.text, remedies)
    if not outcome.rounds:
        assert outcome.data == data
