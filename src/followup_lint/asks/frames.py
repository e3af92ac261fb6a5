"""The kinds of statement that ask, in the order they are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_lint.asks.demanding import demand, hope
from followup_lint.asks.learning import follow_up, learn
from followup_lint.asks.welcoming import welcome
from followup_lint.asks.wondering import perform, stated, wonder

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token

    from followup_lint.asks.model import Form

FRAMES: tuple[Callable[[Token], Form | None], ...] = (wonder, perform, learn, follow_up, welcome, demand, hope, stated)
