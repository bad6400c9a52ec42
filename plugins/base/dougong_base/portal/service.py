"""What the office does: invite customers, renew their links, share one document, let people log in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong import DocumentRef, NotFound, Refused, UnitOfWork, _
from dougong.mail import NoMail, mail_is_set
from dougong.people.users.service import add_user
from dougong_base.parties.models import Party
from dougong_base.portal.events import DocumentShared, PortalOpened
from dougong_base.portal.models import PortalKey, PortalLogIn

if TYPE_CHECKING:
    from dougong.people.users.models import User
    from dougong_base.portal.declared import PortalNoun

INVITE = "base.portal.invite"


class NoAddress(Refused):
    """There is nowhere to write to."""

    def __init__(self, party: Party) -> None:
        super().__init__(
            _(
                "%(party)s has no e-mail address. Enter it first, or hand the link over.",
                party=party,
            )
        )


class NotForCustomers(Refused):
    """A document that its customer may not see, or not yet."""

    def __init__(self, called: object) -> None:
        super().__init__(
            _("%(document)s is nothing that a customer sees, as it is now.", document=called)
        )


def days_of_links(uow: UnitOfWork) -> int:
    """How many days a link lasts in this company."""
    return max(1, int(uow.setting("base.portal_days")))


def until(uow: UnitOfWork) -> dt.date:
    """The last day of a link that is made now."""
    return uow.today + dt.timedelta(days=days_of_links(uow))


def keys_of(uow: UnitOfWork, party_ids: Iterable[int]) -> dict[int, PortalKey]:
    """The key of each of these customers here, made where there is none; rights are the caller's."""
    wanted = sorted(set(party_ids))
    statement = select(PortalKey).where(
        PortalKey.party_id.in_(wanted), PortalKey.company_id == uow.company_id
    )
    found = {key.party_id: key for key in uow.session.scalars(statement)}
    for id in wanted:
        if id not in found:
            found[id] = PortalKey(party_id=id, renewed_on=uow.today)
            uow.add(found[id])
    return found


def invite(uow: UnitOfWork, party_ids: Sequence[int]) -> list[PortalKey]:
    """A letter with the link to each of these customers. Raises `NoAddress`, `NoMail`."""
    uow.require(INVITE)
    parties = _those(uow, party_ids)
    for party in parties:
        if not party.email:
            raise NoAddress(party)
    if not mail_is_set(uow):
        raise NoMail
    keys = keys_of(uow, party_ids)
    for key in keys.values():
        key.invited_on = uow.today
    uow.publish(PortalOpened(party_id=p.id, company_id=uow.company_id) for p in parties)
    return [keys[party.id] for party in parties]


def renew_links(uow: UnitOfWork, party_ids: Sequence[int]) -> list[PortalKey]:
    """Every link that these customers have had in this company opens nothing any more."""
    uow.require(INVITE)
    _those(uow, party_ids)
    keys = keys_of(uow, party_ids)
    for key in keys.values():
        key.renew(uow.today)
    return [keys[id] for id in party_ids]


def require_shown(session: Any, declared: PortalNoun, model: Any, document_id: int) -> Any:
    """The document, where its customer may see it as it is now; raises `NotFound`, `NotForCustomers`."""
    document = session.scalar(select(model).where(model.id == document_id))
    if document is None:
        raise NotFound(_("document"), document_id)
    party_id = getattr(document, declared.party)
    visible = declared.visible(model, party_id or 0)
    if session.scalar(select(model.id).where(model.id == document_id, visible)) is None:
        raise NotForCustomers(document)
    return document


def share(uow: UnitOfWork, declared: PortalNoun, model: Any, document_id: int) -> Party:
    """A letter to the customer with the link to exactly this document. The caller asks for its read right."""
    uow.require(INVITE)
    document = require_shown(uow.session, declared, model, document_id)
    (party,) = _those(uow, [getattr(document, declared.party)])
    if not party.email:
        raise NoAddress(party)
    if not mail_is_set(uow):
        raise NoMail
    keys_of(uow, [party.id])
    uow.publish(
        DocumentShared(
            document=DocumentRef(model.__document__, document.id), noun=declared.name,
            called=str(document), party_id=party.id, company_id=uow.company_id,
        )
    )  # fmt: skip
    return party


def add_log_in(
    uow: UnitOfWork, party_id: int, login: str, name: str, *, password: str | None = None
) -> tuple[User, str]:
    """Let a person of a customer log in, to the portal alone; returns the password for the first time."""
    uow.require(INVITE)
    (party,) = _those(uow, [party_id])
    login, name = login.strip(), name.strip()
    if not login or not name:
        raise Refused(_("Enter the name of the person, and with what they log in."))
    user, initial = add_user(
        uow, login, name, companies=[uow.company_id], guest=True, password=password,
        email=login if "@" in login else None, language=party.language or uow.actor.language,
    )  # fmt: skip
    uow.add(PortalLogIn(party_id=party.id, user_id=user.id))
    return user, initial


def _those(uow: UnitOfWork, party_ids: Sequence[int]) -> list[Party]:
    parties = uow.load(Party, list(party_ids))
    for party in parties:
        if not party.active:
            raise Refused(_("%(party)s is archived; nothing is shown to it.", party=party))
    return parties
