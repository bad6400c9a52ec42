"""What was agreed with people, and from when."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select, text

from dougong import Actor, Refused
from dougong.clock import at
from dougong_hr.contracts.ending import end_due_contracts
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.contracts.service import change_terms, end_contracts, sign_contracts
from dougong_hr.employees.models import Employee

SYSTEM = Actor.system()
D = Decimal


def day(month, number=1, year=2025):
    return dt.date(year, month, number)


def test_signing_numbers_the_contract_and_starts_work(office):
    ann = office.hired("Ann", starts=day(2))
    (contract,) = office.look(Contract, employee_id=ann)
    assert (contract.state, contract.number) == ("active", "CT-2025-00001")
    assert (office.look(Employee, ann).state, office.look(Employee, ann).joined_on) == (
        "active", day(2),
    )  # fmt: skip


def test_two_contracts_at_the_same_time_are_refused_with_both_named(office):
    ann = office.hired("Ann", starts=day(2))
    second = office.contract(ann, starts=day(6), sign=False)
    with pytest.raises(Refused, match="Ann already has contract CT-2025-00001 from 2025-02-01"):
        office.do(sign_contracts, [second])
    assert office.look(Contract, second).state == "draft"


def test_a_contract_may_begin_the_day_after_another_ends(office):
    ann = office.hired("Ann", starts=day(2))
    (first,) = office.look(Contract, employee_id=ann)
    office.do(end_contracts, [first.id], day(5, 31))
    second = office.contract(ann, starts=day(6))
    assert office.look(Contract, second).state == "active"


def test_two_that_are_signed_together_may_not_overlap_either(office):
    ann = office.person("Ann")
    pair = [office.contract(ann, starts=day(m), sign=False) for m in (2, 3)]
    with pytest.raises(Refused, match="already has contract"):
        office.do(sign_contracts, pair)
    assert {c.state for c in office.look(Contract, employee_id=ann)} == {"draft"}


def test_the_database_itself_refuses_an_overlap(office):
    ann = office.hired("Ann", starts=day(2))
    second = office.contract(ann, starts=day(6), sign=False)

    def behind_the_back(uow):
        uow.session.connection().execute(
            text("UPDATE hr_contract SET state = 'active' WHERE id = :id"), {"id": second}
        )

    with pytest.raises(Refused, match="already has a contract at that time"):
        office.do(behind_the_back)


def test_new_terms_hold_from_their_day_and_the_old_stay_on_record(office):
    ann = office.hired("Ann", wage="10000")
    (contract,) = office.look(Contract, employee_id=ann)
    office.step("hr.contracts", contract.id, "change", from_on=day(7), wage=D(12000))

    def wages(uow):
        found = uow.get(Contract, contract.id, Contract.terms)
        return [found.terms_on(d).wage for d in (day(6, 30), day(7), day(12))]

    assert office.do(wages) == [10000, 12000, 12000]
    with pytest.raises(Refused, match="already has terms from 2025-07-01"):
        office.do(change_terms, [contract.id], day(7), D(1))
    with pytest.raises(Refused, match="does not hold on 2024-12-31"):
        office.do(change_terms, [contract.id], day(12, 31, 2024), D(1))
    assert len(office.look(ContractTerm, contract_id=contract.id)) == 2


def test_without_terms_for_the_first_day_nothing_is_signed(office):
    ann = office.person("Ann")
    late = Contract(
        employee_id=ann, starts_on=day(1), terms=[ContractTerm(from_on=day(2), wage=D(1))]
    )
    office.do(lambda uow: uow.add(late))
    with pytest.raises(Refused, match="from the first day, 2025-01-01"):
        office.do(sign_contracts, [late.id])


def test_a_fixed_term_needs_its_last_day_and_the_form_fills_the_first_terms(office):
    ann = office.person("Ann")
    entry = {"employee": ann, "kind": "fixed", "starts_on": "2025-02-01"}
    with pytest.raises(Exception, match="needs its last day"):
        office.enter("hr.contracts", **entry, terms=[{"wage": "5000"}])
    key = office.enter("hr.contracts", **entry, ends_on="2025-12-31", terms=[{"wage": "5000"}])
    assert office.look(ContractTerm, contract_id=key)[0].from_on == day(2)


def test_contracts_whose_last_day_is_over_close_by_themselves(office):
    ann = office.person("Ann")
    key = office.contract(ann, ends=day(3, 31))
    with at(dt.datetime(2025, 3, 31, 12, tzinfo=dt.UTC)):
        office.do(end_due_contracts)
    assert office.look(Contract, key).state == "active"
    with at(dt.datetime(2025, 4, 1, 12, tzinfo=dt.UTC)):
        office.do(end_due_contracts)
    assert office.look(Contract, key).state == "ended"
    with office.read(SYSTEM) as session:
        assert session.scalar(select(Contract.ends_on)) == day(3, 31)
