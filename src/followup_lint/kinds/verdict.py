"""What was found about a message's kind: the clues, the points, and how near the next kind came."""

from __future__ import annotations

from collections.abc import Iterator

from followup_lint.context import Kind
from followup_lint.records import dataclass
from followup_lint.text import Span

_NEAR = 0.5
"""Two kinds less than this many points apart cannot be told apart. A cue that leans one way gives about two."""

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Clue:
    """One cue that was found: its name, the words that show it, the points it gives, and where it stands if it does."""

    cue: str
    words: str
    points: tuple[tuple[Kind, float], ...]
    span: Span | None = None
    place: str = ""

    def worth(self, kind: Kind) -> float:
        """Return the points given to one kind."""
        return dict(self.points).get(kind, 0)


@dataclass(frozen=True)
class Verdict:
    """The kinds with their points, the likeliest first, and the clues that gave them."""

    ranking: tuple[tuple[Kind, float], ...]
    clues: tuple[Clue, ...]

    @property
    def kind(self) -> Kind:
        """Return the likeliest kind."""
        return self.ranking[0][0]

    @property
    def in_words(self) -> tuple[Kind, str]:
        """Return the likeliest kind and the clues that decided it, in words."""
        return self.kind, self.reasons(self.kind) or "the lack of any other sign"

    @property
    def rival(self) -> Kind:
        """Return the next likely kind."""
        return self.ranking[1][0]

    @property
    def is_guess(self) -> bool:
        """Whether nothing in the message tells what it is for."""
        return not self.speaking_for(self.kind)

    @property
    def is_unclear(self) -> bool:
        """Whether the two likeliest kinds are near a tie, with something to say for each."""
        is_near = self.ranking[0][1] - self.ranking[1][1] < _NEAR
        return is_near and not self.is_guess and bool(self.speaking_for(self.rival))

    def speaking_for(self, kind: Kind) -> tuple[Clue, ...]:
        """Return the clues that speak for a kind, the strongest first."""
        found = [clue for clue in self.clues if clue.worth(kind) > 0]
        return tuple(sorted(found, key=lambda clue: -clue.worth(kind)))

    def reasons(self, kind: Kind, *, most: int = 2) -> str:
        """Return the words of the strongest clues for a kind, or an empty string."""
        return " and ".join(clue.words for clue in self.speaking_for(kind)[:most])

    def rows(self) -> Iterator[str]:
        """Yield the points of the likeliest kinds, then each clue with what it gives, a line each."""
        yield " · ".join(f"{kind} {points:g}" for kind, points in self.ranking[:_SHOWN] if points)
        for clue in self.clues:
            given = ", ".join(f"{kind} {points:+.3g}" for kind, points in clue.points)
            place = f" ({clue.place})" if clue.place else ""
            yield f"{clue.cue}: {clue.words}{place}: {given}"
