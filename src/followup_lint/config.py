"""What a `.followup-lint.yaml` says: `sent:` mailboxes and `me:` addresses of the writer's, and the `model:` to use.

The file closest to what is linted counts, in its folder or one above; paths in it are relative to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from followup_lint.errors import Problem, hint
from followup_lint.strict_yaml import Document, load

NAMES = (".followup-lint.yaml", ".followup-lint.yml")
_KEYS = ("me", "model", "sent")


@dataclass(frozen=True, slots=True)
class Config:
    """The writer's addresses, the mailboxes that hold what was sent, and the name of a spaCy model, if one is set."""

    me: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    model: str = ""


def configured(paths: Sequence[str]) -> Config:
    """Return what the files closest to the paths say, taken together. Raises Problem for a file that is wrong."""
    starts = [Path(path) for path in paths if path and path != "-"] or [Path()]
    files = dict.fromkeys(file for start in starts if (file := _closest(start)) is not None)
    found = [_read(file) for file in files]
    return Config(
        tuple(dict.fromkeys(item for config in found for item in config.me)),
        tuple(dict.fromkeys(item for config in found for item in config.sent)),
        next((config.model for config in found if config.model), ""),
    )


def _closest(start: Path) -> Path | None:
    try:
        here = start.resolve()
        folders = [here, *here.parents] if here.is_dir() else list(here.parents)
        return next((folder / name for folder in folders for name in NAMES if (folder / name).is_file()), None)
    except (OSError, RuntimeError):
        return None  # a path that cannot be looked at is told where it is read


def _read(file: Path) -> Config:
    try:
        document = load(file.read_text(encoding="utf-8-sig"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise Problem(f"cannot be read: {error}", str(file)) from None
    if not isinstance(document.value, dict):
        raise document.problem("a configuration is a list of `key: value` lines")
    for key in document.value:
        if key not in _KEYS:
            raise document.problem(
                f"unknown key '{key}'; {hint(key, _KEYS, 'known are me, model and sent')}", (key,), key=True
            )
    boxes = [str(file.parent / Path(box).expanduser()) for box in _listed(document, "sent")]
    return Config(tuple(_listed(document, "me")), tuple(boxes), "".join(_listed(document, "model")[:1]))


def _listed(document: Document, key: str) -> list[str]:
    value = document.value.get(key, []) if isinstance(document.value, dict) else []
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in items):
        raise document.problem(f"{key}: write one value, or a list of them", (key,))
    return [item for item in items if isinstance(item, str) and item.strip()]
