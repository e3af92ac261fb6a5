"""When Python looks for rubbish: what a run loads and makes to begin with stays, and looking through it takes time."""

import gc
import sys

_NEVER, _OBJECTS = 10**9, 50_000
_MMAP_THRESHOLD, _LARGE = -3, 128 * 1024
"""What the C library calls the size from which on a piece of memory stands by itself, and the least that it may be."""


def leave() -> None:
    """Let nothing be looked through for now: a run over a few drafts ends before there is rubbish worth the while."""
    # Not `gc.disable`: what reads the model enables it again.
    gc.set_threshold(_NEVER)


def collect() -> None:
    """Let rubbish be collected from now on, among all that is made after this."""
    gc.freeze()
    gc.set_threshold(_OBJECTS)


def give_back() -> None:
    """Let large pieces of memory go back to the system as soon as nobody needs them, in this process and its copies.

    The C library else learns to keep ten megabytes for the matrices of each parse, between which small things settle.
    That is a tenth quicker, and many processes would each have them.
    """
    if sys.platform != "linux":
        return
    import ctypes

    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # not every C library has it
    if mallopt:
        mallopt(_MMAP_THRESHOLD, _LARGE)
