"""A picture that is kept as data: a PNG or JPEG file in a ``data:`` address."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from typing import TYPE_CHECKING, Annotated, Any

from markupsafe import Markup, escape
from pydantic import BeforeValidator, WithJsonSchema
from pydantic import Field as Schema

from dougong.i18n import _
from dougong.resources.fields import Field

if TYPE_CHECKING:
    from collections.abc import Callable

    from dougong.resources.formats import Formats

#: A logo is small: so many bytes of file, so many points each way.
MOST_BYTES, MOST_POINTS = 100_000, 4000
#: How long the longest address is: four letters for three bytes.
LONGEST = MOST_BYTES * 4 // 3 + 100
SHAPE = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/=\s]+)")


class NoPicture(ValueError):
    """It is not a PNG or JPEG picture, or too large; the word is the kind of mistake."""


def read_picture(address: str) -> tuple[str, bytes]:
    """Kind (png, jpeg) and content of a picture in a ``data:`` address; raises `NoPicture`."""
    found = SHAPE.fullmatch(address.strip())
    if found is None:
        raise NoPicture("picture")
    try:
        content = base64.b64decode(found[2], validate=False)
    except binascii.Error:
        raise NoPicture("picture") from None
    if len(content) > MOST_BYTES:
        raise NoPicture("picture")
    size = _size(content, found[1])
    if size is None or not all(0 < side <= MOST_POINTS for side in size):
        raise NoPicture("picture")
    return found[1], content


def as_address(content: bytes) -> str:
    """A file as the address that is kept; raises `NoPicture`."""
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    address = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    read_picture(address)
    return address


def _size(content: bytes, kind: str) -> tuple[int, int] | None:
    """Width and height as the file itself says; None when it is no such file."""
    if kind == "png":
        if not content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") or len(content) < 33:
            return None
        wide, high = struct.unpack(">II", content[16:24])
        return wide, high
    return _size_of_jpeg(content)


def _size_of_jpeg(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", content[at + 5 : at + 9])
            return wide, high
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


class Picture(Field):
    """A small picture: chosen as a file, kept as data."""

    kind = "picture"
    sortable = False
    longest = LONGEST

    def prepare(self) -> None:
        """So long may the address be."""
        self.length = LONGEST

    def parse(self, text: str, fmt: Formats) -> Any:
        """The address that the browser made of the chosen file; ValueError when it is no picture."""
        return _checked(text.strip()) if text.strip() else None

    def show(self, value: Any, fmt: Formats) -> str:
        """Whether there is one."""
        return "✓" if value else ""

    def cell(self, fmt: Formats) -> Callable[[Any], str]:
        """The picture itself."""
        return lambda value: _drawn(value) if value else ""

    def control(self, name: str, value: Any, ctx: Any, **more: Any) -> Markup:
        """A file to choose; the page turns it into data, so that it travels with the form."""
        common = self.common(name, ctx, name=None, **more)
        kept = Markup('<input type="hidden" name="{}" value="{}">').format(name, value or "")
        shown = _drawn(value) if value else ""
        chosen = Markup(  # noqa: S704
            f'<input type="file" accept="image/png,image/jpeg"{common} data-picture="{escape(name)}">'
        )
        drop = Markup(
            '<button class="btn btn-sm" type="button" data-no-picture>{}</button>'
        ).format(_("Remove"))
        return Markup('<span class="picture">{}{}{}{}</span>').format(
            kept, shown, chosen, drop if value else ""
        )

    def schema(self) -> Any:
        """A ``data:`` address of a PNG or JPEG picture."""
        shape = {
            "type": "string",
            "maxLength": LONGEST,
            "pattern": "^data:image/(png|jpeg);base64,",
        }
        return Annotated[
            str, Schema(max_length=LONGEST), BeforeValidator(_read), WithJsonSchema(shape)
        ]


def _checked(address: str) -> str:
    read_picture(address)
    return address


def _read(value: Any) -> Any:
    from dougong.resources.fields.base import wrong

    try:
        return _checked(value) if isinstance(value, str) else value
    except NoPicture:
        raise wrong("picture") from None


def _drawn(value: str) -> Markup:
    return Markup('<img src="{}" alt="">').format(value)
