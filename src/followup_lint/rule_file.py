"""The form of a rule file: its keys, and what each may hold."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from followup_lint.context import Channel, Context, Culture, Kind
from followup_lint.diagnostic import Severity
from followup_lint.remedies import Replacement, SnippetTable, Way

_Text = Annotated[str, Field(min_length=1)]


class Applies(BaseModel):
    """Which messages the rule is about; an empty list means all."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kinds: tuple[Kind, ...] = ()
    channels: tuple[Channel, ...] = ()
    cultures: tuple[Culture, ...] = ()
    not_kinds: tuple[Kind, ...] = ()
    not_channels: tuple[Channel, ...] = ()
    not_cultures: tuple[Culture, ...] = ()

    def to(self, context: Context) -> bool:
        """Whether a message of this context is one of them."""
        wanted = ((self.kinds, context.kind), (self.channels, context.channel), (self.cultures, context.culture))
        unwanted = {*self.not_kinds, *self.not_channels, *self.not_cultures}
        return all(not names or value in names for names, value in wanted) and not unwanted & context.traits


class Example(BaseModel):
    """A message that shows the rule: a good one is silent, a bad one is found exactly at its `[[ ]]` marks.

    `beside` holds the drafts in its folder, file name to text, for the rules that look at them; `fixed` is what the
    rule's remedies, safe and unsafe, make of a bad one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    good: str = ""
    bad: str = ""
    fixed: str = ""
    file: str = "example.txt"
    beside: dict[str, str] = Field(default_factory=dict)


class RuleFile(BaseModel):
    """The form of a rule file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    check: Annotated[_Text, Field(description="How it looks: a module of `checks/`, hyphens for underscores.")]
    options: Annotated[dict[str, Any], Field(description="The check's options.")] = Field(default_factory=dict)
    applies: Applies = Applies()
    preset: Annotated[Literal["recommended", "strict"], Field(description="The mildest preset that has this rule.")] = (
        "recommended"
    )
    severity: Annotated[
        Severity | dict[str, Severity],
        Field(description="One for all findings, or one for each case or trait; `default` for the rest, else silence."),
    ]
    severity_in_strict: Annotated[
        Severity | dict[str, Severity] | None, Field(description="Takes the place of `severity` in the strict preset.")
    ] = None
    message: Annotated[_Text | dict[str, _Text], Field(description="One sentence that names the evidence.")]
    why: Annotated[_Text, Field(description="What the finding costs the writer.")]
    fix: Annotated[_Text | dict[str, _Text], Field(description="A concrete remedy.")]
    remedy: Annotated[Way | None, Field(description="The way in which the finding can be mended for the writer.")] = (
        None
    )
    replace: Annotated[
        tuple[Replacement, ...], Field(description="Words for words; the first that fits is taken.")
    ] = ()
    snippet: Annotated[
        SnippetTable | None,
        Field(description="A sentence that editors offer, for all or by case or trait."),
    ] = None
    practice: Annotated[int, Field(ge=0, le=5, description="Which of the five practices it serves; 0 for none.")]
    source: Annotated[_Text, Field(description="Who holds this, named, in our own words.")]
    examples: Annotated[
        tuple[Example, ...], Field(min_length=2, description="Good and bad messages, at least one of each.")
    ]
