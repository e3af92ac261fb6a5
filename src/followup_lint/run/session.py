"""One run of the command line: its words, the settings of each draft, and the linter they make."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import cached_property, partial

from followup_lint import catalog, model
from followup_lint.cache import vault
from followup_lint.cache.results import Results
from followup_lint.config import Configs, Settings
from followup_lint.context import Fact
from followup_lint.deadline import Deadline, Unfinished, unhurried
from followup_lint.diagnostic import Severity
from followup_lint.errors import Problem
from followup_lint.linter import Linter, Result
from followup_lint.messages import Options, Place, flags, found, load, names, read, records
from followup_lint.reader import Message
from followup_lint.reading import Reading
from followup_lint.records import dataclass, field
from followup_lint.run.baselines import Baselines
from followup_lint.silence import today
from followup_lint.streams import tell
from followup_lint.thread.records import Records

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from followup_lint.explain.finding import Explainer
    from followup_lint.redact import Redactor


@dataclass(frozen=True)
class Session:
    """What the user asked for. Files are looked at when they are needed, each once."""

    paths: Sequence[str]
    options: Options
    _linters: dict[Settings, Linter] = field(default_factory=dict)

    @cached_property
    def configs(self) -> Configs:
        """Return where settings come from. Raises Problem for `--config` with `--isolated`."""
        named = str(self.options["config"] or "")
        if named and self.options["isolated"]:
            raise Problem("--config and --isolated do not go together")
        return Configs(_path(named), isolated=bool(self.options["isolated"]))

    @cached_property
    def flags(self) -> dict[str, Fact]:
        """Return the facts given on the command line."""
        return flags(self.options)

    @cached_property
    def records(self) -> Records:
        """Return where to look for earlier messages."""
        return records(self.paths, self.options, self.near)

    @cached_property
    def near(self) -> list[Settings]:
        """Return what is in force at each of the paths."""
        configs, named = self.configs, [path for path in self.paths if path != "-"] or ["."]
        return [configs.for_folder(path) if os.path.isdir(path) else configs.for_file(path) for path in named]

    def settings(self, path: str) -> Settings:
        """Return what is in force for a draft, also under the name that a redacted report gives it. Raises Problems."""
        return self.configs.for_file(self.redactor.original(path) if self.redactor else path)

    def settings_of(self, result: Result) -> Settings:
        """Return what was in force for a draft that has been linted."""
        return self.settings(result.draft.path)

    def preset(self, settings: Settings) -> str:
        """Return the preset in force."""
        return str(self.options["preset"] or settings.preset)

    def least(self, settings: Settings) -> Severity:
        """Return the mildest severity to report."""
        wanted = self.options["min_severity"] or settings.min_severity
        return Severity(str(wanted)) if wanted else catalog.least(self.preset(settings))

    def fails(self, result: Result) -> bool:
        """Whether a draft's findings are grave enough to exit 1."""
        wanted = self.options["fail_on"] or self.settings(result.draft.path).fail_on or Severity.WARNING
        return any(item.severity.rank >= Severity(str(wanted)).rank for item in result.diagnostics)

    def language(self, settings: Settings) -> str:
        """Return the spaCy model that is named; empty where none is."""
        return str(self.options["wanted"]) or settings.model

    def linter(self, settings: Settings) -> Linter:
        """Return the linter that settings make."""
        if settings not in self._linters:
            language = partial(unhurried, partial(model.load, self.language(settings), quick=True))
            rules = settings.chosen(*self.choice)
            for silence in settings.silences:
                if not silence.holds(today()):
                    tell(f"note: {silence.origin}: {silence.rule} is no longer ignored, {silence.until} has passed")
            others, informed = partial(unhurried, self.records.others), partial(unhurried, self.records.informed)
            self._linters[settings] = Linter(rules, language, others, informed, settings.silences)
        return self._linters[settings]

    @cached_property
    def deadline(self) -> Deadline:
        """Return how long a draft may take."""
        return Deadline(float(str(self.options["timeout"])))

    @property
    def choice(self) -> tuple[str, list[str], list[str]]:
        """Return what the command line says of the choice of rules: preset, selected, left out."""
        return str(self.options["preset"] or ""), names(self.options["select"]), names(self.options["ignore"])

    @cached_property
    def found(self) -> tuple[list[Place], list[Problem]]:
        """Return where the drafts are, without those that the settings leave out, and what could not be found."""
        places, problems = found(self.paths, self.options)
        kept = [place for place in places if place.is_named or not self.settings(place.path).excludes(place.path)]
        return kept, problems

    def read(self, path: str, data: bytes) -> Iterator[Message | Problem]:
        """Yield a draft's problems, and the draft with what its settings say of it."""
        settings = self.settings(path)
        try:
            items = self.deadline.hold(lambda: [*read(path, data, self.flags, settings.defaults)], path)
        except Unfinished as problem:
            items = [problem]
        for item in items:
            if isinstance(item, Message) and item.draft.front_matter:
                from followup_lint.ignores import unknown_ignores

                yield from unknown_ignores(item, settings.known)
            yield item

    def messages(self) -> Iterator[Message | Problem]:
        """Yield every draft; what cannot be read comes as a Problem."""
        places, problems = self.found
        yield from problems
        for place in places:
            try:
                data = load(place)
            except Problem as problem:
                yield problem
            else:
                yield from self.read(place.path, data)

    @cached_property
    def baselines(self) -> Baselines:
        """Return where known findings are."""
        return Baselines(_path(str(self.options["baseline"] or "")))

    @cached_property
    def results(self) -> Results | None:
        """Return what was found in earlier runs, unless that is not to be used."""
        folder = str(self.options["cache_dir"] or "") or vault.default()
        return None if self.options["no_cache"] or not folder else Results(folder)

    @property
    def since(self) -> str | None:
        """Return the commit since which changed lines are asked for: empty for the last one, None for all lines."""
        return None if self.options["changed"] is None else str(self.options["changed"])

    @property
    def docs_url(self) -> str:
        """Return where the pages of the rules are published."""
        return next((item.docs_url for item in self.near if item.docs_url), "")

    def beside(self) -> Iterator[Path]:
        """Yield the files and folders that settings name: other settings, baselines, rules, mailboxes."""
        from pathlib import Path

        for settings in self.near:
            yield from (*settings.rule_folders, *map(Path, settings.sent))
            if settings.baseline:
                yield settings.baseline
        yield from self.configs.files

    def say(self, words: str) -> None:
        """Tell what was done, beside the report."""
        if not self.options["quiet"]:
            tell(words)

    def lint(self, message: Message) -> Result:
        """Lint one draft. Raises Unfinished where that takes too long."""
        return self.deadline.hold(lambda: self.lint_many([message])[0], message.draft.path)

    def lint_many(self, messages: Sequence[Message]) -> list[Result]:
        """Lint some drafts together, which is quicker; raises Problem where one of them cannot be linted."""
        found: dict[int, Result] = {}
        by_settings: dict[Settings, list[int]] = {}
        for place, message in enumerate(messages):
            by_settings.setdefault(self.settings(message.draft.path), []).append(place)
        for settings, places in by_settings.items():
            linter, least = self.linter(settings), self.least(settings)
            some, cache, name = [messages[at] for at in places], self.results, self.language(settings)
            results = cache.lint_many(linter, some, least, name) if cache else list(linter.lint_many(some, least))
            found |= dict(zip(places, results, strict=True))
        return [found[place] for place in range(len(messages))]

    def prepare(self, places: Sequence[Place]) -> None:
        """Make the linters of some drafts, so that copies of this process have them."""
        for settings in dict.fromkeys(self.settings(place.path) for place in places):
            self.linter(settings)

    def forgetting(self) -> AbstractContextManager[None]:
        """Return what lets go, at its end, of every word met inside; no parse made there may be used after it."""
        return model.forgetting(linter.language for linter in self._linters.values())

    @property
    def workers(self) -> int:
        """Return how many processes may share many drafts; one where copies of a process are no help."""
        from followup_lint.pool import processors

        given = self.options["jobs"]
        return 1 if processors() == 1 else int(str(given)) if given else processors()

    @cached_property
    def redactor(self) -> Redactor | None:
        """Return what takes names out of all that is shown, where that was asked for."""
        if not self.options["redact"]:
            return None
        from followup_lint.redact import Redactor

        return Redactor()

    def reading(self, result: Result) -> Reading:
        """Return a draft as its rules saw it."""
        return self.linter(self.settings(result.draft.path)).read(Message(result.draft, result.context))

    def explained(self, result: Result) -> Explainer:
        """Return what tells all that led to a draft's findings."""
        from followup_lint.explain.finding import explainer

        settings = self.settings(result.draft.path)
        selected = bool(self.options["select"] or settings.select)
        return explainer(self.linter(settings), result, self.preset(settings), selected=selected)


def _path(named: str) -> Path | None:
    """Return a path that was named, if one was."""
    if not named:
        return None
    from pathlib import Path  # it takes long to load

    return Path(named)
