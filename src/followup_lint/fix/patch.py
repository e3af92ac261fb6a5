"""What a change is, as a unified diff that `git apply -p0` and `patch -p0` take."""

from __future__ import annotations

from difflib import unified_diff

from followup_lint.sources.decode import decode

_QUOTED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def diff(old: bytes, new: bytes, path: str) -> str:
    """Return the difference of two versions of a file; an empty string where there is none.

    Bytes that are not UTF-8 are lone surrogates: written with `errors="surrogateescape"` they are the file's own again,
    and the diff can be applied. UTF-16 and UTF-32, which no patch program knows, are shown as the text they hold.
    """
    if old == new:
        return ""
    name = _quoted(path)
    told = unified_diff(_lines(old, path), _lines(new, path), name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in told)


def _lines(data: bytes, path: str) -> list[str]:
    """Return the lines as patch programs count them, each with its line feed; a carriage return is part of the line."""
    text = decode(data, path) if b"\0" in data else data.decode("utf-8", "surrogateescape")
    pieces = text.split("\n")
    return [f"{piece}\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def _quoted(path: str) -> str:
    """Return a file's name as git writes it: in quotes where it holds odd characters; a tab ends one with blanks."""
    if any(char in _QUOTED for char in path):
        return '"' + "".join(_QUOTED.get(char, char) for char in path) + '"'
    return f"{path}\t" if " " in path else path
