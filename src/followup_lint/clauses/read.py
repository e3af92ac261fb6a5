"""From a parsed sentence to its clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.clauses.limits import limits
from followup_lint.clauses.model import Clause, Limit, Mood, Tense, Who
from followup_lint.clauses.subjects import own_subject, subject, who
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

_SPELLED = {
    "'d": "would", "’d": "would", "'ll": "will", "’ll": "will", "n't": "not", "n’t": "not", "'re": "are", "’re": "are",
    "'m": "am", "’m": "am", "'ve": "have", "’ve": "have", "ca": "can", "wo": "will", "sha": "shall",
}  # fmt: skip
_MODALS = frozenset({"could", "can", "would", "will", "may", "might", "shall", "should", "must"})
_SUPPOSED = frozenset({"could", "would", "may", "might", "should"})
_IF = frozenset({"if", "unless", "whether", "should", "provided", "assuming", "in case"})
_NEGATIONS = frozenset({"not", "never", "neither", "nor", "hardly", "without"})
_OBJECTS = frozenset({"dobj", "attr", "dative", "oprd", "acomp", "npadvmod", "nsubjpass"})
_BY = frozenset({"stop", "swing", "drop", "pop"})  # "I'll stop by the yard": "by" belongs to the verb
_DEPTH = 8


def clauses(doc: Doc) -> list[Clause]:
    """Return the clauses of one parsed sentence, in the order of their verbs."""
    bounds = limits(doc)
    return [_clause(token, bounds) for token in doc if _heads_clause(token)]


def plain(token: Token) -> str:
    """Return a word in lower case, its contraction spelled out."""
    lower: str = token.lower_
    return _SPELLED.get(lower, lower)


def _heads_clause(token: Token) -> bool:
    tag: str = token.tag_
    if not tag.startswith("VB") or token.dep_ in {"aux", "auxpass", "amod", "compound"}:
        # "Reply today": the small tagger takes many a bare order for a noun.
        opens = token.i == 0 or (token.i == 1 and token.nbor(-1).lower_ in {"please", "kindly", "just", "so"})
        return token.dep_ == "ROOT" and opens and token.lower_ in vocabulary("clauses")["orders"]
    return True


def _clause(verb: Token, bounds: list[tuple[Limit, Token]]) -> Clause:
    above = [*_above(verb)]
    found = subject(verb)
    mood = _mood(verb)
    objects = tuple(_objects(verb))
    own_words = {verb.i, *(token.i for token in _object_tokens(verb))}
    limit = next((item for item, governor in bounds if governor.i in own_words), None)
    edges = [*verb.subtree]
    return Clause(
        _verb_lemma(verb),
        Who.READER if mood is Mood.ORDER else who(found),
        found.lower_ if found is not None else "",
        _tense(verb),
        mood,
        next((plain(aux) for aux in _helpers(verb) if plain(aux) in _MODALS), ""),
        _negated(verb),
        _hypothetical(verb, above),
        _reported(above),
        objects,
        tuple(_verb_lemma(item) for item in above),
        who(subject(above[0])) if above else Who.NONE,
        limit,
        _core(verb),
        _core(above[0]) if above else None,
        Span(edges[0].idx, edges[-1].idx + len(edges[-1])),
        tuple(Span(token.idx, token.idx + len(token)) for token in _own(verb)),
    )


def _core(verb: Token) -> Span:
    """Return the stretch from a verb's subject, or its first helper, to its particle."""
    own = own_subject(verb)
    words = [verb, *(child for child in verb.children if child.dep_ in {"aux", "auxpass", "prt"})]
    if verb.i + 1 < len(verb.doc) and _verb_lemma(verb).endswith(f" {verb.nbor().lower_}"):
        words.append(verb.nbor())
    start = min(token.idx for token in words)
    if own is not None and own.i < verb.i:
        start = min(start, own.left_edge.idx)
    return Span(start, max(token.idx + len(token) for token in words))


def _own(verb: Token) -> Iterator[Token]:
    """Yield the words of a clause, those of the clauses below it left out."""
    queue = [verb]
    while queue:
        token = queue.pop()
        yield token
        queue += [child for child in token.children if not _heads_clause(child)]


def _verb_lemma(verb: Token) -> str:
    """Return the lemma with its particle: "get back", "step by"."""
    particle = next((child.lower_ for child in verb.children if child.dep_ == "prt"), "")
    if not particle and verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in {"back", "by", "over"}:
        is_adverb = verb.nbor().dep_ == "advmod" or (verb.lemma_.lower() in _BY and verb.nbor().lower_ == "by")
        particle = verb.nbor().lower_ if is_adverb else ""
    return f"{verb.lemma_.lower()} {particle}".strip()


def _helpers(verb: Token) -> list[Token]:
    own = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if not own and verb.dep_ == "conj" and own_subject(verb) is None:
        return [child for child in verb.head.children if child.dep_ in {"aux", "auxpass"}]
    return own


