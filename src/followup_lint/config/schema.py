"""The JSON Schema of configuration files, for editors: `python -m followup_lint.config.schema` prints it.

It is made from what reads the files: the keys, the facts, the rules that come with the program and the options of their
checks. `schemas/config.schema.json` is this output, kept.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from followup_lint.catalog import built_in
from followup_lint.config.keys import COMPANY, FACTS, IN_OVERRIDES, KEYS, RULE, SEVERITIES
from followup_lint.context import Account, Channel, Culture, Kind, Weekends
from followup_lint.presets import PRESETS
from followup_lint.rule import COMMON, check_class
from followup_lint.schema import rule_schema

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_FLAG: Schema = {"type": "boolean"}
_PERSON: Schema = {
    "anyOf": [
        {"type": "string", "description": "A name, or a name and an address: Ewa Nowak <ewa@mill.example>."},
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "name": _TEXT | {"description": "The whole name."},
                "aliases": {"$ref": "#/$defs/texts", "description": "What else they are called: one name, or a list."},
                "title": _TEXT | {"description": "A form of address: Dr, Ms."},
                "role": _TEXT | {"description": "What they do."},
                "address": _TEXT | {"description": "Their mail address."},
            },
        },
    ]
}
_EARLIER: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["kind", "date"],
    "properties": {
        "kind": {"enum": [item.value for item in Kind], "description": "What the message was for."},
        "date": _TEXT | {"description": "When it went."},
        "file": _TEXT | {"description": "Its draft, relative to this one's folder."},
        "answered": _FLAG | {"description": "Whether they wrote back."},
    },
}


def _several(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _one_of(words: object) -> Schema:
    return {"type": "string", "enum": [str(word) for word in words]}  # type: ignore[attr-defined]  # an enumeration


_FACTS: dict[str, tuple[str, Schema]] = {
    "kind": ("What the message is for.", _one_of(Kind)),
    "channel": ("How it travels.", _one_of(Channel)),
    "culture": ("How formal the company is.", _one_of(Culture)),
    "region": ("The country, for customs and public holidays: us, de, de-by.", _TEXT),
    "to": ("Who will read it.", {"$ref": "#/$defs/people"}),
    "cc": ("Who gets a copy.", {"$ref": "#/$defs/people"}),
    "interviewers": ("Who held the interview.", {"$ref": "#/$defs/people"}),
    "company": ("Whom you want to work for.", {"$ref": "#/$defs/company"}),
    "role": ("The job you interviewed for.", _TEXT),
    "interview": ("When it was: 2026-05-06, or 2026-05-06T10:00/11:00.", _TEXT),
    "decision_by": ("When they promised to decide.", _TEXT),
    "date": ("When the message goes.", _TEXT),
    "topics": ("What you talked about.", {"$ref": "#/$defs/texts"}),
    "my_employers": ("For whom you have worked.", {"$ref": "#/$defs/texts"}),
    "previous": ("What you wrote before.", _several(_EARLIER)),
    "thread": ("A name for the conversation; drafts of one name belong together.", _TEXT),
    "shared": ("Whether several people see the message.", _FLAG),
    "first_name_ok": ("Whether they offered their first name.", _FLAG),
    "contact_prefers": ("How they want to be reached.", _one_of(Channel)),
    "linkedin": ("The kind of your account, which sets the length of a connection note.", _one_of(Account)),
    "weekends": ("Whether the hours of weekends count against the 24 for thanks.", _one_of(Weekends)),
    "min_wait": ("How long to wait before a check-in: 7d, or 5bd for business days.", _TEXT),
    "zone": ("Where times without a zone are meant: Europe/Berlin.", _TEXT),
    "invite": ("The invitation (.ics) to the interview, relative to the draft.", _TEXT),
    "terms": ("What was agreed on with an offer.", _TEXT),
}


def config_schema() -> Schema:
    """Return the schema of a configuration file; what a rule's entry may hold depends on the rule's check."""
    keys = {name: _shape(name) | {"description": key.about} for name, key in KEYS.items()}
    files = _several(_TEXT) | {"description": "The drafts it is for: one pattern or a list, as .gitignore has them."}
    override = {"files": files} | {name: {"$ref": f"#/properties/{name}"} for name in IN_OVERRIDES}
    keys["overrides"] |= _several(
        {"type": "object", "additionalProperties": False, "required": ["files"], "properties": override}
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "followup-lint configuration",
        "description": "A .followup-lint.yaml, or the table [tool.followup-lint] of a pyproject.toml.",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": keys,
        "$defs": {
            "severity": _one_of(word for word in SEVERITIES if word != "off"),
            "weight": {"anyOf": [{"$ref": "#/$defs/severity"}, {"const": "off"}]},
            "texts": _several(_TEXT),
            "people": _several(_PERSON),
            "company": {"anyOf": [_TEXT, _object({name: COMPANY[name] for name in ("name", "aliases")})]},
            **_rules(),
        },
    }


def _shape(key: str) -> Schema:
    """Return what may stand under a key, its description and `overrides` apart."""
    reasoned = {"reason": _TEXT | {"description": "Why."}, "until": _TEXT | {"description": "The last day it holds."}}
    reason = {"anyOf": [_TEXT, {"type": "object", "additionalProperties": False, "properties": reasoned}]}
    entries = {
        rule.name: {"$ref": f"#/$defs/{rule.file.check}-rule", "description": rule.file.why} for rule in built_in()
    }
    shapes: dict[str, Schema] = {
        "root": _FLAG,
        "preset": _one_of(PRESETS),
        "ignore": {
            "anyOf": [_TEXT, {"type": "array", "items": _TEXT}, {"type": "object", "additionalProperties": reason}]
        },
        "rules": {"type": "object", "properties": entries, "additionalProperties": {"$ref": "#/$defs/any-rule"}},
        "overrides": {},
        "context": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: _FACTS[name][1] | {"description": _FACTS[name][0]} for name in FACTS},
        },
        "contacts": {"$ref": "#/$defs/people"},
        "companies": _several({"anyOf": [_TEXT, _object(COMPANY, ("name",))]}),
    }
    if key in {"fail_on", "min_severity"}:
        return {"$ref": "#/$defs/severity"}
    if key in {"extends", "select", "rule_dirs", "exclude", "me", "sent"}:
        return {"$ref": "#/$defs/texts"}
    return dict(shapes.get(key, _TEXT))


def _object(keys: Mapping[str, str], required: tuple[str, ...] = ()) -> Schema:
    shapes = {"aliases": {"$ref": "#/$defs/texts"}, "domains": {"$ref": "#/$defs/texts"}, "culture": _one_of(Culture)}
    found = {name: {**shapes.get(name, _TEXT), "description": about} for name, about in keys.items()}
    return {"type": "object", "additionalProperties": False, "properties": found} | (
        {"required": list(required)} if required else {}
    )


def _rules() -> Schema:
    """Return what may be said of a rule, by its check; none of its options need be given, for it has them."""
    parts = rule_schema()["$defs"]
    found: Schema = {}
    for check in sorted({rule.file.check for rule in built_in()}):
        options = parts[f"{check}-options"]
        holes = ", ".join(f"{{{hole}}}" for hole in sorted(COMMON | check_class(check).VALUES))
        words = _words(f" The words may hold {holes}.")
        both = {"type": "object", "additionalProperties": False, "properties": {**options["properties"], **words}}
        found[f"{check}-rule"] = {"anyOf": [{"$ref": "#/$defs/weight"}, both]}
    # A rule of the user's own, of a pack, or one that is made here: its check is not known to editors.
    found["any-rule"] = {"anyOf": [{"$ref": "#/$defs/weight"}, {"type": "object", "properties": _words("")}]}
    shared = {name: part for name, part in parts.items() if f"#/$defs/{name}" in json.dumps(found)}
    return shared | found


def _words(more: str) -> Schema:
    texts: Schema = {"anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}]}
    weights: Schema = {"type": "object", "additionalProperties": {"$ref": "#/$defs/severity"}}
    shapes = {"severity": {"anyOf": [{"$ref": "#/$defs/weight"}, weights]}, "message": texts, "fix": texts}
    told = {"message": RULE["message"] + more, "fix": RULE["fix"] + more}
    return {name: {**shapes.get(name, _TEXT), "description": told.get(name, about)} for name, about in RULE.items()}


def render() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(render().encode())
