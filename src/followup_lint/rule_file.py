"""The form of a rule file: its keys, and what each may hold."""

from __future__ import annotations

from collections.abc import Mapping

from followup_lint.context import Channel, Context, Culture, Kind
from followup_lint.diagnostic import Severity
from followup_lint.form import CLOSED, Text
from followup_lint.records import dataclass, field
from followup_lint.remedies.forms import Replacement, SnippetTable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Literal


def _about(words: str, **limits: int) -> dict[str, object]:
    """Return what pydantic takes from a field: its description, and the limits of its value."""
    return {"description": words, **limits}


@dataclass(frozen=True, kw_only=True)
class Applies:
    """Which messages the rule is about; an empty list means all."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = CLOSED

    kinds: tuple[Kind, ...] = ()
    channels: tuple[Channel, ...] = ()
    cultures: tuple[Culture, ...] = ()
    not_kinds: tuple[Kind, ...] = ()
    not_channels: tuple[Channel, ...] = ()
    not_cultures: tuple[Culture, ...] = ()

    def to(self, context: Context) -> bool:
        """Whether a message of this context is one of them."""
        kind, channel, culture = context.kind, context.channel, context.culture
        return not (
            (self.kinds and kind not in self.kinds)
            or (self.channels and channel not in self.channels)
            or (self.cultures and culture not in self.cultures)
            or kind in self.not_kinds
            or channel in self.not_channels
            or culture in self.not_cultures
        )


@dataclass(frozen=True, kw_only=True)
class Example:
    """A message that shows the rule: a good one is silent, a bad one is found exactly at its `[[ ]]` marks.

    `beside` holds the drafts in its folder, file name to text, for the rules that look at them; `fixed` is what the
    rule's remedies, safe and unsafe, make of a bad one.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = CLOSED

    good: str = ""
    bad: str = ""
    fixed: str = ""
    file: str = "example.txt"
    beside: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RuleFile:
    """The form of a rule file."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = CLOSED

    check: Text = field(metadata=_about("How it looks: a module of `checks/`, hyphens for underscores."))
    options: dict[str, Any] = field(default_factory=dict, metadata=_about("The check's options."))
    applies: Applies = Applies()
    preset: Literal["recommended", "strict"] = field(
        default="recommended", metadata=_about("The mildest preset that has this rule.")
    )
    severity: Severity | dict[str, Severity] = field(
        metadata=_about("One for all findings, or one for each case or trait; `default` for the rest, else silence.")
    )
    severity_in_strict: Severity | dict[str, Severity] | None = field(
        default=None, metadata=_about("Takes the place of `severity` in the strict preset.")
    )
    message: Text | dict[str, Text] = field(metadata=_about("One sentence that names the evidence."))
    why: Text = field(metadata=_about("What the finding costs the writer."))
    fix: Text | dict[str, Text] = field(metadata=_about("A concrete remedy."))
    # Ways of mending that are more than words for words.
    remedy: (
        Literal[
            "contractions",
            "exclamations",
            "greeting",
            "line",
            "name",
            "names",
            "reader",
            "shouting",
            "sign",
            "trailing-blanks",
        ]
        | None
    ) = field(default=None, metadata=_about("The way in which the finding can be mended for the writer."))
    replace: tuple[Replacement, ...] = field(
        default=(), metadata=_about("Words for words; the first that fits is taken.")
    )
    snippet: SnippetTable | None = field(
        default=None, metadata=_about("A sentence that editors offer, for all or by case or trait.")
    )
    practice: int = field(metadata=_about("Which of the five practices it serves; 0 for none.", ge=0, le=5))
    source: Text = field(metadata=_about("Who holds this, named, in our own words."))
    examples: tuple[Example, ...] = field(metadata=_about("Good and bad messages, at least one of each.", min_length=2))
