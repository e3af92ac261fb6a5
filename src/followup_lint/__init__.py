"""A linter for the messages people send after a job interview."""

# The command line comes through here on its way to what it found before, and typing takes longer to load than that.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from pathlib import Path

    from followup_lint.linter import Result
    from followup_lint.tone import Formality

__all__ = ["formality", "lint_file", "lint_text"]


def lint_text(text: str, path: str = "draft.txt", *, config: "Path | None" = None, isolated: bool = False) -> "Result":
    """Lint a draft given as text, as the command line would a file of that name.

    `path` decides how the text is read (`.eml` is mail) and which settings hold for it; no such file need be there.
    `config` names the one settings file that counts, and `isolated` says that none does. The result has `diagnostics`
    (rule, severity, span in code points into `result.draft.text`, message, why, fix, remedies), `skipped`, `silenced`
    and the `context` with each fact's origin. What is wrong with the facts in the front matter is left out here.

    The first call loads the spaCy model, if a rule needs it. Raises `followup_lint.errors.Problem` for a text that
    cannot be a message, and `followup_lint.errors.Problems` for settings that are wrong.
    """
    return _lint(text.encode("utf-8", "replace"), path, config, isolated=isolated)


def lint_file(path: "str | os.PathLike[str]", *, config: "Path | None" = None, isolated: bool = False) -> "Result":
    """Lint a draft in a file; see `lint_text`. Raises `followup_lint.errors.Problem` where it cannot be read, too."""
    from pathlib import Path as File

    from followup_lint.sources.decode import read_bytes

    shown = str(path)
    return _lint(read_bytes(File(shown), shown), shown, config, isolated=isolated)


def _lint(data: bytes, path: str, config: "Path | None", *, isolated: bool) -> "Result":
    from functools import partial

    from followup_lint import catalog, model
    from followup_lint.config import Configs
    from followup_lint.linter import Linter
    from followup_lint.reader import read_message

    settings = Configs(config, isolated=isolated).for_file(path)
    linter = Linter(settings.chosen(), partial(model.load, settings.model), silences=settings.silences)
    least = settings.min_severity or catalog.least(settings.preset)
    return linter.lint(read_message(data, path, defaults=settings.defaults), least)


def formality(text: str) -> "Formality":
    """Say how formal a sentence or a whole message reads, and which words make it so.

    The text is cut into paragraphs and sentences here; mail quoted below one's own words does not count. The result
    has a `score` from −3 (very informal) to +3 (very formal), around 0 for everyday business mail, and
    `contributions`, strongest first, whose pulls sum to the score. Each has a `feature`, its fitted `weight`, the
    `value` it takes here, and the `words` behind it with their spans, half-open code-point offsets into `text`.
    A text without words scores 0 and has no contributions. Readers themselves agree only so far: within about half a
    point, read nothing into a difference.

    The first call loads the spaCy model. Raises `followup_lint.errors.Problem` where none is installed.
    """
    from followup_lint.tone import judge  # late, so that importing the package stays quick

    return judge(text)
