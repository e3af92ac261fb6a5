"""Questions that are asked outright: an auxiliary before its subject, a question word in front, or a question mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.invites import invites
from followup_lint.asks.model import Form
from followup_lint.asks.openings import boundary
from followup_lint.asks.words import (
    AUXILIARIES,
    MODALS,
    PRONOUNS,
    WH,
    after,
    is_word,
    lemma,
    lemma_in,
    names_information,
    plain,
    question_after,
    touches,
    verbal,
    words,
)
from followup_lint.records import dataclass
from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Sentence

_NOT_QUESTIONS = frozenset({"nor", "neither", "as", "than", "never", "hardly", "rarely", "seldom", "scarcely", "only"})
_CONDITIONAL = frozenset({"should", "had", "were"})
_NOUN_PHRASE = ("DT", "PRP$", "NN", "JJ", "PDT", "CD", "VBG", "PRP", "EX")


@dataclass(frozen=True, slots=True)
class Inversion:
    """An auxiliary before its subject, by token index; `wh` is where the question word in front of it is."""

    start: int
    aux: int
    subject: int
    wh: int | None = None


def marked(token: Token) -> bool:
    """Whether the first full stop after a token is a question mark."""
    for other in after(token, 400):
        if "?" in other.text:
            return True
        if other.text in {"!", ";"} or (other.text == "." and other.i + 1 < other.sent.end):
            return False
    return False


def stretch(token: Token) -> list[Token]:
    """Return the words from a token to the end of its sentence or the next full stop."""
    found = [token]
    for other in after(token, 400):
        if other.text[:1] in {"?", "!", ";"}:
            break
        found.append(other)
    return found


def _question_word(aux: Token, floor: int) -> int | None:
    doc = aux.doc
    for i in range(aux.i - 1, max(floor, aux.i - 8) - 1, -1):
        token = doc[i]
        if plain(token) in WH:
            paired = i - 2 >= floor and plain(doc[i - 1]) in {"and", "or", ","} and plain(doc[i - 2]) in WH
            first = i - 2 if paired else i
            return first - 1 if first - 1 >= floor and doc[first - 1].tag_ == "IN" else first
        if (verbal(token) and token.tag_ != "VBG") or not is_word(token) or token.tag_ in {"MD", "PRP"}:
            return None
    return None


def _subject(aux: Token, *, fronted: bool, opens: bool) -> int | None:
    """Return where the subject stands if it follows the auxiliary."""
    doc, end = aux.doc, aux.sent.end
    i = aux.i + 1
    while i < end and (plain(doc[i]) in {"not", "also", "please", "then", "still", "really"}):
        i += 1
    if i >= end:
        return None
    token = doc[i]
    if plain(token) in PRONOUNS and token.tag_ in {"PRP", "EX", "NN", "CD", "PRP$", "DT", "RB", "NNP", "VBP", "FW"}:
        parsed = token.dep_ in {"nsubj", "nsubjpass", "expl"} and plain(aux) in MODALS and plain(token) == "you"
        return i if fronted or opens or parsed else None
    if not (fronted or opens) or not token.tag_.startswith(_NOUN_PHRASE) or plain(aux) in {"have", "had", "am"}:
        return None
    sure = plain(aux) in {"is", "are", "was", "were", "does", "did", "has", "do", "would", "will", "could"}
    determined = token.tag_ in {"DT", "PRP$"} and plain(token) not in {"that", "this"}
    if marked(aux) or (sure and determined and (fronted or aux.i == aux.sent.start) and plain(aux) != "do"):
        return i
    return None


def _unasked(aux: Token, who: Token) -> bool:
    """Whether an inversion is a condition ("should you need") or a wish ("may this find you well")."""
    sender, asked = plain(who) in words("sender"), marked(aux)
    if plain(aux) in _CONDITIONAL:
        pausing = any(t.text == "," for t in after(who, 40))
        return not asked or (not sender and (plain(aux) == "should" or pausing))
    return not sender and (plain(aux) == "may" or (plain(aux) == "might" and not asked))


def inversions(sentence: Sentence, opens: Sequence[int]) -> Iterator[Inversion]:
    """Yield every auxiliary that stands before its subject and is no condition ("should you need")."""
    doc: Doc = sentence.doc
    floor = sentence.start
    for aux in sentence:
        if plain(aux) not in AUXILIARIES or aux.tag_ not in {"MD", "VBP", "VBZ", "VBD", "VB", "NNP", "NN"}:
            continue
        wh = _question_word(aux, floor)
        start = aux.i if wh is None else wh
        previous = plain(doc[start - 1]) if start > floor else ""
        if previous in _NOT_QUESTIONS or (previous == "so" and not marked(aux)):
            continue
        at = _subject(aux, fronted=wh is not None, opens=start in opens)
        if at is None:
            continue
        if wh is None and _unasked(aux, doc[at]):
            continue
        yield Inversion(start, aux.i, at, wh)


def is_tag(doc: Doc, found: Inversion, floor: int) -> bool:
    """Whether nothing follows the subject and a statement goes before: "..., wasn't it?"."""
    following = doc[found.subject + 1] if found.subject + 1 < len(doc) else None
    return found.wh is None and found.start - floor > 1 and (following is None or boundary(following))


def rhetorical(tokens: Sequence[Token]) -> bool:
    """Whether a question answers itself: a fixed opening, or "who wouldn't", "isn't it"."""
    idle = {"and", "so", "but", "well", "just", "really"}
    said = ["is" if plain(t) in {"'s", "’s"} else plain(t) for t in tokens if is_word(t) and plain(t) not in idle]
    opening = " ".join(said[:7]) + " "
    if any(opening.startswith(phrase + " ") for phrase in vocabulary("asks")["rhetorical"]):
        return True
    if said[:1] == ["who"] and "not" in said[1:3]:
        return True
    if said[:1] == ["how"] and said[2:4] in (["is", "that"], ["was", "that"], ["is", "this"]):
        return not said[6:]
    negated = said[1:2] == ["not"] and said[0] in {"is", "was", "are", "does", "did", "would"}
    return negated and said[2:3] in (["that"], ["it"], ["this"], ["life"])


def _by_sender(verb: Token, found: Inversion, tokens: Sequence[Token]) -> Form:  # noqa: PLR0911  (a ladder: one case a line)
    """Classify "may I", "could we", "should I"."""
    modal = plain(verb.doc[found.aux])
    if lemma_in(verb, "perform") or lemma(verb) in {"know", "hear", "learn"}:
        return Form.DIRECT if found.wh is not None else Form.INDIRECT
    if found.wh is not None and plain(verb.doc[found.wh]) not in {"what", "how", "which", "when"}:
        return Form.DIRECT
    if lemma_in(verb, "get") and found.wh is None and modal in MODALS:
        meeting = touches(tokens, "meeting") and not names_information(tokens)
        return Form.OFFER if meeting else Form.INDIRECT
    if modal not in MODALS or modal in {"will", "would"} or lemma_in(verb, "plan"):
        return Form.DIRECT
    if lemma_in(verb, "offer"):
        return Form.OFFER
    if found.wh is not None:
        return Form.DIRECT
    if plain(verb.doc[found.subject]) == "we" or modal in {"may", "shall", "might", "should"}:
        return Form.OFFER
    return Form.DIRECT


def _by_reader(verb: Token, found: Inversion, tokens: Sequence[Token]) -> Form:  # noqa: PLR0911  (a ladder: one case a line)
    """Classify "could you", "do you", "are you"."""
    modal = plain(verb.doc[found.aux])
    if found.wh is not None:
        needs = plain(verb.doc[found.wh]) in {"what", "which"} and lemma_in(verb, "want") and lemma(verb) != "like"
        return Form.OFFER if needs and not names_information(tokens) else Form.DIRECT
    if lemma(verb) == "mind":
        return Form.OFFER if any(plain(t) == "if" for t in tokens[:6]) and "i" in map(plain, tokens) else Form.INDIRECT
    if lemma(verb) == "know" or (lemma(verb) == "have" and touches(tokens[:6], "information") and question_after(verb)):
        return Form.INDIRECT
    able = next((t for t in tokens[:7] if plain(t) in {"able", "willing", "kind", "position"}), None)
    if able is not None and plain(verb.doc[found.aux]) not in {"were", "was"}:
        proposes = any(lemma_in(t, "meet") for t in tokens[able.i - tokens[0].i + 1 :][:3])
        return Form.OFFER if proposes else Form.INDIRECT
    if invites(tokens):
        return Form.OFFER
    if modal in {"could", "can", "would", "will", "might"}:
        if lemma_in(verb, "meet"):
            return Form.OFFER
        stative = lemma(verb) in {"be", "have", "decide", "need", "say", "want", "hire", "describe", "like", "expect"}
        return Form.DIRECT if stative else Form.INDIRECT
    return Form.DIRECT


def _impersonal(found: Inversion, tokens: Sequence[Token]) -> Form:
    """Classify "is there", "would it be possible", "does Tuesday work"."""
    offset = tokens[0].i
    rest = tokens[found.subject + 1 - offset :]
    possible = next(
        (t for t in rest[:4] if lemma_in(t, "suitable") or plain(t) in {"possible", "trouble", "early", "right"}), None
    )
    if possible is not None and plain(tokens[found.subject - offset]) == "it":
        tail = tokens[possible.i - offset + 1 :]
        if names_information(tail) or any(lemma(t) in {"know", "ask", "hear", "tell", "learn"} for t in tail[:6]):
            return Form.INDIRECT
        if touches(tail, "meeting") or any(lemma_in(t, "meet") or lemma_in(t, "offer") for t in tail[:5] if verbal(t)):
            return Form.OFFER
        return Form.DIRECT
    if found.wh is None and (invites(tokens) or (touches(rest, "meeting") and "chance" in map(plain, rest))):
        return Form.OFFER
    good_time = any(plain(t) in {"good", "convenient", "better", "best"} for t in rest[:3]) and touches(
        rest[:5], "meeting"
    )
    return Form.OFFER if good_time else Form.DIRECT


def classify(found: Inversion, sentence: Sentence) -> Form:
    """Return the form of a question with its auxiliary in front."""
    doc: Doc = sentence.doc
    tokens = stretch(doc[found.start])
    if is_tag(doc, found, sentence.start):
        return Form.TAG
    if rhetorical(tokens):
        return Form.RHETORICAL
    aux = doc[found.aux]
    verb = aux.head if aux.dep_ in {"aux", "auxpass"} and aux.head.i > found.subject else aux
    if verb is aux:
        verb = next((t for t in doc[found.subject + 1 : found.subject + 5] if t.tag_ in {"VB", "VBG", "VBN"}), aux)
    who = plain(doc[found.subject])
    if who in words("sender"):
        return _by_sender(verb, found, tokens)
    return _by_reader(verb, found, tokens) if who == "you" else _impersonal(found, tokens)
