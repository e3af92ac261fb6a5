"""The parts of a mail: which of them are the message, which are attached."""

from __future__ import annotations

import re
from email import errors
from typing import TYPE_CHECKING

from followup_lint import patterns
from followup_lint.records import dataclass
from followup_lint.sources.html_text import html_to_text
from followup_lint.sources.mail_headers import value_of
from followup_lint.sources.mail_tree import Node, parse
from followup_lint.sources.transfer import Lined, decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKS_LIKE_HTML = patterns.lazy(r"\s*(?:<!doctype html|<html[\s>])", re.IGNORECASE)
_READABLE = frozenset({"text/plain", "text/html"})
# Signatures and reports that mail programs add by themselves: nobody means them by "attached".
_NOT_ATTACHED = patterns.lazy(
    r"application/(?:pgp-signature|(?:x-)?pkcs7-signature|pgp-encrypted)|text/(?:rfc822-headers|x-amp-html)"
)

_DEFECTS: tuple[tuple[type[errors.MessageDefect], str], ...] = (
    (errors.CloseBoundaryNotFoundDefect, "The closing boundary is missing: the mail may have been cut short."),
    (errors.StartBoundaryNotFoundDefect, "The boundary between the parts is missing; all is read as one text."),
    (errors.NoBoundaryInMultipartDefect, "The mail does not say how its parts are divided; all is read as one text."),
    (errors.MissingHeaderBodySeparatorDefect, "No blank line divides the headers from the body."),
)


@dataclass(frozen=True)
class Piece:
    """One decoded text part: its content type and its lines; `payload` is what stands in the file for it."""

    kind: str
    lined: Lined
    payload: str


@dataclass(frozen=True)
class Content:
    """What a mail holds: the text parts that make up its message, in order, and its attachments' names."""

    pieces: tuple[Piece, ...]
    attachments: tuple[str, ...]
    notes: tuple[str, ...]


def content_of(text: str) -> Content:
    """Read the parts of a mail read as Latin-1, lines ended by line feeds."""
    message = parse(text)
    pieces = _pieces(message)
    leaves = list(_leaves(message))
    if not pieces:
        # A message sent as a named text file is still the message.
        body = next((part for part, _ in leaves if _is_text(part) and _has_words(_piece(part))), None)
        leaves = [(part, related) for part, related in leaves if part is not body]
        pieces = [] if body is None else [_piece(body)]
    attachments = [_name(part) for part, related in leaves if _is_attached(part, related=related)]
    notes = [*_defects(message), *(note for piece in pieces for note in piece.lined.notes)]
    return Content(tuple(pieces), tuple(attachments), tuple(notes))


def _defects(message: Node) -> Iterator[str]:
    parts = list(message.walk())
    found = {type(defect) for part in parts for defect in part.defects}
    if any(part.is_too_deep for part in parts):
        yield "Some parts of the mail are nested too deeply to be read."
    yield from (sentence for kind, sentence in _DEFECTS if kind in found)
    if message.get_content_type() == "multipart/encrypted":
        yield "The message is encrypted and cannot be read."


def _leaves(part: Node, *, related: bool = False) -> Iterator[tuple[Node, bool]]:
    """Yield the parts that hold no others, and whether each belongs to an HTML page; a forwarded mail is one part."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        related = part.get_content_subtype() == "related"
        for child in _children(part):
            yield from _leaves(child, related=related)
    else:
        yield part, related


def _pieces(part: Node) -> list[Piece]:
    """Return the text parts that a reader sees one below the other; of alternatives, plain text before HTML."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        options = [pieces for child in _children(part) if (pieces := _pieces(child))]
        if part.get_content_subtype() == "alternative":
            plain = (pieces for pieces in options if any(piece.kind == "text/plain" for piece in pieces))
            return next(plain, options[0] if options else [])
        return [piece for pieces in options for piece in pieces]
    if not _is_text(part) or _is_named(part):
        return []
    piece = _piece(part)
    return [piece] if _has_words(piece) else []


def _piece(part: Node) -> Piece:
    payload = str(part.get_payload())
    lined = decoded(payload, str(part.get("Content-Transfer-Encoding", "")), part.parameters())
    text = "\n".join(lined.lines)
    if part.get_content_type() == "text/html" or _LOOKS_LIKE_HTML.match(text):
        return Piece("text/html", Lined(tuple(html_to_text(text).split("\n")), (), lined.notes), payload)
    return Piece("text/plain", lined, payload)


def _has_words(piece: Piece) -> bool:
    return any(line.strip() for line in piece.lined.lines)


def _children(part: Node) -> list[Node]:
    children = part.get_payload()
    return [child for child in children if isinstance(child, Node)] if isinstance(children, list) else []


def _is_text(part: Node) -> bool:
    """Whether a part can be the message; a multipart without its boundary is one long text."""
    unreadable = part.is_multipart() or part.get_content_disposition() == "attachment"
    return not unreadable and (part.get_content_type() in _READABLE or part.get_content_maintype() == "multipart")


def _is_named(part: Node) -> bool:
    return bool(_filename(part))


def _is_attached(part: Node, *, related: bool) -> bool:
    """Whether a reader would say that this part is attached: named, or no text; not a picture in the text itself."""
    if part.get_content_disposition() == "attachment" and not (related and part.get("Content-ID")):
        return not _NOT_ATTACHED.fullmatch(part.get_content_type())
    if part.get_content_maintype() == "image" and (related or part.get_content_disposition() == "inline"):
        return False
    if _NOT_ATTACHED.fullmatch(part.get_content_type()) or related or part.is_too_deep:
        return False
    return _is_named(part) or part.get_content_maintype() not in {"text", "multipart"}


def _name(part: Node) -> str:
    return _filename(part) or f"unnamed {part.get_content_type()}"


def _filename(part: Node) -> str:
    for name, header in (("filename", "Content-Disposition"), ("name", "Content-Type")):
        if found := value_of(part.parameters(header).get(name, ""), []):
            return found
    return ""
