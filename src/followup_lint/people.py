"""Names of people and companies, as a context gives them and as a message may write them."""

from __future__ import annotations

import unicodedata
from functools import cached_property, lru_cache

from followup_lint import patterns
from followup_lint.records import dataclass, field
from followup_lint.vocabulary import vocabulary

_WORD = patterns.lazy(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
# Letters that Unicode does not take apart into a base letter and an accent.
_FOLDS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return the name in lower case without diacritics, so that Søren and Soren are the same."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_FOLDS))
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("’", "'")


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name, hyphenated ones whole."""
    return tuple(match.group() for match in _WORD.finditer(name))


def is_title(word: str) -> bool:
    """Whether a word is a form of address (Dr, Ms., Professor) rather than a name."""
    return fold(word).rstrip(".") in vocabulary("people")["titles"]


@dataclass(frozen=True)
class Person:
    """Somebody the message may be to or about. `title` is a form of address, `role` what they do.

    `address`, where to write to them, is no part of who they are: it does not count when two are compared.
    """

    name: str
    aliases: tuple[str, ...] = ()
    title: str = ""
    role: str = ""
    address: str = field(default="", compare=False)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the words of the name without forms of address."""
        return tuple(word for word in words_of(self.name) if not is_title(word))

    @property
    def first(self) -> str:
        """Return the given name, or the whole where there is only one word."""
        return self.names[0] if self.names else self.name

    @property
    def surname(self) -> str:
        """Return the last word of the name; empty where only one is known."""
        return self.names[-1] if len(self.names) > 1 else ""

    @property
    def is_person(self) -> bool:
        """Whether this looks like somebody rather than a department or a mailbox."""
        return bool(self.names) and not set(map(fold, self.names)) & set(vocabulary("people")["departments"])

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Return every word this person may rightly be called by."""
        return (*self.names, *(word for alias in self.aliases for word in words_of(alias)))

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Company:
    """The employer, and the other names it goes by."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return the full name and its aliases."""
        return (self.name, *self.aliases)

    def __str__(self) -> str:
        return self.name
