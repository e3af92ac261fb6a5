"""What the options of a check mean: its docstring, and the form of their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from inspect import cleandoc
from typing import Any

from followup_lint.form import adapter
from followup_lint.pages.markdown import code, filled
from followup_lint.records import MISSING, Field, fields
from followup_lint.rule import check_class

# What a docstring takes for granted, because the name says it or it is the same in every check.
_PLAIN = {
    "of": "`of` chooses what is looked at, by the names above.",
    "forms": "`forms` are the forms of asks that count.",
    "frames": "`frames` are the kinds of clauses; what a frame may hold is told with the check types.",
    "where": "`where` is the part of the message that is looked at.",
    "phrases": "`phrases` are what is looked for.",
    "min_words": "Bodies of fewer than `min_words` words are left alone.",
}
_SIMPLE = {"integer": "number", "number": "number", "boolean": "true or false", "string": "words"}
_SHORT = 60


def described(check: str) -> str:
    """Return the docstring of a check type as Markdown, every option mentioned."""
    text = cleandoc(check_class(check).__doc__ or "")
    left = [item.name for item in options(check) if f"`{item.name}`" not in text]
    extra = " ".join(_PLAIN[name] for name in left if name in _PLAIN)
    return reflowed(f"{text}\n\n{extra}".strip())


def reflowed(text: str) -> str:
    """Keep paragraphs and lists, break their lines anew: docstrings are Markdown already."""
    kept = []
    for paragraph in text.split("\n\n"):
        items = [" ".join(item.split()) for item in re.split(r"\n(?=- )", paragraph)]
        kept.append("\n".join(filled(item, more="  " if item.startswith("- ") else "") for item in items))
    return "\n\n".join(kept)


def options(check: str) -> tuple[Field[Any], ...]:
    """Return the options of a check type, as the fields of its dataclass."""
    return fields(check_class(check))


@cache
def _schema(check: str) -> Mapping[str, Any]:
    return adapter(check_class(check)).json_schema()


def form(check: str, name: str) -> str:
    """Say in words which values an option takes."""
    return form_of(_schema(check)["properties"][name], _schema(check).get("$defs", {}))


def shapes(check: str) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Yield the mappings that options hold: name, docstring, and the key and form of each of their values."""
    shared = _schema(check).get("$defs", {})
    for name, part in shared.items():
        if keys := part.get("properties"):
            rows = [(code(key), form_of(value, shared)) for key, value in keys.items()]
            yield name.lower(), reflowed(cleandoc(part.get("description", ""))), rows


def form_of(part: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    """Say in words which values a part of a JSON Schema allows; `shared` is what it may refer to."""
    if "$ref" in part:
        name = part["$ref"].rpartition("/")[2]
        return form_of(shared[name], shared) if "enum" in shared[name] else name.lower()
    if "anyOf" in part:
        forms = [item for item in part["anyOf"] if item.get("type") != "null"]
        if len(forms) > 1 and forms[1].get("additionalProperties") == forms[0]:
            return f"{form_of(forms[0], shared)}, or a table of them"
        return ", or ".join(form_of(item, shared) for item in forms)
    if "enum" in part:
        return ", ".join(code(str(value)) for value in part["enum"])
    kind, inner = part.get("type"), part.get("items") or part.get("additionalProperties") or {}
    if kind in {"array", "object"}:
        return f"{'list' if kind == 'array' else 'table'} of {_several(form_of(inner, shared))}"
    return _SIMPLE.get(str(kind), "any")


def _several(one: str) -> str:
    return f"{one}s" if one in {"number", "frame"} else one.replace("list of", "lists of", 1)


def default(option: Field[Any]) -> str:
    """Return what an option is where a rule does not set it."""
    if option.default is not MISSING:
        return shown(option.default)
    return shown(option.default_factory()) if option.default_factory is not MISSING else "must be given"


def shown(value: object) -> str:
    """Return a value as code if it is short, else how much it holds."""
    if isinstance(value, bool):
        return code("true" if value else "false")
    if isinstance(value, Mapping) and value:
        row = ", ".join(f"{key}: {shown(item)}" for key, item in value.items())
        return row if len(row) <= _SHORT * 4 else f"{len(value)} entries: {_listed(list(value))}"
    if isinstance(value, list | tuple) and value:
        return _listed(list(value))
    if value is None or value in ((), [], {}, frozenset()):
        return "none"
    return code(str(value)) if len(str(value)) <= _SHORT else code(f"{str(value)[: _SHORT - 1]}…")


def _listed(items: list[Any]) -> str:
    if any(isinstance(item, Mapping | list) for item in items):
        return f"{len(items)} of them"
    row = ", ".join(code(str(item)) for item in items)
    if len(row) <= _SHORT * 2:
        return row
    kept: list[str] = []
    for item in items:
        if len(", ".join([*kept, code(str(item))])) > _SHORT:
            break
        kept.append(code(str(item)))
    rest = len(items) - len(kept)
    return f"{', '.join(kept)} and {rest} more" if kept else f"{rest} of them"
