"""Every key that a configuration may have: what it is for, how it is read, and how two files' values become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from types import MappingProxyType

from followup_lint.config import leaves
from followup_lint.config.sharing import Contact, Firm
from followup_lint.config.spot import Spot, one, several
from followup_lint.context import Fact
from followup_lint.diagnostic import Severity
from followup_lint.errors import hint
from followup_lint.facts import PARSERS
from followup_lint.people import Company
from followup_lint.records import dataclass

FACTS = tuple(name for name in PARSERS if name != "ignore")
"""What `context` may give; rules are ignored by a key of their own."""


class Merge(Enum):
    """What a nearer file does to the value of one further away."""

    REPLACE = auto()
    JOIN = auto()
    ADD = auto()


@dataclass(frozen=True)
class Key:
    """A key: its sense in a sentence or two, its reader, and whether `overrides` may hold it."""

    about: str
    parse: Callable[[Spot], object]
    merge: Merge = Merge.REPLACE
    in_overrides: bool = False


def _ignore(spot: Spot) -> tuple[Spot, ...]:
    if isinstance(spot.value, dict):
        return tuple(item for name, item in spot.entries() if _said(name, item))
    return several(_word)(spot)


def _said(name: str, spot: Spot) -> bool:
    return one(lambda item: PARSERS["ignore"]({name: item.value}))(spot) is not None


def _word(spot: Spot) -> Spot:
    leaves.text(spot)
    return spot


def _rules(spot: Spot) -> dict[str, Spot]:
    return {name: item for name, item in spot.entries() if item.value != ""}


def _context(spot: Spot) -> dict[str, Fact]:
    facts = {}
    for name, item in spot.entries():
        if name == "ignore":
            item.tell("ignore stands by itself, beside context", key=True)
        elif name not in FACTS:
            item.tell(f"unknown key '{name}'; {hint(name, FACTS, f'the keys are {_ALL_FACTS}')}", key=True)
        elif item.value != "" and (value := one(leaves.fact(name))(item)) is not None:
            facts[name] = Fact(value, item.origin)
    return facts


_ALL_FACTS = ", ".join(FACTS)


def _contacts(spot: Spot) -> tuple[Contact, ...]:
    people = ((item, one(leaves.fact("to"))(item)) for item in spot.items())
    return tuple(Contact(person, item.origin) for item, found in people if isinstance(found, tuple) for person in found)


def _companies(spot: Spot) -> tuple[Firm, ...]:
    return tuple(firm for item in spot.items() if (firm := _firm(item)) is not None)


def _firm(spot: Spot) -> Firm | None:
    if not isinstance(spot.value, dict):
        name = one(leaves.text)(spot)
        return Firm(Company(name), origin=spot.origin) if name else None
    if not spot.only(tuple(COMPANY)):
        return None
    name = one(leaves.text)(spot.under("name")) if spot.value.get("name") else ""
    if not name:
        spot.tell("companies: a company needs a name")
        return None
    facts = {
        key: Fact(value, spot.under(key).origin)
        for key in ("culture", "region")
        if spot.value.get(key) and (value := one(leaves.fact(key))(spot.under(key))) is not None
    }
    names = several(leaves.text)(spot.under("aliases")) if "aliases" in spot.value else ()
    domains = several(leaves.domain)(spot.under("domains")) if "domains" in spot.value else ()
    return Firm(Company(name, names), domains, facts, spot.origin)


def _overrides(spot: Spot) -> tuple[Spot, ...]:
    return tuple(item for item in spot.items() if item.only(("files", *IN_OVERRIDES)) and _has_files(item))


def _has_files(spot: Spot) -> bool:
    if isinstance(spot.value, dict) and spot.value.get("files"):
        return bool(several(leaves.glob)(spot.under("files")))
    spot.tell("overrides: say for which files, as in files: drafts/*.txt")
    return False


def _extends(spot: Spot) -> tuple[Spot, ...]:
    return several(_word)(spot)


COMPANY: Mapping[str, str] = MappingProxyType(
    {
        "name": "What the company is called.",
        "aliases": "What else it is called: one name, or a list.",
        "culture": "How formal it is.",
        "region": "The country, for customs and public holidays: us, de, de-by.",
        "domains": "What its mail addresses end in: one domain, or a list. It is the company of a draft that names "
        "none and goes to such an address.",
    }
)

RULE: Mapping[str, str] = MappingProxyType(
    {
        "severity": "How grave its findings are: one word for all of them, or one for each case, kind, channel or "
        "culture. In a rule that is silent in some cases it stays so.",
        "message": "What is said of a finding; the words may hold {text} and what else the rule fills in.",
        "why": "What the finding costs the writer.",
        "fix": "What to do about it.",
        "like": "Makes a new rule of this name: it looks as that one does, with the options given here.",
    }
)
"""What may be changed of every rule, besides the options of its check."""

_KEYS: dict[str, Key] = {
    "root": Key("true: the user's own file, which else lies under every other, does not count here.", one(leaves.flag)),
    "extends": Key(
        "What this file builds on, in order; what is said here wins. A preset (lenient, recommended, strict), another "
        "file (a path that ends in .yaml, .yml or .toml), or the name of an installed pack of rules.",
        _extends,
        Merge.ADD,
    ),
    "preset": Key(
        "How much to ask for: lenient reports errors only, strict runs every rule.",
        one(leaves.preset),
        in_overrides=True,
    ),
    "select": Key(
        "Run only these rules: names or globs. They take the place of the preset's choice.",
        several(_word),
        in_overrides=True,
    ),
    "ignore": Key(
        "Rules to leave out: a list of names or globs; or a mapping from each to the reason, or to {reason, until}, "
        "the last day it holds. With a reason a rule still runs, and reports that tell of it count what it found.",
        _ignore,
        Merge.ADD,
        in_overrides=True,
    ),
    "rules": Key(
        "Changes to rules, by name: off, a severity, or a mapping of severity, message, why, fix and any option of the "
        "rule. What is itself a mapping joins the rule's own, and comes first; anything else replaces. A rule that "
        "gets a severity here runs in every preset. `like` makes another rule of one.",
        _rules,
        Merge.JOIN,
        in_overrides=True,
    ),
    "rule_dirs": Key(
        "Folders of your own rules, one file (.yaml) a rule, relative to this file.",
        several(lambda spot: (leaves.folder(spot), spot)),
        Merge.ADD,
    ),
    "overrides": Key(
        "Settings for some files only: a list of {files, …}, where `files` is one pattern or a list, as .gitignore has "
        "them, relative to this file. Of those that fit a draft the later wins.",
        _overrides,
        Merge.ADD,
    ),
    "context": Key(
        "What is known of every draft that does not say otherwise, in the words of its front matter.",
        _context,
        Merge.JOIN,
        in_overrides=True,
    ),
    "contacts": Key(
        "People you write to, as in the front matter's `to`. What is known of one here is known wherever a draft names "
        "that person, by name, alias or address.",
        _contacts,
        Merge.ADD,
    ),
    "companies": Key(
        "Companies you write to. What is known of one here is known wherever a draft names it, by name or alias.",
        _companies,
        Merge.ADD,
    ),
    "exclude": Key(
        "Files and folders to leave out, as in .gitignore, relative to this file.", several(leaves.glob), Merge.ADD
    ),
    "baseline": Key("The file of findings to be silent about, relative to this one.", one(leaves.path)),
    "fail_on": Key("From which severity on a finding makes the exit code 1.", one(leaves.severity)),
    "min_severity": Key("The mildest severity that is shown.", one(leaves.severity)),
    "me": Key("Your own mail addresses: one, or a list.", several(leaves.address)),
    "sent": Key(
        "Mail you sent and got: mbox files or Maildirs, relative to this file; goes with `me`.", several(leaves.path)
    ),
    "model": Key("The spaCy model to use: the name of an installed one.", one(leaves.name)),
    "docs_url": Key(
        "Where the pages of the rules are published; a finding links to rules/NAME.html there.", one(leaves.url)
    ),
}
KEYS: Mapping[str, Key] = MappingProxyType(_KEYS)
"""Every key, in the order in which a file is best written."""

IN_OVERRIDES = tuple(name for name, key in KEYS.items() if key.in_overrides)

SEVERITIES = (*(item.value for item in sorted(Severity, key=lambda item: -item.rank)), "off")
"""What one word may say of a rule, the gravest first."""
