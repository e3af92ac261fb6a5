"""What went before a message and what lies beside it: earlier messages, neighbours in its folder, conversations."""

from __future__ import annotations

from followup_lint.thread.beside import Beside
from followup_lint.thread.conversations import Conversation, conversations, gather
from followup_lint.thread.quoted import quoted_lines, quoted_own
from followup_lint.thread.records import Records, informed, others
from followup_lint.thread.tree import MAX_BYTES, MAX_FILES, roots_of

__all__ = [
    "MAX_BYTES",
    "MAX_FILES",
    "Beside",
    "Conversation",
    "Records",
    "conversations",
    "gather",
    "informed",
    "others",
    "quoted_lines",
    "quoted_own",
    "roots_of",
]
