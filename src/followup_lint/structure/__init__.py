"""Cut a message into its parts: greeting, paragraphs, list items, sign-off, signature, quoted and forwarded mail."""

from __future__ import annotations

from followup_lint.structure.cutting import cut

__all__ = ["cut"]
