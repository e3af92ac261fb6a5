"""Words to be found inside of others: looked up by length, for in a long run there are more of them than places."""

from __future__ import annotations

from followup_lint.records import dataclass, field


@dataclass
class Inside:
    """Words in the order in which they were added."""

    _ranks: dict[int, dict[str, int]] = field(default_factory=dict)

    def add(self, word: str) -> None:
        """Add a word; one that is there already keeps its place."""
        known = self._ranks.setdefault(len(word), {})
        known.setdefault(word, sum(map(len, self._ranks.values())))

    def of(self, text: str) -> list[str]:
        """Return the words that stand anywhere in a text, in their order."""
        found = {
            (ranks[part], part)
            for size, ranks in self._ranks.items()
            for start in range(len(text) - size + 1)
            if (part := text[start : start + size]) in ranks
        }
        return [word for _, word in sorted(found)]
