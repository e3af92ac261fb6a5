"""From the words a user writes for a fact to its value. One parser for flags and front matter alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from followup_lint.context import Account, Channel, Culture, Earlier, Kind, Weekends
from followup_lint.people import Company, Person, is_title, words_of
from followup_lint.records import replace
from followup_lint.silence import Silence
from followup_lint.strict_yaml import Value
from followup_lint.when import Interval, Moment, put
from followup_lint.written_times import parse_interval, parse_moment, parse_wait
from followup_lint.zones import zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar
    from zoneinfo import ZoneInfo

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
    """Read `Dr. Samir Haddad <samir@clinic.example>`, or a mapping with name, aliases, title, role and address."""
    if isinstance(value, dict):
        _only(value, ("name", "aliases", "title", "role", "address"))
        aliases = tuple(_text(item) for item in _items(value.get("aliases", [])))
        name, title, role, address = (_text(value.get(key, "")) for key in ("name", "title", "role", "address"))
        return Person(name, aliases, title, role, address.lower())
    text = _text(value)
    name, _, address = text.rpartition("<") if text.endswith(">") and "@" in text else (text, "", ">")
    title = next((word for word in words_of(name) if is_title(word)), "")
    return Person(name.strip(), title=title.rstrip("."), address=address[:-1].strip().lower())


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


def _silences(value: Value) -> tuple[Silence, ...]:
    if isinstance(value, dict):
        return tuple(_silence(rule, said) for rule, said in value.items())
    return tuple(Silence(_text(item)) for item in _items(value))


def _silence(rule: str, said: Value) -> Silence:
    if not isinstance(said, dict):
        return Silence(rule, _text(said))
    _only(said, ("reason", "until"))
    until = _text(said.get("until", ""))
    return Silence(rule, _text(said.get("reason", "")), parse_moment(until).day if until else None)


def in_zone(value: object, place: ZoneInfo) -> object:
    """Return the times in a fact's value as the clocks of a place have them, where they name no zone of their own.

    Raises ValueError for a time that those clocks skip.
    """
    if isinstance(value, Moment):
        return value if value.at.tzinfo else put(value, place)
    if isinstance(value, Interval):
        return Interval(*(moment if moment.at.tzinfo else put(moment, place) for moment in (value.start, value.end)))
    if isinstance(value, tuple):
        return tuple(in_zone(item, place) for item in value)
    if isinstance(value, Earlier) and not value.date.at.tzinfo:
        return replace(value, date=put(value.date, place))
    return value


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
    "weekends": _choice(Weekends),
    "min_wait": lambda value: parse_wait(_text(value)),
    "zone": lambda value: zone(_text(value)),
    "invite": _text,
    "terms": _text,
    "ignore": _silences,
}
PARSERS: Mapping[str, Callable[[Value], object]] = MappingProxyType(_ALL)
"""One parser for each fact; it raises ValueError with advice."""
