"""The language server: `followup-lint-lsp`. Nothing else in the program imports this package, or pygls."""

from __future__ import annotations

import os
import sys

from followup_lint.signals import ending

_HELP = """\
Usage: followup-lint-lsp [--stdio]

Check messages in an editor that speaks the Language Server Protocol. The editor starts this
program and talks to it on standard input and output; there is nothing to type here.

Options:
  --stdio     Talk on standard input and output; it does so anyway.
  --version   Show the version and exit.
  -h, --help  Show this text and exit.
"""


def main() -> int:
    """Serve one editor; return the exit code."""
    ending()
    wanted = sys.argv[1:]
    if "-h" in wanted or "--help" in wanted:
        print(_HELP, end="")  # noqa: T201  (this is what was asked for)
        return 0
    if "--version" in wanted:
        from importlib.metadata import version

        print(f"followup-lint-lsp {version('followup-lint')}")  # noqa: T201
        return 0
    if unknown := [word for word in wanted if word != "--stdio"]:
        print(f"followup-lint-lsp: unknown argument '{unknown[0]}'; --help shows them all", file=sys.stderr)  # noqa: T201
        return 2
    # The protocol gets a channel of its own. Whatever else is written to standard output, even by a library in C,
    # would break it off, and goes to standard error instead.
    sys.stdout.flush()
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr

    from followup_lint.lsp.server import build

    server = build()
    server.start_io(sys.stdin.buffer, channel)
    return 0 if server.ended_well else 1
