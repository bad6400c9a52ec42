"""Letters to customers: the way into the portal, and the way to one document."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage

from dougong import NotFound, UnitOfWork, _
from dougong.i18n import Text, language, speaking
from dougong.mail import page_of, send_mail
from dougong.printing.letterheads.queries import letterheads
from dougong_base.parties.models import Party
from dougong_base.portal.events import DocumentShared, PortalOpened
from dougong_base.portal.links import path_in, path_to
from dougong_base.portal.service import days_of_links, keys_of, until


def write_invitations(uow: UnitOfWork, events: Sequence[PortalOpened]) -> None:
    """A letter to each customer with an address, in his language."""
    for event in events:
        party = _reachable(uow, event.party_id)
        if party is None:
            continue
        key = keys_of(uow, [party.id])[party.id]
        with speaking(party.language or language()):
            house = _house(uow)
            letter = _letter(
                party,
                _("Your documents at %(house)s", house=house),
                _(
                    "your quotes, orders and invoices at %(house)s are here; the link is for you"
                    " alone:",
                    house=house,
                ),
                page_of(uow, path_in(uow, key, until(uow))),
                _("It is valid for %(number)s days.", number=days_of_links(uow)),
            )
        send_mail(uow, [letter])


def write_about_documents(uow: UnitOfWork, events: Sequence[DocumentShared]) -> None:
    """A letter to the customer of each document, with the link to it."""
    for event in events:
        party = _reachable(uow, event.party_id)
        if party is None:
            continue
        key = keys_of(uow, [party.id])[party.id]
        with speaking(party.language or language()):
            path = path_to(uow, key, until(uow), event.noun, event.document.id)
            letter = _letter(
                party,
                _("%(document)s from %(house)s", document=event.called, house=_house(uow)),
                _("here you find %(document)s; the link is for you alone:", document=event.called),
                page_of(uow, path),
                _("It is valid for %(number)s days.", number=days_of_links(uow)),
            )
        send_mail(uow, [letter])


def _reachable(uow: UnitOfWork, party_id: int) -> Party | None:
    """The customer, unless he was archived or lost his address since."""
    try:
        party = uow.get(Party, party_id)
    except NotFound:
        return None
    return party if party.active and party.email else None


def _house(uow: UnitOfWork) -> str:
    return letterheads(uow.session, [uow.company_id], language())[uow.company_id].name


def _letter(party: Party, subject: Text, *parts: Text | str) -> EmailMessage:
    letter = EmailMessage()
    letter["To"], letter["Subject"] = party.email, " ".join(str(subject).split())
    dear = _("Dear %(name)s,", name=party.name)
    letter.set_content("\n\n".join(str(part) for part in (dear, *parts)) + "\n")
    return letter
