"""What employees pay for the company, and what they get beforehand."""

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Actor, Refused
from dougong_base.events import CostsArose
from dougong_hr.advances.models import Advance
from dougong_hr.advances.service import pay_advances
from dougong_hr.claims.models import Claim, ClaimLine
from dougong_hr.claims.service import approve_claims, refuse_claims, submit_claims
from dougong_hr.employees.models import Employee

SYSTEM = Actor.system()
D = Decimal
DAY = dt.date(2025, 3, 3)


def claim(office, person, *amounts):
    row = Claim(
        employee_id=person, purpose="Fair",
        lines=[ClaimLine(on=DAY, text="Train", amount=D(a)) for a in amounts],
    )  # fmt: skip
    office.do(lambda uow: uow.add(row))
    return row.id


def test_an_approved_claim_is_cost_and_a_debt_to_the_employee(office):
    ann = office.person("Ann")
    key = claim(office, ann, "120.50", "30")
    office.do(submit_claims, [key])
    row = office.look(Claim, key)
    assert (row.number[:3], row.total, row.state) == ("EX-", D("150.5"), "submitted")
    (event,) = office.told(approve_claims, [key], DAY)
    assert isinstance(event, CostsArose)
    assert [(x.purpose, x.amount) for x in event.lines] == [
        ("expense", D("120.5")), ("expense", 30), ("employee_payable", D("-150.5")),
    ]  # fmt: skip
    assert event.lines[-1].party_id == office.look(Employee, ann).party_id


def test_a_claim_without_amounts_and_a_no_without_reason_are_refused(office):
    key = claim(office, office.person("Ann"))
    with pytest.raises(Refused, match="Fair has no amounts"):
        office.do(submit_claims, [key])
    with pytest.raises(Refused, match="greater than zero"):
        claim(office, office.person("Bob"), "-1")
    key = claim(office, office.person("Cid"), "1")
    office.do(submit_claims, [key])
    office.do(refuse_claims, [key], "Private")
    assert office.look(Claim, key).answer == "Private"


def test_nobody_approves_their_own_claim(office):
    boss = office.person("Boss")
    lead = office.log_in(boss, "hr.lead")
    key = claim(office, boss, "1")
    office.do(submit_claims, [key])
    with pytest.raises(Refused, match="own claims"):
        office.do(approve_claims, [key], actor=lead)


def test_an_advance_is_owed_by_the_employee_until_it_is_set_off(office):
    ann = office.person("Ann")
    row = Advance(employee_id=ann, purpose="Fair", amount=D(500), paid_by="cash")
    office.do(lambda uow: uow.add(row))
    (event,) = office.told(pay_advances, [row.id], DAY)
    assert [(x.purpose, x.amount) for x in event.lines] == [
        ("employee_payable", 500), ("cash", -500),
    ]  # fmt: skip
    assert office.look(Advance, row.id).number == "AV-2025-00001"
