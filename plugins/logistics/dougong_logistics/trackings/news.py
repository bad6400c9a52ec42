"""Telling customers that their goods are on the way; letters wait in the outbox until they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from urllib.parse import quote

from babel import Locale
from babel.dates import format_date
from sqlalchemy import select

from dougong import UnitOfWork, _
from dougong.i18n import language, speaking
from dougong.mail import send_mail
from dougong_base import Party
from dougong_logistics.carriers.models import Carrier
from dougong_logistics.events import ShipmentHandedOver
from dougong_logistics.shipments.models import Shipment


def tell_customers(uow: UnitOfWork, events: Sequence[ShipmentHandedOver]) -> None:
    """Write to each customer that the parcels are with the carrier, and under which number."""
    if uow.setting("logistics.notify") != "mail":
        return
    ids = {event.party_id for event in events if event.party_id is not None}
    rows = uow.look(
        select(Party.id, Party.name, Party.email, Party.language).where(Party.id.in_(ids))
    ).all()
    pages = _tracking_pages(uow, events)
    letters = []
    for event in events:
        known = next((row for row in rows if row.id == event.party_id and row.email), None)
        if known is not None:
            page = pages.get(event.shipment.id, "")
            with speaking(known.language or language()):
                letters.append(_letter(event, known.name, known.email, page))
    if letters:
        send_mail(uow, letters)


def _tracking_pages(uow: UnitOfWork, events: Sequence[ShipmentHandedOver]) -> dict[int, str]:
    """Where the carrier shows each shipment, for carriers that have such a page."""
    rows = uow.look(
        select(Shipment.id, Shipment.tracking_number, Carrier.tracking_url)
        .join(Carrier, Carrier.id == Shipment.carrier_id)
        .where(Shipment.id.in_([event.shipment.id for event in events]))
    ).all()
    return {
        row.id: row.tracking_url.replace("{number}", quote(row.tracking_number, safe=""))
        for row in rows
        if row.tracking_url and row.tracking_number
    }


def _letter(event: ShipmentHandedOver, name: str, address: str, page: str) -> EmailMessage:
    letter = EmailMessage()
    letter["To"] = address
    letter["Subject"] = str(_("Your goods are on the way: %(number)s", number=event.number))
    text = _(
        "Dear %(name)s, your goods have left our house on %(day)s. Tracking number: %(tracking)s.",
        name=name,
        day=format_date(event.on, locale=Locale.parse(language())),
        tracking=event.tracking_number or "–",
    )
    follow = _("Follow them here: %(page)s", page=page) if page else ""
    letter.set_content(f"{text}\n\n{follow}".rstrip() + "\n")
    return letter
