"""Short forms in full: "can't" to "cannot". Only where it is certain which words were shortened, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.diagnostic import Applicability, Edit, Finding, Remedy
from followup_lint.reading import Reading
from followup_lint.text import Span
from followup_lint.vocabulary import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SHORT = patterns.lazy(r"(?P<stem>\w+?)(?P<end>n'?t|'(?:m|re|ve|ll|d|s))", re.IGNORECASE)
_ALWAYS = {"'m": "am", "'ve": "have", "'ll": "will"}
_WHOLE = {"ca": "cannot", "wo": "will not", "sha": "shall not"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_ADVERBS = frozenset({"RB", "RBR", "RBS"})
# What may follow "is" and "are". A noun right after them is more often a slip: "it's team", "you're office".
_AFTER_BE = frozenset({"VBG", "JJ", "JJR", "JJS", "DT", "IN", "PRP$", "TO", "WP", "WRB", "CD", "PDT"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MANY = frozenset({"NNS", "NNPS"})
_POINTING = frozenset({"there", "here", "where", "what"})
_ASKING = frozenset({"what", "how", "where", "when", "who"})


def expanded(reading: Reading, finding: Finding) -> Iterator[Remedy]:
    """Yield one safe remedy for all the short forms of a finding that are certain."""
    spans = sorted({finding.span, *finding.related})
    edits = [Edit(span, words) for span in spans if (words := _in_full(reading, span))]
    if edits:
        title = f"Write “{edits[0].text}”" if len(edits) == 1 else f"Write {len(edits)} short forms in full"
        yield Remedy(Applicability.SAFE, tuple(edits), title)


def _in_full(reading: Reading, span: Span) -> str | None:
    """Return a short form in full, in the letters it was written in, or None where it is not certain."""
    text = reading.text
    found = _SHORT.fullmatch(span.of(text).replace("’", "'"))
    if not found or "'" not in found["end"] or _is_joined(text, span):
        return None
    stem, end = found["stem"], found["end"].lower()
    words = _ALWAYS.get(end) or _by_parse(reading, span, stem.lower(), end)
    if not words:
        return None
    whole = _WHOLE.get(stem.lower()) if end == "n't" else None
    large = found["end"].isupper() and (len(stem) == 1 or stem.isupper())
    if whole:
        return whole.upper() if large else stem[0] + whole[1:]
    return f"{stem} {words.upper() if large else words}"


def _is_joined(text: str, span: Span) -> bool:
    """Whether a short form is part of a longer one: "shouldn't've", "y'all're"."""
    return text[span.end : span.end + 1] in {"'", "’"} or text[max(0, span.start - 1) : span.start] in {"'", "’", "-"}


def _by_parse(reading: Reading, span: Span, stem: str, end: str) -> str | None:
    sentence = next((item for item in reading.sentences if item.span.covers(span)), None)
    doc = reading.parse(sentence.span) if sentence else None
    at = span.end - sentence.span.start if sentence else 0
    token = next((item for item in doc or () if item.idx + len(item) == at), None)
    if doc is None or token is None or token.lower_.replace("’", "'") != end:
        return None
    follows = _next(doc, token)
    match end, stem:
        case "n't", _:
            words = None if stem == "ai" or _is_inverted(doc, token) or _is_clipped(doc, token, stem) else "not"
        case "'d", _:
            words = _would_or_had(doc, token, follows)
        case "'re", _:
            words = "are" if _goes_after_be(follows) and not _is_slip(doc, follows, stem) else None
        case _, "let":
            words = "us" if _orders(doc, token) else None
        case _:
            words = _is_or_has(doc, follows, stem)
    return words


def _next(doc: Doc, token: Token) -> Token | None:
    """Return the first word after a short form that is no adverb."""
    return next((item for item in doc[token.i + 1 :] if item.tag_ not in _ADVERBS), None)


def _is_inverted(doc: Doc, token: Token) -> bool:
    """Whether the subject comes after: "Isn't it", "Why don't we"; or might, for all that can be seen."""
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    if after is not None and (after.lower_ in _words("subjects") or after.tag_ in {"PRP", "EX"}):
        return True
    helper = doc[token.i - 1]
    verb = helper.head if helper.dep_ in {"aux", "auxpass"} else helper
    subjects = [child.i for child in (*verb.children, *helper.children) if child.dep_ in _SUBJECTS]
    if any(token.i < place and (verb.i == helper.i or place < verb.i) for place in subjects):
        return True
    asked = "?" in doc[token.i :].text
    return asked and not any(place < token.i for place in subjects)


def _is_clipped(doc: Doc, token: Token, stem: str) -> bool:
    """Whether the subject was left out: "Haven't heard yet". In full that is odd, and "Do not know" an order."""
    if any(item.is_alpha for item in doc[: token.i - 1]):
        return False
    follows = _next(doc, token)
    orders = stem == "do" and follows is not None and follows.lower_ not in _words("no-orders")
    return not orders and stem != "ca"


def _would_or_had(doc: Doc, token: Token, follows: Token | None) -> str | None:
    # "I'd better understand it" is no advice to oneself, "I'd better go" is: only the sense tells them apart.
    unclear = any(item.lower_ in {"better", "best"} for item in doc[token.i + 1 : token.i + 3])
    if unclear or follows is None or not follows.tag_.startswith("VB") or follows.lower_ in _words("same"):
        return None
    word = follows.lower_
    is_participle = (word.endswith("ed") and word not in _words("ed")) or follows.lemma_.lower() != word
    if is_participle:
        return "had" if follows.tag_ in {"VBN", "VBD"} else None
    return "would" if follows.tag_ in {"VB", "VBP"} else None


def _is_or_has(doc: Doc, follows: Token | None, stem: str) -> str | None:
    if follows is None:
        return None
    if follows.lower_ in _words("has") and stem not in {"what", "how", "where", "when"}:
        return "has"
    if (stem == "what" and follows.lower_ == "up") or (stem in _ASKING and _may_be_has_or_does(doc, follows)):
        return None
    if stem in _POINTING and _is_plural(doc, follows):
        return None
    if stem in {"there", "here", "what", "where", "how", "when"} and follows.tag_ in _NOUNS:
        return "is" if follows.tag_ not in _MANY or follows.lower_ == "news" else None
    return "is" if _goes_after_be(follows) and not _is_slip(doc, follows, stem) else None


def _goes_after_be(follows: Token | None) -> bool:
    return follows is not None and follows.tag_ in _AFTER_BE


def _is_slip(doc: Doc, follows: Token | None, stem: str) -> bool:
    """Whether it may be a slip for "its", "your" or "whose": a noun with nothing before it but an adjective."""
    if stem not in {"it", "you", "who", "there", "we"} or follows is None:
        return False
    if not follows.tag_.startswith(("JJ", "CD", "VBG")):
        return False
    rest = next((item for item in doc[follows.i + 1 :] if not item.tag_.startswith(("JJ", "CD"))), None)
    return rest is not None and rest.tag_ in _NOUNS


def _may_be_has_or_does(doc: Doc, follows: Token) -> bool:
    """Whether a question may be about what has been or what somebody does: "how's it been", "what's he do"."""
    near = [item.tag_ for item in doc[follows.i : follows.i + 8]]
    return "VBN" in near or "VBD" in near or (follows.tag_ == "PRP" and "VB" in near)


def _is_plural(doc: Doc, follows: Token) -> bool:
    """Whether what is there is several: "there's two jobs" is talk, and "there is two jobs" is wrong."""
    noun = next((item for item in doc[follows.i :] if item.tag_ in _NOUNS), None)
    several = noun is not None and noun.tag_ in _MANY and noun.lower_ != "news"
    return several or (follows.tag_ == "CD" and follows.lower_ not in {"one", "1"})


def _orders(doc: Doc, token: Token) -> bool:
    """Whether "let's" begins its clause."""
    before = doc[token.i - 2] if token.i > 1 else None
    opens = before is None or before.is_punct or before.lower_ in {"and", "so", "then", "but", "please", "now"}
    follows = _next(doc, token)
    return opens and follows is not None and follows.tag_ in {"VB", "VBP"}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(vocabulary("contractions")[name])
