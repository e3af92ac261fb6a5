"""Rules as they are kept, so that YAML is read, and all that is in it looked through, once and not in every run.

What is kept was made from rule files in a certain state, the names they are shown by, and the code that read them. Of
each rule no more is made again than a run asks for.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Sequence
from functools import cache, cached_property

from followup_lint import kept, strict_yaml
from followup_lint.codec import decode, encode
from followup_lint.records import dataclass
from followup_lint.rule import Rule
from followup_lint.vocabulary import rules_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, eq=False)
class Source:
    """A rule file: the rule's name, what the file is called in messages, and what stands in it.

    `state` tells one state of the file from another; it is empty for a file of ours, which counts as code does.
    """

    name: str
    path: str
    state: bytes
    text: Callable[[], str]

    def document(self) -> strict_yaml.Document:
        """Return what stands in it, with places."""
        return strict_yaml.load(self.text(), self.path)


@dataclass(frozen=True, eq=False)
class Kept:
    """Makes again what was kept, once."""

    plain: memoryview

    @cached_property
    def made(self) -> Any:
        """Return the value."""
        return decode(marshal.loads(self.plain))  # noqa: S302  (checked for damage, and kept where only this user may write)

    def __call__(self) -> Any:
        """Return the value."""
        return self.made


_PACKAGE = os.path.dirname(__file__)
_HEAD = 4
"""Bytes that say how many the sizes of all parts take."""

_BROKEN = (ArithmeticError, AttributeError, EOFError, ImportError, LookupError, TypeError, ValueError)


def read(slot: str, sources: Sequence[Source]) -> tuple[Rule, ...] | None:
    """Return the rules that were made of these files before, if they are kept under this name."""
    body = kept.read(f"rules-{slot}", _made_from(sources))
    try:
        plain = _parted(body) if body else ()
        if len(plain) != len(sources):
            return None
        return tuple(
            Rule(source.name, Kept(form), Kept(check), source.document)
            for source, (form, check) in zip(sources, plain, strict=True)
        )
    except _BROKEN:
        return None  # it was kept by another state of this program


def write(slot: str, sources: Sequence[Source], rules: Sequence[Rule]) -> None:
    """Keep the rules made of these files, in place of those that were kept under this name."""
    # An older form of marshal, which writes the same bytes for the same values: `state` is made of them.
    plain = [(marshal.dumps(encode(rule.file), 2), marshal.dumps(encode(rule.check), 2)) for rule in rules]
    sizes = marshal.dumps([(len(form), len(check)) for form, check in plain])
    parts = (len(sizes).to_bytes(_HEAD), sizes, *(part for pair in plain for part in pair))
    kept.write(f"rules-{slot}", _made_from(sources), b"".join(parts))


def state(rule: Rule) -> tuple[object, object]:
    """Return what stands for all that a rule says and does: its plain form where it is as it was kept, else itself."""
    form, make = rule.form, rule.make
    if isinstance(form, Kept) and isinstance(make, Kept):
        return bytes(form.plain), bytes(make.plain)
    return rule.file, rule.check


def _parted(body: memoryview) -> list[tuple[memoryview, memoryview]]:
    """Return what is kept of each rule; of most rules nobody asks in most runs, so none of it is copied."""
    at = _HEAD + int.from_bytes(body[:_HEAD])
    found = []
    for form, check in marshal.loads(body[_HEAD:at]):  # noqa: S302  (the same)
        found.append((body[at : at + form], body[at + form : at + form + check]))
        at += form + check
    return found


def _made_from(sources: Sequence[Source]) -> bytes:
    """Return the digest of all that rules are made from."""
    parts = [part for source in sources for part in (source.name.encode(), source.path.encode(), source.state)]
    return kept.digest(*parts, *_code())


@cache
def _code() -> tuple[bytes, ...]:
    """Return marks of the files that say what may stand in a rule file: a new one may read it in another way."""
    modules = [os.path.join(_PACKAGE, name) for name in ("", "checks", "remedies", "backtracking")]
    words = [os.path.join(rules, name) for name in ("", "vocabulary")] if (rules := rules_path()) else []
    found = [kept.as_a_whole(folder) or kept.marks(folder, ".py") for folder in modules]
    return tuple(mark for marks in (*found, *(kept.marks(folder, ".yaml") for folder in words)) for mark in marks)
