"""HTML that is escaped by the way it is built: what is not an `Html` is text, whoever wrote it."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import PurePosixPath, PureWindowsPath

from followup_lint import patterns

_VOID = frozenset({"meta", "hr", "br"})
_UNSEEN = patterns.lazy(
    "[\ud800-\udfff\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0004fffe\U0004ffff\U0005fffe\U0005ffff"
    "\U0006fffe\U0006ffff\U0007fffe\U0007ffff\U0008fffe\U0008ffff\U0009fffe\U0009ffff\U000afffe\U000affff"
    "\U000bfffe\U000bffff\U000cfffe\U000cffff\U000dfffe\U000dffff\U000efffe\U000effff\U000ffffe\U000fffff"
    "\U0010fffe\U0010ffff]"
)
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def shown(text: str) -> str:
    """Return text as a page can show it: control characters as their pictures, and no sign that turns the direction.

    As long as before, but for line ends, which become one character.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("\ufffd", text.translate(_PICTURES))


def escaped(text: str) -> Html:
    """Return text as HTML; what is HTML already stays as it is."""
    return text if isinstance(text, Html) else Html(html.escape(shown(text), quote=True))


def joined(pieces: Iterable[str]) -> Html:
    """Return pieces of text and HTML, one after the other."""
    return Html("".join(map(escaped, pieces)))


def tag(name: str, *children: str, **attributes: str | int | None) -> Html:
    """Return an element. `class_` is written for `class`, `aria_label` for `aria-label`; None leaves one out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{told}>" if name in _VOID else f"<{name}{told}>{joined(children)}</{name}>")


def private(path: str) -> str:
    """Return a path as it was given; of one that tells how this machine is laid out, the file's name."""
    if PureWindowsPath(path).drive:
        return PureWindowsPath(path).name
    return PurePosixPath(path).name if PurePosixPath(path).is_absolute() else path
