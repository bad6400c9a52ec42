"""When people come and go, and when they should."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import text

from dougong import Actor, Forbidden, Invalid, NotFound, Refused
from dougong.clock import at
from dougong.settings.service import write
from dougong.web.app import create_app
from dougong_hr.attendance.models import Attendance
from dougong_hr.attendance.service import place_of, stamp_badges, stamp_oneself
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import join_employees
from dougong_hr.reports.overtime import OVERTIME
from dougong_hr.shifts.models import Roster, Shift

SYSTEM = Actor.system()
D = Decimal
MONDAY = dt.date(2025, 3, 3)


def moment(hour, minute=0, day=3):
    return dt.datetime(2025, 3, day, hour, minute, tzinfo=dt.UTC)


@pytest.fixture
def ann(office):
    key = office.person("Ann", badge="42")
    office.do(join_employees, [key], MONDAY)
    return key


def test_a_badge_lets_in_and_out_and_counts_the_hours(office, ann):
    office.do(stamp_badges, ["42"], moment(8))
    (here,) = office.look(Attendance, employee_id=ann)
    assert (here.left_at, here.hours, here.on) == (None, 0, MONDAY)
    office.do(stamp_badges, ["42"], moment(16, 45))
    (gone,) = office.look(Attendance, employee_id=ann)
    assert (gone.left_at, gone.hours) == (moment(16, 45), D("8.75"))


def test_an_unknown_badge_opens_nothing(office, ann):
    with pytest.raises(NotFound, match="badge 99"):
        office.do(stamp_badges, ["99"])
    assert office.look(Attendance) == []


def test_who_forgot_to_check_out_is_told_so(office, ann):
    office.do(stamp_badges, ["42"], moment(8))
    with pytest.raises(Refused, match="Ann came on 2025-03-03 and never checked out"):
        office.do(stamp_badges, ["42"], moment(8, day=5))


def test_nobody_is_here_twice_at_one_time(office, ann):
    office.enter("hr.attendances", employee=ann, came_at="2025-03-03T08:00:00Z",
                 left_at="2025-03-03T12:00:00Z")  # fmt: skip
    with pytest.raises(Invalid, match="already here on 2025-03-03"):
        office.enter("hr.attendances", employee=ann, came_at="2025-03-03T11:00:00Z",
                     left_at="2025-03-03T13:00:00Z")  # fmt: skip
    office.enter("hr.attendances", employee=ann, came_at="2025-03-03T12:00:00Z",
                 left_at="2025-03-03T16:00:00Z")  # fmt: skip
    assert [a.hours for a in office.look(Attendance)] == [4, 4]

    def stretch(uow):
        uow.session.connection().execute(
            text("UPDATE hr_attendance SET left_at = '2025-03-03 13:00:00' WHERE hours > 0"
                 " AND came_at < '2025-03-03 10:00:00'")
        )  # fmt: skip

    with pytest.raises(Refused, match="already here at that time"):
        office.do(stretch)


def test_leaving_before_coming_is_refused(office, ann):
    with pytest.raises(Invalid, match="before they come"):
        office.enter("hr.attendances", employee=ann, came_at="2025-03-03T12:00:00Z",
                     left_at="2025-03-03T08:00:00Z")  # fmt: skip


def test_people_check_in_for_themselves_and_for_nobody_else(office, ann):
    me = office.log_in(ann)
    office.do(stamp_oneself, actor=me)
    assert office.look(Attendance)[0].employee_id == ann
    with pytest.raises(Forbidden):
        office.do(stamp_badges, ["42"], actor=me)


def test_where_people_check_in_is_kept_only_where_the_company_asks(office, ann):
    me = office.log_in(ann)
    here, there = place_of("52.5163", "13.3777", "12.4"), place_of("-33.9", "151.2", "")
    with at(moment(8)):
        office.do(stamp_oneself, here, actor=me)
    with at(moment(12)):
        office.do(stamp_oneself, here, actor=me)
    office.do(write, "hr.ask_where", True)
    with at(moment(13)):
        office.do(stamp_oneself, here, actor=me)
    with at(moment(17)):
        office.do(stamp_oneself, there, actor=me)

    before, after = office.look(Attendance)
    assert (before.source, before.came_where, before.left_where) == ("own", None, None)
    assert after.came_where == "52.51630, 13.37770 ±12 m"
    assert after.left_where == "-33.90000, 151.20000 ±0 m"
    assert place_of("", "", "") is None


@pytest.mark.parametrize(
    "told", [("91", "0", "1"), ("0", "-181", "1"), ("north", "0", "1"), ("NaN", "0", "1"), ("0", "0", "-1")]
)  # fmt: skip
def test_what_is_no_place_on_earth_is_refused(told):
    with pytest.raises(Invalid, match="no place on earth"):
        place_of(*told)


def test_the_page_at_the_door_says_who_came_and_what_is_wrong(office, ann):
    runtime = office.runtime
    browser = create_app(runtime, {**runtime.config, "ACT_AS": SYSTEM}).test_client()
    page = browser.get("/hr/kiosk").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    with at(moment(8)):
        answer = browser.post("/hr/kiosk", data={"badge": "42", "csrf_token": token})
    assert (answer.status_code, "Welcome" in answer.text) == (200, True)
    answer = browser.post("/hr/kiosk", data={"badge": "7", "csrf_token": token})
    assert (answer.status_code, "There is no badge 7." in answer.text) == (404, True)


def test_who_has_a_pin_needs_it_and_guessing_takes_ever_longer(office, ann):
    office.step("hr.employees", ann, "pin", pin="1234")
    assert "1234" not in office.look(Employee, ann).pin
    runtime = office.runtime
    browser = create_app(runtime, {**runtime.config, "ACT_AS": SYSTEM}).test_client()
    page = browser.get("/hr/kiosk").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]

    def come(pin):
        said = {"badge": "42", "pin": pin, "csrf_token": token}
        return browser.post("/hr/kiosk", data=said).status_code

    with at(moment(8)):
        assert come("") == 403
        assert [come("9999") for _n in range(6)] == [403] * 5 + [429]
        assert come("1234") == 429
    assert office.look(Attendance) == []
    with at(moment(9)):
        assert come("1234") == 200
    for wrong in ("12", "abcd", "123456789"):
        with pytest.raises(Refused, match="4 to 8 digits"):
            office.step("hr.employees", ann, "pin", pin=wrong)
    office.step("hr.employees", ann, "pin")
    with at(moment(10)):
        assert come("") == 200


def test_a_break_longer_than_the_stay_is_refused(office, ann):
    stay = {"employee": ann, "came_at": "2025-03-03T08:00:00Z", "left_at": "2025-03-03T09:00:00Z"}
    with pytest.raises(Invalid, match="break is longer than the time"):
        office.enter("hr.attendances", **stay, break_minutes=61)
    with pytest.raises(Refused, match="break is longer"):
        office.do(
            lambda uow: uow.add(
                Attendance(
                    employee_id=ann, came_at=moment(8), left_at=moment(9), on=MONDAY, hours=D(-1)
                )
            )
        )
    assert office.look(Attendance) == []


def test_attendance_comes_from_the_files_of_other_clocks(office, ann):
    """What the import page and ``dougong import hr.attendances`` enter."""
    office.enter("hr.attendances", employee="ANN", came_at="2025-03-03T08:00:00Z",
                 left_at="2025-03-03T16:00:00Z", source="import")  # fmt: skip
    with pytest.raises(Invalid):
        office.enter("hr.attendances", employee="NOBODY", came_at="2025-03-04T08:00:00Z")
    (row,) = office.look(Attendance)
    assert (row.employee_id, row.hours, row.source) == (ann, 8, "import")


def test_a_shift_knows_its_hours_also_through_the_night(office):
    day = office.enter("hr.shifts", code="D", name="Day", begins="08:00", ends="17:00")
    night = office.enter("hr.shifts", code="N", name="Night", begins="22:00", ends="06:00",
                         break_minutes=30)  # fmt: skip
    assert office.look(Shift, day).hours == 8
    assert office.look(Shift, night).hours == D("7.5")
    with pytest.raises(Invalid, match="25:00 is no time of day"):
        office.enter("hr.shifts", code="X", name="X", begins="25:00")


def test_shifts_are_planned_on_working_days_and_never_twice(office, ann):
    shift = office.enter("hr.shifts", code="D", name="Day")
    plan = {"shift": shift, "first": MONDAY, "last": dt.date(2025, 3, 16)}
    for _again in range(2):
        office.step("hr.employees", ann, "roster", **plan)
    days = [r.on.day for r in office.look(Roster, employee_id=ann)]
    assert days == [3, 4, 5, 6, 7, 10, 11, 12, 13, 14]
    with pytest.raises(Refused, match="at most a year"):
        office.step("hr.employees", ann, "roster", **plan | {"last": dt.date(2027, 1, 1)})


def test_overtime_is_what_was_worked_beyond_the_plan(office):
    ann = office.hired("Ann", starts=MONDAY)
    for day in range(3, 8):
        office.enter("hr.attendances", employee=ann, came_at=f"2025-03-0{day}T08:00:00Z",
                     left_at=f"2025-03-0{day}T17:00:00Z")  # fmt: skip
    with office.read(SYSTEM) as session:
        week = {"first": MONDAY, "last": dt.date(2025, 3, 9)}
        (line,) = OVERTIME.ask(session, SYSTEM, **week)
    assert [line.values[n] for n in ("planned", "worked", "overtime")] == [40, 45, 5]
