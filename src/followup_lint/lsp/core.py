"""From a text in the editor to findings: the same reader, settings, rules and linter as the command line's.

All of it runs in one thread, for a spaCy pipeline serves one at a time; nothing here knows the protocol.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from followup_lint import catalog, fix, gains, literals, model, patterns
from followup_lint.baseline import Baseline
from followup_lint.config import Configs, Settings
from followup_lint.context import Fact
from followup_lint.deadline import SECONDS
from followup_lint.errors import Problem, Problems, hint
from followup_lint.explain.finding import explainer
from followup_lint.explain.row import Row
from followup_lint.facts import PARSERS
from followup_lint.ignores import unknown_ignores
from followup_lint.linter import Linter, Result
from followup_lint.lsp.parses import OvertakenError, Remembering
from followup_lint.lsp.wishes import SECTION, Wishes
from followup_lint.reader import Message, read_message
from followup_lint.records import dataclass, field, replace
from followup_lint.sources.decode import MAX_BYTES
from followup_lint.sources.walk import is_left_out
from followup_lint.thread.records import Records

if TYPE_CHECKING:
    from followup_lint.diagnostic import Diagnostic, Severity
    from followup_lint.language import Language
    from followup_lint.rule import Rule

_FRESH_SECONDS = 5.0
_SEE = "it takes the keys of a front matter"
_CHARSET = patterns.lazy(r"(?im)^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*?charset=\"?([\w.:-]+)")
_HTML_HEAD = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"


@dataclass(frozen=True)
class Text:
    """A text to check. `path` names it; where it is no file, `folder` is where settings are looked for."""

    path: str
    text: str
    is_html: bool = False
    is_file: bool = True

    @cached_property
    def encoding(self) -> str:
        """Return the encoding of `data`.

        The editor has decoded the file. A mail that names its encoding will be decoded once more, so it is put back.
        """
        named = _CHARSET.search(self.text) if self.path.lower().endswith(".eml") and not self.text.isascii() else None
        try:
            self.text.encode(named[1] if named else "utf-8")
        except (LookupError, UnicodeEncodeError):
            return "utf-8"
        return named[1] if named else "utf-8"

    @property
    def data(self) -> bytes:
        """Return the bytes that the file would have."""
        return _HTML_HEAD + self.text.encode() if self.is_html else self.text.encode(self.encoding)


@dataclass(frozen=True)
class Checked:
    """What came of it: findings, or only problems where the text could not be read; `note` where it was given up."""

    result: Result | None = None
    problems: tuple[Problem, ...] = ()
    note: str = ""
    docs_url: str = ""


@dataclass
class Core:
    """What is dear to make, and kept from check to check."""

    wishes: Wishes = field(default_factory=Wishes)
    _configs: Configs = field(default_factory=Configs)
    _languages: dict[str, Remembering] = field(default_factory=dict)
    _records: dict[tuple[Path, Settings], tuple[Records, float]] = field(default_factory=dict)

    def forget(self) -> None:
        """Read settings, rules and the files around drafts anew at the next check."""
        self._configs = Configs()
        self._records.clear()

    def warm(self) -> None:
        """Load the model and the rules."""
        catalog.built_in()
        self._language("")("Thank you for your time today.")
        gains.keep()

    def _language(self, wanted: str) -> Language:
        if wanted not in self._languages:
            self._languages[wanted] = Remembering(model.load(wanted, quick=True))
        return cast("Language", self._languages[wanted])  # it acts as one

    def settings(self, path: str) -> Settings:
        """Return what holds for a file. Raises Problems for a configuration that is wrong."""
        return self._configs.for_file(path)

    def preset(self, settings: Settings) -> str:
        """Return the preset in force."""
        return self.wishes.preset or settings.preset

    def least(self, settings: Settings) -> Severity:
        """Return the mildest severity to report."""
        return settings.min_severity or catalog.least(self.preset(settings))

    def linter(self, text: Text, settings: Settings) -> Linter:
        """Return the linter for a text. Raises Problems for a name that fits no rule."""
        rules = settings.chosen(self.wishes.preset, self.wishes.select, self.wishes.ignore)
        language = partial(self._language, settings.model)
        if not text.is_file:
            return Linter(rules, language, lambda _: (), lambda message: message, settings.silences)
        known = self._around(Path(text.path).parent, settings)
        return Linter(rules, language, known.others, known.informed, settings.silences)

    def _around(self, folder: Path, settings: Settings) -> Records:
        """Return the drafts around, looked through anew every few seconds."""
        now = time.monotonic()
        known, until = self._records.get((folder, settings), (None, 0.0))
        if known is None or now > until:
            known = Records(frozenset(settings.me), settings.sent if settings.me else ())
            self._records[folder, settings] = known, now + _FRESH_SECONDS
        return known

    def _stays_fresh(self, text: Text, seconds: float) -> None:
        """Look around more seldom where that takes long: a mailbox, or thousands of drafts."""
        until = time.monotonic() + 20 * seconds
        for key, (known, before) in self._records.items():
            if key[0] == Path(text.path).parent and seconds > 1:
                self._records[key] = known, max(before, until)

    def read(self, text: Text, settings: Settings) -> Message:
        """Return the message. Raises Problem where the text is none."""
        path = f"{text.path}.eml" if text.is_html else text.path
        given, wrong = self.given()
        message = read_message(text.data, path, given, settings.defaults)
        return replace(message, problems=(*message.problems, *wrong, *unknown_ignores(message, settings.known)))

    def given(self) -> tuple[dict[str, Fact], list[Problem]]:
        """Return the facts among the editor's settings, and what is wrong with them."""
        known: dict[str, Fact] = {}
        wrong: list[Problem] = []
        for name, value in self.wishes.facts.items():
            try:
                known[name] = Fact(PARSERS[name](value), "the editor's settings")
            except KeyError:
                wrong.append(Problem(f"{SECTION}.facts: unknown key '{name}'; {hint(name, PARSERS, _SEE)}"))
            except ValueError as error:
                wrong.append(Problem(f"{SECTION}.facts.{name}: {error}"))
        return known, wrong

    def check(self, text: Text, is_wanted: Callable[[], bool] = lambda: True) -> Checked:
        """Lint a text. Raises OvertakenError as soon as it is seen that the result is no longer wanted."""
        if len(text.text) > MAX_BYTES:
            return Checked(note=f"not checked: {len(text.text):,} characters are too many for a message")
        begun = time.monotonic()

        def stopped() -> None:
            if not is_wanted():
                raise OvertakenError
            if time.monotonic() - begun > SECONDS:
                raise TimeoutError

        try:
            settings = self.settings(text.path)
            if text.is_file and (settings.excludes(text.path) or is_left_out(text.path)):
                return Checked()
            message, linter = self.read(text, settings), self.linter(text, settings)
            linter.language()
            self._refresh()
            self._stop_at(stopped)
            result = linter.lint(message, self.least(settings))
            if settings.baseline:
                result = Baseline.read(settings.baseline).split(result)[0]
        except Problem as problem:
            return Checked(problems=(problem,))
        except Problems as group:
            return Checked(problems=tuple(item for item in group.exceptions if isinstance(item, Problem)))
        except TimeoutError:
            return Checked(note=f"not checked: it takes longer than {SECONDS:.0f} seconds")
        finally:
            self._stop_at(_never)
            self._stays_fresh(text, time.monotonic() - begun)
        return Checked(result, message.problems, docs_url=settings.docs_url)

    def _refresh(self) -> None:
        """Keep what is remembered small: somebody who types makes a new word with every letter."""
        if sum(language.refresh() for language in self._languages.values()):  # all of them, not up to the first
            literals.forget()

    def _stop_at(self, stopped: Callable[[], None]) -> None:
        for language in self._languages.values():
            language.stopped = stopped

    def explained(self, text: Text, result: Result, found: Sequence[Diagnostic]) -> list[Sequence[Row]]:
        """Return, for each finding, all that led to it."""
        settings = self.settings(text.path)
        selected = bool(self.wishes.select or settings.select)
        tell = explainer(self.linter(text, settings), result, self.preset(settings), selected=selected)
        return [tell(item) for item in found]

    def mended(self, text: Text) -> str:
        """Return a text after every safe repair that `--fix` would make."""
        settings = self.settings(text.path)
        linter = self.linter(text, settings)
        outcome = fix.run(
            self.read(text, settings),
            text.data,
            lambda message: linter.lint(message, self.least(settings)),
            read=partial(read_message, flags=self.given()[0], defaults=settings.defaults),
        )
        return outcome.data.decode(text.encoding)

    def rules(self, path: str = "") -> Mapping[str, Rule]:
        """Return every rule there is for a draft, by name."""
        try:
            return {rule.name: rule for rule in self.settings(path or "draft.txt").every}
        except Problems:
            return {rule.name: rule for rule in catalog.built_in()}


def _never() -> None:
    return
