"""Who may look in from outside: the key behind a customer's links, and the log-ins of his people."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Owned, Row, _, link_to
from dougong.people.users.models import User
from dougong_base.db import Base
from dougong_base.parties.models import Party


def new_secret() -> str:
    """What a link carries; 128 bits, so that nobody guesses it."""
    return secrets.token_urlsafe(16)


class PortalKey(Owned, Row, Base):
    """The key of one customer in one company: every link that was made with an earlier one is dead."""

    __tablename__ = "base_portal_key"
    __part_of__ = "party_id"
    __audited__ = True
    __table_args__ = (
        UniqueConstraint("party_id", "company_id"),
        CheckConstraint("length(secret) >= 20", name="secret_long"),
    )

    party_id: Mapped[int] = link_to("base_party.id", ondelete="CASCADE")
    secret: Mapped[str] = mapped_column(String(60), default=new_secret, info={"secret": True})
    renewed_on: Mapped[dt.date]
    #: When a letter with the link was asked for last.
    invited_on: Mapped[dt.date | None]
    party: Mapped[Party] = relationship(Party, lazy="raise")

    def __str__(self) -> str:
        return str(_("Link to the portal"))

    def renew(self, on: dt.date) -> None:
        """From now on another secret counts."""
        self.secret, self.renewed_on, self.invited_on = new_secret(), on, None


class PortalLogIn(Row, Base):
    """A person from outside who logs in for a customer."""

    __tablename__ = "base_portal_log_in"
    __part_of__ = "party_id"
    __audited__ = True
    __table_args__ = (
        UniqueConstraint(
            "user_id", info={"sentence": _("This log-in is another customer's already.")}
        ),
    )

    party_id: Mapped[int] = link_to("base_party.id", ondelete="CASCADE")
    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE", index=False)
    party: Mapped[Party] = relationship(Party, lazy="raise")
    user: Mapped[User] = relationship(User, lazy="raise")

    def __str__(self) -> str:
        return str(_("Log-in to the portal"))
