"""What a process builds once and keeps: the garbage collector need not walk through it for each order."""

from __future__ import annotations

import gc

#: A hundred orders make some ten thousand rows, and let go of all of them at the commit.
YOUNG = 20_000

#: A start makes some six hundred thousand that stay.
STARTING = 1_000_000

#: Whether this process has settled already.
_settled = False


def begin() -> None:
    """Call this when a process starts: what it imports stays, and is not worth looking through.

    A fifth of a start was spent on that, and an eighth still while it was looked through at all.
    """
    gc.set_threshold(STARTING, 20, 20)


def settle() -> None:
    """Call this when the house is built, and built anew: what stands now stays.

    Without it every few orders paid for a walk through all modules, mappers and templates.
    """
    global _settled
    if _settled:  # what stood before may go
        gc.unfreeze()
        gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
    _settled = True


def settle_once() -> None:
    """The same for a command, which ends before anything that stood before is worth collecting.

    A process that runs one command after the other, as tests do, paid half a second for each.
    """
    if not _settled:
        settle()
