"""YAML as plain data: strings, lists and mappings only, each with the line and column it came from.

YAML's own types are traps here: `region: no` would be False, `10:30` would be 630, and dates come in three types. So
every scalar stays the string the user wrote, and whoever needs a number or a date parses it and can say where it stood.
"""

from __future__ import annotations

from followup_lint.errors import Problem
from followup_lint.records import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    import yaml

Value = str | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]

# YAML would end a line at these, and then count other lines than the rest of the program does.
_NO_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")

_DEEPEST = 50
"""Lists in lists; every value is kept with the path to it, so a deep and long one would fill the memory."""


@dataclass(frozen=True)
class Document:
    """A parsed document; `marks` gives the 1-based line and column of the value at each path."""

    value: Value
    file: str
    marks: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def problem(self, message: str, path: Path = (), *, key: bool = False) -> Problem:
        """Return a problem placed at the value (or key) under `path`, or at the nearest thing above it."""
        for size in range(len(path), -1, -1):
            here = path[:size]
            mark = (self.keys.get(here) if key else None) or self.marks.get(here)
            if mark:
                return Problem(message, self.file, *mark)
        return Problem(message, self.file)


def compose(source: str, file: str, first_line: int = 1) -> yaml.Node | None:
    """Parse one YAML document into nodes, for those who write into it: their marks are 0-based lines and columns.

    `first_line` is the line of the file that the source begins on. Raises Problem, with its place, for broken syntax.
    """
    import yaml  # most runs find all rules compiled, and no other YAML

    # libyaml's parser is ten times as fast; the pure one is there where PyYAML was built without it.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.compose(source.translate(_NO_LINE_ENDS), Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
        said = error.problem or error.context or ""
        if said.startswith("but "):  # the second half of a sentence
            said = f"{error.context}, {said}"
        raise Problem(f"broken YAML: {said}", file, *place) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Problem(f"broken YAML: {str(error).splitlines()[0]}", file, first_line) from None


def load(source: str, file: str, first_line: int = 1) -> Document:
    """Parse one YAML document. `first_line` is the line of the file that the source begins on.

    Raises Problem, with its place, for anything that is not plain YAML: syntax, duplicate keys, aliases, a deep nest.
    """
    node = compose(source, file, first_line)
    document = Document({}, file)
    if node is None:
        return document
    return Document(_plain(node, (), document, first_line, set()), file, document.marks, document.keys)


def _plain(node: yaml.Node, path: Path, into: Document, first_line: int, seen: set[int]) -> Value:
    import yaml

    place = (node.start_mark.line + first_line, node.start_mark.column + 1)
    if id(node) in seen and not isinstance(node, yaml.ScalarNode):
        # An alias to a list or mapping: a few lines of them could unfold into gigabytes.
        raise Problem("anchors and aliases (& and *) are not supported here", into.file, *place)
    if len(path) > _DEEPEST:
        raise Problem("the YAML is nested too deeply", into.file, *place)
    seen.add(id(node))
    into.marks[path] = place
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, index), into, first_line, seen) for index, item in enumerate(node.value)]
    result: dict[str, Value] = {}
    for key_node, value_node in node.value:
        here = (key_node.start_mark.line + first_line, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            raise Problem("a key must be a plain word", into.file, *here)
        key = str(key_node.value)
        if key in result:
            raise Problem(f"the key '{key}' stands here twice", into.file, *here)
        into.keys[(*path, key)] = here
        result[key] = _plain(value_node, (*path, key), into, first_line, seen)
    return result
