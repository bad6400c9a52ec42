"""One's own desk, the organisation chart, the payslip: what people see of themselves."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, Refused
from dougong.clock import at
from dougong.companies.models import Company
from dougong.web.app import create_app
from dougong_hr.claims.models import Claim
from dougong_hr.contracts.models import Contract
from dougong_hr.employees.models import Employee
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.leave.granting import grant_leave
from dougong_hr.organisation.queries import department_tree, people_tree
from dougong_hr.payinputs.models import PayInput
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.payroll.slips import slip_of
from dougong_hr.structures.models import Structure

SYSTEM = Actor.system()
D = Decimal
MARCH = dt.datetime(2025, 3, 20, 12, tzinfo=dt.UTC)


def browser(office, actor):
    runtime = office.runtime
    return create_app(runtime, {**runtime.config, "ACT_AS": actor}).test_client()


def pay(office, month):
    row = Payroll(year=2025, month=month)
    office.do(lambda uow: uow.add(row))
    office.do(compute_payrolls, [row.id])
    office.do(post_payrolls, [row.id])
    return row.id


def test_the_desk_shows_ones_own_leave_pay_claims_and_nothing_of_others(office):
    simple = office.look(Structure, code="SIMPLE")[0].id
    ann, bob = (
        office.hired(n, w, structure_id=simple) for n, w in (("Ann", "4321"), ("Bob", "9876"))
    )
    office.do(grant_leave, 2025)
    pay(office, 2)
    for person, purpose in ((ann, "Fair"), (bob, "Secret dinner")):
        office.do(lambda uow, p=person, t=purpose: uow.add(Claim(employee_id=p, purpose=t)))
    office.enter("hr.agreements", employee=ann, name="Silence", wording="I keep silent.")
    with at(MARCH):
        page = browser(office, office.log_in(ann)).get("/hr/my")
    assert page.status_code == 200
    for words in ("Annual leave", "10", "4,321.00", "Fair", "Sign: Silence"):
        assert words in page.text
    for words in ("9,876.00", "Secret dinner"):
        assert words not in page.text


def test_who_has_no_file_is_told_what_to_do(office):
    page = browser(office, SYSTEM).get("/hr/my")
    assert (page.status_code, "belongs to no employee" in page.text) == (200, True)


def test_everybody_sees_the_chart_and_private_files_stay_closed(office):
    top = office.enter("hr.departments", code="A", name="All")
    boss = office.hired("Boss")
    ann, bob = office.hired("Ann"), office.hired("Bob")
    for person in (ann, bob):
        office.enter("hr.employees", person, manager=boss, department=top)
    me = office.log_in(ann)
    with office.read(me) as session:
        (tree,) = people_tree(session, me)
        assert (tree.name, tree.size, [b.name for b in tree.below]) == ("Boss", 2, ["Ann", "Bob"])
        department, alone = department_tree(session, me)
        assert (department.name, department.size, alone.name) == ("All", 2, "Boss")
    client = browser(office, me)
    for address in ("/hr/organisation", "/hr/organisation?by=department"):
        page = client.get(address)
        assert page.status_code == 200
        assert all(name in page.text for name in ("Ann", "Bob", "Boss"))
    assert client.get(f"/hr/employees/{bob}").status_code == 404


def test_a_circle_behind_the_back_is_drawn_once(office):
    ann, bob = office.hired("Ann"), office.hired("Bob")

    def circle(uow):
        for one, other in ((ann, bob), (bob, ann)):
            uow.get(Employee, one).manager_id = other

    office.do(circle)
    with office.read(SYSTEM) as session:
        tree = people_tree(session, SYSTEM)
    assert sum(1 + box.size for box in tree) == 2


def test_a_payslip_has_every_figure_of_the_month_and_of_the_year(office):
    china = office.look(Structure, code="CN")[0].id
    place = office.look(InsurancePlan, code="shanghai")[0].id
    ann = office.hired("Ann", "30000", structure_id=china, insurance_id=place)
    for month in (1, 2):
        last = pay(office, month)
    (row,) = office.look(Payslip, payroll_id=last, employee_id=ann)
    with office.read(SYSTEM) as session:
        slip = slip_of(session, row.id)
        assert [(f.name, f.amount, f.year) for f in slip.earnings] == [("Salary", 30000, 60000)]
        assert slip.year["gross"] == 60000
        assert slip.year["net"] == 60000 - slip.year["deductions"]
        assert slip.cost == 30000 + slip.payslip.employer
        assert slip.year["cost"] == 60000 + slip.year["employer"] == 2 * slip.cost
        bases = {f.name: f.amount for f in slip.bases}
        assert bases["Base of social insurance"] == bases["Base of housing fund"] == 30000
        assert bases["Taxable income of the year"] == 60000 - 10000 - 2 * D("5250")
        pension = next(f for f in slip.deductions if f.name == "Pension")
        assert (pension.amount, pension.year) == (2400, 4800)
    page = browser(office, office.log_in(ann)).get(f"/hr/payslips/{row.id}/payslip").text
    for words in ("30,000.00", "60,000.00", "2,400.00", "Year so far", "cost in all", "Net pay"):
        assert words in page


def test_an_annual_bonus_is_taxed_by_itself_or_with_the_month(office):
    """The worked figures of the announcement's method: 36,000 at 3 %, and one yuan more at 10 %."""
    china = office.look(Structure, code="CN")[0].id
    people = {n: office.hired(n, "5000", structure_id=china) for n in ("Ann", "Bob", "Cid")}
    bonuses = {
        "Ann": ("annual_bonus", 36000),
        "Bob": ("annual_bonus", 36001),
        "Cid": ("bonus", 36001),
    }
    for name, (code, amount) in bonuses.items():
        row = PayInput(employee_id=people[name], year=2025, month=1, code=code, amount=D(amount))
        office.do(lambda uow, row=row: uow.add(row))
    key = pay(office, 1)

    def taxes(name):
        (row,) = office.look(Payslip, payroll_id=key, employee_id=people[name])
        with office.read(SYSTEM) as session:
            return {f.name: f.amount for f in slip_of(session, row.id).deductions}

    assert taxes("Ann") == {"Income tax on the annual bonus": 1080}
    assert taxes("Bob") == {"Income tax on the annual bonus": D("3390.10")}
    assert taxes("Cid") == {"Income tax": D("1080.10")}


