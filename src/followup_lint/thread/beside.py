"""Drafts given with their text instead of lying on the disk: how the examples in rule files show a thread."""

from __future__ import annotations

from collections.abc import Mapping

from followup_lint.other import Other
from followup_lint.reader import Message, read_message
from followup_lint.records import dataclass
from followup_lint.thread.keys import keys_of
from followup_lint.thread.neighbours import other
from followup_lint.thread.records import Records


@dataclass(frozen=True)
class Beside:
    """The drafts, file name to text."""

    files: Mapping[str, str]

    def informed(self, message: Message) -> Message:
        """Return a message whose context knows which of them went before."""
        keys = keys_of(message.draft, message.context)
        near = [item for item in self._read() if keys_of(item.draft, item.context).same_thread(keys)]
        return Records().joined(message, near)

    def others(self, message: Message) -> tuple[Other, ...]:
        """Return all of them, as they stand to a message."""
        listed = {earlier.file for earlier in message.context.previous}
        return tuple(other(message, item, item.draft.path, listed=item.draft.path in listed) for item in self._read())

    def _read(self) -> list[Message]:
        return [read_message(text.encode(), name) for name, text in self.files.items()]
