"""Kinds of clauses, as rules describe them, and which sentences may hold one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal

from followup_lint.clauses.model import Clause, Mood, Tense, Who
from followup_lint.clauses.signs import NEGATIONS, may_order, signs_of_any
from followup_lint.form import CLOSED
from followup_lint.inflect import forms, signs
from followup_lint.literals import folded
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

Truth = Literal["yes", "no", "any"]


@dataclass(frozen=True)
class Frame:
    """A kind of clause. Every field given must hold; an empty list allows anything.

    `who` does it; `verb` and `object` are lemmas (`<name>` stands for a list of `rules/vocabulary/clauses.yaml`; a
    particle belongs to its verb: "get back"); `over` are verbs above it, of which `over_who` does the nearest, and
    `not_over` verbs that must not stand there; `modal` is one of can, could, must, will and so on. `negated`,
    `hypothetical`, `reported` and `limit` (a time by which it is to happen) are each yes, no or any. `within` are
    phrases of which one must begin among the clause's own words, `without` phrases that must not stand in the sentence;
    `then` phrases must follow, later in the sentence or at the start of the next. The finding is at the deed, subject
    to verb, or at the `words` of `within`.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = CLOSED

    who: tuple[Who, ...] = ()
    verb: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    over_who: tuple[Who, ...] = ()
    not_over: tuple[str, ...] = ()
    tense: tuple[Tense, ...] = ()
    mood: tuple[Mood, ...] = ()
    modal: tuple[str, ...] = ()
    negated: Truth = "no"
    hypothetical: Truth = "no"
    reported: Truth = "no"
    limit: Truth = "any"
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    case: str = ""
    at: Literal["deed", "words"] = "deed"

    @cached_property
    def signs(self) -> tuple[frozenset[str], ...]:
        """Return sets of pieces: a sentence that lacks all of one of them holds no clause of this kind."""
        needed = [self._orders or signs(words(self.verb)), signs(words(self.object)), signs(words(self.over))]
        if self.mood and Mood.ORDER not in self.mood:  # an order has the reader for its doer without a word
            needed.append(signs_of_any(self.who))
        needed += [signs_of_any(self.over_who), NEGATIONS if self.negated == "yes" else frozenset()]
        needed.append(frozenset().union(*map(forms, self.modal)) if all(self.modal) else frozenset())
        return tuple(wanted for wanted in needed if wanted)

    @cached_property
    def _orders(self) -> frozenset[str]:
        """Return the verbs as an order has them, if nothing else is looked for."""
        return frozenset(name.split()[0] for name in words(self.verb)) if self.mood == (Mood.ORDER,) else frozenset()

    def may_stand(self, reading: Reading, held: frozenset[str]) -> bool:
        """Whether a draft with these pieces can hold such a clause anywhere."""
        if any(held.isdisjoint(wanted) for wanted in self.signs):
            return False
        return all(not group or reading.living(group) for group in (self.within, self.then))

    def may_fit(self, reading: Reading, number: int) -> bool:
        """Whether a sentence can hold such a clause, so far as its words tell: a look before the parse."""
        span = reading.sentences[number].span
        held = reading.pieces(span)
        if any(held.isdisjoint(wanted) for wanted in self.signs):
            return False
        if self._orders and not may_order(folded(span.of(reading.text)), self._orders):
            return False
        if self.within and not reading.search(self.within, span):
            return False
        if self.without and reading.search(self.without, span):
            return False
        if self.limit == "yes" and not reading.may_limit(reading.sentences[number]):
            return False
        following = [item.span for item in reading.sentences[number : number + 2]]
        return not self.then or any(reading.search(self.then, stretch) for stretch in following)

    def fits(self, clause: Clause) -> bool:
        """Whether the clause is of this kind, its words in `within`, `without` and `then` aside."""
        pairs = (
            (self.who, clause.who),
            (self.tense, clause.tense),
            (self.mood, clause.mood),
            (self.modal, clause.modal),
            (self.over_who, clause.over_who),
        )
        truths = (
            (self.negated, clause.negated),
            (self.hypothetical, clause.hypothetical),
            (self.reported, clause.reported),
            (self.limit, clause.limit is not None),
        )
        return (
            all(not wanted or value in wanted for wanted, value in pairs)
            and all(wanted == "any" or (wanted == "yes") is value for wanted, value in truths)
            and (not self.verb or clause.verb in words(self.verb))
            and (not self.object or any(lemma in words(self.object) for lemma, _ in clause.objects))
            and (not self.over or any(lemma in words(self.over) for lemma in clause.over))
            and not (self.not_over and any(lemma in words(self.not_over) for lemma in clause.over))
        )

    def __str__(self) -> str:
        """Return the frame in words, as an explanation shows it: "you: respond, reply … (order, with a time limit)"."""
        doer = " or ".join(str(item) for item in self.who) or "anybody"
        deed = _shown(self.verb) or "does anything"
        onto = f" + {_shown(self.object)}" if self.object else ""
        under = f" under {_shown(self.over)}" if self.over else ""
        marks = [*self.mood, *self.tense, *(f"“{word}”" for word in self.modal if word)]
        marks += [name for name in ("negated", "hypothetical", "reported") if getattr(self, name) == "yes"]
        marks += ["with a time limit"] if self.limit == "yes" else []
        return f"{doer}: {deed}{onto}{under}" + (f" ({', '.join(map(str, marks))})" if marks else "")

    def place(self, clause: Clause) -> Span:
        """Return the words of the clause that make the case: subject to verb, object and limit."""
        wanted = words(self.object)
        ends = [span.end for lemma, span in clause.objects if lemma in wanted]
        if clause.limit is not None and self.limit == "yes":
            ends.append(clause.limit.span.end)
        starts = [clause.top.start] if clause.top is not None and self.over else []
        return Span(min([clause.core.start, *starts]), max([clause.core.end, *ends]))


_SHOWN = 4


def _shown(names: Sequence[str]) -> str:
    listed = [word for name in names for word in (vocabulary("clauses")[name[1:-1]] if name[0] == "<" else [name])]
    return "/".join(listed[:_SHOWN]) + ("/…" if len(listed) > _SHOWN else "")


@lru_cache(maxsize=512)
def words(names: tuple[str, ...]) -> frozenset[str]:
    """Return the lemmas of a frame's list, with `<name>` replaced by the shared list of that name."""
    found: set[str] = set()
    for name in names:
        found |= set(vocabulary("clauses")[name[1:-1]]) if name.startswith("<") else {name}
    return frozenset(found)
