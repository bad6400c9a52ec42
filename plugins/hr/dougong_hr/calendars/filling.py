"""Public holidays into a calendar, with the days that are worked instead."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_base import Calendar, Holiday


class NoHolidays(Refused):
    """The library that knows them is not installed."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The public holidays are not installed here: pip install dougong-hr[holidays]."
                " Enter the days in the calendar by hand, or import them."
            )
        )


def fill_calendar(uow: UnitOfWork, country: str, year: int, calendar: str = "STD") -> list[Holiday]:
    """Enter a country's public holidays of a year; days that are there already stay as they are."""
    uow.require("base.calendar.write")
    found = uow.session.scalars(select(Calendar).where(Calendar.code == calendar)).one_or_none()
    if found is None:
        raise Refused(_("There is no calendar with the code %(code)s.", code=calendar))
    known = set(uow.session.scalars(select(Holiday.on).where(Holiday.calendar_id == found.id)))
    rows = [
        Holiday(calendar_id=found.id, on=on, name=name[:80], worked=worked)
        for on, name, worked in public_holidays(country, year)
        if on not in known
    ]
    uow.add(*rows)
    if rows:
        uow.touch(found)
    return rows


def public_holidays(country: str, year: int) -> list[tuple[dt.date, str, bool]]:
    """The free days of a country in a year, and the free days that are worked instead."""
    try:
        import holidays
    except ImportError:
        raise NoHolidays from None
    try:
        known: Any = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        raise Refused(
            _("Nobody here knows the public holidays of %(country)s.", country=country)
        ) from None
    free = [(on, str(name), False) for on, name in sorted(known.items())]
    instead = getattr(known, "weekend_workdays", ())
    return free + [(on, "", True) for on in sorted(instead) if on.year == year]
