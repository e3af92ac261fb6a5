"""What fuzzing begins with: texts of our own for each entry, and words that chance would not find soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hostile_mails import MAILS

_HERE = Path(__file__).parent
_RULES = _HERE.parents[1] / "rules"

_INPUTS: Mapping[str, tuple[str, ...]] = {
    "front-matter": ("facts",),
    "yaml": ("facts", "settings"),
    "calendar": ("event",),
    "html": ("markup",),
    "mbox": ("mailbox",),
    "header": ("header",),
    "thread": ("mail",),
    "fix-mail": ("mail",),
    **{name: (name,) for name in ("mail", "mailbox", "settings", "toml", "phrase", "globs", "baseline", "times")},
    "addresses": ("addresses",),
    "ignores": ("notes", "facts"),
    "rule": (),
}
"""Folders of `inputs`; the others begin with notes."""

_MAILS = frozenset({"mail", "header", "thread", "fix-mail", "mbox", "mailbox", "text", "html"})
_FORMS: Mapping[str, bytes] = {
    "fix": b"\x07\x31\x55\x90%s",
    "fix-mail": b"\x07\x31\x55\x90%s",
    "editor": b"\0\1\2\3\4%s",
    "ignores": b"---\n%s\n---\nHi Dana,\n",
}
"""How an entry that takes more than the text takes it."""

_WORDS: Mapping[str, str] = {
    **dict.fromkeys((*_MAILS, "addresses"), "mail"),
    **dict.fromkeys(("front-matter", "yaml", "ignores"), "facts"),
    **dict.fromkeys(("settings", "toml", "globs", "baseline"), "settings"),
    **{name: name for name in ("rule", "phrase", "times")},
    "html": "markup",
    "calendar": "event",
    "text": "notes",
}


def of(entry: str) -> Iterator[bytes]:
    """Yield what to begin an entry with."""
    for kind in _INPUTS.get(entry, ("notes",)):
        for path in sorted((_HERE / "inputs" / kind).iterdir()):
            yield _FORMS.get(entry, b"%s") % path.read_bytes()
    if entry == "rule":
        yield from (path.read_bytes() for path in sorted(_RULES.glob("*.yaml")))
    if entry in _MAILS:
        yield from (data.partition(b"\n\n")[2] if entry == "html" else data for data in MAILS.values())


def dictionary(entry: str) -> Path:
    """Return the file of an entry's words, in libFuzzer's form."""
    return _HERE / "words" / f"{_WORDS.get(entry, 'notes')}.dict"
