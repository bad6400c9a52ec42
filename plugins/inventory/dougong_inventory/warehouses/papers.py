"""Labels for places and lots: large enough to be read from the aisle, with a code to scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dougong import _
from dougong.printing import Code, Desk, Print, Sheet, Words
from dougong_inventory.lots.models import Lot
from dougong_inventory.warehouses.models import Location


def lay_out_locations(desk: Desk, locations: Sequence[Location]) -> Iterator[Sheet]:
    """The place's code and name, and the code to scan."""
    for location in locations:
        yield Sheet(
            head=False,
            foot=False,
            parts=[
                Words(location.code, size=2, strong=True, centre=True),
                Words(location.name, centre=True),
                Code(
                    location.barcode or location.code, square=True, width=26, text="", centre=True
                ),
            ],
        )


def lay_out_lots(desk: Desk, lots: Sequence[Lot]) -> Iterator[Sheet]:
    """The product, the lot's number, its last day, and the code to scan."""
    for lot in lots:
        until = [Words(f"{_('Expires on')} {desk.fmt.date(lot.expires_on)}", centre=True)]
        yield Sheet(
            head=False,
            foot=False,
            parts=[
                Words(desk.say(lot, "product"), strong=True, centre=True),
                Words(lot.number, size=1.6, strong=True, centre=True),
                *(until if lot.expires_on else []),
                Code(lot.number, square=True, width=22, text="", centre=True),
            ],
        )


PLACE_PRINTS = [
    Print(
        name="inventory.location-label", label=_("Label"), resource="inventory.locations",
        paper="roll", layout=lay_out_locations, label_only=True, order=10,
    ),
    Print(
        name="inventory.lot-label", label=_("Label"), resource="inventory.lots", paper="roll",
        layout=lay_out_lots, label_only=True, order=10,
    ),
]  # fmt: skip
