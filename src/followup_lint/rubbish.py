"""When Python looks for rubbish: what a run loads and makes to begin with stays, and looking through it takes time."""

import gc

_NEVER, _OBJECTS = 10**9, 50_000


def leave() -> None:
    """Let nothing be looked through for now: a run over a few drafts ends before there is rubbish worth the while."""
    # Not `gc.disable`: what reads the model enables it again.
    gc.set_threshold(_NEVER)


def collect() -> None:
    """Let rubbish be collected from now on, among all that is made after this."""
    gc.freeze()
    gc.set_threshold(_OBJECTS)