def _above(verb: Token) -> Iterator[Token]:
    """Yield the verbs above, nearest first; a relative clause or a coordination is not "under" the other verb."""
    seen = verb
    for _ in range(_DEPTH):
        while seen.dep_ == "conj" and seen.head.i != seen.i:
            seen = seen.head
        if seen.head.i == seen.i or seen.dep_ == "relcl":
            return
        seen = seen.head
        if seen.tag_.startswith("VB"):
            yield seen


def _mood(verb: Token) -> Mood:
    head = verb
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    if _is_order(verb) and (head.dep_ in {"ROOT", "parataxis"} or (head.dep_ == "ccomp" and own_subject(head) is None)):
        return Mood.ORDER
    tail = verb.doc.text.rstrip(" \"'”’)")
    return Mood.QUESTION if tail.endswith("?") else Mood.STATEMENT


def _is_order(verb: Token) -> bool:
    if verb.tag_ not in {"VB", "VBP", "NN", "NNP", "UH"} or own_subject(verb) is not None or subject(verb) is not None:
        return False
    helpers = {plain(aux) for aux in _helpers(verb)} - {"do"}
    return not helpers and not any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _tense(verb: Token) -> Tense:
    helpers = [plain(aux) for aux in _helpers(verb)]
    going = verb.dep_ == "xcomp" and verb.head.lower_ in {"going", "gon"} and "to" in helpers
    if going or {"will", "shall"} & set(helpers):
        return Tense.FUTURE
    if {"have", "has", "had"} & set(helpers):
        return Tense.PERFECT
    if "to" in helpers:
        return Tense.INFINITIVE
    if {"did", "was", "were"} & set(helpers) or verb.tag_ == "VBD":
        return Tense.PAST
    if verb.tag_ == "VBN" and not helpers:
        return Tense.PAST
    return Tense.PRESENT


def _negated(verb: Token) -> bool:
    if any(child.dep_ == "neg" or child.lower_ in _NEGATIONS for child in verb.children):
        return True
    longer = any(child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no" for child in verb.children)
    shared = verb.dep_ == "conj" and own_subject(verb) is None and not _helpers_of_own(verb) and _negated(verb.head)
    return longer or shared or any(child.lower_ == "nothing" for child in verb.children if child.dep_ in _OBJECTS)


def _helpers_of_own(verb: Token) -> bool:
    return any(child.dep_ in {"aux", "auxpass"} for child in verb.children)


def _hypothetical(verb: Token, above: list[Token]) -> bool:
    wishes = vocabulary("clauses")["wishes"]
    chain = [verb, *above]
    for item in chain:
        if {plain(aux) for aux in _helpers(item)} & _SUPPOSED:
            return True
        marks = {child.lower_ for child in item.children if child.dep_ in {"mark", "advmod", "aux", "prep"}}
        if marks & (_IF - {"should"}) or (item.i != verb.i and item.lemma_.lower() in wishes):
            return True
        if _inverted(item):
            return True
        if any(child.dep_ == "advcl" and _is_condition(child) for child in item.children):
            return True
    return False


def _is_condition(verb: Token) -> bool:
    return _inverted(verb) or any(child.dep_ == "mark" and child.lower_ in _IF for child in verb.children)


def _inverted(verb: Token) -> bool:
    """Whether a clause opens like "should you choose", "were I to join", "had I known"."""
    found = own_subject(verb)
    if found is None or verb.doc.text.rstrip().endswith("?"):
        return False
    helpers = [*(child for child in verb.children if child.dep_ in {"aux", "auxpass"}), verb]
    return any(item.i < found.i and item.lower_ in {"should", "were", "had"} for item in helpers)


def _reported(above: list[Token]) -> bool:
    """Whether somebody other than the sender said, thought or asked it."""
    saying = vocabulary("clauses")["saying"]
    return any(item.lemma_.lower() in saying and who(subject(item)) not in {Who.SENDER, Who.NONE} for item in above)


def _object_tokens(verb: Token) -> Iterator[Token]:
    queue = [verb]
    for _ in range(_DEPTH * 3):
        if not queue:
            return
        head = queue.pop(0)
        for child in head.children:
            is_object = child.dep_ in _OBJECTS or (head.i != verb.i and child.dep_ in {"pobj", "conj"})
            if is_object and (child.i > verb.i or child.dep_ == "nsubjpass") and not child.tag_.startswith("VB"):
                yield child
                queue.append(child)
            elif child.dep_ in {"prep", "agent"} and child.i > verb.i:
                yield from (inner for inner in child.children if inner.dep_ == "pobj")
                queue += [inner for inner in child.children if inner.dep_ == "pobj"]


def _objects(verb: Token) -> Iterator[tuple[str, Span]]:
    for token in _object_tokens(verb):
        yield token.lemma_.lower(), Span(token.idx, token.idx + len(token))
