"""What the environment says: which variable stands for a flag, whether to paint, whether anybody is watching."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from followup_lint.errors import hint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

PREFIX = "FOLLOWUP_LINT_"

DEEDS = frozenset(
    {"--help", "--version", "--list-rules", "--explain", "--why-not", "--debug-parse", "--completion"}
) | {
    *("--new", "--invite", "--schedule", "--watch", "--init", "--show-config", "--show-files"),
    *("--new-rule", "--test-rules", "--mutate", "--add-ignores", "--update-baseline", "--input", "--clear-cache"),
}
"""Flags without a variable: they ask for something else than to lint, or write findings away. One forgotten in a
profile would turn every run into it, those of hooks too."""

SWITCHES = frozenset({f"{PREFIX}STOCK_MODEL"})
"""Variables that stand for no flag: they change how a thing is done, and never what comes of it."""


def variable(flag: str) -> str:
    """Return the variable that stands for a long flag: `FOLLOWUP_LINT_FAIL_ON` for `--fail-on`."""
    return PREFIX + flag.removeprefix("--").replace("-", "_").upper()


def strays(environ: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """Yield a note for each of our variables that stands for no flag, most likely a slip of the pen."""
    names = sorted(known)
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in names and name not in SWITCHES:
            yield f"the variable {name} sets nothing; {hint(name, names, '--help names the flags')}"


def wants_colour(option: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to paint what goes to a stream.

    `option` is the value of `--color`: always and never settle it. With auto the environment does, in this order:
    NO_COLOR; FORCE_COLOR or CLICOLOR_FORCE, unless they are 0; CLICOLOR=0; TERM=dumb; else whether the stream is a
    terminal. A variable that is set to nothing is not set.
    """
    if option != "auto":
        return option == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return environ.get("CLICOLOR") != "0" and is_terminal(stream, environ)


def is_terminal(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether a stream is a terminal that can do more than print."""
    try:
        return environ.get("TERM") != "dumb" and stream.isatty()
    except ValueError:
        return False  # it is closed


def is_attended(environ: Mapping[str, str]) -> bool:
    """Whether somebody may be looking at the terminal, as nobody is in CI and in a hook."""
    return not any(environ.get(name, "").lower() not in {"", "0", "false"} for name in ("CI", "PRE_COMMIT"))
