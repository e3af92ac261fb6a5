"""What mail programs, firms and habits put under a message: delimiters, "Sent from my ...", disclaimers."""

from __future__ import annotations

from followup_lint import patterns
from followup_lint.structure.lines import fold, paragraphs
from followup_lint.structure.names import is_contact, opens_with_name
from followup_lint.structure.phrases import closing_then_name, closing_words, is_closing
from followup_lint.structure.words import anywhere, prefixes, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from followup_lint.structure.lines import Line

_LETTERS = patterns.lazy(r"[^\W\d_]+")
_NAMED = patterns.lazy(r"\w[\w'’-]+")
_DELIMITER = patterns.lazy(r"^(?:-- ?|—|–|-- ?\u00a0)$")
_RULE = patterns.lazy(r"^[-_=*~#+.|/\\\s–—]{3,}$")
_POSTSCRIPT = patterns.lazy(
    r"^[*_]*(?:(?:[Pp]\.?\s?){1,3}[Ss]\b\.?|PD|N\.?B|PPD|NB)\s*[:.,–—-]|^P+\.?S\.?(?=\s)|^p\.s\.?\s"
)
_DEVICE_LINE = 90
_FOOTER_LOOK = 1500
_MOST_BLOCK_LINES = 14
_PROSE_WORDS = 9
_AFTERTHOUGHT_WORDS = 25


def is_postscript(line: Line) -> bool:
    """Whether a line begins an afterthought: "P.S. ...", "PS: ..."."""
    return bool(_POSTSCRIPT.match(line.words))


def is_device(line: Line) -> bool:
    """Whether a line is one that a telephone or mail program adds."""
    return len(line.words) <= _DEVICE_LINE and bool(prefixes("device_lines").match(line.folded.lstrip("*_-– ([<")))


def is_delimiter(line: Line) -> bool:
    """Whether a line is nothing but the dashes that part a message from its signature."""
    return bool(_DELIMITER.match(line.words))


def is_prose(line: Line) -> bool:
    """Whether a line is a sentence, as no name, title or address is."""
    return len(line.words.split()) >= _PROSE_WORDS and not is_contact(line.words) and line.ends_sentence


def is_afterthought(paragraph: Sequence[Line]) -> bool:
    """Whether a paragraph under the name is the writer's prose after all: long, and between the two of them."""
    words = _LETTERS.findall(" ".join(line.folded for line in paragraph))
    personal = words_of("pronouns") & set(words)
    return len(words) >= _AFTERTHOUGHT_WORDS and bool(personal) and paragraph[-1].ends_sentence


def is_disclaimer(paragraph: Sequence[Line]) -> bool:
    """Whether a paragraph is legal or advertising boilerplate."""
    folded = " ".join(fold(line.words[:_FOOTER_LOOK]) for line in paragraph[:_MOST_BLOCK_LINES])[:_FOOTER_LOOK]
    if anywhere("footer_marks").search(folded):
        return True
    marks = set(anywhere("disclaimer_marks").findall(folded))
    opening = prefixes("disclaimer_openings").match(folded.lstrip("*_-= \"'([<#"))
    return len(marks) + 2 * bool(opening and marks) > 2 or bool(opening and len(marks) > 1)  # noqa: PLR2004


def footer_start(lines: Sequence[Line]) -> int:
    """Return the index of the first line of the footer; the number of lines if there is none."""
    index = 0
    last_closing = max((at for at, line in enumerate(lines) if _closes(line)), default=-1)
    for paragraph in paragraphs(lines):
        for at, line in enumerate(paragraph, start=index):
            if at <= last_closing:
                continue
            ruled = _RULE.match(line.words) and _is_signed(lines[at + 1 : at + 2 + _MOST_BLOCK_LINES])
            if ruled or is_delimiter(line) or is_device(line):
                return _with_rules(lines, at)
        if index > last_closing and is_disclaimer(paragraph):
            return _with_rules(lines, index)
        index += len(paragraph)
    return len(lines)


def _closes(line: Line) -> bool:
    return bool(closing_words(line.words)) and (is_closing(line.words) or bool(closing_then_name(line.words)))


def _with_rules(lines: Sequence[Line], start: int) -> int:
    while start and _RULE.match(lines[start - 1].words):
        start -= 1
    return start


def _is_signed(tail: Sequence[Line]) -> bool:
    """Whether the lines under a rule are a signature: few, with a name or an address, and hardly a sentence."""
    if not tail or len(tail) > _MOST_BLOCK_LINES:
        return False
    known = any(is_contact(line.words) or opens_with_name(line.words.strip("|*_ ")) for line in tail)
    listed = anywhere("footer_marks").search(" ".join(line.folded for line in tail))
    return bool(listed) or (known and sum(map(is_prose, tail)) <= 1)


def words_of_names(greeting: str) -> frozenset[str]:
    """Return the capitalised words of a greeting, folded: who is written to never signs."""
    return frozenset(fold(word) for word in _NAMED.findall(greeting) if word[0].isupper()) - words_of("salutations")
