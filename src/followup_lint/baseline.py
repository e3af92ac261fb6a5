"""The findings that a project lives with for now, kept in a file beside it: no line numbers, and none of the words.

The file is JSON with a finding a line, sorted, so that a change to it reads well. Drafts are named by their path from
the folder of the file, so that it means the same wherever the project lies.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from followup_lint import patterns
from followup_lint.diagnostic import Diagnostic, Silenced
from followup_lint.errors import Problem
from followup_lint.fingerprint import fingerprints, part, silenced_fingerprints
from followup_lint.linter import Result
from followup_lint.records import dataclass, field, replace
from followup_lint.silence import Silence
from followup_lint.sources.decode import MAX_BYTES, must_end, reason
from followup_lint.strict_yaml import Document, Value, load
from followup_lint.when import amount
from followup_lint.writing import create_file, replace_file

ORIGIN = "baseline"
"""What a silence says of where it comes from."""

VERSION = 1
_KEYS = frozenset({"rule", "part", "fingerprint"})
_FINGERPRINT = patterns.lazy(r"[0-9a-f]{64}")
# JSON may hold these as they are; YAML, which the file is read as, may not.
_UNSEEN = patterns.lazy(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A finding that is known: its rule, the part of the message it is in, and what it is known by again.

    `draft` is the path from the baseline's folder; `place` the baseline file and the line in it, for reports.
    """

    draft: str
    rule: str
    part: str
    fingerprint: str
    place: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.rule} is no longer found in {self.draft}; --update-baseline takes it out"


