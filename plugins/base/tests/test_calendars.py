"""Working days, holidays, and free days that are worked."""

import datetime as dt

import pytest

from dougong_base import Calendar, Holiday, add_working_days, is_working_day

pytestmark = pytest.mark.once

FRIDAY, SATURDAY = dt.date(2026, 3, 6), dt.date(2026, 3, 7)
MONDAY = dt.date(2026, 3, 9)


def calendar(*holidays):
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    week = dict.fromkeys(days, True) | {"saturday": False, "sunday": False}
    return Calendar(code="C", name="C", holidays=list(holidays), **week)


def test_weekends_are_passed_over():
    assert add_working_days(None, FRIDAY, 1) == MONDAY
    assert add_working_days(None, MONDAY, -1) == FRIDAY
    assert add_working_days(None, SATURDAY, 0) == MONDAY


def test_holidays_are_passed_over():
    assert add_working_days(calendar(Holiday(on=MONDAY)), FRIDAY, 1) == dt.date(2026, 3, 10)


def test_a_saturday_may_be_worked_instead():
    assert is_working_day(calendar(Holiday(on=SATURDAY, worked=True)), SATURDAY)
