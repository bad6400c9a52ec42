"""Leave is granted, asked for, decided and counted."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import text

from dougong import Actor, Forbidden, Invalid, Refused
from dougong_base.events import AbsenceApproved
from dougong_base.ports import Absences
from dougong_hr.calendars.filling import fill_calendar
from dougong_hr.employees.models import Employee
from dougong_hr.leave.balance import Account, carry_over, pro_rata
from dougong_hr.leave.granting import grant_leave
from dougong_hr.leave.models import AbsenceDay, Entitlement, LeaveRequest, LeaveType
from dougong_hr.leave.service import approve_leaves, ask_leaves, cancel_leaves, refuse_leaves
from dougong_hr.reports.leave import LEAVE_BALANCES

SYSTEM = Actor.system()
D = Decimal


def day(month, number, year=2025):
    return dt.date(year, month, number)


@pytest.fixture
def ann(office):
    key = office.hired("Ann")
    office.do(grant_leave, 2025)
    return key


def request(office, person, first, last, kind="ANNUAL", **more):
    row = LeaveRequest(
        employee_id=person, type_id=office.look(LeaveType, code=kind)[0].id,
        first_on=first, last_on=last, **more,
    )  # fmt: skip
    office.do(lambda uow: uow.add(row))
    return row.id


def asked(office, *given, **more):
    key = request(office, *given, **more)
    office.do(ask_leaves, [key])
    return key


def left(office, on):
    with office.read(SYSTEM) as session:
        return {
            line.values["employee"]: line.values["left"]
            for line in LEAVE_BALANCES.ask(session, SYSTEM, on=on)
        }


# -- arithmetic ------------------------------------------------------------------------------------


def test_carried_leave_is_taken_first_and_lost_after_its_day():
    account = Account(D(10), D(5), day(3, 31))
    assert account.left([], day(3, 31)) == 15
    assert account.left([], day(4, 1)) == 10
    taken = [(day(2, 3), D(1)), (day(2, 4), D(1))]
    assert account.left(taken, day(3, 31)) == 13
    assert account.left(taken, day(4, 1)) == 10
    assert account.left([*taken, (day(5, 5), D(1))], day(6, 1)) == 9


def test_monthly_leave_grows_by_a_twelfth_in_half_days():
    account = Account(D(10), accrual="monthly")
    assert [account.earned(d) for d in (day(1, 30), day(1, 31), day(6, 30), day(12, 31))] == [
        0, D("0.5"), 5, 10,
    ]  # fmt: skip


def test_newcomers_get_their_part_of_the_year():
    assert pro_rata(D(12), day(7, 1), 2025) == 6
    assert pro_rata(D(12), day(7, 2), 2025) == 5
    assert pro_rata(D(12), day(1, 1, 2020), 2025) == 12
    assert pro_rata(D(12), day(1, 1, 2026), 2025) == 0
    assert [carry_over(D(x), D(5)) for x in (-2, 3, 9)] == [0, 3, 5]


# -- entitlement -----------------------------------------------------------------------------------


def test_a_year_is_granted_once_and_takes_over_what_was_left(office, ann):
    asked(office, ann, day(2, 3), day(2, 5))
    office.do(grant_leave, 2026)
    assert office.do(grant_leave, 2026) == []
    (row,) = office.look(Entitlement, employee_id=ann, year=2026)
    assert (row.granted, row.carried, row.carried_until) == (10, 5, day(3, 31, 2026))


# -- requests --------------------------------------------------------------------------------------


def test_only_working_days_count_and_halves_are_halves(office, ann):
    key = asked(office, ann, day(2, 28), day(3, 4), half_first=True)
    assert office.look(LeaveRequest, key).days == D("2.5")
    assert left(office, day(12, 31)) == {"Ann": D("7.5")}


def test_chinese_holidays_are_free_and_make_up_days_are_worked(office, ann):
    office.do(fill_calendar, "CN", 2025)
    office.do(fill_calendar, "CN", 2025)
    calendar = office.look(LeaveType)[0] and office.nouns.get("base.calendars").model
    standard = office.look(calendar, code="STD")[0].id
    office.enter("hr.employees", ann, calendar=standard)
    # National Day 2025: free from 1 to 8 October; Saturday 11 October is worked instead.
    key = asked(office, ann, day(9, 29), day(10, 12))
    assert [d.on.day for d in office.look(AbsenceDay, request_id=key)] == [29, 30, 9, 10, 11]


def test_more_than_is_left_is_refused_and_nothing_is_kept(office, ann):
    asked(office, ann, day(3, 3), day(3, 14))
    key = request(office, ann, day(4, 1), day(4, 1))
    with pytest.raises(Refused, match="asks for 1 days of Annual leave, but only 0 are left"):
        office.do(ask_leaves, [key])
    assert office.look(LeaveRequest, key).state == "draft"
    assert office.look(AbsenceDay, request_id=key) == []


def test_two_requests_in_one_batch_share_what_is_left(office, ann):
    keys = [request(office, ann, day(3, 3), day(3, 10)), request(office, ann, day(4, 1), day(4, 7))]
    with pytest.raises(Refused, match="asks for 5 days of Annual leave, but only 4 are left"):
        office.do(ask_leaves, keys)


def test_who_has_no_entitlement_has_nothing_to_take(office):
    bob = office.hired("Bob")
    with pytest.raises(Refused, match="only 0 are left in 2025"):
        asked(office, bob, day(3, 3), day(3, 3))
    assert office.look(LeaveRequest, asked(office, bob, day(3, 3), day(3, 3), "SICK")).days == 1


def test_an_advance_may_be_allowed(office, ann):
    kind = office.look(LeaveType, code="ANNUAL")[0].id
    office.enter("hr.leave-types", kind, overdraw="2")
    asked(office, ann, day(3, 3), day(3, 18))
    with pytest.raises(Refused, match="only 0 are left"):
        asked(office, ann, day(5, 5), day(5, 5))


def test_leave_over_new_year_is_taken_from_both_years(office, ann):
    office.do(grant_leave, 2026)
    asked(office, ann, day(12, 30), day(1, 5, 2026))
    assert left(office, day(12, 31)) == {"Ann": 8}
    # What came over is taken first and lost in March: the new year has 10 again then.
    assert left(office, day(3, 31, 2026)) == {"Ann": 12}
    assert left(office, day(4, 1, 2026)) == {"Ann": 10}


def test_the_same_day_is_asked_for_once(office, ann):
    asked(office, ann, day(3, 3), day(3, 5))
    with pytest.raises(Refused, match="Ann has asked for 2025-03-05 already"):
        asked(office, ann, day(3, 5), day(3, 6), "SICK")
    second = request(office, ann, day(3, 5), day(3, 6))

    def behind_the_back(uow):
        uow.session.connection().execute(
            text("UPDATE hr_leave_request SET state = 'asked' WHERE id = :id"), {"id": second}
        )

    with pytest.raises(Refused, match="asked for leave at that time already"):
        office.do(behind_the_back)


def test_a_weekend_is_nothing_to_ask_for(office, ann):
    with pytest.raises(Refused, match="nobody works anyway"):
        asked(office, ann, day(3, 1), day(3, 2))


def test_yes_is_told_and_planners_know_who_is_away(office, ann):
    key = asked(office, ann, day(3, 3), day(3, 4))
    party = office.look(Employee, ann).party_id

    def away(uow):
        return uow.ask(Absences).between([party], day(3, 1), day(3, 31))

    assert office.do(away) == {}
    (event,) = office.told(approve_leaves, [key])
    assert isinstance(event, AbsenceApproved)
    assert (event.party_id, event.days, event.first_on) == (party, 2, day(3, 3))
    assert office.do(away) == {party: [day(3, 3), day(3, 4)]}


def test_a_no_or_a_withdrawal_gives_the_days_back(office, ann):
    first, second = (
        asked(office, ann, day(3, 3), day(3, 4)),
        asked(office, ann, day(4, 1), day(4, 1)),
    )
    office.do(refuse_leaves, [first], "Stocktaking")
    assert office.look(LeaveRequest, first).answer == "Stocktaking"
    office.do(approve_leaves, [second])
    office.do(cancel_leaves, [second])
    assert left(office, day(12, 31)) == {"Ann": 10}
    assert office.look(AbsenceDay) == []


def test_nobody_decides_on_their_own_leave_nor_without_the_right(office):
    boss, ann = office.hired("Boss"), office.hired("Ann")
    office.enter("hr.employees", ann, manager=boss)
    office.do(grant_leave, 2025)
    lead, me = office.log_in(boss, "hr.lead"), office.log_in(ann)
    own = asked(office, boss, day(3, 3), day(3, 3))
    with pytest.raises(Refused, match="Nobody decides on their own leave"):
        office.do(approve_leaves, [own], actor=lead)
    # Ann asks through her own page: for herself, without naming herself.
    key = office.enter(
        "hr.leaves", actor=me, rights=me.rights, type="ANNUAL",
        first_on="2025-03-03", last_on="2025-03-04",
    )  # fmt: skip
    assert office.look(LeaveRequest, key).employee_id == ann
    office.step("hr.leaves", key, "ask", actor=me, rights=me.rights)
    with pytest.raises(Forbidden):
        office.do(approve_leaves, [key], actor=me)
    office.do(approve_leaves, [key], actor=lead)
    assert office.look(LeaveRequest, key).decided_by_id == lead.user_id


def test_days_out_of_order_are_refused_at_the_field(office, ann):
    with pytest.raises(Invalid, match="does not end before it begins"):
        office.enter(
            "hr.leaves", employee=ann, type="ANNUAL", first_on="2025-03-05", last_on="2025-03-03"
        )


def test_an_unknown_country_is_named(office):
    with pytest.raises(Refused, match="public holidays of XX"):
        office.do(fill_calendar, "XX", 2025)
