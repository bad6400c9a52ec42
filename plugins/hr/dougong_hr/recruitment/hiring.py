"""An applicant becomes an employee with a contract to sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_hr.calendars.workdays import months_later
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import create_employees
from dougong_hr.recruitment.interviews import Offer
from dougong_hr.recruitment.models import Applicant, Opening


def hire_applicants(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[Contract]:
    """Open files for them and prepare the contracts, as the accepted offers say."""
    uow.require("hr.applicant.hire")
    applicants = uow.load(Applicant, ids, Applicant.opening)
    offers = {
        offer.applicant_id: offer
        for offer in uow.session.scalars(
            select(Offer).where(Offer.applicant_id.in_(ids), Offer.state == "accepted")
        )
    }
    people: list[Employee] = []
    contracts: list[Contract] = []
    for applicant in applicants:
        offer = offers.get(applicant.id)
        if offer is None:
            raise Refused(
                _("%(applicant)s has not accepted an offer yet.", applicant=applicant.name)
            )
        person = _file(uow, applicant, applicant.opening)
        people.append(person)
        contracts.append(_contract(uow, offer, person, on or offer.starts_on))
        applicant.hire(person.id)
    for opening in {a.opening for a in applicants if a.opening is not None}:
        for _person in [a for a in applicants if a.opening is opening]:
            opening.fill()
    create_employees(uow, people)
    uow.add(*contracts)
    for applicant, person, contract in zip(applicants, people, contracts, strict=True):
        uow.link(applicant, person, "employee")
        uow.link(applicant, contract, "contract")
    return contracts


def _file(uow: UnitOfWork, applicant: Applicant, opening: Opening | None) -> Employee:
    key = uow.id()
    return Employee(
        id=key,
        company_id=applicant.company_id,
        number=f"N{key}",
        name=applicant.name,
        department_id=opening.department_id if opening else None,
        position_id=opening.position_id if opening else None,
        private_email=applicant.email,
        private_phone=applicant.phone,
    )


def _contract(uow: UnitOfWork, offer: Offer, person: Employee, on: dt.date) -> Contract:
    term = ContractTerm(
        from_on=on,
        wage=offer.wage,
        hours_week=offer.hours_week,
        calendar_id=offer.calendar_id,
        structure_id=offer.structure_id,
        insurance_id=offer.insurance_id,
    )
    return Contract(
        id=uow.id(),
        company_id=person.company_id,
        employee_id=person.id,
        starts_on=on,
        probation_until=months_later(on, offer.probation_months)
        if offer.probation_months
        else None,
        terms=[term],
    )
