"""From the bytes of an `.eml` file to the text that is linted: the headers a reader sees, a blank line, the message."""

from __future__ import annotations

from followup_lint.draft import Header, Part
from followup_lint.records import dataclass
from followup_lint.sources.decode import decode, encoding_of
from followup_lint.sources.mail_headers import Field, fields_of, shown
from followup_lint.sources.mail_parts import Content, Piece, content_of
from followup_lint.text import Lines, Span

_MOST_MISSED = 8
_WIDE = frozenset({"utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"})


@dataclass(frozen=True)
class Mail:
    """One mail, read as far as it can be.

    `text` is the header block, a blank line and the decoded message, all lines ended by line feeds; every span is in
    it. `notes` says in plain sentences what is wrong with the file.
    """

    text: str
    headers: tuple[Header, ...]
    parts: tuple[Part, ...]
    body: Span
    attachments: tuple[str, ...]
    notes: tuple[str, ...]


def read_mail(data: bytes, path: str) -> Mail:
    """Return what a mail file says; a damaged mail gives what is left of it.

    Raises Problem only where the file is no mail and no text either.
    """
    raw = _lines_of_bytes(data, path)
    fields = fields_of(raw)
    if not fields:
        return _no_mail(data, path)
    notes: list[str] = []
    visible = shown(fields, notes)
    content = content_of(raw[Lines(raw).starts[fields[0].line - 1] :])
    notes += content.notes
    if not content.pieces:
        notes.append("There is no text, only what is attached." if content.attachments else "The message is empty.")
    return _assemble(visible, content, raw, notes)


def _lines_of_bytes(data: bytes, path: str) -> str:
    """Return the file as Latin-1, so that each character is a byte, with each line end a line feed.

    The standard library's parser reads that as well as ASCII, and gives back each part's bytes untouched.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff", b"\xef\xbb"} or b"\0" in data[:2]:
        # Saved by a text editor in an encoding that mail never travels in.
        encoding = encoding_of(data, path)
        data = data.decode(encoding).encode() if encoding in _WIDE else data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").decode("latin-1")


def _no_mail(data: bytes, path: str) -> Mail:
    text = decode(data, path).replace("\r\n", "\n").replace("\r", "\n")
    whole = Span(0, len(text))
    part = Part("text/plain", whole, tuple(range(1, text.count("\n") + 2)))
    return Mail(text, (), (part,), whole, (), ("There are no mail headers; the whole file is read as the message.",))


def _assemble(visible: list[Field], content: Content, raw: str, notes: list[str]) -> Mail:
    headers: list[Header] = []
    block = ""
    for field in visible:
        start = len(block) + len(field.name) + len(": " if field.raw else ":")
        headers.append(Header(field.name, field.raw, Span(start, start + len(field.raw))))
        block += f"{field.name}: {field.raw}".rstrip() + "\n"
    parts = [Part("headers", Span(0, len(block) - 1), tuple(field.line for field in visible))] if visible else []
    lines, raw_lines = _body(content.pieces, raw)
    body = "\n".join(lines)
    text = f"{block}\n{body}" if block else body
    span = Span(len(text) - len(body), len(text))
    if content.pieces:
        kinds = {piece.kind for piece in content.pieces}
        parts.append(Part("text/plain" if "text/plain" in kinds else "text/html", span, raw_lines))
    return Mail(text, tuple(headers), tuple(parts), span, content.attachments, tuple(dict.fromkeys(notes)))


def _body(pieces: tuple[Piece, ...], raw: str) -> tuple[list[str], tuple[int, ...]]:
    """Return the lines of all pieces, a blank line between two, and the line of the file for each (0: unknown)."""
    places = Lines(raw)
    lines: list[str] = []
    numbers: list[int] = []
    cursor = 0
    missed = 0
    for piece in pieces:
        # Each that is not found costs a look through the whole file.
        at = raw.find("\n\n" + piece.payload, cursor) if missed < _MOST_MISSED else -1
        missed += at < 0
        cursor = at + 2 + len(piece.payload) if at >= 0 else cursor
        first = places.position(at + 2).line if at >= 0 else 0
        own = list(piece.lined.lines)
        while own and not own[-1].strip():
            own.pop()
        origin = piece.lined.origin if first else ()
        if lines:
            lines.append("")
            numbers.append(0)
        lines += own
        numbers += [first + index for index in origin[: len(own)]] or [0] * len(own)
    # The last line has an end, as in any text file.
    return [*lines, ""] if lines else [], tuple(numbers) if any(numbers) else ()
