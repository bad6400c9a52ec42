"""What proves a delivery: a drawn signature and a photo, both checked before they are kept."""

from __future__ import annotations

import re

from dougong import Refused, _
from dougong_logistics.shipments.models import MOST_BYTES

#: What a signature may be long, as the text of an SVG path.
MOST_STROKES = 20_000
#: Moves and lines between whole numbers: nothing else is ever drawn.
STROKES = re.compile(r"(?:M\d{1,4} \d{1,4}(?:L\d{1,4} \d{1,4})*)+")
MEDIA = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def strokes(text: str) -> str | None:
    """The signature as it may be kept; None where nobody drew one."""
    drawn = text.strip()
    if not drawn:
        return None
    if len(drawn) > MOST_STROKES:
        raise Refused(_("The signature is too long: clear it and draw it more simply."))
    if not STROKES.fullmatch(drawn):
        raise Refused(_("The signature cannot be read: clear it and draw it again."))
    return drawn


def media_of(data: bytes) -> str:
    """What kind of picture the bytes are, told by their beginning and not by their name."""
    if len(data) > MOST_BYTES:
        raise Refused(_("The photo is larger than one megabyte: take a smaller one."))
    for start, media in MEDIA.items():
        if data.startswith(start):
            return media
    raise Refused(_("Only JPEG and PNG pictures are kept as photos."))
