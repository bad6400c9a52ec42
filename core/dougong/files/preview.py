"""Pages of a PDF file as pictures: nothing that may hold a script goes to a browser to be shown.

Each page is drawn by a process apart, `drawing`; the pictures asked for last are kept by content.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from dougong.errors import Refused
from dougong.files.drawing import DAMAGED, NEEDS_PASSWORD, SECONDS
from dougong.i18n import Text, _

PDF = "application/pdf"
#: Pixels across a page that is read, and across one beside its name.
WIDE, SMALL = 1200, 144
#: Pages of a file that are shown; bytes of pictures that a process keeps.
MOST_PAGES, ROOM = 200, 32 * 1024 * 1024
PROGRAM = Path(__file__).with_name("drawing.py")
#: A page by its file's digest, its place and its width.
Name = tuple[str, int, int]
#: What a process apart needs of its surroundings to start at all; the house's secrets are no part of it.
NEEDED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


class NotShown(Refused):
    """A file that cannot be shown here; the sentence says why. It can still be downloaded."""

    def __init__(self, why: Text) -> None:
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a WebP picture, and what is known of its file."""

    picture: bytes
    #: How many pages the file has, which may be more than are shown.
    pages: int
    #: Width and height of each page that is shown, in pixels as drawn.
    sizes: tuple[tuple[int, int], ...]


#: One page at a time: a second process would only take the first one's processor.
_turn = Lock()
_kept: OrderedDict[Name, Drawn | NotShown] = OrderedDict()
_keeping = Lock()


def can_draw() -> bool:
    """Whether the libraries that draw are installed; they are not loaded for that."""
    return bool(find_spec("pypdfium2") and find_spec("PIL"))


def draw_page(digest: str, content: Callable[[], bytes], page: int, width: int = WIDE) -> Drawn:
    """Page ``page`` (from 1) of a PDF file, ``width`` pixels wide.

    ``digest`` names the content, which is asked for only where the page is not kept. The picture is
    empty where there is no such page. Raises `NotShown` where the file is damaged, asks for a
    password or takes too long, and where the libraries are missing.
    """
    name = (digest, page, width)
    found = _known(name)
    if found is None:
        if not _turn.acquire(timeout=SECONDS):
            raise NotShown(_("Other pages are being drawn just now. Try again in a moment."))
        try:
            found = _known(name) or _draw(content(), page, width)
        finally:
            _turn.release()
        _keep(name, found)
    if isinstance(found, NotShown):
        raise found
    return found


def _known(name: Name) -> Drawn | NotShown | None:
    with _keeping:
        if name in _kept:
            _kept.move_to_end(name)
        return _kept.get(name)


def _keep(name: Name, found: Drawn | NotShown) -> None:
    """Keep what was asked for last; what is known of a file counts as a kilobyte beside its picture."""
    with _keeping:
        _kept[name] = found
        while sum(_weight(one) for one in _kept.values()) > ROOM:
            _kept.popitem(last=False)


def _weight(found: Drawn | NotShown) -> int:
    return 1024 + (len(found.picture) if isinstance(found, Drawn) else 0)


def _draw(content: bytes, page: int, width: int) -> Drawn | NotShown:
    if not can_draw():
        return NotShown(
            _(
                "Pages of PDF files are shown with two libraries that are not installed here"
                " (pypdfium2, pillow): pip install “dougong-core[pdf]”. Download the file instead."
            )
        )
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM), str(page - 1), str(width), str(MOST_PAGES)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={key: os.environ[key] for key in NEEDED if key in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired:
        # Not kept: it may have been the machine, and not the file.
        raise NotShown(
            _("This page takes too long to be drawn. Download the file instead.")
        ) from None
    if done.returncode == NEEDS_PASSWORD:
        return NotShown(
            _("This file is protected by a password. Download it and open it with that.")
        )
    if done.returncode:
        return NotShown(_damaged() if done.returncode == DAMAGED else _failed())
    facts, _newline, picture = done.stdout.partition(b"\n")
    told = json.loads(facts)
    return Drawn(picture, told["pages"], tuple((wide, high) for wide, high in told["sizes"]))


def _damaged() -> Text:
    return _("This file is damaged and cannot be shown. Download it instead.")


def _failed() -> Text:
    return _("This page cannot be drawn here. Download the file instead.")
