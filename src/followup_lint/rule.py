"""A rule: a check, its options, and the words that go with it. A rule file is checked whole when it is loaded."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property

from followup_lint import checks
from followup_lint.context import Context
from followup_lint.diagnostic import Diagnostic, Finding, Severity, Skipped
from followup_lint.reading import Reading
from followup_lint.records import dataclass, field, replace
from followup_lint.rule_file import RuleFile
from followup_lint.strict_yaml import Document
from followup_lint.table import pick
from followup_lint.text import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Protocol, TypeVar

    T = TypeVar("T")
else:
    Protocol = object


class Check(Protocol):
    """What every module in `checks/` offers as `Check`: a frozen dataclass whose fields are its options."""

    VALUES: ClassVar[frozenset[str]]

    def lacks(self, context: Context) -> str:
        """Return the fact without which nothing can be said, or an empty string."""
        ...

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield what is wrong."""
        ...


COMMON = frozenset({"kind", "channel", "culture", "reader", "text"})
"""The holes that every message may have: facts of the context, and the words at the finding."""


@dataclass(frozen=True)
class Rule:
    """A rule, ready to use; `name` is its file's name.

    What its file says, its check, and the places in its file are each made only when somebody asks for them.
    """

    name: str
    form: Callable[[], RuleFile] = field(compare=False, repr=False)
    make: Callable[[], Check] = field(compare=False, repr=False)
    read: Callable[[], Document] = field(compare=False, repr=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rule) and (self.name, self.file) == (other.name, other.file)

    def __hash__(self) -> int:
        return hash(self.name)

    @cached_property
    def file(self) -> RuleFile:
        """Return what stands in its file."""
        return self.form()

    @cached_property
    def check(self) -> Check:
        """Return what looks at a draft."""
        return self.make()

    @cached_property
    def document(self) -> Document:
        """Return the rule file with its places."""
        return self.read()

    def strictly(self) -> Rule:
        """Return the rule as the strict preset has it."""
        severity = self.file.severity_in_strict
        if severity is None:
            return self
        return self.saying(severity=severity)

    def saying(self, **parts: Any) -> Rule:
        """Return the rule with other parts in its file; its check stays."""
        return replace(self, form=ready(replace(self.file, **parts)))

    def ahead(self, reading: Reading) -> Iterator[Span]:
        """Yield stretches of a draft that the rule will ask to be parsed, as far as can be told without a parse."""
        ahead: Callable[[Reading], Iterator[Span]] | None = getattr(self.check, "ahead", None)
        if ahead and self.file.applies.to(reading.context) and not self.check.lacks(reading.context):
            yield from ahead(reading)

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
        file = self.file
        from followup_lint.remedies.mending import remedies  # most rules find nothing in most drafts

        mended = remedies(reading, finding, file.remedy, file.replace, pick(file.snippet, traits))
        return Diagnostic(
            self.name,
            Severity(severity),
            finding.span,
            message.format_map(values),
            file.why,
            fix.format_map(values),
            file.practice,
            replace(finding, remedies=mended),
        )


def ready(value: T) -> Callable[[], T]:
    """Return what returns a value that is there already."""
    return lambda: value


@cache
def check_names() -> tuple[str, ...]:
    """Return the names of all check types."""
    import pkgutil

    return tuple(sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(checks.__path__)))


def check_class(name: str) -> Any:
    """Return the dataclass of a check type."""
    return importlib.import_module(f"followup_lint.checks.{name.replace('-', '_')}").Check
