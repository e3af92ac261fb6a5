"""What the sender did, wishes or believes, whatever the verb: told by the parse."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from followup_lint.clauses import Clause, Mood, Tense, Who
from followup_lint.clauses.signs import signs_of
from followup_lint.inflect import signs
from followup_lint.phrases import compiled
from followup_lint.prose import Sentence
from followup_lint.reading import Reading
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

_DONE = frozenset({Tense.PAST, Tense.PERFECT, Tense.PRESENT})
_POLITE = frozenset({"would", "should"})  # "I should be glad to" is how the British would say it
_SENDERS = frozenset({"i", "we"})


def done(reading: Reading, but: tuple[str, ...]) -> Iterator[Span]:
    """Yield the clauses in which the sender did something, by a verb that none of some phrases is."""
    verbs = compiled(but)
    for sentence in reading.sentences:
        if reading.pieces(sentence.span).isdisjoint(_SENDERS):
            continue
        for clause in reading.clauses(sentence):
            if (
                clause.subject in _SENDERS
                and clause.tense in _DONE
                and not (clause.negated or clause.hypothetical or clause.modal)
                and not verbs.fullmatch(clause.verb.partition(" ")[0])
            ):
                yield clause.span.shift(sentence.span.start)


def wished(reading: Reading, but: tuple[str, ...]) -> Iterator[Span]:
    """Yield the clauses in which the sender wishes or believes something, but for what the phrases say."""
    excepted, verbs = compiled(but), vocabulary("clauses")
    for sentence in may_wish(reading):
        clauses = reading.clauses(sentence)
        for clause in clauses:
            is_so = clause.mood is Mood.STATEMENT and not (clause.negated or clause.reported)
            if clause.who is not Who.SENDER or not is_so:
                continue
            below = [item for item in clauses if item.top == clause.core]
            if clause.verb in verbs["believing"] and clause.tense is Tense.PRESENT:
                mine = [item for item in below if item.subject in _SENDERS or _is_my(reading, sentence, item)]
                if any(not excepted.fullmatch(item.verb.partition(" ")[0]) for item in mine):
                    yield clause.span.shift(sentence.span.start)
            elif clause.modal in _POLITE or (clause.verb in verbs["wishing"] and clause.tense is Tense.PRESENT):
                own = [item for item in below if item.who in {Who.SENDER, Who.NONE}]
                said = [clause.verb, *(word for word, _ in clause.objects)] if clause.modal in _POLITE else []
                told = [*said, *(item.verb for item in own)]
                if told and not any(excepted.fullmatch(word.partition(" ")[0]) for word in told):
                    yield clause.span.shift(sentence.span.start)


def may_wish(reading: Reading) -> Iterator[Sentence]:
    """Yield the sentences in which the sender may wish or believe something, by their words alone."""
    for sentence in reading.sentences:
        held = reading.pieces(sentence.span)
        if not held.isdisjoint(signs_of(Who.SENDER)) and not held.isdisjoint(_wishing()):
            yield sentence


def _is_my(reading: Reading, sentence: Sentence, clause: Clause) -> bool:
    return bool(reading.search(("my",), Span(clause.core.start, clause.core.start + 3).shift(sentence.span.start)))


@cache
def _wishing() -> frozenset[str]:
    verbs = vocabulary("clauses")
    return signs(verbs["believing"]) | signs(verbs["wishing"]) | _POLITE | {"d"}
