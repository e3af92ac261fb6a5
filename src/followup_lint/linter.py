"""Rules applied to a draft: nothing else happens here, and every door comes through it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from followup_lint import model
from followup_lint.attempts import said, try_together
from followup_lint.context import Context
from followup_lint.diagnostic import Diagnostic, Severity, Silenced, Skipped
from followup_lint.draft import Draft
from followup_lint.kinds import is_inferred
from followup_lint.reader import Message
from followup_lint.reading import Reading
from followup_lint.records import dataclass, replace
from followup_lint.rule import Rule
from followup_lint.silence import Silence, today
from followup_lint.text import Span
from followup_lint.thread.records import informed, others
from followup_lint.together import parse_together

TYPE_CHECKING = False
if TYPE_CHECKING:
    from followup_lint.language import Language
    from followup_lint.other import Other


@dataclass(frozen=True)
class Result:
    """What was found in one draft by `rules`, and what was silenced.

    `practices` are those of the five that a rule could judge here; `problems` are the faults in the draft's facts.
    """

    draft: Draft
    context: Context
    diagnostics: tuple[Diagnostic, ...]
    skipped: tuple[Skipped, ...]
    practices: frozenset[int]
    words: int
    silenced: tuple[Silenced, ...] = ()
    rules: tuple[Rule, ...] = ()

    def text_of(self, span: Span) -> str:
        """Return the words of a stretch of the draft."""
        return span.of(self.draft.text)


_TOGETHER = 32
"""Messages whose sentences are parsed together."""


@dataclass(frozen=True)
class Linter:
    """A set of rules.

    `language` gives the spaCy pipeline, `others` the drafts beside a message, `history` the message with what went
    before it in its context; each is only called when a rule asks. `silences` are the project's, beside a draft's own.
    """

    rules: Sequence[Rule]
    language: Callable[[], Language] = model.load
    others: Callable[[Message], tuple[Other, ...]] = others
    history: Callable[[Message], Message] = informed
    silences: tuple[Silence, ...] = ()

    def read(self, message: Message) -> Reading:
        """Return a message as the rules will see it."""
        # A kind that is inferred hangs on what went before, and so may every rule.
        if is_inferred(message.context) or any(getattr(rule.check, "HISTORY", False) for rule in self.rules):
            message = self.history(message)
        return Reading(
            message.draft, message.context, self.language, partial(self.others, message), known=message.prose
        )

    def lint(self, message: Message, least: Severity = Severity.SUGGESTION) -> Result:
        """Apply every rule to one message; report nothing milder than `least`."""
        return self.judge(self.read(message), least)

    def lint_many(self, messages: Iterable[Message], least: Severity = Severity.SUGGESTION) -> Iterator[Result]:
        """Lint messages one after the other: the same findings as one at a time, in half the time.

        The parser is quickest with many sentences at once, so a few messages are looked at ahead.
        """
        waiting = iter(messages)
        while readings := [self.read(message) for message in islice(waiting, _TOGETHER)]:
            self.parse_ahead(readings)
            for reading in readings:
                yield self.judge(reading, least)

    def parse_ahead(self, readings: Sequence[Reading]) -> None:
        """Parse together what the rules will ask to be parsed in some drafts, as far as can be told.

        A rule that can do with one sentence or another waits for what the other rules have parsed.
        """
        for waits in (False, True):
            rules = [rule for rule in self.rules if getattr(rule.check, "WAITS", False) is waits]
            parse_together(
                (reading, span)
                for reading in readings
                for span in dict.fromkeys(span for rule in rules for span in rule.ahead(reading))
            )
        try_together(readings, [rule for rule in self.rules if not _is_last(rule)])

    def judge(self, reading: Reading, least: Severity = Severity.SUGGESTION) -> Result:
        """Apply every rule to a message that was read by `read`."""
        rules = sorted(self.rules, key=_is_last)
        holding = {item.rule: item for item in (*self.silences, *reading.context.ignore) if _holds(item, reading)}
        found: list[Diagnostic] = []
        silenced: list[Silenced] = []
        skipped: list[Skipped] = []
        judged: set[str] = set()
        practices: set[int] = set()
        for rule in rules:
            if _is_last(rule):
                used = {item.diagnostic.rule for item in silenced}
                own = reading.context.ignore
                idle = tuple(item for item in own if item.rule in judged - used or not _holds(item, reading))
                reading = replace(reading, idle=idle, known=reading.prose)
            if not rule.file.applies.to(reading.context):
                judged.add(rule.name)
                continue
            items = said(reading, rule)
            skipped += [item for item in items if isinstance(item, Skipped)]
            told = [item for item in items if isinstance(item, Diagnostic) and item.severity.rank >= least.rank]
            if silence := holding.get(rule.name):
                silenced += [Silenced(item, silence) for item in told]
            else:
                found += told
            if not any(isinstance(item, Skipped) for item in items):
                judged.add(rule.name)
                practices.add(rule.file.practice)
        found.sort(key=lambda item: (item.span, -item.severity.rank, item.rule))
        words = reading.prose.word_count
        return Result(
            reading.draft,
            reading.context,
            tuple(found),
            tuple(skipped),
            frozenset(practices),
            words,
            tuple(silenced),
            tuple(self.rules),
        )


def _holds(silence: Silence, reading: Reading) -> bool:
    """Whether a silence still counts on the day of a message."""
    date = reading.context.date
    return silence.holds(date.day if date else today())


def _is_last(rule: Rule) -> bool:
    """Whether a rule runs after all others, for it asks what they said."""
    return bool(getattr(rule.check, "LAST", False))
