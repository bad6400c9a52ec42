"""structlog without `rich`, which it imports wherever it is installed.

With it come a hundred modules (pygments' lexers among them) into each worker, to draw the variables
around an error, which the house never shows: passwords may be among them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without(package: str) -> Iterator[None]:
    """Let an import inside the block find this package missing."""
    known = sys.modules.get(package)
    sys.modules[package] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[package]
        if known is not None:
            sys.modules[package] = known


with _without("rich"):
    import structlog

__all__ = ["structlog"]
