"""Severance: years of service, the wage they are counted by, its tax, and what is refused."""

import datetime as dt
from decimal import Decimal as D  # noqa: N817

import pytest

from dougong import Actor, Forbidden, Refused
from dougong.actors import Rights
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import join_employees, leave_employees
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.payinputs.models import PayInput
from dougong_hr.payroll.models import Payroll
from dougong_hr.payroll.severance import enter_severance, years_counted

LAST = dt.date(2025, 6, 30)


@pytest.fixture
def served(pay):
    """Ann, who began on a day, was paid until May, and leaves at the end of June; returns her id."""

    def hire(first, wage="10000", paid=True, **terms):
        person = pay.person("Ann")
        pay.do(join_employees, [person], first)
        pay.contract(person, wage, first, structure_id=pay.cn, **terms)
        for month in range(1, 6) if paid else ():
            pay.run(month)
        pay.do(leave_employees, [person], LAST, "Department closed")
        return person

    return hire


@pytest.fixture
def entered(pay):
    """The entry of severance for a person."""

    def enter(person, **asked):
        pay.do(enter_severance, [person], **asked)
        (entry,) = pay.look(PayInput, employee_id=person, code="severance")
        return entry

    return enter


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ((2020, 7, 1), (2025, 6, 30), "5"), ((2020, 7, 1), (2025, 7, 1), "5.5"),
        ((2020, 7, 1), (2025, 12, 30), "5.5"), ((2020, 7, 1), (2025, 12, 31), "6"),
        ((2025, 6, 30), (2025, 6, 30), "0.5"), ((2024, 2, 29), (2025, 2, 27), "1"),
        ((2024, 2, 29), (2025, 2, 28), "1.5"), ((2024, 8, 31), (2025, 2, 27), "1"),
    ],
)  # fmt: skip
def test_half_a_year_counts_as_one_and_less_as_half_of_one(first, last, years):
    assert years_counted(dt.date(*first), dt.date(*last)) == D(years)


def test_a_months_average_wage_for_each_year_is_paid_with_the_last_month(pay, served, entered):
    ann = served(dt.date(2020, 7, 1), paid=False)
    pay.enter_pay(ann, 3, "bonus", "1000")
    for month in range(1, 6):
        pay.run(month)

    entry = entered(ann)

    # Five months of 10,000 and a bonus of 1,000 in one of them.
    assert entry.amount == 5 * D(10200)
    assert entry.note == "5 years of service at 10200.00"
    # Nobody knows what is free of tax where no place is said.
    with pytest.raises(Refused, match="“severance_high” says nothing about an empty name"):
        pay.compute(6)


def test_what_lies_above_three_average_wages_is_counted_for_twelve_years_at_most(
    pay, served, entered
):
    place = pay.look(InsurancePlan, code="shanghai")[0].id
    ann = served(dt.date(2005, 7, 1), "60000", insurance_id=place)

    entry = entered(ann)
    amounts = pay.amounts(pay.run(6), ann)

    assert entry.amount == 12 * D(36921)
    # Three yearly average wages are free of tax: just this much.
    assert amounts["severance_pay"] == entry.amount
    assert "severance_tax" not in amounts


def test_what_is_above_the_exempt_amount_is_taxed_by_itself_by_the_yearly_brackets(
    pay, served, entered
):
    place = pay.look(InsurancePlan, code="shanghai")[0].id
    ann = served(dt.date(2015, 7, 1), "30000", insurance_id=place)

    entered(ann, months=D(2))
    key = pay.run(6)
    amounts = pay.amounts(key, ann)

    taxed = 600000 - 12 * D(36921)
    assert taxed == 156948
    assert amounts["severance_tax"] == taxed * D("0.2") - 16920
    # The month's own tax knows nothing of it.
    assert amounts["taxable"] < 6 * 30000


def test_an_agreed_wage_and_a_month_for_want_of_notice(pay, served, entered):
    ann = served(dt.date(2024, 1, 2), paid=False)

    with pytest.raises(Refused, match="no posted payslip in the year before"):
        entered(ann)

    assert entered(ann, average=D(9000), notice=True).amount == D("1.5") * 9000 + 9000


def test_severance_is_entered_once_and_what_was_computed_is_computed_again(pay, served, entered):
    ann = served(dt.date(2024, 1, 1))
    computed = pay.compute(6)

    entered(ann)

    assert pay.look(Payroll, computed).state == "draft"
    with pytest.raises(Refused, match="Ann: severance is entered already"):
        pay.do(enter_severance, [ann])
    assert len(pay.look(PayInput, employee_id=ann)) == 1


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"months": D(0)}, "between 0 and 12"), ({"months": D(13)}, "between 0 and 12"),
        ({"average": D(0)}, "more than nothing"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_nothing_is_entered(pay, served, asked, sentence):
    ann = served(dt.date(2024, 1, 1), paid=False)

    with pytest.raises(Refused, match=sentence):
        pay.do(enter_severance, [ann], **asked)
    assert pay.look(PayInput) == []


def test_whoever_still_works_here_gets_none_and_it_takes_the_right(pay):
    bob = pay.hired("Bob", structure_id=pay.cn)
    reader = Actor(7, "Reader", Rights({"hr.employee.read"}), (1,), 1)

    with pytest.raises(Refused, match="no first or no last day"):
        pay.do(enter_severance, [bob], average=D(9000))
    with pytest.raises(Forbidden):
        pay.do(enter_severance, [bob], actor=reader)
    assert pay.look(Employee, bob).left_on is None
