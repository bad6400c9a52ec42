"""The label that a customer sticks on the parcel that comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from dougong import _
from dougong.printing import Box, Code, Desk, Print, Rule, Sheet, Words
from dougong_base import Party, addressed, languages_of
from dougong_logistics.returns.models import Return, ReturnLine


def lay_out_labels(desk: Desk, returns: Sequence[Return]) -> Iterator[Sheet]:
    """From the customer to us, with what is in it and the number to scan."""
    statement = (
        select(Return)
        .where(Return.id.in_([document.id for document in returns]))
        .options(
            joinedload(Return.party).selectinload(Party.addresses),
            joinedload(Return.address),
            selectinload(Return.lines).joinedload(ReturnLine.product),
        )
        .execution_options(populate_existing=True)
    )
    found = {document.id: document for document in desk.session.scalars(statement)}
    for document in (found[known.id] for known in returns):
        head = desk.head(document)
        sender = addressed(desk, document.party, "delivery", document.address)
        goods = [f"{desk.quantity(x.quantity)} × {x.product.name}" for x in document.lines]
        name, *address = [head.name, *head.address_lines] if head else [""]
        yield Sheet(
            head=False,
            foot=False,
            parts=[
                Words(f"{_('From')}: {' · '.join(sender)}", soft=True),
                Box([
                    Words(_("To"), soft=True),
                    Words(name, size=1.5, strong=True),
                    Words("\n".join(address), size=1.45),
                ]),
                Words("\n".join(goods)),
                Rule(),
                Code(document.number or str(document.id), width=86, height=22, centre=True),
            ],
        )  # fmt: skip


RETURN_PRINTS = [
    Print(
        name="logistics.return-label", label=_("Label"), resource="logistics.returns",
        paper="label", layout=lay_out_labels, label_only=True, language=languages_of("party_id"),
        order=10,
    )
]  # fmt: skip
