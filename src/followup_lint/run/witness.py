"""What a run depends on: told to a recording, so that the run can be replayed as long as none of that changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from followup_lint.cache import vault
from followup_lint.cache.observe import Question
from followup_lint.cache.recording import Recording
from followup_lint.config.closest import user_file
from followup_lint.linter import Result
from followup_lint.messages import Options
from followup_lint.run.session import Session
from followup_lint.thread.tree import roots_of

_LOOKS_ELSEWHERE = ("fix", "fix_only", "diff", "sent", "output_file", "wanted")


def begin(recording: Recording, paths: Sequence[str]) -> None:
    """Tell, before any file is looked at, which settings may count."""
    recording.begin([("above", folder) for folder in sorted(_above(_folders(paths)))])


def end(recording: Recording, session: Session, results: Sequence[Result]) -> None:
    """Tell what a run that is over depended on, unless it did more than look at files that are known here."""
    with suppress(OSError, ValueError):
        _end(recording, session, results)


def _end(recording: Recording, session: Session, results: Sequence[Result]) -> None:
    drafts = frozenset(os.path.abspath(result.draft.path) for result in results)  # noqa: PTH100  (as text, and fast)
    if session.results and _is_plain(session.paths, session.options) and not _is_elsewhere(session, results):
        questions = dict.fromkeys(_questions(session, results, drafts))
        recording.depends(str(session.options["cache_dir"] or "") or vault.default(), [*questions])


def _is_plain(paths: Sequence[str], options: Options) -> bool:
    """Whether a run read nothing but files, and wrote nothing but to its streams."""
    filed = any("=" in str(item) for item in options["output_format"] or ())  # type: ignore[attr-defined]  # multiple
    return "-" not in paths and not filed and options["changed"] is None and not any(map(options.get, _LOOKS_ELSEWHERE))


def _is_elsewhere(session: Session, results: Sequence[Result]) -> bool:
    """Whether the settings name what is not looked at here: mailboxes, a model of one's own."""
    return any(item.sent or item.model for item in (*session.near, *map(session.settings_of, results)))


def _questions(session: Session, results: Sequence[Result], drafts: Iterable[str]) -> Iterator[Question]:
    named = list(map(os.path.abspath, session.paths))
    folders = {os.path.dirname(path) for path in drafts} | _folders(session.paths)  # noqa: PTH120
    yield from (("above", folder) for folder in sorted(_above(folders)))
    yield from (("real", folder) for folder in sorted(folders))
    yield "file", str(user_file())
    yield from (("file", str(path)) for path in session.configs.files)
    for settings in dict.fromkeys((*session.near, *map(session.settings_of, results))):
        yield from (("rules", str(folder)) for folder in settings.rule_folders)
    for baseline in session.baselines:
        yield "file", os.path.abspath(baseline.path)  # noqa: PTH100
        yield from (("there", path) for path in baseline.drafts)
    yield from (("walk", path) for path in named if os.path.isdir(path))  # noqa: PTH112
    # Trees come before what lies in them, so that no file is read twice.
    roots = {
        str(root): None for folder in sorted(folders) for root in roots_of(Path(folder, "_"), session.records.roots)
    }
    yield from (("tree", root) for root in roots)
    yield from (("drafts", folder) for folder in sorted(folders))
    yield from (("file", path) for path in sorted({*named, *drafts}))
    for result in results:
        told = (*(item.file for item in result.context.previous), result.context.invite)
        yield from (("file", str(Path(result.draft.path).parent.absolute() / name)) for name in told if name)


def _folders(paths: Iterable[str]) -> set[str]:
    found = map(os.path.abspath, paths)
    return {path if os.path.isdir(path) else os.path.dirname(path) for path in found}  # noqa: PTH112, PTH120


def _above(folders: Iterable[str]) -> set[str]:
    """Return the folders and all above them, as they are written and as they really lie."""
    both = {place for folder in folders for place in (folder, os.path.realpath(folder))}
    return {str(above) for folder in both for above in (folder, *Path(folder).parents)}
