"""A part of the message that is missing, there too seldom, or too often."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint.context import Context
from followup_lint.diagnostic import Finding
from followup_lint.parts import PARTS, people_of
from followup_lint.phrases import check_phrases
from followup_lint.reading import Reading
from followup_lint.records import dataclass
from followup_lint.table import Table, pick

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar, Literal


@dataclass(frozen=True)
class Check:
    """Ask that a part be there at least `min` and at most `max` times.

    `phrases` are other wordings: of a greeting or a leave inside a sentence, of an introduction ("this is"), of a line
    that a telephone adds; for a number, wordings that come near ("you have my number"); for an attachment, wordings
    that take the promise back. `quoted` counts how many times as long as the body the quoted mail is. Cases: `absent`;
    `reply` (no greeting, in a reply), `name` (no leave but a name; a name said once), `both` (a name and a number said
    once), `from` (a name in the From line only), `near` (a number is spoken of), `number`, `mail` and `text` (an
    attachment missing in an .eml, in a text), `present`, `several`, `long`.
    """

    VALUES: ClassVar[frozenset[str]] = frozenset({"count", "min", "max", "people"})

    of: Literal[
        "greeting",
        "sign-off",
        "sender",
        "device-line",
        "phone-number",
        "contact",
        "attachment",
        "recipients",
        "quoted",
    ]
    min: Table[int] = 0
    max: Table[int] | None = None
    phrases: tuple[str, ...] = ()

    def verify(self) -> None:
        """Compile every phrase, so that a broken one is told at load."""
        check_phrases(self.phrases)

    def lacks(self, context: Context) -> str:
        """Return the fact that is missing: who the message goes to, where that is the question."""
        return "to" if self.of == "recipients" and not context.to else ""

    def __call__(self, reading: Reading) -> Iterator[Finding]:
        """Yield one finding where the part is there too seldom or too often."""
        presence = PARTS[self.of](reading, self.phrases)
        traits = reading.context.traits
        low = pick(self.min, traits) or 0
        high = None if self.max is None else pick(self.max, traits)
        if not presence.expected or (presence.count >= low and (high is None or presence.count <= high)):
            return
        values = (("count", presence.count), ("min", low), ("max", high or 0), ("people", people_of(reading.context)))
        yield Finding(presence.where, values, presence.case)
