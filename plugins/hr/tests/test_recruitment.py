"""From an opening to a signed contract."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, Refused
from dougong.clock import at
from dougong.companies.models import Company
from dougong.web.app import create_app
from dougong_hr.calendars.workdays import months_later
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.employees.models import Employee
from dougong_hr.recruitment.interviews import Interview, Offer
from dougong_hr.recruitment.models import Applicant, ApplicantStage, Opening

SYSTEM = Actor.system()
D = Decimal


@pytest.fixture
def opening(office):
    department = office.enter("hr.departments", code="A", name="Assembly")
    key = office.enter("hr.openings", name="Fitter", department=department, description="Fit!")
    office.step("hr.openings", key, "publish")
    return key


def applicant(office, opening, name="Ann"):
    return office.enter("hr.applicants", name=name, opening=opening, email=f"{name}@example.com")


def offered(office, person, accept=True, **more):
    key = office.enter("hr.offers", applicant=person, starts_on="2025-03-03", wage="8000", **more)
    office.step("hr.offers", key, "send")
    if accept:
        office.step("hr.offers", key, "accept")
    return key


def test_an_opening_without_words_is_not_published(office):
    key = office.enter("hr.openings", name="Fitter")
    with pytest.raises(Refused, match="Fitter has no description yet"):
        office.step("hr.openings", key, "publish")


def test_a_new_applicant_begins_at_the_first_stage(office, opening):
    row = office.look(Applicant, applicant(office, opening))
    assert office.look(ApplicantStage, row.stage_id).name == "New"
    assert row.applied_on is not None


def test_a_scorecard_gives_the_mean(office, opening):
    key = office.enter(
        "hr.interviews", applicant=applicant(office, opening), at="2025-02-03T10:00:00Z",
        scores=[{"criterion": "Skill", "score": 4}, {"criterion": "Team", "score": 5}],
    )  # fmt: skip
    assert office.look(Interview, key).score == D("4.5")


def test_hiring_opens_a_file_and_prepares_the_contract_of_the_accepted_offer(office, opening):
    person = applicant(office, opening)
    offered(office, person)
    office.step("hr.applicants", person, "hire")
    hired = office.look(Applicant, person)
    employee = office.look(Employee, hired.employee_id)
    assert (employee.name, employee.state, employee.private_email) == (
        "Ann", "new", "Ann@example.com",
    )  # fmt: skip
    assert employee.department_id == office.look(Opening, opening).department_id
    (contract,) = office.look(Contract, employee_id=employee.id)
    assert (contract.state, contract.probation_until) == ("draft", dt.date(2025, 6, 2))
    assert office.look(ContractTerm, contract_id=contract.id)[0].wage == 8000
    assert office.look(Opening, opening).state == "closed"

    office.step("hr.contracts", contract.id, "sign")
    assert office.look(Employee, employee.id).joined_on == dt.date(2025, 3, 3)


def test_without_an_accepted_offer_nobody_is_hired(office, opening):
    person = applicant(office, opening)
    offered(office, person, accept=False)
    with pytest.raises(Refused, match="Ann has not accepted an offer yet"):
        office.step("hr.applicants", person, "hire")
    assert office.look(Employee) == []


def test_only_one_offer_can_be_accepted(office, opening):
    person = applicant(office, opening)
    offered(office, person)
    second = offered(office, person, accept=False)
    with pytest.raises(Refused, match="accepted another offer already"):
        office.step("hr.offers", second, "accept")
    assert office.look(Offer, second).state == "sent"


def test_months_of_probation_end_the_day_before():
    assert months_later(dt.date(2025, 3, 3), 3) == dt.date(2025, 6, 2)
    assert months_later(dt.date(2025, 11, 30), 3) == dt.date(2026, 2, 27)
    assert months_later(dt.date(2025, 1, 1), 12) == dt.date(2025, 12, 31)


class Careers:
    """The careers page of the first company, in the browser of a stranger."""

    def __init__(self, office, opening):
        runtime = office.runtime
        self.browser = create_app(runtime, {**runtime.config, "ACT_AS": None}).test_client()
        self.home = f"/hr/careers/{office.look(Company)[0].code}"
        self.address = f"{self.home}/{opening}"
        form = self.browser.get(self.address).text
        self.token = form.split('name="csrf_token" value="')[1].split('"')[0]

    def apply(self, **said):
        known = {"name": "Eve", "email": "Eve@example.com", "letter": "Hello"}
        return self.browser.post(self.address, data={**known, **said, "csrf_token": self.token})


@pytest.fixture
def page(office, opening):
    return Careers(office, opening)


def test_strangers_see_published_openings_and_apply_once(office, opening, page):
    hidden = office.enter("hr.openings", name="Secret job")
    for address in ("/hr/careers", page.home):
        text = page.browser.get(address).text
        assert "Fitter" in text
        assert "Secret" not in text
    assert page.browser.get(f"{page.home}/{hidden}").status_code == 404
    assert page.browser.get("/hr/careers/nobody").status_code == 404
    assert page.apply(consent="1").status_code == 200
    assert page.apply().status_code == 409
    with office.read(SYSTEM) as session:
        (eve,) = session.scalars(select(Applicant).where(Applicant.opening_id == opening))
        assert (eve.name, eve.email, eve.letter, eve.consent) == (
            "Eve", "eve@example.com", "Hello", True,
        )  # fmt: skip


def test_what_is_wrong_or_too_long_is_said_and_nothing_is_kept(office, page):
    assert page.apply(email="no").status_code == 422
    assert page.apply(letter="x" * 4001).status_code == 422
    assert "At most 4000 characters" in page.apply(letter="x" * 4001).text
    assert page.apply(letter="x" * 70_000).status_code == 413
    assert page.apply(website="http://machine.example").status_code == 200
    assert office.look(Applicant) == []


def test_an_address_that_applies_again_and_again_has_to_wait(office, page):
    with at(dt.datetime(2025, 3, 3, 12, tzinfo=dt.UTC)):
        answers = [page.apply(email=f"eve{n}@example.com").status_code for n in range(7)]
    assert answers == [200] * 5 + [429] * 2
    assert len(office.look(Applicant)) == 5


def test_each_company_has_a_careers_page_of_its_own(office, opening, page):
    def open_another(uow):
        uow.add(Company(id=7, code="B", name="Second", currency="EUR"))
        uow.flush()
        uow.add(
            Opening(company_id=7, name="Painter", description="Paint!", state="published"),
            ApplicantStage(company_id=7, name="New"),
        )

    both = Actor.system(1, (1, 7))
    office.do(open_another, actor=both)
    other = page.browser.get("/hr/careers/B").text
    assert "Painter" in other
    assert "Fitter" not in other
    assert page.browser.get(f"/hr/careers/B/{opening}").status_code == 404
    everywhere = page.browser.get("/hr/careers").text
    assert "Painter" in everywhere
    assert "Fitter" in everywhere
