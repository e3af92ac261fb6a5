"""Words that should not stand in a message."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import groupby

from followup_lint import patterns
from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.draft import BODY, OWN, BlockKind
from followup_lint.phrases import Group, Phrase, check_phrases, compiled, of_source
from followup_lint.reading import Reading
from followup_lint.records import dataclass, field
from followup_lint.stretches import Stretches
from followup_lint.text import Span
from followup_lint.vocabulary import rule_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal, TypeAlias

Where: TypeAlias = "Literal['body', 'message', 'everything', 'greeting', 'subject']"

_ASKING = frozenset({"direct", "indirect", "imperative"})
_LIST = patterns.lazy(r"<([a-z]+(?:-[a-z]+)*)>")
_DEEPEST = 20  # lists that name lists
_MOST_LETTERS = 300_000


@dataclass(frozen=True)
class Check:
    """Find phrases in the writer's own words, names and quotations masked.

    From `many` findings on, their case is `many`. `grave` phrases have the case `grave`; `asked` phrases, the case
    `asked`, count only inside a question or request. `unless` silences a sentence (or greeting) that holds one of its
    phrases; `except_in` silences what touches one of its. With `once`, only the first finding is told, the others are
    related to it; `words` lists them all. With `not_names`, a word capitalised like a name inside its sentence is one.
    `exact` phrases are plain regular expressions on the unmasked text, for unfilled slots: case and white space count,
    a group `( )` marks the part that is found, and `<name>` stands for one of the `lists`, which may name others;
    `<rule>` for the name of a built-in rule.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "words"})

    phrases: tuple[str, ...] = ()
    grave: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    except_in: tuple[str, ...] = ()
    where: Where = "body"
    many: int = 0
    exact: bool = False
    once: bool = False
    not_names: bool = False
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        groups = (self.phrases, self.grave, self.asked, self.except_in)
        if self.exact:
            check_phrases(*groups, compiling=self._compiled, lists="under 'lists'")
        else:
            check_phrases(*groups)
        check_phrases(self.unless)

    def lacks(self, context: Context) -> str:
        """Return nothing: words can always be looked for."""
        return ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield every match."""
        found = sorted(self._matches(reading), key=lambda item: item[0])
        many = self.many and len(found) >= self.many
        spans = [span for span, _, _ in found]
        texts = dict.fromkeys(" ".join(span.of(reading.text).split()) for span in spans)
        values = (("count", len(found)), ("words", ", ".join(f"“{text}”" for text in texts)))
        for number, (span, case, phrase) in enumerate(found[: 1 if self.once else None]):
            related = (*spans[:number], *spans[number + 1 :]) if self.once or many else ()
            yield Finding(span, values, case or ("many" if many else "one"), phrase, related)

    @property
    def expand(self) -> Callable[[str], tuple[str, ...]] | None:
        """Return what makes regular expressions of a phrase, where that is not as everywhere."""
        return (lambda phrase: (self._listed(phrase),)) if self.exact else None

    def _compiled(self, group: tuple[str, ...]) -> re.Pattern[str]:
        return (
            compiled(group)
            if not self.exact
            else patterns.compile("|".join(f"(?:{self._listed(one)})" for one in group) or "(?!)")
        )

    def _listed(self, phrase: str, above: tuple[str, ...] = ()) -> str:
        """Write the lists in a phrase out. Raises KeyError for one that is none, and ValueError as `verify` does."""
        lists = {"rule": rule_names(), **self.lists}
        pieces: list[str] = []
        letters = here = 0
        for match in _LIST.finditer(phrase):
            if match[1] in above or len(above) > _DEEPEST:
                raise ValueError(f"the list <{match[1]}> stands in itself, or too deep in other lists")
            words = "|".join(self._listed(one, (*above, match[1])) for one in lists[match[1]])
            letters += len(words)
            if letters > _MOST_LETTERS:  # a few short lists in one another could fill the memory
                raise ValueError(f"the list <{match[1]}>, written out wherever it stands, is too long")
            pieces += [phrase[here : match.start()], f"(?:{words})"]
            here = match.end()
        return "".join([*pieces, phrase[here:]])

    @cached_property
    def _groups(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        return (self.grave, "grave"), (self.phrases, ""), (self.asked, "asked")

    @cached_property
    def _exact(self) -> dict[str, Phrase]:
        """Return the phrases of an exact pattern as regular expressions."""
        return {one: of_source(f"(?:{self._listed(one)})", 0) for group, _ in self._groups for one in group}

    @cached_property
    def _exact_groups(self) -> dict[tuple[str, ...], Group]:
        return {group: Group(tuple(self._exact[one] for one in group)) for group, _ in self._groups}

    @cached_property
    def _except(self) -> re.Pattern[str]:
        return self._compiled(self.except_in)

    def _exempt(self, stretch: Span, text: str) -> Iterator[Span]:
        """Yield the places in which nothing is found."""
        return (Span(*match.span()) for match in self._except.finditer(text, stretch.start, stretch.end))

    def _matches(self, reading: Reading) -> Iterator[tuple[Span, str, str]]:
        """Yield places without overlap, their case and the phrase that found them."""
        seen = Stretches()
        groups = [(group, case) for group, case in self._groups if group and (self.exact or reading.living(group))]
        for stretch in parts_of(reading, self.where) if groups else ():
            text = reading.text if self.exact else reading.masked
            found = [
                (span, case, group) for group, case in groups for span in self._find(reading, group, stretch, text)
            ]
            # Most parts hold nothing: what would silence it is looked for afterwards.
            if not found or (self.unless and reading.search(self.unless, stretch)):
                continue
            exempt = Stretches.of(self._exempt(stretch, text) if self.except_in else ())
            for span, case, group in found:
                if seen.meets(span) or exempt.meets(span):
                    continue
                if case == "asked" and not _is_asked(reading, span):
                    continue
                seen.add(span)
                yield span, case, self._phrase(group, text, span, stretch)

    def _find(self, reading: Reading, group: tuple[str, ...], stretch: Span, text: str) -> list[Span]:
        if not self.exact:
            found = reading.find(group, stretch)
            return [span for span in found if not (self.not_names and _is_name(text, span, stretch))]
        living = reading.prose.plain.alive(self._exact_groups[group], stretch)
        found = [
            Span(*match.span(match.re.groups and 1))
            for phrase in (living.phrases if living else ())  # in their order: what is written first goes first
            for match in phrase.pattern.finditer(text, stretch.start, stretch.end)
        ]
        return [span for span in found if not reading.is_named(span) and not _is_quoted(reading, span)]

    def _phrase(self, group: tuple[str, ...], text: str, span: Span, stretch: Span) -> str:
        for phrase in group:
            pattern = self._exact[phrase].pattern if self.exact else compiled((phrase,))
            match = pattern.match(text, span.start, stretch.end)
            if match and match.end() == span.end:
                return phrase
        return ""


def parts_of(reading: Reading, where: Where) -> list[Span]:
    """Return the parts of the draft to look at: sentence by sentence in the body, part by part in the message."""
    if where == "body":
        return [sentence.span for sentence in reading.sentences]
    header = reading.draft.header("Subject")
    subject = [header.span] if header else []
    if where == "subject":
        return subject
    if where == "greeting":
        return [block.span for block in reading.draft.of_kind(BlockKind.GREETING)]
    if where == "message":
        kinds = BODY | {BlockKind.GREETING, BlockKind.SIGN_OFF}
        return [*subject, *(block.span for block in reading.draft.blocks if block.kind in kinds)]
    headers = [item.span for item in reading.draft.headers if item.name.lower() in {"to", "cc"}]
    # What is unfilled confuses the cut, so all of the writer's own parts that follow each other are one stretch.
    runs = groupby(reading.draft.blocks, key=lambda block: block.kind in OWN)
    own = [[block.span for block in run] for ours, run in runs if ours]
    return [*headers, *subject, *(Span(run[0].start, run[-1].end) for run in own)]


def _is_asked(reading: Reading, span: Span) -> bool:
    """Whether a place lies inside a question or a request."""
    last = bisect_right(reading.sentences, span.start, key=lambda sentence: sentence.span.start) - 1
    sentence = reading.sentences[last] if last >= 0 else None
    if sentence is None or not sentence.span.covers(span):
        return False
    return any(span.overlaps(ask.span) for ask in reading.asks(sentence) if ask.form in _ASKING)


def _is_quoted(reading: Reading, span: Span) -> bool:
    """Whether a place is part of what somebody said; alone between the marks, a slot is still one."""
    room = span.end - span.start + 2
    return any(mask.covers(span) and mask.end - mask.start > room for mask in reading.masks.over(span))


_TITLE_BEFORE = patterns.lazy(r"\b(?:Dr|Mr|Mrs|Ms|Mx|St|Prof)\.\s+$")
_ACRONYM_BEFORE = patterns.lazy(
    r"\b(?:an?|the|our|your|his|her|their|its|this|that|these|each|every|of|for|in|on|by|at|cut|called|and|or|&)\s+$",
    re.IGNORECASE,
)
_ACRONYM_AFTER = patterns.lazy(
    r"\s*\(|[-–/&.]\w|\s+(?:[A-Z][a-z]|\d|(?!(?:the|that|this|you|your|it|what|so|my|we|how|for|to|again|and|but|is|was)\b)[a-z]+)"
)


def _is_name(text: str, span: Span, stretch: Span) -> bool:
    """Whether a match is written as names are: a capital inside the sentence, or before another; an acronym."""
    word = span.of(text)
    if not word[:1].isupper() or word.startswith(("I'", "I’")):
        return False
    before, after = text[max(stretch.start, span.start - 40) : span.start], text[span.end : span.end + 30]
    last = before.rstrip(" ")[-1:]
    opens = (not last or last in ".!?:…*•-\r\n") and not _TITLE_BEFORE.search(before)
    if len(word) > 1 and word.isupper():
        return bool(_ACRONYM_BEFORE.search(before) or _ACRONYM_AFTER.match(after)) and not after.startswith(("!", ","))
    if not opens:
        return True
    return re.match(r"\s+[A-Z][a-z]", after) is not None
