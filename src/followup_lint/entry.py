"""The door to the command line that is tried first: a run that would print what it printed before is not run again.

Where nothing has changed that a run depends on, what it printed is printed once more. All that this takes is light;
everything else goes to `cli`, which answers all there is to ask.

An entry has two parts. Which files the run depends on is sealed with a key that anybody can make who knows the
command; what these held is in neither part, and what was printed is sealed with a key that is made of all they held.
"""

import marshal
import os
import sys
import time

from followup_lint.cache import vault
from followup_lint.cache.observe import Look, TooMuch

OFF = "FOLLOWUP_LINT_NO_REPLAY"
"""The variable that turns replaying off, and leaves the cache of results on."""

_GROUPS, _COMPLETION = ("FOLLOWUP_LINT_", "PYTHON", "LC_", "CLICOLOR"), "_COMPLETE"
_SINGLE = frozenset({"NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS", "LINES", "LANG", "LANGUAGE", "TZ", "HOME"}) | {
    *("CI", "PRE_COMMIT", "CI_PROJECT_DIR", "GITHUB_WORKSPACE", "XDG_CONFIG_HOME"),
}
"""The variables of the environment that may change what is printed."""


def main() -> int:
    """Run the program, or print what it printed when nothing was different; return the exit code.

    `cli` heeds signals, for it may have something to close. Before it, and while Python takes itself apart, they end
    the process as it is.
    """
    try:
        return _answer()
    except KeyboardInterrupt:
        from followup_lint.signals import INTERRUPT, die

        die(INTERRUPT)
    finally:
        from followup_lint.signals import ending

        ending()


def _answer() -> int:
    called = _called(sys.argv[1:])
    code = replay(*called) if called else None
    if code is not None:
        # Nothing is left to be flushed, and to take Python apart takes as long as all of the above.
        os._exit(code)
    from followup_lint import rubbish, shortcut

    rubbish.leave()
    shortcut.take()
    try:
        return _recorded(*called[1:]) if called else _run()
    except SystemExit as ended:
        _leave(ended.code)
        raise


def _called(arguments: list[str]) -> "tuple[str, str, bytes] | None":
    """Return the cache folder, and what `name_of` does; None where nothing is to be replayed or recorded."""
    folder = folder_of(arguments) if arguments and sys.stdout and sys.stderr else ""
    try:
        return (folder, *name_of(arguments)) if folder else None
    except (OSError, ValueError, TypeError):
        return None  # a folder that is gone, a stream that is closed


def _run() -> int:
    from followup_lint import cli

    return cli.main()


def _leave(code: object) -> None:
    """End the process as it is, unless something stands in the way: to take Python apart takes a tenth of a run."""
    if isinstance(code, int):
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):
            return  # Python says so in its own way
        os._exit(code)


def _recorded(name: str, key: bytes) -> int:
    from followup_lint import cli
    from followup_lint.cache.recording import Recording

    run = Recording(name, key)
    run.listen()
    try:
        return cli.main(run)
    except SystemExit as ended:
        sys.stdout.flush()
        if isinstance(ended.code, int):
            run.keep(ended.code)
        raise


def folder_of(arguments: list[str]) -> str:
    """Return the folder that a command line keeps its cache in; empty where nothing is to be replayed.

    It is no more than a good guess, for only click knows which word is an option. A wrong folder holds no entry for
    the command line, since a run is kept where click says.
    """
    said = os.environ
    if os.name != "posix" or "--no-cache" in arguments or said.get("FOLLOWUP_LINT_NO_CACHE") or said.get(OFF):
        return ""
    found = said.get("FOLLOWUP_LINT_CACHE_DIR", "").strip()
    for here, word in enumerate(arguments):
        if word.startswith("--cache-dir="):
            found = word[12:]
        elif word == "--cache-dir" and here + 1 < len(arguments):
            found = arguments[here + 1]
    return found or vault.default()


def name_of(arguments: list[str]) -> "tuple[str, bytes]":
    """Return the name of a run's entry, and the key to what it depends on. Raises OSError, ValueError or TypeError.

    They stand for the command, where and when it is called, by which program, and onto what.
    """
    environment = sorted((name, value) for name, value in os.environ.items() if matters(name))
    streams = []
    for stream in (sys.stdout, sys.stderr):
        size = tuple(os.get_terminal_size(stream.fileno())) if stream.isatty() else ()
        streams.append((size, stream.encoding, stream.errors))
    here, today = os.getcwd(), tuple(time.localtime()[:3])  # noqa: PTH109  (pathlib takes long to load)
    called = (arguments, here, environment, streams, today)
    told = marshal.dumps((vault.FORM, called, vault.installed(), vault.source()), 2)
    return vault.digest(b"run", told).hex(), vault.digest(b"questions", told)


def matters(variable: str) -> bool:
    """Whether a variable of the environment may change what is printed."""
    return variable in _SINGLE or variable.startswith(_GROUPS) or variable.endswith(_COMPLETION)


def replay(folder: str, name: str, key: bytes) -> int | None:
    """Print what the run printed, and return its exit code; None where nothing is known that still holds."""
    try:
        data = vault.read(folder, vault.RUNS, name)
        if data is None:
            return None
        size = int.from_bytes(data[:4])
        questions, same = marshal.loads(vault.opened(data[4 : 4 + size], key) or b"")  # noqa: S302  (sealed: our own bytes)
        now, secret = Look().answers(questions)
        if now != same:
            return None
        code, said = marshal.loads(vault.opened(data[4 + size :], vault.digest(b"output", key, secret)) or b"")  # noqa: S302
    except (OSError, ValueError, TypeError, EOFError, AttributeError, TooMuch):
        return None
    return _said(said, code)


def _said(pieces: "list[tuple[int, bytes]]", code: int) -> int | None:
    """Print the pieces, each onto its stream; None where not even the first byte could be."""
    is_begun = False
    for stream, data in pieces:
        left = memoryview(data)
        while left:
            try:
                left = left[os.write(stream, left) :]
            except BrokenPipeError:
                from followup_lint.signals import die

                die()  # whoever reads has enough
            except OSError:
                if is_begun:
                    raise
                return None
            is_begun = True
    return code
