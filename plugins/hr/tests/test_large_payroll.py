"""A large payroll as a job, and what a ledger that comes later is told."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from long_work import cancelled_at
from sqlalchemy import select, text

from dougong import Actor, Refused
from dougong.jobs.models import QueuedJob
from dougong.jobs.running import Stopped
from dougong.jobs.worker import Worker
from dougong.links.models import DocumentLink
from dougong_hr.advances.models import Advance
from dougong_hr.advances.service import pay_advances
from dougong_hr.attendance.models import Attendance
from dougong_hr.checks import CHECKS
from dougong_hr.claims.models import Claim, ClaimLine
from dougong_hr.claims.service import approve_claims, submit_claims
from dougong_hr.employees.models import Employee
from dougong_hr.payinputs.models import PayInput
from dougong_hr.payroll import job
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.replays import unbooked
from dougong_hr.structures.models import Structure

SYSTEM = Actor.system()
D = Decimal


@pytest.fixture
def payroll(office):
    structure = office.look(Structure, code="SIMPLE")[0].id
    for name in ("Ann", "Bob", "Cid"):
        office.hired(name, "1000", structure_id=structure)
    row = Payroll(year=2025, month=3)
    office.do(lambda uow: uow.add(row))
    return row.id


def test_a_job_computes_part_by_part_and_tells_how_far_it_is(office, payroll, monkeypatch):
    monkeypatch.setattr(job, "PART", 2)
    office.step("hr.payrolls", payroll, "queue")
    waiting = office.look(Payroll, payroll)
    assert (waiting.state, waiting.told) == ("computing", "0 of 3 payslips")
    key = waiting.job_id
    Worker(office.house, office.runtime.wiring).work()
    with office.read(SYSTEM) as session:
        done = session.get(QueuedJob, key)
        assert (done.state, done.progress, done.error) == ("done", 100, None)
    row = office.look(Payroll, payroll)
    assert (row.state, row.people, row.net, row.told) == ("computed", 3, 3000, None)


def test_who_stops_a_job_keeps_the_payslips_so_far_and_begins_again(office, payroll, monkeypatch):
    monkeypatch.setattr(job, "PART", 2)
    office.step("hr.payrolls", payroll, "queue")
    whole, steps = job._part, []

    def then_stop(uow, key, part, done, everybody):
        steps.append(done)
        if len(steps) == 2:
            raise Stopped
        whole(uow, key, part, done, everybody)

    monkeypatch.setattr(job, "_part", then_stop)
    Worker(office.house, office.runtime.wiring).work()
    office.step("hr.payrolls", payroll, "stop")
    row = office.look(Payroll, payroll)
    assert (row.state, row.people, row.net) == ("draft", 2, 2000)
    assert row.told == "Stopped after 2 payslips"
    with pytest.raises(Refused, match="Draft"):
        office.step("hr.payrolls", payroll, "post")
    office.do(compute_payrolls, [payroll])
    assert (office.look(Payroll, payroll).people, office.look(Payroll, payroll).told) == (3, None)


def test_what_refuses_a_part_is_told_on_the_payroll(office, payroll):
    office.step("hr.payrolls", payroll, "queue")
    person = office.look(Employee, name="Cid")[0].id
    entry = PayInput(employee_id=person, year=2025, month=3, code="bonus", amount=D(-5000))
    office.do(lambda uow: uow.add(entry))
    Worker(office.house, office.runtime.wiring).work()
    row = office.look(Payroll, payroll)
    assert (row.state, row.people) == ("draft", 0)
    assert "Cid would be paid -4000.00" in row.told


def test_a_job_does_not_touch_what_is_posted(office, payroll):
    office.do(compute_payrolls, [payroll])
    office.do(post_payrolls, [payroll])
    office.do(lambda uow: uow.enqueue("hr.compute_payroll", payroll=payroll))
    Worker(office.house, office.runtime.wiring).work()
    assert office.look(Payroll, payroll).state == "posted"
    assert len(office.look(Payslip, payroll_id=payroll)) == 3


def test_a_ledger_that_comes_later_hears_of_pay_claims_and_advances(office, payroll):
    told = []
    office.do(compute_payrolls, [payroll])
    told += office.told(post_payrolls, [payroll])
    day = dt.date(2025, 3, 5)
    with office.read(SYSTEM) as session:
        person = session.scalar(select(Payslip.employee_id).limit(1))
    claim = Claim(
        employee_id=person, purpose="Fair", lines=[ClaimLine(on=day, text="Train", amount=D(10))]
    )
    advance = Advance(employee_id=person, purpose="Fair", amount=D(5))
    office.do(lambda uow: uow.add(claim, advance))
    office.do(submit_claims, [claim.id])
    told += office.told(pay_advances, [advance.id], day)
    told += office.told(approve_claims, [claim.id], day)

    # An advance is told before the payroll that keeps it back; a number is drawn with the last
    # write of the step, after the event was told.
    in_order = [told[1], told[0], told[2]]
    assert office.do(_missed) == [replace(event, number="") for event in in_order]
    link = DocumentLink(
        from_kind="hr.payrolls", from_id=payroll, to_kind="finance.entries", to_id=1, kind="entry"
    )
    office.do(lambda uow: uow.add(link))
    assert [event.source.kind for event in office.do(_missed)] == ["hr.advances", "hr.claims"]


def _missed(uow):
    return [replace(event, number="") for event in unbooked(uow)]


def test_two_lines_of_one_file_that_overlap_are_refused_whole(office):
    ann = office.hired("Ann")
    came = dt.datetime(2025, 3, 3, 8, tzinfo=dt.UTC)
    rows = [
        Attendance(
            employee_id=ann, came_at=came + dt.timedelta(hours=n), on=came.date(),
            left_at=came + dt.timedelta(hours=n + 4),
        )
        for n in (0, 3)
    ]  # fmt: skip
    with pytest.raises(Refused, match="already here at that time"):
        office.do(lambda uow: uow.add(*rows))
    assert office.look(Attendance) == []


def test_a_payslip_or_a_sum_that_somebody_altered_is_found(office, payroll):
    office.do(compute_payrolls, [payroll])

    def tamper(uow):
        uow.session.connection().execute(text("UPDATE hr_payslip SET net = net + net"))

    office.do(tamper)
    with office.read(SYSTEM) as session:
        found = [sentence for check in CHECKS for sentence in check.run(session)]
    assert len(found) == 3
    assert "2000" in found[0]
    office.do(compute_payrolls, [payroll])
    office.do(post_payrolls, [payroll])
    office.do(lambda uow: uow.session.connection().execute(text("DELETE FROM hr_pay_total")))
    with office.read(SYSTEM) as session:
        found = [sentence for check in CHECKS for sentence in check.run(session)]
    assert len(found) == 6
    assert "gross of 2025 is kept as 0, the payslips say 1000" in found[0]


def test_cancelling_the_job_of_a_payroll_keeps_the_payslips_so_far(office, payroll, monkeypatch):
    monkeypatch.setattr(job, "PART", 1)
    office.step("hr.payrolls", payroll, "queue")
    assert cancelled_at(office.runtime, monkeypatch, 60) == [33, 66]
    row = office.look(Payroll, payroll)
    assert (row.state, row.people, row.told) == ("draft", 2, "Stopped after 2 payslips")
    office.do(compute_payrolls, [payroll])
    assert office.look(Payroll, payroll).people == 3
