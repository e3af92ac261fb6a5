"""The formality of a text nobody has cut up yet: one sentence, or a whole message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from followup_lint import model
from followup_lint.draft import OWN
from followup_lint.sentences import split
from followup_lint.structure import cut
from followup_lint.text import Span
from followup_lint.tone.score import Piece, score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from followup_lint.tone.score import Formality


def judge(text: str) -> Formality:
    """Score a text; see `followup_lint.formality`."""
    language = model.load()
    # White space is one blank to the model, whichever it is, so that offsets stay as they are.
    return score(Piece(language(re.sub(r"\s", " ", span.of(text))), span.start) for span in _sentences(text))


def _sentences(text: str) -> Iterator[Span]:
    """Yield the writer's own sentences; quoted and forwarded mail is left out unless there is nothing else."""
    blocks = cut(text, Span(0, len(text)))
    own = [block.span for block in blocks if block.kind in OWN]
    for span in own or [block.span for block in blocks]:
        yield from split(text, span)
