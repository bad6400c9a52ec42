"""What goes out with an asset: the agreement, and the label on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dougong import _
from dougong.printing import Code, Desk, Print, Sheet, Signatures, Words
from dougong_base import addressed, languages_of, receivers


def agreement(desk: Desk, rentals: Sequence[Any]) -> Iterator[Sheet]:
    """Both sides sign it when the asset leaves."""
    customers = receivers(desk.session, (rental.customer_id for rental in rentals))
    for rental in rentals:
        yield Sheet(
            title=f"{_('Rental agreement')} {rental.number}",
            facts=desk.facts(rental, "asset", "from_on", "until_on", "day_price", "amount"),
            to=addressed(desk, customers.get(rental.customer_id)),
            dated=rental.from_on,
            parts=[
                Words(_("The asset comes back clean and complete on the last day.")),
                Signatures([_("The customer"), _("For us")]),
            ],
        )


def label(desk: Desk, assets: Sequence[Any]) -> Iterator[Sheet]:
    """What a scanner reads on the asset."""
    for asset in assets:
        yield Sheet(title=asset.name, parts=[Code(asset.code)])


PAPERS = [
    Print(
        name="rental.agreement",
        label=_("Rental agreement"),
        resource="rental.rentals",
        layout=agreement,
        states=["reserved", "out"],
        language=languages_of("customer_id"),
    ),
    Print(
        name="rental.label",
        label=_("Label"),
        resource="rental.assets",
        layout=label,
        paper="label",
        label_only=True,
    ),
]
