"""What employees pay for the company, and what they get beforehand."""

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Actor, Invalid, Refused
from dougong_base.events import CostsArose
from dougong_hr.advances.models import Advance
from dougong_hr.advances.service import pay_advances, repay_advances
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


def test_a_foreign_receipt_counts_at_the_rate_of_its_day(office):
    ann = office.person("Ann")
    office.enter("base.rates", currency="USD", against="EUR", on="2025-01-01", rate="0.9")
    office.enter("base.rates", currency="USD", against="EUR", on="2025-03-01", rate="0.95")
    lines = [
        {"on": "2025-02-28", "text": "Taxi", "paid": "10.10", "currency": "USD"},
        {"on": "2025-03-03", "text": "Taxi", "paid": "10.10", "currency": "USD"},
        {"on": "2025-03-03", "text": "Train", "paid": "7"},
        {"on": "2025-03-03", "text": "Tip", "amount": "2"},
    ]
    key = office.enter("hr.claims", employee=ann, purpose="Fair", lines=lines)
    rows = office.look(ClaimLine, claim_id=key)
    assert [(row.rate, row.amount) for row in rows] == [
        (D("0.9"), D("9.09")), (D("0.95"), D("9.6")), (1, 7), (None, 2),
    ]  # fmt: skip
    assert office.look(Claim, key).total == D("27.69")
    lines[0]["currency"] = "JPY"
    with pytest.raises(Invalid, match="no rate from JPY to EUR on 2025-02-28") as refused:
        office.enter("hr.claims", employee=ann, purpose="Fair", lines=lines)
    assert "lines.0.currency" in refused.value.errors
    with pytest.raises(Invalid):
        office.enter(
            "hr.claims", employee=ann, purpose="Fair",
            lines=[{"on": "2025-03-03", "text": "Nothing"}],
        )  # fmt: skip


def advance(office, person, amount):
    row = Advance(employee_id=person, purpose="Fair", amount=D(amount))
    office.do(lambda uow: uow.add(row))
    office.do(pay_advances, [row.id], DAY)
    return row.id


def test_claims_use_up_advances_the_oldest_first_and_the_rest_is_owed(office):
    ann, bob = office.person("Ann"), office.person("Bob")
    first, second = advance(office, ann, "100"), advance(office, ann, "50")
    others = advance(office, bob, "500")
    key = claim(office, ann, "120")
    office.do(submit_claims, [key])
    (event,) = office.told(approve_claims, [key], DAY)
    assert [(x.purpose, x.amount) for x in event.lines] == [
        ("expense", 120), ("employee_payable", -120),
    ]  # fmt: skip
    assert "set off against advances" in event.lines[1].text
    row = office.look(Claim, key)
    assert (row.set_off, row.owed) == (120, 0)
    states = [
        (office.look(Advance, k).state, office.look(Advance, k).open) for k in (first, second)
    ]
    assert states == [("settled", 0), ("paid", 30)]
    assert office.look(Advance, others).open == 500

    key = claim(office, ann, "40")
    office.do(submit_claims, [key])
    (event,) = office.told(approve_claims, [key], DAY)
    assert [x.amount for x in event.lines] == [40, -30, -10]


def test_what_no_claim_has_used_is_paid_back(office):
    ann = office.person("Ann")
    key = advance(office, ann, "100")
    bill = claim(office, ann, "60")
    office.do(submit_claims, [bill])
    office.do(approve_claims, [bill], DAY)
    (event,) = office.told(repay_advances, [key], DAY)
    assert [(x.purpose, x.amount) for x in event.lines] == [("bank", 40), ("employee_payable", -40)]
    assert office.look(Advance, key).state == "settled"
    with pytest.raises(Refused):
        office.do(repay_advances, [key], DAY)
