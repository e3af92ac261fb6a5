"""The people in a mail header: names and addresses, whatever stands there."""

from __future__ import annotations

LONGEST = 100_000
"""Code points of a header that are looked at: a thousand people and more."""


def listed(value: str) -> list[tuple[str, str]]:
    """Return the name and the address of each person in a header's value, either of them empty where there is none.

    Never fails: a value that is too broken to be read names nobody.
    """
    from email.utils import getaddresses  # most drafts are no mail

    if len(value) > LONGEST:
        value = value[:LONGEST].rpartition(",")[0]
    try:
        return getaddresses([value])
    except (ValueError, IndexError, RecursionError):
        # The standard library reads comments and groups by recursion, and runs off the end of some.
        return []
