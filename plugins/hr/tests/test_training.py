"""People learn, sign and are appraised."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import text

from dougong import Actor, Forbidden, Invalid, Refused
from dougong_hr.appraisal.models import Appraisal
from dougong_hr.courses.papers import Agreement, Certificate
from dougong_hr.employees.service import join_employees

SYSTEM = Actor.system()
DAY = dt.date(2025, 3, 3)


@pytest.fixture
def people(office):
    keys = [office.person(name) for name in ("Ann", "Bob", "Cid")]
    office.do(join_employees, keys, DAY)
    return keys


def session(office, people, **course):
    key = office.enter("hr.courses", code="S", name="Safety", **course)
    return office.enter(
        "hr.sessions", course=key, on="2025-03-10",
        participants=[
            {"employee": people[0], "present": True, "result": "passed"},
            {"employee": people[1], "present": True, "result": "failed"},
            {"employee": people[2]},
        ],
    )  # fmt: skip


def test_who_was_there_and_passed_holds_a_certificate_for_its_time(office, people):
    key = session(office, people, valid_months=12)
    office.step("hr.sessions", key, "hold")
    (one,) = office.look(Certificate)
    assert (one.employee_id, one.name, one.given_on) == (people[0], "Safety", dt.date(2025, 3, 10))
    assert one.valid_until == dt.date(2026, 3, 9)


def test_more_people_than_seats_or_one_twice_are_refused(office, people):
    course = office.enter("hr.courses", code="S", name="Safety")
    two = [{"employee": people[0]}, {"employee": people[1]}]
    with pytest.raises(Invalid, match="more participants than seats"):
        office.enter("hr.sessions", course=course, on="2025-03-10", seats=1, participants=two)
    with pytest.raises(Invalid, match="takes part twice"):
        office.enter("hr.sessions", course=course, on="2025-03-10", participants=two[:1] * 2)


def test_a_confidential_course_asks_for_a_signature(office, people):
    key = session(office, people, confidential=True)
    with pytest.raises(Refused, match="Ann has not signed a confidentiality agreement"):
        office.step("hr.sessions", key, "hold")
    for person in people[:2]:
        paper = office.enter("hr.agreements", employee=person, name="NDA", wording="Silence.")
        office.step("hr.agreements", paper, "sign")
    office.step("hr.sessions", key, "hold")
    assert len(office.look(Certificate)) == 1


def test_people_sign_for_themselves_and_what_is_signed_stays(office, people):
    ann, bob, _cid = people
    paper = office.enter("hr.agreements", employee=ann, name="NDA", wording="Silence.")
    me = office.log_in(ann)
    office.step("hr.agreements", paper, "sign", actor=me, rights=me.rights)
    signed = office.look(Agreement, paper)
    assert (signed.state, signed.signed_by) == ("signed", me.name)
    with pytest.raises(Refused, match="stays as it is"):
        office.do(
            lambda uow: uow.session.connection().execute(
                text("UPDATE hr_agreement SET wording = 'Speech.'")
            )
        )
    other = office.enter("hr.agreements", employee=bob, name="NDA", wording="Silence.")
    officer = office.log_in(office.person("Olga"), "hr.officer")
    with pytest.raises(Refused, match="Only Bob can sign this"):
        office.step("hr.agreements", other, "sign", actor=officer, rights=officer.rights)


def appraise(office, *goals):
    cycle = office.enter("hr.cycles", name="2025", from_on="2025-01-01", until_on="2025-12-31")
    office.step("hr.cycles", cycle, "start")
    found = office.look(Appraisal, cycle_id=cycle)
    lines = [{"what": what, "weight": weight} for what, weight in goals]
    office.enter("hr.appraisals", found[0].id, goals=lines)
    return found


def test_a_period_gives_everybody_an_appraisal_with_their_manager(office, people):
    ann, bob, _cid = people
    office.enter("hr.employees", bob, manager=ann)
    found = {row.employee_id: row.manager_id for row in appraise(office)}
    assert set(found) == set(people)
    assert found[bob] == ann


def test_goals_weigh_a_hundred_and_the_rating_is_their_weighted_mean(office, people):
    key = appraise(office, ("Sell", "60"), ("Learn", "30"))[0].id
    with pytest.raises(Refused, match="come to 90"):
        office.step("hr.appraisals", key, "agree")
    lines = [{"what": "Sell", "weight": "60"}, {"what": "Learn", "weight": "40"}]
    office.enter("hr.appraisals", key, goals=lines)
    office.step("hr.appraisals", key, "agree")
    with pytest.raises(Refused, match="Rate every goal first"):
        office.step("hr.appraisals", key, "finish")
    rated = [line | {"rating": rating} for line, rating in zip(lines, (5, 3), strict=True)]
    office.enter("hr.appraisals", key, goals=rated)
    office.step("hr.appraisals", key, "finish")
    assert office.look(Appraisal, key).rating == Decimal("4.2")


def test_nobody_rates_or_finishes_themselves(office, people):
    ann = people[0]
    key = appraise(office, ("Sell", "100"))[0].id
    office.step("hr.appraisals", key, "agree")
    me = office.log_in(ann)
    goal = {"what": "Sell", "weight": "100"}
    office.enter("hr.appraisals", key, actor=me, rights=me.rights, goals=[goal | {"own_rating": 5}])
    with pytest.raises(Invalid, match="Nobody rates themselves"):
        office.enter("hr.appraisals", key, actor=me, rights=me.rights, goals=[goal | {"rating": 5}])
    with pytest.raises(Invalid, match="for your manager to enter"):
        office.enter("hr.appraisals", key, actor=me, rights=me.rights, review="Splendid")
    office.enter("hr.appraisals", key, actor=me, rights=me.rights, self_review="Good")
    with pytest.raises(Forbidden):
        office.step("hr.appraisals", key, "finish", actor=me, rights=me.rights)
