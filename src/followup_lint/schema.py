"""The JSON Schema of rule files, for editors: `python -m followup_lint.schema` prints it.

It is made from what reads the files, so it cannot know other options than they do: the models in `rule`, and the
dataclass of each check. `schemas/rule.schema.json` is this output, kept.
"""

from __future__ import annotations

import json
import sys
from inspect import cleandoc
from typing import Any

from followup_lint.form import adapter
from followup_lint.rule import COMMON, check_class, check_names
from followup_lint.rule_file import RuleFile

Schema = dict[str, Any]


def rule_schema() -> Schema:
    """Return the schema of a rule file; what `options` may hold depends on `check`."""
    schema = _plain(adapter(RuleFile).json_schema())
    parts: Schema = schema.pop("$defs")
    # Both texts are optional to the model; that exactly one is there is checked when the rule is read.
    parts["Example"]["oneOf"] = [{"required": ["good"]}, {"required": ["bad"]}]
    schema["properties"]["check"] |= {"enum": list(check_names())}
    schema["allOf"] = []
    for name in check_names():
        options = _plain(adapter(check_class(name)).json_schema())
        for shared, part in options.pop("$defs", {}).items():
            if parts.setdefault(shared, part) != part:
                raise ValueError(f"two options of different shapes are called {shared}")
        parts[f"{name}-options"] = options | {"additionalProperties": False}
        chosen = {"properties": {"check": {"const": name}}, "required": ["check"]}
        schema["allOf"].append({"if": chosen, "then": _when(name, options)})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "followup-lint rule",
        **schema,
        "$defs": parts,
    }


def _when(name: str, options: Schema) -> Schema:
    """Return what holds for the rules of one check."""
    holes = ", ".join(f"{{{hole}}}" for hole in sorted(COMMON | check_class(name).VALUES))
    words = {"description": f"The words may hold {holes}."}
    then: Schema = {
        "properties": {"options": {"$ref": f"#/$defs/{name}-options"}, "message": dict(words), "fix": dict(words)}
    }
    return then | ({"required": ["options"]} if "required" in options else {})


def _plain(schema: Schema) -> Schema:
    """Leave out what says nothing: titles made from names, defaults of whole objects, permissions that hold anyway.

    Which of them are written differs between releases of pydantic.
    """
    kept: Schema = {}
    for key, value in schema.items():
        if key in {"properties", "$defs"}:
            kept[key] = {name: _plain(part) for name, part in value.items()}
        elif key == "description":
            kept[key] = cleandoc(value)
        elif isinstance(value, dict) and key != "default":
            kept[key] = _plain(value)
        elif isinstance(value, list):
            kept[key] = [_plain(item) if isinstance(item, dict) else item for item in value]
        elif key != "title" and (key, value) != ("additionalProperties", True) and not isinstance(value, dict):
            kept[key] = value
    return kept


def render() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(rule_schema(), indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())
