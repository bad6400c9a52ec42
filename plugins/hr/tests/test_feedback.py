"""Colleagues are asked for their view, and nobody learns whose it was."""

import datetime as dt

import pytest

from dougong import Actor, Forbidden, Invalid, NotFound, Refused
from dougong.web.app import create_app
from dougong_hr.appraisal.models import Appraisal
from dougong_hr.employees.service import join_employees
from dougong_hr.feedback.models import Feedback
from dougong_hr.feedback.service import voices

SYSTEM = Actor.system()
DAY = dt.date(2025, 3, 3)
NAMES = ("Ann", "Boss", "Cid", "Dan", "Eve")


@pytest.fixture
def people(office):
    keys = {name: office.person(name) for name in NAMES}
    office.do(join_employees, list(keys.values()), DAY)
    office.enter("hr.employees", keys["Ann"], manager=keys["Boss"])
    return keys


@pytest.fixture
def appraisal(office, people):
    cycle = office.enter("hr.cycles", name="2025", from_on="2025-01-01", until_on="2025-12-31")
    office.step("hr.cycles", cycle, "start")
    (found,) = office.look(Appraisal, employee_id=people["Ann"])
    office.enter("hr.appraisals", found.id, goals=[{"what": "Sell", "weight": "100"}])
    office.step("hr.appraisals", found.id, "agree")
    return found.id


def invite(office, appraisal, person, actor=SYSTEM):
    rights = {} if actor is SYSTEM else {"rights": actor.rights}
    office.step("hr.appraisals", appraisal, "invite", actor=actor, colleague=person, **rights)
    return office.look(Feedback, appraisal_id=appraisal, employee_id=person)[0].id


def answer(office, appraisal, person, rating, words):
    key, me = invite(office, appraisal, person), office.log_in(person)
    office.enter(
        "hr.feedback", key, actor=me, rights=me.rights, rating=rating, strengths=words
    )  # fmt: skip
    office.step("hr.feedback", key, "give", actor=me, rights=me.rights)
    return key


def heard(office, appraisal):
    with office.read(SYSTEM) as session:
        return {v.relation: v for v in voices(session, session.get(Appraisal, appraisal))}


def test_who_is_asked_sees_whose_appraisal_it_is_and_answers_only_that(office, people, appraisal):
    key = invite(office, appraisal, people["Cid"])
    row = office.look(Feedback, key)
    assert (row.about, row.relation, row.state) == ("Ann", "peer", "asked")
    me = office.log_in(people["Cid"])
    sight = office.nouns.get("hr.feedback").sight(me.rights)
    assert set(sight.writable) == {"rating", "strengths", "wishes"}
    with pytest.raises(Invalid):
        office.enter("hr.feedback", key, actor=me, rights=me.rights, relation="manager")
    with pytest.raises(Refused, match="Say something first"):
        office.step("hr.feedback", key, "give", actor=me, rights=me.rights)
    other = office.log_in(people["Dan"])
    with pytest.raises(NotFound):
        office.enter("hr.feedback", key, actor=other, rights=other.rights, rating=1)


def test_colleagues_are_heard_from_three_on_and_without_names(office, people, appraisal):
    for name, rating, words in (("Cid", 2, "Zeal"), ("Dan", 4, "Calm")):
        answer(office, appraisal, people[name], rating, words)
    assert not heard(office, appraisal)["peer"].heard
    assert heard(office, appraisal)["peer"].strengths == []
    answer(office, appraisal, people["Eve"], 5, "Wit")
    voice = heard(office, appraisal)["peer"]
    assert (voice.heard, str(voice.rating)) == (True, "3.67")
    assert voice.strengths == ["Calm", "Wit", "Zeal"]

    me = office.log_in(people["Ann"])
    runtime = office.runtime
    browser = create_app(runtime, {**runtime.config, "ACT_AS": me}).test_client()
    page = browser.get(f"/hr/appraisals/{appraisal}/voices")
    assert page.status_code == 200
    assert "Calm" in page.text
    assert not {"Cid", "Dan", "Eve"} & set(page.text.replace("<", " ").replace(">", " ").split())
    assert browser.get("/hr/feedback").text.count("Zeal") == 0


def test_the_manager_speaks_openly_and_the_appraised_may_invite(office, people, appraisal):
    me = office.log_in(people["Ann"])
    key = invite(office, appraisal, people["Boss"], me)
    boss = office.log_in(people["Boss"])
    office.enter("hr.feedback", key, actor=boss, rights=boss.rights, wishes="More rest")
    office.step("hr.feedback", key, "give", actor=boss, rights=boss.rights)
    assert heard(office, appraisal)["manager"].wishes == ["More rest"]
    with pytest.raises(Exception, match=r"Given|not possible"):
        office.enter("hr.feedback", key, actor=boss, rights=boss.rights, wishes="Less rest")


def test_nobody_is_asked_twice_of_themselves_or_for_another(office, people, appraisal):
    key = invite(office, appraisal, people["Cid"])
    with pytest.raises(Refused, match="was asked already"):
        invite(office, appraisal, people["Cid"])
    with pytest.raises(Refused, match="stands in the appraisal itself"):
        invite(office, appraisal, people["Ann"])
    officer = office.log_in(office.person("Olga"), "hr.officer")
    with pytest.raises(Forbidden):
        office.step("hr.feedback", key, "give", actor=officer, rights=officer.rights)
    assert len(office.look(Feedback)) == 1
