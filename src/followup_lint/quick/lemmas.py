"""The lemmatizer with its tables packed: its ninety thousand base forms, a string each, take 11 MB and 9 ms to read."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from followup_lint import kept

_NAME, _INDEX, _RULES = "lemmas", "lemma_index", "lemma_rules"
_HEAD = 3  # letters: no three begin more than some thousand words
Heads = dict[str, str]
Tables = dict[str, dict[int, Any]]


class Packed:
    """Words, those that begin alike in one string with a line each; it can only be asked whether it holds a word."""

    __slots__ = ("_heads",)

    def __init__(self, heads: Heads) -> None:
        """Take what `packed` makes of words."""
        self._heads = heads

    def __contains__(self, word: str) -> bool:
        lines = self._heads.get(word[:_HEAD])
        return lines is not None and f"\n{word}\n" in lines and "\n" not in word


def packed(words: Iterable[str]) -> Heads:
    """Return words by their first letters, as `Packed` wants them."""
    heads: dict[str, list[str]] = {}
    for word in words:
        heads.setdefault(word[:_HEAD], []).append(word)
    return {head: f"\n{chr(10).join(found)}\n" for head, found in heads.items()}


def lemmatizer(vocab: Any, folder: Path) -> Any:
    """Return a model's lemmatizer. Raises OSError or ValueError where its tables are missing or broken."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.lookups import Lookups

    lookups = Lookups()
    for name, table in _tables(folder / "lemmatizer" / "lookups").items():
        lookups.add_table(name, _unpacked(table) if name == _INDEX else table)
    made: Any = EnglishLemmatizer(vocab, None, name="lemmatizer", mode="rule")
    made.lookups = lookups
    return made


def _unpacked(index: Mapping[int, Heads]) -> dict[int, Packed]:
    return {kind: Packed(heads) for kind, heads in index.items()}


def _tables(folder: Path) -> Tables:
    """Return all tables, the index packed, as they were kept in an earlier run or as the model has them."""
    from spacy.lookups import Lookups

    made_from = kept.digest(kept.mark(Path(__file__)), kept.mark(folder / "lookups.bin"))
    if body := kept.read(_NAME, made_from):
        known: Tables = marshal.loads(body)  # noqa: S302  (checked for damage; only this user may write there)
        return known
    lookups: Any = Lookups().from_disk(folder)
    tables: Tables = {name: dict(lookups.get_table(name)) for name in lookups.tables}
    if not tables.keys() >= {_INDEX, _RULES}:
        raise ValueError("the lemmatizer has other tables")
    tables[_INDEX] = {kind: packed(words) for kind, words in tables[_INDEX].items()}
    kept.write(_NAME, made_from, marshal.dumps(tables))
    return tables
