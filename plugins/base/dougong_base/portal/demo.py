"""The demo company's first customer has a link to the portal, and somebody who logs in."""

from __future__ import annotations

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.people.users.models import User
from dougong_base.parties.models import Party
from dougong_base.portal.models import PortalLogIn
from dougong_base.portal.service import keys_of

LOG_IN = "customer"


def let_a_customer_in(uow: UnitOfWork) -> None:
    """The one who is asked first when quotes and orders are made; once."""
    uow.flush()
    party = uow.session.scalars(
        select(Party).where(Party.is_customer, Party.active).order_by(Party.code).limit(1)
    ).first()
    user = uow.session.scalars(select(User).where(User.login == LOG_IN, User.guest)).first()
    if party is None:
        return
    keys_of(uow, [party.id])
    known = select(PortalLogIn.id).where(PortalLogIn.user_id == (user.id if user else 0))
    if user is not None and uow.session.scalar(known) is None:
        uow.add(PortalLogIn(party_id=party.id, user_id=user.id))
