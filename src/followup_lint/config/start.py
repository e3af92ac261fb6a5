"""Files to begin with: a configuration in which everything is explained, and a rule of one's own."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

from followup_lint import catalog
from followup_lint.config.changes import is_rule_name
from followup_lint.config.closest import NAMES, PYPROJECT
from followup_lint.config.keys import KEYS
from followup_lint.config.source import read, shown
from followup_lint.errors import Problem
from followup_lint.sources.decode import reason
from followup_lint.writing import create_file

_EXAMPLES = {
    "root": "root: true",
    "extends": "extends: [recommended]",
    "preset": "preset: recommended",
    "select": "select: ['*']",
    "ignore": """\
ignore:
  emoji: the studio writes to everybody this way
  canned-phrase: {reason: the school's own form of words, until: 2099-12-31}""",
    "rules": """\
rules:
  stiff-phrasing: off
  urgency-word: error
  too-many-questions:
    severity: error
    max: {check-in: 1}
  very-long-note:
    like: body-too-long
    severity: error
    max: 400""",
    "rule_dirs": "rule_dirs: []",
    "overrides": """\
overrides:
  - files: [letters/, '*.letter.txt']
    preset: strict
    context: {channel: letter, culture: formal}""",
    "context": """\
context:
  culture: neutral
  region: us
  zone: America/New_York""",
    "contacts": """\
contacts:
  - {name: Samira Haddad, aliases: [Sam], title: Dr, role: head of research, address: samira@clinic.example}
  - Ewa Nowak <ewa@mill.example>""",
    "companies": """\
companies:
  - {name: Haddad Clinics, aliases: [Haddad], culture: formal, region: us, domains: [clinic.example]}""",
    "exclude": "exclude: [archive/, '*.notes.md']",
    "baseline": "baseline: .followup-lint-baseline.json",
    "fail_on": "fail_on: warning",
    "min_severity": "min_severity: suggestion",
    "me": "me: [sam@post.example]",
    "sent": "sent: [mail/sent.mbox]",
    "model": "model: en_core_web_sm",
    "docs_url": "docs_url: https://docs.example/followup-lint/",
}

_RULE = """\
# {schema}
check: pattern
options:
  phrases:
    # Regular expressions over whole words: a space stands for any white space, and case does not matter.
    - synerg(y|ies)
severity: warning
message: “{{text}}” is a word to leave out.
why: Say here what it costs the writer.
fix: Say here what to write instead.
practice: 0
source: our own house style
examples:
  - good: |
      Dear Ana,

      Thank you for the tour of the mill.

      Regards,
      Sam
  - bad: |
      Dear Ana,

      Thank you for the tour. I see much [[synergy]] between us.

      Regards,
      Sam
"""


def init(folder: Path) -> Path:
    """Write a `.followup-lint.yaml` to begin with, every line of it explained and none in force; return its path.

    Raises Problem where the folder has a configuration already, or is none.
    """
    if folder.is_file():
        raise Problem("is a file; name a folder, or nothing for this one", shown(folder))
    for path in (folder / name for name in NAMES):
        if os.path.lexists(path) and (path.name != PYPROJECT or read(path)):
            raise Problem("holds a configuration already; nothing was written", shown(path))
    return _write(folder / NAMES[0], starting(folder))


def starting(folder: Path) -> str:
    """Return the text of a configuration to begin with in a folder.

    What stands after `#` without a space, or after more than one, is YAML; the rest is for people.
    """
    parts = [
        f"# {_schema_line('config', folder)}",
        "# The line above tells editors what may stand here. It names this computer's copy of the description; on",
        "# another, leave it out.",
        "#",
        "# This file counts for the drafts beside it and below, as far as none lies nearer to them. Paths are relative",
        "# to it. Nothing is in force yet: take away the # before a key, and before the lines indented under it.",
    ]
    for name, key in KEYS.items():
        example = "\n".join(f"#{line}" for line in _EXAMPLES[name].split("\n"))
        parts.append(f"\n{_wrapped(key.about)}\n{example}")
    return "\n".join(parts) + "\n"


def new_rule(name: str, folder: Path) -> Path:
    """Write a rule file to begin with, whose examples behave; return its path.

    Raises Problem for a name that is taken or is none, and where the file is there already.
    """
    if not is_rule_name(name):
        raise Problem(f"'{name}' is no name for a rule; write it like-this, in small letters")
    if catalog.fitting(catalog.built_in(), name):
        raise Problem(f"there is a rule '{name}' already; a configuration may change it: rules: {{{name}: …}}")
    return _write(folder / f"{name}.yaml", _RULE.format(schema=_schema_line("rule", folder)))


def _schema_line(name: str, folder: Path) -> str:
    """Return the line by which editors know what a file may hold, in a comment."""
    path = Path(str(resources.files("followup_lint").joinpath("schemas", f"{name}.schema.json"))).resolve()
    here = folder.resolve()
    # An environment inside the project is in the same place for all who work on it.
    where = path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_uri()
    return f"yaml-language-server: $schema={where}"


def _wrapped(text: str) -> str:
    import textwrap

    return textwrap.fill(text, 100, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"cannot be made: {reason(error)}", shown(path.parent)) from None
    if os.path.lexists(path):
        raise Problem("is there already; nothing was written", shown(path))
    create_file(path, text.encode())
    return path
