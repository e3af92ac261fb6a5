"""The manual page, made from the command itself: `python -m followup_lint.manpage > docs/followup-lint.1`."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from importlib.metadata import version

import click

from followup_lint import patterns
from followup_lint.grouped import Command

_COLUMNS = patterns.lazy(r"(?P<term>\S+(?: \S+)*) {2,}(?P<words>\S.*)")
_OPTION = patterns.lazy(r"(?<![\w-])-[-\w]+")


def render(command: Command, name: str, release: str) -> str:
    """Return the page in roff: the command's help, its options by heading, then its epilogue.

    In help and epilogue, a paragraph whose first line ends in a colon becomes a section, and lines in two columns in it
    a list of terms.
    """
    wide = {"max_content_width": 10_000, "terminal_width": 10_000}  # man breaks the lines
    context = click.Context(command, info_name=name, **{**command.context_settings, **wide})
    about, *rest = _paragraphs(command.help or "")
    lines = [
        f'.TH "{_text(name.upper())}" "1" "" "{_text(f"{name} {release}")}" "User Commands"',
        *(".nh", ".ad l"),  # a name of a variable must not be hyphenated
        *(".SH NAME", f"{_text(name)} \\- {_text(_first(about))}"),
        *(".SH SYNOPSIS", f".B {_text(name)}", _text(" ".join(command.collect_usage_pieces(context)))),
        *(".SH DESCRIPTION", *_block(about)),
    ]
    plain = [paragraph for paragraph in rest if not _heading(paragraph)]
    for paragraph in plain:
        lines += [".PP", *_block(paragraph)]
    lines.append(".SH OPTIONS")
    for heading, records in command.sections(context).items():
        lines.append(f".SS {_text(heading)}")
        for written, words in records:
            lines += [".TP", _flags(written), _text(words)]
    for paragraph in [*(p for p in rest if p not in plain), *_paragraphs(command.epilog or "")]:
        heading = _heading(paragraph)
        lines += [f".SH {_text(heading.upper())}" if heading else ".PP", *_block(paragraph)]
    return "\n".join(lines) + "\n"


def _paragraphs(text: str) -> list[str]:
    parts = re.split(r"\n\s*\n", inspect.cleandoc(text))
    return [part.removeprefix("\b\n") for part in parts if part.strip()]


def _first(paragraph: str) -> str:
    """Return the first sentence, as whatis and apropos show it."""
    words = " ".join(paragraph.split()).partition(". ")[0].removesuffix(".")
    return words[:1].lower() + words[1:]


def _heading(paragraph: str) -> str:
    first, _, rest = paragraph.partition("\n")
    return first.strip().removesuffix(":") if rest and first.endswith(":") else ""


def _block(paragraph: str) -> Iterator[str]:
    """Yield a paragraph's lines: two columns as terms with words, what is indented deeper as more words."""
    lines = paragraph.split("\n")[bool(_heading(paragraph)) :]
    in_list = False
    for line in lines:
        if found := _COLUMNS.fullmatch(line.strip()) if not _is_deep(line) else None:
            yield from (".TP", f".B {_text(found['term'])}", _text(found["words"]))
            in_list = True
        else:
            if in_list and not _is_deep(line):
                yield ".PP"
                in_list = False
            yield _text(line.strip())


def _is_deep(line: str) -> bool:
    return line.startswith(" " * 4)


def _flags(written: str) -> str:
    """Return how an option is written, its names in bold and the rest in italics."""
    at, found = 0, []
    for match in _OPTION.finditer(written):
        found += [_italic(written[at : match.start()]), rf"\fB{_text(match.group())}\fR"]
        at = match.end()
    return "".join([*found, _italic(written[at:])])


def _italic(words: str) -> str:
    return re.sub(r"[^\s,]+", lambda match: rf"\fI{_text(match.group())}\fR", words)


def _text(words: str) -> str:
    """Return words as roff prints them."""
    shown = words.replace("\\", r"\e").replace("-", r"\-")
    shown = "".join(char if char.isascii() else f"\\[u{ord(char):04X}]" for char in shown)
    return rf"\&{shown}" if shown.startswith((".", "'")) else shown


def main() -> None:
    """Print the page of the installed program."""
    from followup_lint.command import command

    sys.stdout.write(render(command, "followup-lint", version("followup-lint")))


if __name__ == "__main__":
    main()
