"""A till for the demo company."""

from __future__ import annotations

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import Party
from dougong_pos.tills.models import Till


def open_shop(uow: UnitOfWork) -> None:
    """One till, and the customer off the street; once."""
    if uow.session.scalar(select(Till.id).limit(1)):
        return
    street = Party(code="STREET", name="Customer off the street", is_customer=True)
    uow.add(street)
    uow.add(Till(code="T1", name="Front till", customer_id=street.id))