def test_the_13th_month_is_a_wage_for_a_year_and_a_twelfth_for_each_month_begun(office):
    china = office.look(Structure, code="CN")[0].id
    ann = office.hired("Ann", "12000", dt.date(2024, 5, 1), structure_id=china)
    bob = office.hired("Bob", "12000", dt.date(2025, 10, 13), structure_id=china)
    row = Payroll(year=2025, month=12)
    office.do(lambda uow: uow.add(row))
    office.do(compute_payrolls, [row.id])
    office.step("hr.payrolls", row.id, "bonus")
    found = {e.employee_id: (e.code, e.amount) for e in office.look(PayInput)}
    assert found == {ann: ("annual_bonus", 12000), bob: ("annual_bonus", 3000)}
    assert office.look(Payroll, row.id).state == "draft"
    with pytest.raises(Refused, match=r"Ann, Bob: the bonus of 2025 is entered already"):
        office.step("hr.payrolls", row.id, "bonus")
    with pytest.raises(Refused, match="between 0 and 24"):
        office.step("hr.payrolls", row.id, "bonus", months=D(99), merged=True)
    with pytest.raises(Exception, match="annual bonus in that year already"):
        office.enter(
            "hr.pay-inputs", employee=ann, year=2025, month=3, code="annual_bonus", amount="1"
        )
    office.do(compute_payrolls, [row.id])
    assert office.look(Payroll, row.id).gross == 12000 * 2 + 12000 + 3000


def test_an_employee_of_another_company_is_nobodys_here(office):
    ann = office.hired("Ann")
    both = Actor.system(1, (1, 7))

    def open_another(uow):
        uow.add(Company(id=7, code="B", name="Second", currency="EUR"))
        uow.flush()
        uow.add(Employee(company_id=7, number="1", name="Far"))

    office.do(open_another, actor=both)
    with office.read(both) as session:
        far = session.scalar(select(Employee.id).where(Employee.company_id == 7))
    entries = {
        "hr.contracts": {"starts_on": "2025-01-01", "terms": [{"wage": "1"}]},
        "hr.attendances": {"came_at": "2025-03-03T08:00:00Z"},
        "hr.claims": {"purpose": "Fair"},
        "hr.advances": {"purpose": "Fair", "amount": "5"},
        "hr.deductions": {"amount": "5", "from_on": "2025-01-01"},
        "hr.pay-inputs": {"year": 2025, "month": 1, "code": "bonus", "amount": "1"},
    }
    for name, entry in entries.items():
        with pytest.raises(Refused, match="works for another company"):
            office.enter(name, actor=both, employee=far, **entry)
        office.enter(name, actor=both, employee=ann, **entry) if name != "hr.contracts" else None
    with pytest.raises(Exception, match="Enter a"):
        office.enter("hr.contracts", employee=ann, starts_on="2025-01-01", terms=[{"wage": "abc"}])
    assert len(office.look(Contract)) == 1
