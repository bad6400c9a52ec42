"""Contracts are signed, changed and ended."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_hr.contracts.models import Contract
from dougong_hr.contracts.workflow import CONTRACT_STEPS
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import join_employees

#: Contracts that bind.
BINDING = ("active", "ended")


def create_contracts(uow: UnitOfWork, contracts: Sequence[Contract]) -> list[Contract]:
    """Prepare contracts."""
    uow.require("hr.contract.create")
    uow.add(*contracts)
    return list(contracts)


def sign_contracts(uow: UnitOfWork, ids: Sequence[int]) -> list[Contract]:
    """Both sides are bound; whoever is new here starts work on the first day."""
    uow.require("hr.contract.sign")
    contracts = uow.load(Contract, ids, Contract.terms)
    people = {c.employee_id for c in contracts}
    # Two who sign at the same time wait for each other here.
    uow.load(Employee, sorted(people), lock=True)
    uow.load(Contract, ids, Contract.employee)
    others = _binding(uow, people)
    for contract in contracts:
        if contract.employee.state == "left":
            raise Refused(
                _("%(employee)s has left. Take them back first.", employee=contract.employee)
            )
        contract.sign(others[contract.employee_id])
        others[contract.employee_id].append(contract)
        if contract.number is None:
            uow.number(contract, "contract", on=contract.starts_on)
    _begin(uow, contracts)
    return contracts


def change_terms(
    uow: UnitOfWork,
    ids: Sequence[int],
    from_on: dt.date,
    wage: Decimal | None = None,
    hours_week: Decimal | None = None,
) -> list[Contract]:
    """From a day on other terms hold; what was agreed before stays on record."""
    uow.require("hr.contract.sign")
    contracts = uow.load(Contract, ids, Contract.terms)
    for contract in contracts:
        before = contract.terms_on(from_on)
        if before is None or not contract.covers(from_on):
            raise Refused(
                _("Contract %(number)s does not hold on %(day)s.", number=contract, day=from_on)
            )
        if before.from_on == from_on:
            raise Refused(
                _(
                    "Contract %(number)s already has terms from %(day)s. Choose another day.",
                    number=contract, day=from_on,
                )
            )  # fmt: skip
        CONTRACT_STEPS.move(contract, "change")
        new = before.followed_by(from_on, wage, hours_week)
        new.contract_id = contract.id
        uow.add(new)
        uow.touch(contract)
    return contracts


def end_contracts(uow: UnitOfWork, ids: Sequence[int], on: dt.date) -> list[Contract]:
    """They hold until that day."""
    uow.require("hr.contract.sign")
    contracts = uow.load(Contract, ids)
    for contract in contracts:
        contract.end(on)
    return contracts


def cancel_contracts(uow: UnitOfWork, ids: Sequence[int]) -> list[Contract]:
    """Give up contracts that were never signed."""
    uow.require("hr.contract.write")
    contracts = uow.load(Contract, ids)
    for contract in contracts:
        CONTRACT_STEPS.move(contract, "cancel")
    return contracts


def _binding(uow: UnitOfWork, people: set[int]) -> dict[int, list[Contract]]:
    found: dict[int, list[Contract]] = defaultdict(list)
    rows = uow.session.scalars(
        select(Contract).where(Contract.employee_id.in_(people), Contract.state.in_(BINDING))
    )
    for row in rows:
        found[row.employee_id].append(row)
    return found


def _begin(uow: UnitOfWork, contracts: Sequence[Contract]) -> None:
    by_day: dict[dt.date, list[int]] = defaultdict(list)
    for contract in contracts:
        if contract.employee.state == "new":
            by_day[contract.starts_on].append(contract.employee_id)
    for day, ids in by_day.items():
        join_employees(uow, ids, day)
