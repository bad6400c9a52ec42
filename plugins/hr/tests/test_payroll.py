"""Pay: formulas, cumulative income tax, social insurance, posting."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from dougong import Actor, Invalid, Refused
from dougong.web.app import create_app
from dougong_base.events import CostsArose
from dougong_hr.contracts.models import Contract
from dougong_hr.contracts.service import change_terms, end_contracts
from dougong_hr.employees.models import Employee
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.leave.models import LeaveRequest, LeaveType
from dougong_hr.leave.service import approve_leaves, ask_leaves
from dougong_hr.payroll.models import Payroll, Payslip, PayTotal
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import cancel_payrolls, compute_payrolls
from dougong_hr.reports.payroll import BANK_FILE, REGISTER
from dougong_hr.structures.models import Component, Structure
from dougong_hr.tables.models import RateTable

SYSTEM = Actor.system()
D = Decimal
CASES = Path(__file__).resolve().parents[4] / "shared/data/cases/payroll_cn_iit.json"


# -- income tax ------------------------------------------------------------------------------------


@pytest.mark.skipif(not CASES.exists(), reason="the published cases are not on this machine")
@pytest.mark.parametrize("number", [0, 1])
def test_the_tax_authoritys_examples_come_out_to_the_cent_in_all_twelve_months(pay, number):
    case = json.loads(CASES.read_text())["cases"][number]
    place = pay.place(pension="8", medical="2", unemployment="0.5", housing="4.5")
    ann = pay.hired("Ann", case["gross_month"], structure_id=pay.cn, insurance_id=place)
    pay.deduct(ann, case["additional_deduction_month"])
    months = [pay.amounts(pay.run(month), ann) for month in range(1, 13)]
    assert {m["relief"] for m in months} == {D(case["social_and_housing_month"])}
    assert [m["tax"] for m in months] == [D(tax) for tax in case["withheld_by_month"]]
    assert sum(m["tax"] for m in months) == D(case["year_total"])


def test_a_lean_month_withholds_nothing_and_gives_nothing_back(pay):
    ann = pay.hired("Ann", "4000", structure_id=pay.cn)
    pay.enter_pay(ann, 1, "bonus", "46000")
    taxes = [pay.amounts(pay.run(month), ann).get("tax", D(0)) for month in range(1, 13)]
    # January: 45,000 taxable, 10 % less 2,520. Then each month has 1,000 less than the allowance.
    assert taxes == [D(1980), *[0] * 11]
    # The year: 94,000 less 60,000 is 34,000 at 3 %: 1,020; the rest comes back by the settlement.
    assert sum(taxes) == 1980


def test_the_tax_of_the_year_follows_the_annual_formula_when_income_jumps(pay):
    ann = pay.hired("Ann", "20000", structure_id=pay.cn)
    for month in (3, 7, 12):
        pay.enter_pay(ann, month, "bonus", "100000")
    months = [pay.amounts(pay.run(month), ann) for month in range(1, 13)]
    taxable = D(20000 * 12 + 300000 - 60000)
    assert taxable == months[-1]["taxable"] == 480000
    assert sum(m["tax"] for m in months) == taxable * 30 / 100 - 52920


def test_a_formula_that_comes_in_june_knows_the_sums_since_january(pay):
    ann = pay.hired("Ann", "1000", structure_id=pay.simple)
    for month in (1, 2):
        pay.run(month)

    def add_component(uow):
        found = uow.get(Structure, pay.simple, Structure.components)
        row = Component(
            structure_id=found.id, position=9, code="premium", name="Premium", kind="earning",
            formula="ytd_salary * 0.1",
        )  # fmt: skip
        uow.add(row)

    pay.do(add_component)
    assert pay.amounts(pay.run(3), ann)["premium"] == 200


def test_a_new_year_begins_at_nothing(pay):
    ann = pay.hired("Ann", "30000", structure_id=pay.cn)
    pay.run(12, 2025)
    assert pay.amounts(pay.run(1, 2026), ann)["tax"] == (30000 - 5000) * D("0.03")


def test_who_joins_in_july_has_the_allowance_from_july(pay):
    ann = pay.hired("Ann", "10000", starts=dt.date(2025, 7, 1), structure_id=pay.cn)
    assert pay.amounts(pay.run(7), ann)["taxable"] == 5000
    assert pay.amounts(pay.run(8), ann)["taxable"] == 10000


# -- social insurance ------------------------------------------------------------------------------


def test_the_base_of_social_insurance_stays_within_the_limits_of_the_place_and_day(pay):
    place = pay.look(InsurancePlan, code="shanghai")[0].id
    low, high = (
        pay.hired(n, w, structure_id=pay.cn, insurance_id=place)
        for n, w in (("Low", "5000"), ("High", "90000"))
    )
    june, july = pay.run(6), pay.run(7)
    assert pay.amounts(june, low)["pension"] == D("590.72")  # 8 % of 7,384
    assert pay.amounts(june, high)["pension"] == D("2953.68")  # 8 % of 36,921
    assert pay.amounts(july, high)["pension"] == D("2984.16")  # 8 % of 37,302
    assert pay.amounts(july, high)["pension_employer"] == D("5968.32")
    assert pay.amounts(june, low)["housing"] == D("350.00")  # 7 % of the wage


def test_a_base_that_was_agreed_goes_before_the_wage_and_beijing_adds_three_yuan(pay):
    place = pay.look(InsurancePlan, code="beijing")[0].id
    ann = pay.hired("Ann", "20000", structure_id=pay.cn, insurance_id=place, social_base=D(10000))
    amounts = pay.amounts(pay.run(3), ann)
    assert (amounts["pension"], amounts["medical"]) == (800, 203)
    assert amounts["housing"] == 2400


# -- the month -------------------------------------------------------------------------------------


def test_part_of_a_month_is_paid_by_its_working_days(pay):
    ann = pay.hired("Ann", "2100", starts=dt.date(2025, 3, 17), structure_id=pay.simple)
    assert pay.amounts(pay.run(3), ann)["salary"] == 1100  # 11 of 21 working days


def test_new_terms_within_a_month_count_from_their_day(pay):
    ann = pay.hired("Ann", "2100", structure_id=pay.simple)
    contract = pay.look(Contract, employee_id=ann)[0].id
    pay.do(change_terms, [contract], dt.date(2025, 3, 17), D(4200))
    assert pay.amounts(pay.run(3), ann)["salary"] == 1000 + 2200
    assert pay.amounts(pay.run(4), ann)["salary"] == 4200


def test_unpaid_leave_costs_its_days_and_sick_leave_does_not(pay):
    ann = pay.hired("Ann", "2100", structure_id=pay.simple)
    for kind, day in (("UNPAID", 3), ("SICK", 5)):
        row = LeaveRequest(
            employee_id=ann, type_id=pay.look(LeaveType, code=kind)[0].id,
            first_on=dt.date(2025, 3, day), last_on=dt.date(2025, 3, day + 1),
        )  # fmt: skip
        pay.do(lambda uow, row=row: uow.add(row))
        pay.do(ask_leaves, [row.id])
        pay.do(approve_leaves, [row.id])
    amounts = pay.amounts(pay.run(3), ann)
    assert (amounts["salary"], amounts["unpaid"]) == (2100, -200)


def test_who_has_left_is_paid_for_the_days_until_then_and_not_after(pay):
    ann, bob = (pay.hired(n, "2100", structure_id=pay.simple) for n in ("Ann", "Bob"))
    contract = pay.look(Contract, employee_id=ann)[0].id
    pay.do(end_contracts, [contract], dt.date(2025, 3, 14))
    assert pay.amounts(pay.run(3), ann)["salary"] == 1000
    april = pay.run(4)
    assert [s.employee_id for s in pay.look(Payslip, payroll_id=april)] == [bob]


# -- the run ---------------------------------------------------------------------------------------


def test_a_month_is_run_once_and_then_only_corrected(pay):
    ann = pay.hired("Ann", structure_id=pay.simple)
    pay.run(3)
    again = pay.draft(3)
    with pytest.raises(Refused, match="of 2025-03 has been run already: PY-2025-00001"):
        pay.do(compute_payrolls, [again])
    assert pay.look(Payroll, again).state == "draft"
    assert len(pay.look(Payslip, employee_id=ann)) == 1


def test_the_database_itself_pays_nobody_twice(pay):
    ann = pay.hired("Ann", structure_id=pay.simple)
    pay.run(3)
    other = pay.draft(3)
    with pytest.raises(Refused, match="paid for that month already"):
        pay.do(
            lambda uow: uow.add(
                Payslip(
                    company_id=1,
                    payroll_id=other,
                    employee_id=ann,
                    year=2025,
                    month=3,
                    period="2025-03",
                )
            )
        )


def test_latecomers_get_a_payroll_of_their_own(pay):
    pay.hired("Ann", structure_id=pay.simple)
    pay.run(3)
    bob = pay.hired("Bob", structure_id=pay.simple)
    second = pay.run(3)
    assert [s.employee_id for s in pay.look(Payslip, payroll_id=second)] == [bob]


def test_computing_again_takes_in_what_was_entered_since(pay):
    ann = pay.hired("Ann", "1000", structure_id=pay.simple)
    key = pay.compute(3)
    pay.enter_pay(ann, 3, "bonus", "50")
    pay.do(compute_payrolls, [key])
    assert pay.slip(key, ann).net == pay.look(Payroll, key).net == 1050


def test_months_are_paid_one_after_the_other(pay):
    pay.hired("Ann", structure_id=pay.simple)
    first = pay.compute(3)
    with pytest.raises(Refused, match="Post or give up the payroll of 2025-03 first"):
        pay.compute(4)
    pay.do(cancel_payrolls, [first])
    assert pay.look(Payslip) == []
    pay.run(4)
    with pytest.raises(Refused, match="2025-04 is there already, so 2025-03 can only be corrected"):
        pay.compute(3)


def test_a_correction_pays_the_difference_and_the_year_comes_out_right(pay):
    ann = pay.hired("Ann", "20000", structure_id=pay.cn)
    bob = pay.hired("Bob", "20000", structure_id=pay.cn)
    for month in (1, 2, 3):
        pay.run(month)
    pay.enter_pay(ann, 2, "bonus", "30000")
    correction = pay.run(2, kind="correction")
    assert pay.look(Payslip, payroll_id=correction, employee_id=bob) == []
    # February: 60,000 taxable so far instead of 30,000: 3,480 instead of 900 in all.
    assert pay.amounts(correction, ann)["tax"] == 3480 - 900
    assert pay.slip(correction, ann).net == 30000 - 2580
    pay.run(4)
    with pay.read(SYSTEM) as session:
        total = select(PayTotal.amount).where(PayTotal.employee_id == ann)
        assert session.scalar(total.where(PayTotal.code == "gross")) == 110000
        assert session.scalar(total.where(PayTotal.code == "tax")) == 90000 * D("0.1") - 2520
    again = pay.draft(2, kind="correction")
    pay.do(compute_payrolls, [again])
    assert pay.look(Payslip, payroll_id=again) == []


def test_what_is_posted_stays_also_for_those_with_sql(pay):
    pay.hired("Ann", structure_id=pay.simple)
    key = pay.run(3)
    with pytest.raises(Refused):
        pay.do(compute_payrolls, [key])
    for statement in (
        "UPDATE hr_payslip SET net = 0", "DELETE FROM hr_payslip_line",
        "UPDATE hr_payslip_line SET amount = 0", "DELETE FROM hr_payroll",
    ):  # fmt: skip
        with pytest.raises(Refused, match="stay as they are"):
            pay.do(lambda uow, s=statement: uow.session.connection().execute(text(s)))


def test_nobody_is_paid_less_than_nothing(pay):
    ann = pay.hired("Ann", "1000", structure_id=pay.simple)
    pay.enter_pay(ann, 3, "bonus", "-1500")
    with pytest.raises(Refused, match=r"Ann would be paid -500\.00"):
        pay.compute(3)


def test_without_people_or_without_a_structure_there_is_a_sentence(pay):
    with pytest.raises(Refused, match="Nobody is to be paid for 2025-03"):
        pay.compute(3)
    pay.hired("Ann")
    with pytest.raises(Refused, match="Ann: no pay structure"):
        pay.compute(3)


# -- the books -------------------------------------------------------------------------------------


def test_posting_tells_cost_and_debts_that_sum_to_zero(pay):
    place = pay.look(InsurancePlan, code="shanghai")[0].id
    ann = pay.hired("Ann", "30000", structure_id=pay.cn, insurance_id=place)
    key = pay.compute(3)
    (event,) = pay.told(post_payrolls, [key])
    assert isinstance(event, CostsArose)
    assert sum(line.amount for line in event.lines) == 0
    sums = {line.purpose: line.amount for line in event.lines}
    amounts, slip = pay.amounts(key, ann), pay.slip(key, ann)
    assert sums["wages"] == 30000
    assert sums["tax_withheld"] == -amounts["tax"]
    assert sums["housing_payable"] == -(amounts["housing"] + amounts["housing_employer"]) == -4200
    assert sums["social_insurance"] == slip.employer
    (owed,) = [line for line in event.lines if line.purpose == "wages_payable"]
    assert owed.amount == -slip.net
    assert (owed.party_id, owed.due_on) == (pay.look(Employee, ann).party_id, dt.date(2025, 3, 31))
    assert event.on == dt.date(2025, 3, 31)


def test_the_bank_gets_whom_where_and_how_much(pay):
    ann = pay.hired("Ann", "1000", structure_id=pay.simple)
    pay.office.enter("hr.employees", ann, bank="Bank", bank_account="6222 01")
    key = pay.compute(3)
    with pay.read(SYSTEM) as session:
        assert list(BANK_FILE.ask(session, SYSTEM, payroll=key)) == []
    pay.do(post_payrolls, [key])
    with pay.read(SYSTEM) as session:
        (line,) = BANK_FILE.ask(session, SYSTEM, payroll=key)
        assert (line.values["account"], line.values["amount"]) == ("6222 01", 1000)
        (line,) = REGISTER.ask(session, SYSTEM, year=D(2025), employee=None)
        assert (line.values["component"], line.values["earned"]) == ("Salary", 1000)


def test_people_read_their_own_payslip_and_no_other(pay):
    ann, bob = (pay.hired(n, "1000", structure_id=pay.simple) for n in ("Ann", "Bob"))
    key = pay.run(3)
    me = pay.log_in(ann)
    runtime = pay.runtime
    browser = create_app(runtime, {**runtime.config, "ACT_AS": me}).test_client()
    page = browser.get(f"/hr/payslips/{pay.slip(key, ann).id}/payslip")
    assert page.status_code == 200
    assert "1,000.00" in page.text
    assert browser.get(f"/hr/payslips/{pay.slip(key, bob).id}/payslip").status_code == 404
    with pay.read(me) as session:
        assert session.scalar(select(func.count(Payslip.id))) == 1


# -- structures ------------------------------------------------------------------------------------


def test_a_structure_with_a_wrong_formula_is_refused_at_its_line(pay):
    def enter(*rows):
        lines = [{"code": c, "name": c, "kind": "earning", "formula": f} for c, f in rows]
        return pay.office.enter("hr.structures", code="X", name="X", components=lines)

    for formula, said in (
        ("wage.real", "not allowed"), ("later", "later: not known"), ("wage *", "cannot be read"),
        ("__import__('os')", "not allowed"), ("[1]", "not allowed"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            enter(("a", "wage"), ("b", formula))
        assert said in str(refused.value.errors["components.1.formula"])
    assert enter(("a", "wage"), ("b", "a / 2"))


def test_a_missing_rate_is_named(pay):
    lines = [{"code": "a", "name": "A", "kind": "earning", "formula": 'lookup("iit_rate", "x")'}]
    key = pay.office.enter("hr.structures", code="X", name="X", components=lines)
    pay.hired("Ann", structure_id=key)
    with pytest.raises(Refused, match="“iit_rate” says nothing about x on 2025-03-31"):
        pay.compute(3)


def test_a_tax_table_with_a_gap_or_a_row_said_twice_is_refused_at_its_row(pay):
    def enter(*bounds, day="2025-01-01"):
        rows = [{"from_on": day, "upto": upto, "value": "1"} for upto in bounds]
        return pay.office.enter("hr.rate-tables", code="t", name="T", rows=rows)

    with pytest.raises(Invalid) as refused:
        enter("100", "200")
    assert "amounts above 200" in str(refused.value.errors["rows.1.upto"])
    with pytest.raises(Invalid) as refused:
        enter("100", "100", None)
    assert "already" in str(refused.value.errors["rows.1.from_on"])
    assert pay.look(RateTable, code="t") == []
    assert enter("100", "200", None)


def test_contributions_and_limits_that_make_no_sense_are_refused(pay):
    wrong = {
        "low above high": {"low": "9", "high": "5"},
        "a rate below nothing": {"employee": "-1"},
        "more than all": {"employee": "101"},
        "letters": {"employee": "many"},
    }
    for rate in wrong.values():
        rates = [{"branch": "pension", "from_on": "2025-01-01", **rate}]
        with pytest.raises((Invalid, Refused)):
            pay.office.enter("hr.insurance-plans", code="x", name="X", rates=rates)
    assert pay.look(InsurancePlan, code="x") == []
