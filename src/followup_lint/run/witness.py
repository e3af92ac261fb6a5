"""What a run depends on: told to a recording, so that the run can be replayed as long as none of that changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from followup_lint.cache import vault
from followup_lint.cache.observe import MAX_WALK, Question
from followup_lint.cache.recording import Recording
from followup_lint.config import Settings
from followup_lint.config.closest import user_file
from followup_lint.linter import Result
from followup_lint.messages import Options
from followup_lint.records import dataclass, field
from followup_lint.run.session import Session
from followup_lint.thread.tree import roots_of

_LOOKS_ELSEWHERE = ("fix", "fix_only", "diff", "sent", "output_file", "wanted")


def begin(recording: Recording, paths: Sequence[str], options: Options) -> None:
    """Tell, before any file is looked at, which settings may count; a run that does more than look is let go."""
    if _is_plain(paths, options):
        recording.begin([("above", folder) for folder in sorted(_above(_folders(paths)))])
    else:
        recording.forget()


@dataclass
class Witness:
    """Sees every result, and keeps of it no more than which files it depends on; of too many, nothing."""

    recording: Recording
    session: Session
    _count: int = 0
    _drafts: list[str] = field(default_factory=list)
    _told: list[str] = field(default_factory=list)
    _settings: dict[Settings, None] = field(default_factory=dict)

    def see(self, result: Result) -> None:
        """Take note of what a draft depends on."""
        self._count += 1
        if self._count > MAX_WALK:
            self.recording.forget()
            self._drafts.clear()
            self._told.clear()
            return
        path = result.draft.path
        self._drafts.append(os.path.abspath(path))
        self._settings[self.session.settings(path)] = None
        told = (*(item.file for item in result.context.previous), result.context.invite)
        self._told += (os.path.join(os.path.dirname(os.path.abspath(path)), name) for name in told if name)

    def end(self) -> None:
        """Tell what a run that is over depended on, unless it did more than look at files that are known here."""
        session = self.session
        if self._count > MAX_WALK or not session.results or not _is_plain(session.paths, session.options):
            return
        with suppress(OSError, ValueError):
            if not self._is_elsewhere:
                folder = str(session.options["cache_dir"] or "") or vault.default()
                self.recording.depends(folder, [*dict.fromkeys(self._questions())])

    @property
    def _in_force(self) -> Iterable[Settings]:
        return dict.fromkeys((*self.session.near, *self._settings))

    @property
    def _is_elsewhere(self) -> bool:
        """Whether the settings name what is not looked at here: mailboxes, a model of one's own."""
        return any(item.sent or item.model for item in self._in_force)

    def _questions(self) -> Iterator[Question]:
        session = self.session
        named = list(map(os.path.abspath, session.paths))
        folders = {os.path.dirname(path) for path in self._drafts} | _folders(session.paths)
        yield from (("above", folder) for folder in sorted(_above(folders)))
        yield from (("real", folder) for folder in sorted(folders))
        yield "file", user_file()
        yield from (("file", str(path)) for path in session.configs.files)
        for settings in self._in_force:
            yield from (("rules", str(folder)) for folder in settings.rule_folders)
        for baseline in session.baselines.used:
            yield "file", os.path.abspath(baseline.path)
            yield from (("there", path) for path in baseline.drafts)
        yield from (("walk", path) for path in named if os.path.isdir(path))
        # Trees come before what lies in them, so that no file is read twice.
        named_roots = session.records.roots
        roots = {root: None for folder in sorted(folders) for root in roots_of(os.path.join(folder, "_"), named_roots)}
        yield from (("tree", root) for root in roots)
        yield from (("drafts", folder) for folder in sorted(folders))
        yield from (("file", path) for path in sorted({*named, *self._drafts}))
        yield from (("file", path) for path in self._told)


def _is_plain(paths: Sequence[str], options: Options) -> bool:
    """Whether a run reads nothing but files, and writes nothing but to its streams."""
    filed = any("=" in str(item) for item in options["output_format"] or ())  # type: ignore[attr-defined]  # multiple
    return "-" not in paths and not filed and options["changed"] is None and not any(map(options.get, _LOOKS_ELSEWHERE))


def _folders(paths: Iterable[str]) -> set[str]:
    found = map(os.path.abspath, paths)
    return {path if os.path.isdir(path) else os.path.dirname(path) for path in found}


def _above(folders: Iterable[str]) -> set[str]:
    """Return the folders and all above them, as they are written and as they really lie."""
    found: set[str] = set()
    for folder in folders:
        for place in (folder, os.path.realpath(folder)):
            above = place
            while above not in found:
                found.add(above)
                above = os.path.dirname(above)
    return found
