"""The texts that all tools read: made-up mails, or a reader's own, and how they are laid into a folder."""

from __future__ import annotations

import email
import itertools
import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email import policy
from pathlib import Path

from speed.mails import FOLLOW_UPS, mails

SEED = 7
IN_A_FOLDER = 1000


@dataclass(frozen=True)
class Source:
    """Where texts come from: `some(number)` yields that many, the same ones each time; `said` describes them."""

    some: Callable[[int], Iterator[str]]
    said: str


def made_up() -> Source:
    """Return made-up mails."""
    return Source(lambda number: mails(number, SEED), f"made up (seed {SEED}), {FOLLOW_UPS:.0%} of them follow-ups")


def own(path: Path) -> Source:
    """Return a reader's own mails, shuffled, and again from the start where there are too few.

    `path` is a folder of .txt and .eml files, or a .jsonl file with a field `text`. Raises ValueError for anything
    else, and where no text is found.
    """
    texts = [text for text in _read(path) if text.strip()]
    if not texts:
        raise ValueError(f"{path}: no mails there (a folder of .txt or .eml, or a .jsonl with a field 'text')")
    random.Random(SEED).shuffle(texts)  # noqa: S311  (nothing is kept secret by it)
    return Source(lambda number: itertools.islice(itertools.cycle(texts), number), f"{len(texts):,} real ones")


def _read(path: Path) -> Iterator[str]:
    if path.is_dir():
        for file in sorted(path.rglob("*.txt")):
            yield file.read_text(encoding="utf-8", errors="replace")
        for file in sorted(path.rglob("*.eml")):
            yield _text_of(file.read_bytes())
    elif path.suffix == ".jsonl":
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                yield str(json.loads(line)["text"])
            except (json.JSONDecodeError, KeyError, TypeError):
                raise ValueError(f"{path}:{number}: not an object with a field 'text'") from None


def _text_of(data: bytes) -> str:
    """Return the plain text of a mail; some of the tools read nothing else."""
    body = email.message_from_bytes(data, policy=policy.default).get_body(("plain",))
    try:
        return str(body.get_content()) if body else ""
    except LookupError:  # a charset that Python does not know
        return ""


def lay(folder: Path, texts: Iterable[str], stamp: str, *, together: int = IN_A_FOLDER) -> list[str]:
    """Write texts, so many together in a folder, and return their names, relative to `folder`.

    The stamp stands below each text. It makes a file new to every cache: a draft that somebody is at work on.
    """
    names = []
    for number, text in enumerate(texts):
        below, place = divmod(number, together)
        name = f"{below:03}/{place:03}.txt"
        if not place:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{text.rstrip()}\n\nRef. {stamp}-{number}\n", encoding="utf-8")
        names.append(name)
    return names
