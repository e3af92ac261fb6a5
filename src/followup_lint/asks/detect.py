"""Every ask of a sentence: the readings of questions, imperatives and statements put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.fragments import fragment
from followup_lint.asks.frames import FRAMES, cues
from followup_lint.asks.model import Ask, Form
from followup_lint.asks.openings import openings, quoted
from followup_lint.asks.orders import imperative, order
from followup_lint.asks.questions import classify, inversions, rhetorical, stretch
from followup_lint.asks.stacks import clauses, question_subjects
from followup_lint.asks.words import is_word, lemma, plain
from followup_lint.records import dataclass, replace
from followup_lint.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

_SKIP = frozenset({"please", "just", "also", "always", "not", "then", "so", "and", "but", "or", ",", "simply"})


@dataclass(frozen=True, slots=True)
class _Found:
    start: int  # token index
    form: Form
    at: int  # the token that gives it away
    takes: bool = False  # whether question clauses that follow are its own


def _orders(sentence: Sentence, opens: Sequence[int]) -> Iterator[_Found]:
    tokens = list(sentence)
    for i, token in enumerate(tokens):
        if plain(token) in _SKIP or (token.dep_ == "aux" and lemma(token) == "do"):
            continue
        j = i
        while j and (plain(tokens[j - 1]) in _SKIP - {"so", "and", "but", "or", ","} or plain(tokens[j - 1]) == "do"):
            j -= 1
        lead = [plain(t) for t in tokens[j:i]]
        before = "please" if "please" in lead else (plain(tokens[i - 1]) if i else "")
        if tokens[j].i not in opens and "please" not in lead:
            continue
        if not imperative(token, before):
            continue
        form = order(token, tokens, "not" if "not" in lead else before)
        if form is not None:
            yield _Found(tokens[j].i, form, token.i, takes=form in {Form.INDIRECT, Form.OFFER})


def _edge(cue: Token) -> int:
    """Return where the clause that makes a cue an ask begins: at its subject, or at the verb that shares one."""
    seen = cue
    for _ in range(8):
        subjects = [c.left_edge.i for c in seen.children if c.dep_ in {"nsubj", "nsubjpass", "expl"} and c.i < seen.i]
        if subjects:
            return min(subjects)
        if (
            seen.dep_ == "ROOT"
            or seen.head.i > seen.i
            or (seen.dep_ == "conj" and "to" not in map(plain, seen.head.lefts))
        ):
            return min([seen.i, *(c.i for c in seen.lefts if c.dep_ in {"aux", "neg"})])
        seen = seen.head
    return seen.i


def _statements(sentence: Sentence, opens: Sequence[int]) -> Iterator[_Found]:
    known = cues()
    for cue in sentence:
        if lemma(cue) not in known and plain(cue) not in known:
            continue
        for frame in FRAMES:
            form = frame(cue)
            if form is not None:
                edge = _edge(cue)
                start = max((o for o in opens if o <= edge), default=sentence.start)
                yield _Found(start, form, cue.i, takes=True)
                break


def _questions(sentence: Sentence, opens: Sequence[int], taken: Sequence[_Found]) -> Iterator[_Found]:
    last: _Found | None = None
    for found in inversions(sentence, opens):
        if found.start not in opens and not _free(sentence, found.start, found.wh):
            continue
        holder = max(
            (f for f in (*taken, *([last] if last else [])) if f.takes and f.at < found.start),
            key=lambda f: f.at,
            default=None,
        )
        if holder is not None and found.wh is not None and found.start not in opens:
            continue
        form = classify(found, sentence)
        last = _Found(found.start, form, found.aux, takes=form is Form.INDIRECT)
        yield last


def _free(sentence: Sentence, start: int, wh: int | None) -> bool:
    """Whether an inversion in mid-clause is a clause of its own, run on without a comma."""
    if wh is not None:
        return not any(t.tag_.startswith("VB") or t.tag_ == "MD" for t in sentence if t.i < start)
    return True


def _opened(sentence: Sentence, start: int) -> int:
    """Move an opening back over the adverbs in front of it: "and also, just checking"."""
    while start > sentence.start and plain(sentence.doc[start - 1]) in _SKIP - {",", "not", "do"}:
        start -= 1
    return start


def _alternative(sentence: Sentence, ask: _Found) -> bool:
    """Whether a question only offers the other answer to the one before: "or is it too early to say?"."""
    return plain(sentence.doc[ask.start]) == "or" or plain(sentence.doc[max(sentence.start, ask.start - 1)]) == "or"


def _merge(sentence: Sentence, found: list[_Found]) -> list[_Found]:
    """Drop whatever another ask already covers: the same opening, or a cue inside its complement."""
    merged: list[_Found] = []
    for ask in sorted(({f.at: f for f in found}).values(), key=lambda f: (f.start, f.at)):
        if merged and (ask.start <= merged[-1].at or ask.at <= merged[-1].at):
            continue
        if merged and ask.form is merged[-1].form is Form.DIRECT and _alternative(sentence, ask):
            continue
        merged.append(ask)
    return merged


def _trimmed(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return token bounds without the conjunctions and punctuation at either end; closing marks stay."""
    doc = sentence.doc
    while end > start + 1 and (doc[end - 1].text in {",", ";", ":", "-", "–", "—", "("} or not doc[end - 1].text.strip()
                               or plain(doc[end - 1]) in {"and", "but", "so", "or"}):  # fmt: skip
        end -= 1
    while start < end - 1 and (not is_word(doc[start]) or plain(doc[start]) in {"and", "but", "so", "or"}):
        start += 1
    return start, end


