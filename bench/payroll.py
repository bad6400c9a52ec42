"""A month's pay of five hundred people: computed, and posted into the books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import select

from bench.meter import Result, repeat
from bench.site import Site
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.contracts.service import create_contracts, sign_contracts
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import create_employees
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.payroll.models import Payroll
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.structures.models import Structure

PEOPLE = 500
START = dt.date(2026, 1, 1)


def _employ(site: Site) -> None:
    """Everybody by the Chinese structure, in Shanghai."""

    def act(uow: object) -> None:
        structure = uow.session.scalar(select(Structure.id).where(Structure.code == "CN"))
        place = uow.session.scalar(select(InsurancePlan.id).where(InsurancePlan.code == "shanghai"))
        people = [Employee(number=f"B{n:05d}", name=f"Person {n}") for n in range(PEOPLE)]
        create_employees(uow, people)
        contracts = [
            Contract(
                employee_id=person.id,
                starts_on=START,
                terms=[
                    ContractTerm(
                        from_on=START, wage=Decimal(8000 + 37 * n), structure_id=structure,
                        insurance_id=place,
                    )
                ],
            )
            for n, person in enumerate(people)
        ]  # fmt: skip
        create_contracts(uow, contracts)
        sign_contracts(uow, [contract.id for contract in contracts])

    site.runtime.house.run(site.actor, act)


def run(site: Site) -> list[Result]:
    """Computed again and again, then posted month by month."""
    _employ(site)
    house, keys = site.runtime.house, []

    def draft(uow: object) -> None:
        row = Payroll(year=2026, month=len(keys) + 1)
        uow.add(row)
        keys.append(row.id)

    def compute() -> None:
        house.run(site.actor, lambda uow: compute_payrolls(uow, [keys[-1]]) and None)

    house.run(site.actor, draft)
    computed = repeat("compute payslips, one of 500", site.meter, 3, compute, each=PEOPLE)

    def post() -> None:
        house.run(site.actor, lambda uow: post_payrolls(uow, [keys[-1]]) and None)
        house.run(site.actor, draft)
        compute()

    both: Callable[[], None] = post
    return [
        computed,
        repeat("post and compute the next month, one of 500", site.meter, 3, both, each=PEOPLE),
    ]