@dataclass(frozen=True)
class Baseline:
    """What is in a baseline file, or will be."""

    path: Path
    entries: tuple[Entry, ...] = ()
    _read: bytes | None = field(default=None, compare=False, repr=False)

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read a baseline file. Raises Problem, with its line, where it is missing, broken, foreign or too new."""
        try:
            must_end(path, str(path))
            if path.stat().st_size > 10 * MAX_BYTES:
                raise Problem("is too large for a baseline", str(path))
            data = path.read_bytes()
            text = data.decode("utf-8-sig")
        except FileNotFoundError:
            raise Problem("no such baseline; --update-baseline writes it", str(path)) from None
        except (OSError, ValueError) as error:
            raise Problem(f"cannot be read: {reason(error)}", str(path)) from None
        try:
            json.loads(text)
        except json.JSONDecodeError as error:
            raise Problem(f"broken JSON: {error.msg}", str(path), error.lineno, error.colno) from None
        except RecursionError:
            raise Problem("is not a baseline: the JSON is nested too deeply", str(path)) from None
        # A tab is never part of a JSON string, and YAML does not take it for white space everywhere.
        return cls(path, tuple(_entries(load(text.replace("\t", " "), str(path)))), data)

    @classmethod
    def of(cls, results: Iterable[Result], path: Path) -> Baseline:
        """Return a new baseline that holds all that is found."""
        return cls(path).updated(results)

    def split(self, result: Result, *, all_told: bool = True) -> tuple[Result, tuple[Entry, ...]]:
        """Return the result with the known findings silenced, and the entries for its draft that fit no finding.

        Give the whole result of a draft, nothing taken out. An entry of a rule that did not run, or lacked a fact, is
        not stale; with `all_told` false (milder findings were not reported), none is.
        """
        mine = self._by_draft.get(self._name(result), [])
        known = {entry.fingerprint for entry in mine}
        marks = dict(zip(fingerprints(result), result.diagnostics, strict=True))
        silenced = tuple(
            Silenced(item, Silence(item.rule, origin=ORIGIN)) for mark, item in marks.items() if mark in known
        )
        fresh = tuple(item for mark, item in marks.items() if mark not in known)
        found = {*marks, *silenced_fingerprints(result)}
        gone = [
            entry
            for entry in mine
            if entry.fingerprint not in found and entry.rule in _judged(result, all_told=all_told)
        ]
        return replace(result, diagnostics=fresh, silenced=(*result.silenced, *silenced)), tuple(gone)

    def gone(self) -> Iterator[str]:
        """Yield a note for each draft that has findings here and is no longer there."""
        for draft, entries in self._by_draft.items():
            if not self._exists(draft):
                held = amount(len(entries), "finding")
                yield f"{entries[0].place}: {draft} was moved or deleted; --update-baseline takes out its {held}"

    @property
    def drafts(self) -> tuple[str, ...]:
        """Return where the drafts are that have findings here."""
        return tuple(os.path.abspath(self.path.parent / draft) for draft in self._by_draft)  # noqa: PTH100

    def updated(self, results: Iterable[Result], *, all_told: bool = True) -> Baseline:
        """Return the baseline with what these results hold in place of what it said of their drafts.

        What it says of other drafts stays while they exist; so do the entries of rules that could not judge. The
        results may have been split or not.
        """
        fresh: dict[str, set[Entry]] = {}
        judged: dict[str, frozenset[str]] = {}
        for result in results:
            name = self._name(result)
            fresh.setdefault(name, set()).update(_found(result, name))
            judged[name] = _judged(result, all_told=all_told)
        kept = (
            entry
            for entry in self.entries
            if (entry.rule not in judged[entry.draft] if entry.draft in judged else self._exists(entry.draft))
        )
        return replace(self, entries=tuple(sorted({*kept, *(entry for held in fresh.values() for entry in held)})))

    def render(self) -> str:
        """Return the file: drafts by path, their findings by rule, each on a line of its own."""
        drafts: dict[str, list[str]] = {}
        for entry in sorted(self.entries):
            told = {"rule": entry.rule, "part": entry.part, "fingerprint": entry.fingerprint}
            drafts.setdefault(entry.draft, []).append(f"      {_json(told)}")
        held = ",\n".join(f"    {_json(draft)}: [\n" + ",\n".join(rows) + "\n    ]" for draft, rows in drafts.items())
        inside = f"{{\n{held}\n  }}" if held else "{}"
        return f'{{\n  "followup-lint-baseline": {VERSION},\n  "drafts": {inside}\n}}\n'

    def write(self) -> None:
        """Write the file, all of it or nothing. Raises Problem where that cannot be done, or it has changed since."""
        try:
            data = self.render().encode()
        except UnicodeEncodeError:
            odd = next(entry.draft for entry in self.entries if not entry.draft.isprintable())
            raise Problem("a baseline cannot hold a file whose name is no text", ascii(odd)) from None
        if os.path.lexists(self.path):
            replace_file(self.path, data, expected=self._read)
        else:
            create_file(self.path, data)

    @cached_property
    def _by_draft(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.draft, []).append(entry)
        return found

    def _name(self, result: Result) -> str:
        """Return the draft's path from the baseline's folder. Folders are resolved; a link to a file keeps its name."""
        path = Path(result.draft.path)
        here = os.path.realpath(path.parent)
        try:
            folder = os.path.relpath(here, os.path.realpath(self.path.parent))
        except ValueError:  # another drive
            folder = here
        return Path(folder, path.name).as_posix()

    def _exists(self, draft: str) -> bool:
        return os.path.lexists(self.path.parent / draft)


def _found(result: Result, draft: str) -> Iterable[Entry]:
    hidden = zip(result.silenced, silenced_fingerprints(result), strict=True)
    marked: list[tuple[Diagnostic, str]] = [
        *zip(result.diagnostics, fingerprints(result), strict=True),
        *((item.diagnostic, mark) for item, mark in hidden if item.silence.origin == ORIGIN),
    ]
    for item, mark in marked:
        yield Entry(draft, item.rule, part(result.draft, item.span), mark)


def _judged(result: Result, *, all_told: bool) -> frozenset[str]:
    """Return the rules whose silence about a draft means that they found nothing."""
    if not all_told:
        return frozenset()
    return frozenset(rule.name for rule in result.rules) - {item.rule for item in result.skipped}


def _entries(document: Document) -> Iterable[Entry]:
    top = document.value
    if not isinstance(top, dict) or "followup-lint-baseline" not in top:
        raise document.problem("is not a baseline of followup-lint; --update-baseline writes one")
    if top["followup-lint-baseline"] != str(VERSION):
        told = f"this program reads baselines of version {VERSION}; write the file anew with --update-baseline"
        raise document.problem(told, ("followup-lint-baseline",))
    if not isinstance(drafts := top.get("drafts"), dict):
        raise document.problem("'drafts' holds the findings of each draft", ("drafts",))
    for draft, listed in drafts.items():
        if not isinstance(listed, list):
            raise document.problem("a draft has a list of findings", ("drafts", draft))
        for index, item in enumerate(listed):
            yield _entry(document, draft, index, item)


def _entry(document: Document, draft: str, index: int, item: Value) -> Entry:
    path = ("drafts", draft, index)
    told: Mapping[str, Value] = item if isinstance(item, dict) else {}
    values = {key: value for key, value in told.items() if isinstance(value, str)}
    if values.keys() != _KEYS or told.keys() != _KEYS:
        raise document.problem(f"a finding has the keys {', '.join(sorted(_KEYS))}", path)
    if not _FINGERPRINT.fullmatch(values["fingerprint"]):
        raise document.problem("a fingerprint is 64 hexadecimal digits", (*path, "fingerprint"))
    return Entry(draft, **values, place=f"{document.file}:{document.marks[path][0]}")


def _json(value: str | Mapping[str, str]) -> str:
    return _UNSEEN.sub(lambda char: f"\\u{ord(char[0]):04x}", json.dumps(value, ensure_ascii=False))
