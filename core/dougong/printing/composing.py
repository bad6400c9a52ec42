"""Put sheets together to one file: letterheads, languages, page numbers, pictures."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dougong.i18n import Text, _
from dougong.printing.declared import PAPERS
from dougong.printing.letterheads.pictures import NoPicture, read_picture
from dougong.printing.sheets import Sheet, told
from dougong.printing.typesetting import draw, typeset

if TYPE_CHECKING:
    from dougong.printing.letterheads.models import Letterhead

#: A sheet as data.
Data = dict[str, Any]


class Composer:
    """Makes one file on one size of paper; its pictures are kept by their content."""

    def __init__(self, paper: str) -> None:
        self.paper = PAPERS[paper]
        self.pictures: dict[str, bytes] = {}

    def data(
        self, sheet: Sheet, language: str, head: Letterhead | None, mark: Text | str = ""
    ) -> Data:
        """A sheet in the language being spoken, which is ``language``, below its letterhead."""
        data = sheet.data() | _spoken(language)
        data["mark"] = data["mark"] or told(mark)
        data["head"] = self._head(head) if head is not None and sheet.head else None
        return data

    def file(self, sheets: Sequence[Data], title: str, dated: dt.date | None = None) -> bytes:
        """The sheets as PDF; the same sheets give the same bytes."""
        return typeset(self.whole(sheets, title, dated), self.pictures, dated=dated)

    def drawn(self, sheets: Sequence[Data], title: str) -> list[bytes]:
        """The pages as pictures, to be looked at before they count."""
        return draw(self.whole(sheets, title), self.pictures)

    def whole(self, sheets: Sequence[Data], title: str, dated: dt.date | None = None) -> Data:
        """Everything that the typesetter needs."""
        heads = [sheet["head"] for sheet in sheets if sheet["head"]]
        paper = self.paper
        day = {"year": dated.year, "month": dated.month, "day": dated.day} if dated else None
        return {
            "title": " ".join(told(title)),
            "author": " ".join(heads[0]["name"]) if heads else "",
            "dated": day,
            "paper": {
                "width": paper.width, "height": paper.height, "margin": list(paper.margins),
                "size": paper.size,
            },
            "sheets": list(sheets),
        }  # fmt: skip

    def _head(self, head: Letterhead) -> Data:
        address = head.address_lines
        foot: list[Sequence[str | None]] = [
            [head.phone, head.email, head.website],
            _labelled((_("Tax number"), head.tax_number), ("", head.registration)),
            [head.bank, *_labelled(("", head.account), (_("BIC"), head.bic))],
        ]
        columns = [[" ".join(told(line)) for line in column if line] for column in foot]
        return {
            "name": told(head.name),
            "lines": [" ".join(told(line)) for line in address],
            "sender": told(" · ".join([head.name, *address])) if address else [],
            "foot": [column for column in columns if column],
            "logo": self._logo(head),
        }

    def _logo(self, head: Letterhead) -> str | None:
        try:
            kind, content = read_picture(head.logo or "")
        except NoPicture:
            return None
        name = f"{hashlib.sha256(content).hexdigest()[:16]}.{kind}"
        self.pictures[name] = content
        return name


def fingerprint(sheets: Sequence[Data]) -> str:
    """The SHA-256 of what a paper says: two papers with the same one say the same."""
    return hashlib.sha256(json.dumps(sheets, sort_keys=True).encode()).hexdigest()


def _spoken(code: str) -> Data:
    """The language of a sheet, and its words around the numbers of the page."""
    word, _underscore, region = code.partition("_")
    between = str(_("Page %(at)s of %(total)s", at="\x00", total="\x00")).split("\x00")
    return {"lang": word, "region": region[-2:].lower() or None, "pages": between}


def _labelled(*facts: tuple[Text | str, str | None]) -> list[str]:
    return [f"{label} {value}".strip() for label, value in facts if value]
