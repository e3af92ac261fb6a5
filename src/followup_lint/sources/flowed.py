"""`format=flowed` (RFC 3676): lines that the writer's mail program broke, joined again into the lines it was given."""

from __future__ import annotations

from followup_lint import patterns

_QUOTE = patterns.lazy(r">*")
_SEPARATOR = "-- "


def unflow(lines: list[str], *, delete_space: bool) -> tuple[list[str], list[int]]:
    """Return the joined lines and, for each, the index of the line in `lines` at which it begins.

    A line that ends in a space goes on in the next, if that is quoted as deeply. `delete_space` (DelSp=yes) drops that
    space. Many programs leave a space at the end of a paragraph too, so a line never runs on into a blank one.
    """
    joined: list[list[str]] = []
    begins: list[int] = []
    open_depth = -1
    for number, line in enumerate(lines):
        mark = _QUOTE.match(line)
        depth = mark.end() if mark else 0
        words = line[depth:].removeprefix(" ")
        flows = words.endswith(" ") and words != _SEPARATOR
        if depth == open_depth and words.strip() and words != _SEPARATOR:
            joined[-1].append(words)
        else:
            joined.append([">" * depth + " " * bool(depth and words), words])
            begins.append(number)
        if flows and delete_space:
            joined[-1][-1] = words[:-1]
        open_depth = depth if flows and words.strip() else -1
    return ["".join(pieces) for pieces in joined], begins
