"""What a rule file may say of remedies: words for words, snippets, ways of mending by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from followup_lint import patterns
from followup_lint.form import CLOSED, Text, Verified
from followup_lint.phrases import check_phrases
from followup_lint.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal

SLOTS: Mapping[str, str] = MappingProxyType(
    {
        "reader": "[first name]",
        "addressee": "[name]",
        "interviewer": "[interviewer name]",
        "company": "[company]",
        "role": "[role]",
        "day": "[date]",
        "topic": "[topic]",
        "sender": "[your full name]",
        "text": "[words]",
    }
)
"""The holes that a remedy's words may have, each with the slot that stands for an unknown fact.

`reader` is the reader's given name, `addressee` what a greeting calls them in this culture, `sender` the writer as the
From line names him, `day` the day of the interview, `text` the words at the finding.
"""

HOLE = patterns.lazy(r"(?<!\$)\{(\w+)\}")
STOP = patterns.lazy(
    r"\\(?P<plain>[\\$}])|\$\{(?P<number>\d+)(?::(?P<words>(?:[^\\}]|\\.)*))?\}|\$(?P<bare>\d+)", re.DOTALL
)
"""A tab stop of a snippet, or a sign that stands for itself."""

_Phrases = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Replacement(Verified):
    """Write `write` for what the phrase `find` matches at the finding; nothing at all where it is empty.

    It is `safe` if it says the same and reads right wherever `after`, `before` and the rest let it happen. `after` and
    `before` are phrases of which one must stand right there, `not_after` and `not_before` ones that must not; an empty
    phrase is the beginning or the end of a sentence. `lower`: only for words found in small letters, because written
    large they may be a name; a lone word all in capitals is never safe. `alone`: only where nothing else stands on the
    line. `around`: look in the whole sentence about the finding. `everywhere`: mend the places that belong to the
    finding as well. `write` may hold facts ({reader}, {company} …); where one is unknown there is no such remedy.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = CLOSED

    find: Text
    write: str
    safe: bool = False
    case: str = ""
    after: _Phrases = ()
    before: _Phrases = ()
    not_after: _Phrases = ()
    not_before: _Phrases = ()
    lower: bool = False
    alone: bool = False
    around: bool = False
    everywhere: bool = False

    def verify(self) -> None:
        """Compile its phrases and look up its holes, so that a wrong one is told at load."""
        check_phrases((self.find,), *map(filled_in, (self.after, self.before, self.not_after, self.not_before)))
        if unknown := [hole for hole in HOLE.findall(self.write) if hole not in SLOTS]:
            raise ValueError(f"'write' has a hole {{{unknown[0]}}}; it may have {', '.join(SLOTS)}")


def filled_in(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Return the phrases without the empty one, which stands for an end of the sentence."""
    return tuple(phrase for phrase in phrases if phrase)


@dataclass(frozen=True, kw_only=True)
class Snippet(Verified):
    """A sentence to put in: its `text` has tab stops as editors write them, `${1:words}`, first `${1…}`, then `${2…}`.

    A fact may stand in a tab stop as a hole, {role}; where it is unknown, its slot does, [role]. `at` says where it
    goes: `subject`, `greeting` (above all), `opening` or `end` of the body, `leave` (under the body), `signature`.
    `filling` is what a writer might put at the tab stops; filled in so, the rule must be silent.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = CLOSED

    title: Text
    text: Text
    at: Literal["subject", "greeting", "opening", "end", "leave", "signature"]
    filling: tuple[str, ...] = ()

    def verify(self) -> None:
        """Look up its holes and count its tab stops, so that a wrong one is told at load."""
        if unknown := [hole for hole in HOLE.findall(self.text) if hole not in SLOTS]:
            raise ValueError(f"'text' has a hole {{{unknown[0]}}}; it may have {', '.join(SLOTS)}")
        found = STOP.finditer(HOLE.sub("", self.text))
        stops = sorted({int(match["number"] or match["bare"] or 0) for match in found} - {0})
        if stops != list(range(1, len(self.filling) + 1)):
            raise ValueError("'filling' needs one entry for each tab stop, and these are numbered from 1 on")


class _OneOrTable:
    """Tells one snippet from a table of them by its keys, so that what is wrong in either is told as such."""

    @staticmethod
    def __get_pydantic_core_schema__(source: Any, handler: Any) -> Any:
        from typing import Annotated

        from pydantic import Discriminator, Tag

        del source
        both = Annotated[Snippet, Tag("one")] | Annotated[dict[str, Snippet], Tag("table")]
        return handler.generate_schema(Annotated[both, Discriminator(_form)])


def _form(value: Any) -> str:
    return "one" if isinstance(value, Snippet) or "at" in value or "text" in value else "table"


if TYPE_CHECKING:
    SnippetTable = Snippet | dict[str, Snippet]
    """One snippet, or one for each case or trait."""
else:
    SnippetTable = _OneOrTable
