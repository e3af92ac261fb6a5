"""What this process worked out of regular expressions, for the next one, or for the one that it works for."""

from __future__ import annotations

from followup_lint import needs, patterns
from followup_lint.store import Pieces

_STORES = (patterns.store, needs.store)


def many() -> None:
    """Begin with what runs over many drafts worked out, and keep for these what this one works out."""
    for store in _STORES:
        store().many()


def made() -> tuple[Pieces, ...]:
    """Return what was worked out here and is not kept yet."""
    return tuple(store().new for store in _STORES)


def take(gains: tuple[Pieces, ...]) -> None:
    """Take what another process worked out for worked out here."""
    for store, pieces in zip(_STORES, gains, strict=True):
        store().take(pieces)


def keep() -> None:
    """Keep it between runs."""
    for store in _STORES:
        if store.cache_info().currsize:
            store().keep()
