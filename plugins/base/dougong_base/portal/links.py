"""The links of the portal: signed, for one customer, until a day; or for one document of his."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from dougong.mail import sign
from dougong_base.portal.models import PortalKey

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import UnitOfWork

ENTER, SHARED = "base.portal", "base.portal.shared"


def path_in(source: UnitOfWork | Session, key: PortalKey, until: dt.date) -> str:
    """The way in for this customer, until that day."""
    return f"/portal/enter/{sign(source, ENTER, _said(key, until))}"


def path_to(
    source: UnitOfWork | Session, key: PortalKey, until: dt.date, noun: str, document_id: int
) -> str:
    """The way to exactly one document of this customer, until that day."""
    return f"/portal/shared/{sign(source, SHARED, [*_said(key, until), noun, document_id])}"


def _said(key: PortalKey, until: dt.date) -> list[Any]:
    # The customer stands in it, too: a key that moves to another one, as when two are merged,
    # opens nothing.
    return [key.id, key.secret, key.party_id, until.toordinal()]
