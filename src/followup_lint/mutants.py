"""An example of a rule, and what becomes of it when its words or its facts are changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from followup_lint import patterns
from followup_lint.context import Kind
from followup_lint.reader import Message, read_message
from followup_lint.records import dataclass, replace
from followup_lint.rule_file import Example
from followup_lint.sentences import split
from followup_lint.testing import unmark
from followup_lint.text import Span

_NEUTRAL = "I am writing to you."
_ADDRESS = patterns.lazy(r"^(?:From|To|Cc|Date):.*\n", re.MULTILINE)
_TOP = patterns.lazy(r"---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Trial:
    """An example without its marks. `kind` is what it is for; it stays so when its words change."""

    text: str
    marks: tuple[Span, ...]
    file: str
    beside: Mapping[str, str]
    kind: Kind

    @property
    def message(self) -> Message:
        """Return the message; its kind is the trial's own where the text does not say one."""
        message = read_message(self.text.encode(), self.file, {})
        if not message.context.origins.get("kind", "inferred").startswith("inferred"):
            return message
        return replace(message, context=replace(message.context, kind=self.kind))

    @property
    def top(self) -> str:
        """Return the front matter, with its fences."""
        match = _TOP.match(self.text)
        return match.group() if match else ""

    @property
    def rest(self) -> str:
        """Return all but the front matter."""
        return self.text[len(self.top) :]

    @property
    def body(self) -> Span:
        """Return where the writer's own prose stands, from the first to the last paragraph."""
        draft = self.message.draft
        if draft.text != self.text or not draft.body:
            # Mail is decoded before it is read, so that its places are not those of the example.
            return Span(len(self.text), len(self.text))
        return Span(draft.body[0].span.start, draft.body[-1].span.end)


def trial(example: Example) -> Trial:
    """Return an example to be tried."""
    text, marks = unmark(example.bad) if example.bad else (example.good, ())
    kind = read_message(text.encode(), example.file, {}).context.kind
    return Trial(text, marks, example.file, example.beside, kind)


def without(case: Trial, marks: Sequence[Span], instead: str = "") -> Trial:
    """Return the trial without some of its marked words, or with others in their place."""
    left = case.text
    for mark in reversed(marks):
        left = left[: mark.start] + instead + left[mark.end :]
    return replace(case, text=left)


def neutral(case: Trial, *, as_long: bool = False) -> Trial:
    """Return the trial with a body that says nothing at all, in one sentence or in about as many words as before."""
    body = case.body
    times = max(1, len(body.of(case.text)) // len(_NEUTRAL)) if as_long else 1
    return replace(case, text=case.text[: body.start] + " ".join([_NEUTRAL] * times) + case.text[body.end :])


def bare(case: Trial) -> Trial:
    """Return the trial's facts, and one sentence that says nothing: no greeting, no name, no subject, no thread."""
    kept = "".join(match.group() for match in _ADDRESS.finditer(case.text)) if case.file.endswith(".eml") else case.top
    return replace(case, text=f"{kept}\n{_NEUTRAL}\n")


def cut(case: Trial, mark: Span) -> Trial:
    """Return the trial up to a mark."""
    return replace(case, text=case.text[: mark.start])


def filled(case: Trial, good: Sequence[Trial]) -> Iterator[Trial]:
    """Yield the trial with each sentence of the good ones, with their facts and neighbours, with all their words."""
    end = case.body.end
    for other in good:
        draft = other.message.draft
        for block in draft.body:
            for sentence in split(draft.text, block.span):
                yield replace(case, text=f"{case.text[:end]}\n\n{sentence.of(draft.text)}{case.text[end:]}")
    for other in good:
        yield given_facts(case, other)
        yield replace(case, text=case.top + other.rest)
    yield replace(case, beside={})


def given_facts(case: Trial, other: Trial) -> Trial:
    """Return the trial with the facts of another, and with the drafts beside it."""
    return replace(case, text=other.top + case.rest, beside=other.beside)
