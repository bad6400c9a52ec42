"""Telling customers that their goods are on the way; letters wait in the outbox until they are sent."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from email.message import EmailMessage

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_base import Party
from dougong_logistics.events import ShipmentHandedOver


class NoMail(Refused):
    """Nobody said how mail leaves the house."""

    def __init__(self) -> None:
        super().__init__(
            _("No mail server is set: enter one in the settings of logistics, then send again.")
        )


def tell_customers(uow: UnitOfWork, events: Sequence[ShipmentHandedOver]) -> None:
    """Write to each customer that the parcels are with the carrier, and under which number."""
    if uow.setting("logistics.notify") != "mail":
        return
    ids = {event.party_id for event in events if event.party_id is not None}
    rows = uow.look(select(Party.id, Party.name, Party.email).where(Party.id.in_(ids))).all()
    letters = []
    for event in events:
        known = next((row for row in rows if row.id == event.party_id and row.email), None)
        if known is not None:
            letters.append(_letter(event, known.name, known.email))
    if not letters:
        return
    host, sender = uow.setting("logistics.mail_host"), uow.setting("logistics.mail_from")
    if not host or not sender:
        raise NoMail
    name, _colon, port = str(host).partition(":")
    with smtplib.SMTP(name, int(port or 25), timeout=20) as server:
        for letter in letters:
            letter["From"] = str(sender)
            server.send_message(letter)


def _letter(event: ShipmentHandedOver, name: str, address: str) -> EmailMessage:
    letter = EmailMessage()
    letter["To"] = address
    letter["Subject"] = str(_("Your goods are on the way: %(number)s", number=event.number))
    text = _(
        "Dear %(name)s, your goods have left our house on %(day)s. Tracking number: %(tracking)s.",
        name=name,
        day=event.on.isoformat(),
        tracking=event.tracking_number or "–",
    )
    letter.set_content(str(text))
    return letter
