"""Results by content: what was found in a draft is found again without loading spaCy.

The name of an entry stands for all that a result follows from: the program and its model, the rules as they are
configured, and the message with all that is known of it. What lies beside a draft counts only if a rule looked there.
An entry is sealed with the draft's own words.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property

from followup_lint import compiled
from followup_lint.cache import plain, sweep, vault
from followup_lint.cache.canonical import encoded
from followup_lint.cache.vault import digest, opened, sealed
from followup_lint.diagnostic import Severity
from followup_lint.linter import Linter, Result
from followup_lint.reader import Message
from followup_lint.records import dataclass, field, replace
from followup_lint.silence import Silence, today

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.other import Other

_MOST_SEEN = 2048
"""Parts of drafts beside a message whose digests are kept: those of a large folder."""

_NOTHING = b""


@dataclass(frozen=True)
class Results:
    """The results of a cache folder, for the linters of one run."""

    folder: str
    _linters: dict[int, tuple[Linter, _Known]] = field(default_factory=dict, repr=False)
    _seen: dict[int, tuple[object, bytes]] = field(default_factory=dict, repr=False)

    def lint(self, linter: Linter, message: Message, least: Severity, language: str) -> Result:
        """Return what `linter.lint` does, from the cache if it is there; `language` is the model's name, or empty.

        Raises what `linter.lint` raises.
        """
        return self.lint_many(linter, [message], least, language)[0]

    def lint_many(self, linter: Linter, messages: Sequence[Message], least: Severity, language: str) -> list[Result]:
        """Return the same for several messages; those that are not in the cache are linted together."""
        known = self._known(linter, language)
        if not known.key:
            return list(linter.lint_many(messages, least))
        readings = [linter.read(message) for message in messages]  # what went before is in the context now
        names = [_names(known.key, item.draft, item.context, least, linter.silences) for item in readings]
        fuller = [Message(item.draft, item.context) for item in readings]
        found = [
            self._found(*name, known, message) if name else None for name, message in zip(names, fuller, strict=True)
        ]
        missing = [place for place, result in enumerate(found) if result is None]
        anew = {place: known.linter.read(fuller[place]) for place in missing}
        known.asked.clear()
        known.linter.parse_ahead(list(anew.values()))
        for place, reading in anew.items():
            found[place] = result = known.linter.judge(reading, least)
            if name := names[place]:
                self._keep(*name, known, result)
        return [result for result in found if result]

    def _found(self, name: str, key: bytes, known: _Known, message: Message) -> Result | None:
        data = vault.read(self.folder, vault.RESULTS, name)
        data = data and opened(data, key)
        if not data:
            return None
        try:
            beside, found, skipped, practices, words, silenced = plain.loaded(data)
        except (ValueError, TypeError, EOFError, IndexError):
            return None  # of another form
        if beside and beside != self.beside(known.others(message)):
            return None
        rules = tuple(known.linter.rules)
        return Result(message.draft, message.context, found, skipped, frozenset(practices), words, silenced, rules)

    def _keep(self, name: str, key: bytes, known: _Known, result: Result) -> None:
        beside = known.asked.get(id(result.draft), _NOTHING)
        practices = tuple(sorted(result.practices))
        told = (beside, result.diagnostics, result.skipped, practices, result.words, result.silenced)
        try:
            data = plain.dumped(told)
        except ValueError:
            return
        if self._is_ready:
            vault.write(self.folder, vault.RESULTS, name, sealed(data, key))

    @cached_property
    def _is_ready(self) -> bool:
        return sweep.prepare(self.folder)

    def beside(self, others: Sequence[Other]) -> bytes:
        """Return what stands for the drafts beside a message, as far as rules see them."""
        told = ((item.name, item.is_earlier, item.in_thread, item.same_interview) for item in others)
        seen = [part for item in others for part in (self._part(item.draft), self._part(item.context))]
        return digest(b"beside", encoded(tuple(told)), *seen)

    def _part(self, value: object) -> bytes:
        # The same draft lies beside many, and is the same object each time, until another folder is looked into.
        if id(value) not in self._seen:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen[id(value)] = (value, digest(b"part", encoded(value)))
        return self._seen[id(value)][1]

    def _known(self, linter: Linter, language: str) -> _Known:
        if id(linter) not in self._linters:
            self._linters[id(linter)] = linter, self._made(linter, language)
        return self._linters[id(linter)][1]

    def _made(self, linter: Linter, language: str) -> _Known:
        asked: dict[int, bytes] = {}

        def others(message: Message) -> tuple[Other, ...]:
            found = linter.others(message)
            asked[id(message.draft)] = self.beside(found)
            return found

        try:
            rules = tuple((rule.name, *compiled.state(rule)) for rule in linter.rules)
            key = digest(b"linter", encoded((_program(language), rules, linter.silences)))
        except (TypeError, ValueError):
            key = _NOTHING
        told = replace(linter, others=others, history=lambda message: message)
        return _Known(key, told, linter.others, asked)


@dataclass(frozen=True)
class _Known:
    """A linter that tells what its rules ask for: `asked` fills with what stands for the drafts beside each, by its id.

    `key` stands for all that is the same for its drafts; it is empty where that cannot be told.
    """

    key: bytes
    linter: Linter
    others: Callable[[Message], tuple[Other, ...]]
    asked: dict[int, bytes]


def _names(
    key: bytes, draft: object, context: object, least: Severity, silences: Sequence[Silence]
) -> tuple[str, bytes] | None:
    """Return an entry's name, and the key that opens it, which only somebody who has the draft can make."""
    own = getattr(context, "ignore", ())
    timed = any(item.until for item in (*silences, *own))
    day = today().toordinal() if timed else 0
    try:
        parts = key, encoded(draft), encoded(context), str(least).encode(), b"%d" % day
    except (TypeError, ValueError):
        return None
    return digest(b"name", *parts).hex(), digest(b"seal", *parts)


def _program(language: str) -> object:
    """Return what the program is made of: itself, whatever is installed beside it, and a model of one's own."""
    own = vault.files(language) if os.path.isdir(language) else ()
    return vault.FORM, vault.installed(), language, own, vault.source()
