"""What can be asked for on the command line, as click reads it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from followup_lint.flags import all_flags
from followup_lint.grouped import Command

if TYPE_CHECKING:
    from followup_lint.cache.recording import Recording

EPILOG = """
\b
Exit codes:
  0    nothing found, or nothing as grave as --fail-on says
  1    findings; with --exit-non-zero-on-fix, also a file that was changed
  2    a wrong option or setting, or a file that cannot be read, or not be
       finished in time
  128 + N, as shells show it: ended by signal N. 130 is Ctrl-C, which is how --watch
       ends; 141 is a pipe that nobody reads any more, as after | head

\b
Environment:
  Every option that says how to lint has a variable: FOLLOWUP_LINT_FAIL_ON=error
  stands for --fail-on error, FOLLOWUP_LINT_QUIET=1 for --quiet. An option that
  may be repeated takes its values between commas, paths as in PATH. The command
  line goes before a variable, a variable before a file. NO_COLOR, FORCE_COLOR
  and CLICOLOR are heeded, unless --color says always or never.

\b
Files:
  .followup-lint.yaml   settings, in the folder of a draft or one above; or the
                        table [tool.followup-lint] in pyproject.toml
  .followup-lintignore  drafts to leave out, written like .gitignore, which
                        counts as well

\b
Completion:
  bash  eval "$(followup-lint --completion bash)" in ~/.bashrc
  zsh   eval "$(followup-lint --completion zsh)" in ~/.zshrc, after compinit
  fish  followup-lint --completion fish > ~/.config/fish/completions/followup-lint.fish
"""


@click.command(
    cls=Command, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, epilog=EPILOG
)
@click.argument("paths", nargs=-1, metavar="[PATHS]...", type=click.Path())
@all_flags
@click.pass_obj
def command(recording: Recording | None, /, paths: tuple[str, ...], **options: object) -> None:
    """Check the messages you send after a job interview before you send them.

    PATHS are drafts (.txt, .md, .eml), folders of them, or - for standard input. A draft is read where it lies; nothing
    leaves your machine.

    \b
    Examples:
      followup-lint draft.txt                    what may cost you, why, and how to mend it
      followup-lint --watch drafts/              the same, again at every save
      followup-lint --new thank-you note.txt     a draft to begin with
      followup-lint --explain gratitude-missing  what a rule asks, and why
    """  # noqa: D301  (click looks for the character itself)
    from followup_lint.dispatch import answer

    sys.exit(answer(paths, options, recording))
