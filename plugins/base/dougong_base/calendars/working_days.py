"""Counting working days."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dougong_base.calendars.models import Calendar

#: Monday to Friday, where no calendar was chosen.
USUAL = (True, True, True, True, True, False, False)


def is_working_day(calendar: Calendar | None, on: dt.date) -> bool:
    """Whether people work on that day."""
    if calendar is None:
        return USUAL[on.weekday()]
    for holiday in calendar.holidays:
        if holiday.on == on:
            return bool(holiday.worked)
    return calendar.week[on.weekday()]


def add_working_days(calendar: Calendar | None, on: dt.date, days: int) -> dt.date:
    """The day that many working days later (earlier when negative); zero is the next working day."""
    step = dt.timedelta(days=-1 if days < 0 else 1)
    while days == 0 and not is_working_day(calendar, on):
        on += step
    left = abs(days)
    while left:
        on += step
        left -= is_working_day(calendar, on)
    return on
