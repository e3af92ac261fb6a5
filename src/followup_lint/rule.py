"""A rule: a check, its options, and the words that go with it. A rule file is checked whole when it is loaded."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from followup_lint import checks
from followup_lint.context import Channel, Context, Culture, Kind
from followup_lint.diagnostic import Diagnostic, Finding, Severity, Skipped
from followup_lint.errors import Problem, hint, problems
from followup_lint.reading import Reading
from followup_lint.strict_yaml import Document, load
from followup_lint.table import pick


class Check(Protocol):
    """What every module in `checks/` offers as `Check`: a frozen dataclass whose fields are its options."""

    VALUES: ClassVar[frozenset[str]]

    def lacks(self, context: Context) -> str:
        """Return the fact without which nothing can be said, or an empty string."""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield what is wrong."""


COMMON = frozenset({"kind", "channel", "culture", "reader", "text"})
"""The holes that every message may have: facts of the context, and the words at the finding."""

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

    `beside` holds the drafts in its folder, file name to text, for the rules that look at them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    good: str = ""
    bad: str = ""
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
    practice: Annotated[int, Field(ge=0, le=5, description="Which of the five practices it serves; 0 for none.")]
    source: Annotated[_Text, Field(description="Who holds this, named, in our own words.")]
    examples: Annotated[
        tuple[Example, ...], Field(min_length=2, description="Good and bad messages, at least one of each.")
    ]


@dataclass(frozen=True)
class Rule:
    """A rule, ready to use; `name` is its file's name."""

    name: str
    file: RuleFile
    check: Check
    document: Document = field(compare=False, repr=False)

    def strictly(self) -> Rule:
        """Return the rule as the strict preset has it."""
        severity = self.file.severity_in_strict
        if severity is None:
            return self
        return replace(self, file=self.file.model_copy(update={"severity": severity}))

    def __call__(self, reading: Reading) -> Iterator[Diagnostic | Skipped]:
        """Yield what is wrong with one draft, in this rule's words."""
        context = reading.context
        if not self.file.applies.to(context):
            return
        if lacks := self.check.lacks(context):
            yield Skipped(self.name, lacks)
            return
        for finding in self.check(reading):
            if found := self._said(finding, reading):
                yield found

    def _said(self, finding: Finding, reading: Reading) -> Diagnostic | None:
        context = reading.context
        traits = {finding.case, *context.traits} - {""}
        severity = pick(self.file.severity, traits)
        message, fix = pick(self.file.message, traits), pick(self.file.fix, traits)
        if severity is None or message is None or fix is None:
            return None
        shown = re.sub(r"\s+", " ", finding.span.of(reading.text)).strip()
        values = {
            "kind": str(context.kind),
            "channel": str(context.channel),
            "culture": str(context.culture),
            "reader": context.to[0].first if context.to else "your reader",
            "text": shown if len(shown) <= 60 else shown[:57].rstrip() + "…",  # noqa: PLR2004  (fits a line)
            **dict(finding.values),
        }
        return Diagnostic(
            self.name,
            Severity(severity),
            finding.span,
            message.format_map(values),
            self.file.why,
            fix.format_map(values),
            self.file.practice,
            finding,
        )


@cache
def check_names() -> tuple[str, ...]:
    """Return the names of all check types."""
    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(checks.__path__)))


def check_class(name: str) -> Any:
    """Return the dataclass of a check type."""
    return importlib.import_module(f"followup_lint.checks.{name.replace('-', '_')}").Check


def read_rule(source: str, path: str, name: str) -> Rule:
    """Read one rule file. Raises Problems with all that is wrong in it, each at its place."""
    try:
        document = load(source, path)
    except Problem as problem:
        raise problems([problem]) from None
    try:
        file = RuleFile.model_validate(document.value)
    except ValidationError as error:
        raise problems([_placed(document, item, ()) for item in error.errors()]) from None
    if file.check not in check_names():
        meant = hint(file.check, check_names(), f"expected one of {', '.join(check_names())}")
        message = f"unknown check '{file.check}'; {meant}"
        raise problems([document.problem(message, ("check",))])
    kind = check_class(file.check)
    known = {option.name for option in fields(kind)}
    if unknown := [name for name in file.options if name not in known]:
        expected = f"expected one of {', '.join(sorted(known))}"
        raise problems(
            [
                document.problem(f"unknown option '{name}'; {hint(name, known, expected)}", ("options", name), key=True)
                for name in unknown
            ]
        )
    try:
        check: Check = TypeAdapter(kind).validate_python(file.options)
    except ValidationError as error:
        raise problems([_placed(document, item, ("options",)) for item in error.errors()]) from None
    rule = Rule(name, file, check, document)
    if found := [*_holes(rule), *_marks(rule)]:
        raise problems(found)
    return rule


def _placed(document: Document, item: Any, above: tuple[str, ...]) -> Problem:
    path = (*above, *(step for step in item["loc"] if (*above, step) in document.marks or isinstance(step, int)))
    known = tuple(path)
    where = ".".join(map(str, item["loc"]))
    is_extra = item["type"] in {"extra_forbidden", "unexpected_keyword_argument"}
    if is_extra:
        return document.problem(f"unknown option '{item['loc'][-1]}'", (*above, *item["loc"]), key=True)
    if item["type"] in {"missing", "missing_argument"}:
        return document.problem(f"'{where}' is missing", known[:-1] or above)
    return document.problem(f"{where}: {item['msg'].lower()}", (*above, *item["loc"]))


def _holes(rule: Rule) -> Iterator[Problem]:
    allowed = COMMON | rule.check.VALUES
    for key in ("message", "fix"):
        table = getattr(rule.file, key)
        for case, words in table.items() if isinstance(table, dict) else [("", table)]:
            path = (key, case) if case else (key,)
            try:
                holes = [hole for _, hole, _, _ in string.Formatter().parse(words) if hole is not None]
            except ValueError as error:
                yield rule.document.problem(f"{key}: {error}", path)
                continue
            for hole in holes:
                if hole not in allowed:
                    expected = ", ".join(sorted(allowed))
                    yield rule.document.problem(f"{key}: the check fills no hole {{{hole}}}; it fills {expected}", path)


def _marks(rule: Rule) -> Iterator[Problem]:
    for number, example in enumerate(rule.file.examples):
        path = ("examples", number)
        if bool(example.good) == bool(example.bad):
            yield rule.document.problem("an example is either good or bad", path)
        elif example.bad and "[[" not in example.bad:
            yield rule.document.problem("a bad example marks the words that are found with [[ ]]", path)
    for kind in ("good", "bad"):
        if not any(getattr(example, kind) for example in rule.file.examples):
            yield rule.document.problem(f"at least one {kind} example is needed", ("examples",))
