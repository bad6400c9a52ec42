"""Codes for scanners as drawings: bars by ISO/IEC 15417 (Code 128), squares by ISO/IEC 18004 (QR)."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from dougong.errors import Refused
from dougong.i18n import _

#: Light modules beside the bars that the standard asks for.
QUIET = 10
LONGEST = 80


class NotABarCode(Refused):
    """The words have a sign that bars cannot say, or are too long."""

    def __init__(self, content: str) -> None:
        super().__init__(
            _(
                "“%(content)s” cannot be printed as a bar code: at most %(most)s letters, digits and signs"
                " without accents.",
                content=content[:40],
                most=LONGEST,
            )
        )


class NeedsCodes(Refused):
    """The library that draws codes is not installed."""

    def __init__(self, library: str) -> None:
        super().__init__(
            _(
                "Codes for scanners need a library that is not installed here (%(library)s): pip install"
                " “dougong-core[pdf]”.",
                library=library,
            )
        )


class Drawing(NamedTuple):
    """An SVG drawing of one path, and how many of the narrowest bars or squares it is wide."""

    svg: str
    modules: int


@lru_cache(maxsize=512)
def bars(content: str) -> Drawing:
    """The content as Code 128; the height is whatever is wanted."""
    try:
        from barcode.codex import Code128
        from barcode.errors import BarcodeError
    except ImportError as missing:
        raise NeedsCodes("python-barcode") from missing
    if not content or len(content) > LONGEST:
        raise NotABarCode(content)
    try:
        modules = Code128(content).build()[0]
    except BarcodeError as wrong:
        raise NotABarCode(content) from wrong
    path, at = [], QUIET
    for dark, run in groupby(modules):
        wide = len(list(run))
        if dark == "1":
            path.append(f"M{at} 0h{wide}v1h-{wide}z")
        at += wide
    return _svg("".join(path), at + QUIET, 1)


@lru_cache(maxsize=512)
def square(content: str) -> Drawing:
    """The content as a QR code; a seventh of it may be torn off."""
    try:
        import segno
    except ImportError as missing:
        raise NeedsCodes("segno") from missing
    try:
        matrix = segno.make_qr(content, error="m").matrix
    except (segno.DataOverflowError, ValueError) as wrong:
        raise NotABarCode(content) from wrong
    path = []
    for y, row in enumerate(matrix):
        at = 0
        for dark, run in groupby(row):
            wide = len(list(run))
            if dark:
                path.append(f"M{at} {y}h{wide}v1h-{wide}z")
            at += wide
    size = len(matrix)
    return _svg("".join(path), size, size)


def _svg(path: str, width: int, height: int) -> Drawing:
    """Digits and fixed words only: nothing that was entered reaches the drawing."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" preserveAspectRatio="none" shape-rendering="crispEdges">'
        f'<path d="{path}"/></svg>'
    )
    return Drawing(svg, width)
