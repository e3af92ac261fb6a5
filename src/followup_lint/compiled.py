"""Rules as they are kept, so that YAML is read, and all that is in it looked through, once and not in every run.

What is kept was made from the bytes of the rule files, the names they are shown by, and the code that read them.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from followup_lint import kept, strict_yaml
from followup_lint.codec import decode, encode
from followup_lint.rule import Check, Rule
from followup_lint.rule_file import RuleFile
from followup_lint.vocabulary import rules_folder

Sources = Sequence[tuple[str, str, str]]
"""Of each rule its name, what its file is called in messages, and what stands in it."""

_PACKAGE = Path(__file__).parent
_BROKEN = (ArithmeticError, AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError)


def read(slot: str, sources: Sources) -> tuple[Rule, ...] | None:
    """Return the rules that were made of these files before, if they are kept under this name."""
    body = kept.read(f"rules-{slot}", _made_from(sources))
    try:
        plain = marshal.loads(body) if body else ()  # noqa: S302  (sealed, and kept where only this user may write)
        if len(plain) != len(sources):
            return None
        return tuple(_rule(*source, *forms) for source, forms in zip(sources, plain, strict=True))
    except _BROKEN:
        return None  # it was kept by another state of this program


def write(slot: str, sources: Sources, rules: Sequence[Rule]) -> None:
    """Keep the rules made of these files, in place of those that were kept under this name."""
    plain = tuple((encode(rule.file), encode(rule.check)) for rule in rules)
    kept.write(f"rules-{slot}", _made_from(sources), marshal.dumps(plain))


def _rule(name: str, path: str, source: str, file: Any, check: Any) -> Rule:
    form = decode(file)
    if not isinstance(form, RuleFile):
        raise TypeError(f"{type(form).__name__} is no rule file")
    make: Callable[[], Check] = cache(partial(decode, check))  # rules that are changed go on sharing it
    return Rule(name, form, make, partial(strict_yaml.load, source, path))


def _made_from(sources: Sources) -> bytes:
    """Return the digest of all that rules are made from."""
    parts = [part.encode() for source in sources for part in source]
    return kept.digest(*parts, *_code())


@cache
def _code() -> tuple[bytes, ...]:
    """Return marks of the files that say what may stand in a rule file: a new one may read it in another way."""
    folders = [_PACKAGE, _PACKAGE / "checks", _PACKAGE / "remedies"]
    rules = rules_folder()
    if isinstance(rules, Path):
        folders += [rules, rules / "vocabulary"]
    return tuple(mark for folder in folders for mark in _marks(folder))


def _marks(folder: Path) -> Iterator[bytes]:
    with os.scandir(folder) as entries:
        named = (entry for entry in entries if entry.name.endswith((".py", ".yaml")))
        yield from map(kept.mark, sorted(named, key=lambda entry: entry.name))
