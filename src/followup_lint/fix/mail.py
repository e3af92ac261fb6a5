"""Mail files, changed only where the file shows the words as they are read: no encoding, no seal, no second copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email.message import Message
from itertools import accumulate

from followup_lint import patterns
from followup_lint.diagnostic import Edit
from followup_lint.draft import Draft
from followup_lint.errors import Problem
from followup_lint.fix.edits import edited
from followup_lint.sources.mail import read_mail
from followup_lint.sources.mail_tree import parse

_PLAIN = frozenset({"", "7bit", "8bit", "binary"})
_SEALED = ("DKIM-Signature", "ARC-Message-Signature", "ARC-Seal", "Content-MD5", "Content-Length")
_SEALED_TYPES = patterns.lazy(
    r"multipart/(?:signed|encrypted)|application/(?:x-)?pkcs7-(?:mime|signature)|application/pgp.*"
)
_PGP = b"-----BEGIN PGP "
_OTHER_FORM = "is mail whose text the file holds in another form; it is left alone"


def spliced(data: bytes, draft: Draft, edits: Sequence[Edit]) -> bytes:
    """Return the bytes of the mail with the edits made. Raises Problem where they cannot be made exactly."""
    if reason := next(_obstacles(data), ""):
        raise Problem(f"is mail {reason}; it is left alone", draft.path)
    if not (all(edit.text.isascii() for edit in edits) or _is_utf_8(data)):
        raise Problem(_OTHER_FORM, draft.path)
    raw = data.splitlines(keepends=True)
    starts = list(accumulate(map(len, raw), initial=0))
    top = next(iter(raw), b"")
    end = top[len(top.rstrip(b"\r\n")) :] or b"\n"
    ordered = sorted(edits, key=lambda item: item.span)
    new = data
    for edit in reversed(ordered):
        first, last = (_place(draft, raw, starts, offset) for offset in edit.span)
        new = new[:first] + edit.text.encode("utf-8", "replace").replace(b"\n", end) + new[last:]
    if read_mail(new, draft.path).text != edited(draft.text, edits):
        raise Problem("is mail that would not be read as meant after the change; it is left alone", draft.path)
    return new


def _obstacles(data: bytes) -> Iterator[str]:
    """Yield why the words of a mail cannot be changed in the file."""
    message = parse(data.decode("latin-1"))
    parts = list(message.walk())
    sealed = next((name for name in _SEALED if message.get(name)), "")
    if sealed:
        yield f"with a {sealed} header, which the change would break"
    if any(_SEALED_TYPES.fullmatch(part.get_content_type()) for part in parts) or _PGP in data:
        yield "that is signed or encrypted"
    texts = [part for part in parts if _is_text(part)]
    if any(part.get_content_type() == "text/html" for part in texts):
        yield "with an HTML version, which would go on saying the old words"
    for part in texts:
        encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
        if encoding not in _PLAIN:
            yield f"whose text is encoded ({encoding})"
        if str(part.get_param("format")).lower() == "flowed":
            yield "whose lines flow (format=flowed)"


def _is_text(part: Message[str, str]) -> bool:
    is_body = part.get_content_maintype() == "text" and not part.is_multipart()
    return is_body and part.get_content_disposition() != "attachment"


def _is_utf_8(data: bytes) -> bool:
    """Whether the mail says that its text is UTF-8, so that any character may be added to it."""
    texts = [part for part in parse(data.decode("latin-1")).walk() if _is_text(part)]
    return bool(texts) and all(part.get_content_charset() in {"utf-8", "utf8"} for part in texts)


def _place(draft: Draft, raw: Sequence[bytes], starts: Sequence[int], offset: int) -> int:
    """Return the byte at which an offset stands in the file. Raises Problem if its line does not read there as it does
    in the draft.
    """
    place = draft.place(offset)
    shown = draft.lines.span(draft.lines.position(offset).line).of(draft.text)
    if 0 < place.raw_line <= len(raw):
        line = raw[place.raw_line - 1].rstrip(b"\r\n")
        for name in ("utf-8", "cp1252"):
            try:
                if line.decode(name) == shown:
                    return starts[place.raw_line - 1] + len(shown[: place.column - 1].encode(name))
            except UnicodeError:
                continue
    raise Problem(_OTHER_FORM, draft.path)
