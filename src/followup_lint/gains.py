"""What this process worked out of regular expressions, for the next one, or for the one that it works for."""

from __future__ import annotations

from followup_lint import needs, patterns

Gains = tuple[dict[bytes, bytes], dict[bytes, bytes]]


def many() -> None:
    """Begin with what runs over many drafts worked out, and keep for these what this one works out."""
    patterns.many()
    needs.many()


def made() -> Gains:
    """Return what was worked out here and is not kept yet."""
    return patterns.made(), needs.made()


def take(gains: Gains) -> None:
    """Take what another process worked out for worked out here."""
    codes, groups = gains
    patterns.take(codes)
    needs.take(groups)


def keep() -> None:
    """Keep it between runs."""
    patterns.keep()
    needs.keep()
