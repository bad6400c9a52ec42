"""What holds for people on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong_hr.contracts.models import Contract, ContractTerm


def hours_by_employee(
    session: Session, employee_ids: Collection[int], on: dt.date
) -> Mapping[int, Decimal]:
    """The hours a week that each person's contract asks for on that day."""
    rows = session.execute(
        select(Contract.employee_id, ContractTerm.hours_week)
        .join(ContractTerm, ContractTerm.contract_id == Contract.id)
        .where(
            Contract.employee_id.in_(employee_ids),
            Contract.state.in_(("active", "ended")),
            Contract.starts_on <= on,
            ContractTerm.from_on <= on,
        )
        .order_by(Contract.starts_on, ContractTerm.from_on)
    )
    return dict(rows.all())
