"""A mail as a tree of parts, read by the standard library within limits: none takes long, or more stack than there is.

The library looks, for every line, at the boundaries of all parts around it, reads parts in parts by recursion, and cuts
parameters off a header one by one, each time copying the rest.
"""

from __future__ import annotations

from email.message import Message
from email.parser import Parser
from email.policy import Compat32
from email.utils import collapse_rfc2231_value
from typing import TYPE_CHECKING, cast

from followup_lint.sources.mail_headers import repaired

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    _Message = Message[str, str]
else:
    _Message = Message

DEEPEST = 50
"""Parts in parts that are opened: a mail forwarded twenty times, each time with the one before inside."""

_LONGEST = 2_000  # of a header with parameters; a file's name is a fraction of that


class Node(_Message):
    """A part of a mail; one that is too deep is taken for a file."""

    depth = 0

    def attach(self, payload: _Message | str) -> None:
        """Take a part in, before what stands in it is read."""
        if isinstance(payload, Node):
            payload.depth = self.depth + 1
        super().attach(payload)

    @property
    def is_too_deep(self) -> bool:
        """Whether other parts may stand in it that are not looked at."""
        return self.depth >= DEEPEST and super().get_content_type().startswith(("multipart/", "message/"))

    def get_content_type(self) -> str:
        """Return the type that decides how the part is read."""
        return "application/octet-stream" if self.is_too_deep else super().get_content_type()

    def parameters(self, header: str = "Content-Type") -> Mapping[str, str]:
        """Return the parameters of a header by name, in lower case; none where they cannot be read."""
        try:
            found = self.get_params([], header)
            return {name.lower(): collapse_rfc2231_value(value) for name, value in reversed(found)}
        except (ValueError, LookupError, TypeError, AttributeError):
            # The standard library stumbles over some broken parameters.
            return {}


class _Policy(Compat32):
    """The library's own way, but for bytes in headers that are not ASCII, which it would turn into question marks."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        if name[:8].lower() == "content-":
            value = value[:_LONGEST]
        return name, value if value.isascii() else repaired(value)


def parse(text: str) -> Node:
    """Read a mail given as Latin-1."""
    return cast("Node", Parser(Node, policy=_Policy()).parsestr(text))
