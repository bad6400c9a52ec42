"""Contracts that end by themselves or with the people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_hr.contracts.models import Contract


def end_with_employees(uow: UnitOfWork, employee_ids: Sequence[int], on: dt.date) -> None:
    """What is still in force ends on the last day; what would begin later never does."""
    found = uow.session.scalars(
        select(Contract).where(
            Contract.employee_id.in_(employee_ids), Contract.state.in_(("active", "draft"))
        )
    ).all()
    for contract in found:
        if contract.state == "draft" or contract.starts_on > on:
            contract.state = "cancelled"
        elif contract.ends_on is None or contract.ends_on >= on:
            contract.end(on)


def end_due_contracts(uow: UnitOfWork) -> None:
    """Close the contracts whose last day is over."""
    due = uow.session.scalars(
        select(Contract).where(Contract.state == "active", Contract.ends_on < uow.today)
    ).all()
    for contract in due:
        assert contract.ends_on is not None
        contract.end(contract.ends_on)