def _quotations(doc: Doc, spans: Sequence[Span]) -> Iterator[Ask]:
    for span in spans:
        if "?" in span.of(doc.text):
            yield Ask(Form.QUOTED, span)


def _in_sentence(sentence: Sentence, quotes: Sequence[Span], *, only_orders: bool) -> Iterator[Ask]:
    doc = sentence.doc
    opens = openings(sentence)

    def outside(token: Token) -> bool:
        return not any(q.start <= token.idx < q.end for q in quotes)

    found = [f for f in _orders(sentence, opens) if outside(doc[f.at])]
    if not only_orders:
        found += [f for f in _statements(sentence, opens) if outside(doc[f.at])]
        found += [f for f in _questions(sentence, opens, list(found)) if outside(doc[f.at])]
        before = [(f.start, f.takes) for f in found]
        found += [
            _Found(i, Form.RHETORICAL if rhetorical(stretch(doc[i])) else Form.DIRECT, i)
            for i in question_subjects(sentence, opens, before)
            if outside(doc[i])
        ]
        found += [
            _Found(i, form, i)
            for i, form in fragment(sentence, opens, [f.start for f in found], outside)
            if outside(doc[i])
        ]
    merged = _merge(sentence, [replace(f, start=_opened(sentence, f.start)) for f in found])
    for here, ask in enumerate(merged):
        until = merged[here + 1].start if here + 1 < len(merged) else sentence.end
        for token in doc[ask.at : until]:
            if token.text[:1] in {"?", "!"}:
                until = token.i + 1
                break
        start, end = _trimmed(sentence, ask.start, until)
        words = doc[start:end]
        counted = clauses(words) if ask.form in {Form.DIRECT, Form.INDIRECT} else 1
        yield Ask(ask.form, Span(words.start_char, words.end_char), counted)


def asks(sentence: Doc, *, only_orders: bool = False) -> tuple[Ask, ...]:
    """Return the asks of one parsed sentence, in order; spans are code points into its text and never overlap.

    A text of several sentences is read sentence by sentence, as the parser cut it. `only_orders` says that its words
    ask nothing else (see `asks.signs`).
    """
    quotes = quoted(sentence.text)
    found = list(_quotations(sentence, quotes))
    for part in sentence.sents:
        found += _in_sentence(part, quotes, only_orders=only_orders)
    return tuple(sorted(found, key=lambda ask: (ask.span, ask.form)))
