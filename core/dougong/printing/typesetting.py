"""From data to PDF: one fixed program, an empty folder, no fonts but our own."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from dougong.errors import DougongError, Refused
from dougong.i18n import _

PROGRAM = Path(__file__).with_name("paper.typ")
#: The typesetter remembers so many papers; one of more signs than this is not worth its memory.
REMEMBERED, LARGE = 10, 50_000
#: The day that a file without one bears: nothing in it depends on when it was made.
NO_DAY = dt.date(2000, 1, 1)


class NeedsTypesetter(Refused):
    """The libraries that make PDF files are not installed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "PDF files need two libraries that are not installed here (typst, pylopdf-fonts-zh-cn):"
                " pip install “dougong-core[pdf]”. Until then, print the page from the browser."
            )
        )


class NotTypeset(DougongError):
    """The typesetter could not make a paper of the data: a mistake of ours."""

    def __init__(self, why: str) -> None:
        super().__init__(_("The paper could not be made: %(why)s", why=why[:300]))


def typeset(
    data: Mapping[str, Any], pictures: Mapping[str, bytes], *, dated: dt.date | None = None
) -> bytes:
    """The PDF file of some sheets; the same data give the same bytes.

    ``pictures`` lie in the folder by the names that the data say; the typesetter reaches no other
    file: the folder is new, and everything above it is closed to it. Raises `NeedsTypesetter`.
    """
    (made,) = _compile(data, pictures, dated or NO_DAY, "pdf")
    return made


def draw(data: Mapping[str, Any], pictures: Mapping[str, bytes], ppi: float = 96) -> list[bytes]:
    """The pages as PNG pictures, to be looked at."""
    return _compile(data, pictures, NO_DAY, "png", ppi)


def _compile(
    data: Mapping[str, Any],
    pictures: Mapping[str, bytes],
    dated: dt.date,
    kind: Literal["pdf", "png"],
    ppi: float | None = None,
) -> list[bytes]:
    try:
        import typst
    except ImportError as missing:
        raise NeedsTypesetter from missing
    at, said = dt.datetime.combine(dated, dt.time(), dt.UTC), json.dumps(data, sort_keys=True)
    with tempfile.TemporaryDirectory(prefix="dougong-paper-") as root:
        for name, content in pictures.items():
            (Path(root) / name).write_bytes(content)
        try:
            made = typst.compile(
                PROGRAM.read_bytes(),
                root=root,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                format=kind,
                ppi=ppi,
                sys_inputs={"data": said},
                timestamp=at,
                package_path=root,
                package_cache_path=root,
            )
        except typst.TypstError as error:
            raise NotTypeset(error.message) from error
    if len(said) > LARGE:
        _forget()
    return made if isinstance(made, list) else [made]


def _forget() -> None:
    """Let go of a large paper: the typesetter keeps what it has worked out for ten compilations."""
    import typst

    for _again in range(REMEMBERED + 1):
        typst.compile(b" ", font_paths=_fonts(), ignore_system_fonts=True)


@cache
def _fonts() -> Any:
    """Our own fonts, read once a process: Latin and Chinese, each found in the file again."""
    try:
        import pylopdf_fonts_zh_cn as chinese
        import typst
    except ImportError as missing:
        raise NeedsTypesetter from missing
    folder = str(chinese.sans_path().parent)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
