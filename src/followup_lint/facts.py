"""From the words a user writes for a fact to its value. One parser for flags and front matter alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from followup_lint.context import Account, Channel, Culture, Earlier, Kind
from followup_lint.people import Company, Person, is_title, words_of
from followup_lint.strict_yaml import Value
from followup_lint.when import parse_interval, parse_moment

E = TypeVar("E", bound=StrEnum)


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise ValueError("expected one line of text")  # noqa: TRY004  (it is the user's value that is wrong)
    return value.strip()


def _items(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _choice(options: type[E]) -> Callable[[Value], E]:
    def parse(value: Value) -> E:
        try:
            return options(_text(value).lower())
        except ValueError:
            raise ValueError(f"'{value}' is none of {', '.join(options)}") from None

    return parse


def _flag(value: Value) -> bool:
    answer = _text(value).lower()
    if answer not in {"true", "false", "yes", "no"}:
        raise ValueError(f"'{value}' is neither true nor false")
    return answer in {"true", "yes"}


def _only(value: Mapping[str, Value], allowed: tuple[str, ...]) -> None:
    for key in value:
        if key not in allowed:
            raise ValueError(f"'{key}' is not known here; the keys are {', '.join(allowed)}")


def person(value: Value) -> Person:
    """Read `Dr. Samir Haddad` or a mapping with name, aliases, title and role."""
    if isinstance(value, dict):
        _only(value, ("name", "aliases", "title", "role"))
        aliases = tuple(_text(item) for item in _items(value.get("aliases", [])))
        return Person(
            _text(value.get("name", "")), aliases, _text(value.get("title", "")), _text(value.get("role", ""))
        )
    name = _text(value)
    title = next((word for word in words_of(name) if is_title(word)), "")
    return Person(name, title=title.rstrip("."))


def _people(value: Value) -> tuple[Person, ...]:
    return tuple(person(item) for item in _items(value) if item)


def _company(value: Value) -> Company:
    if isinstance(value, dict):
        _only(value, ("name", "aliases"))
        return Company(_text(value.get("name", "")), tuple(_text(item) for item in _items(value.get("aliases", []))))
    return Company(_text(value))


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(_text(item) for item in _items(value))


def _earlier(value: Value) -> tuple[Earlier, ...]:
    found = []
    for item in _items(value):
        if not isinstance(item, dict):
            raise ValueError("each earlier message is written {kind: …, date: …, answered: true or false}")  # noqa: TRY004
        _only(item, ("kind", "date", "file", "answered"))
        if "kind" not in item or "date" not in item:
            raise ValueError("an earlier message needs a kind and a date")
        answered = _flag(item.get("answered", "false"))
        file = _text(item.get("file", ""))
        found.append(Earlier(_choice(Kind)(item["kind"]), parse_moment(_text(item["date"])), answered, file))
    return tuple(sorted(found, key=lambda message: message.date.at.replace(tzinfo=None)))


_ALL: dict[str, Callable[[Value], object]] = {
    "kind": _choice(Kind),
    "channel": _choice(Channel),
    "culture": _choice(Culture),
    "region": _text,
    "to": _people,
    "cc": _people,
    "interviewers": _people,
    "company": _company,
    "role": _text,
    "interview": lambda value: parse_interval(_text(value)),
    "decision_by": lambda value: parse_moment(_text(value)),
    "date": lambda value: parse_moment(_text(value)),
    "topics": _texts,
    "my_employers": _texts,
    "previous": _earlier,
    "thread": _text,
    "shared": _flag,
    "first_name_ok": _flag,
    "contact_prefers": _choice(Channel),
    "linkedin": _choice(Account),
    "weekends": _text,
    "terms": _text,
    "disable": _texts,
}
PARSERS: Mapping[str, Callable[[Value], object]] = MappingProxyType(_ALL)
"""One parser for each fact; it raises ValueError with advice."""
