"""Change how the numbers of a series read from a day on, and leave numbers out with a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.errors import Invalid, Refused
from dougong.i18n import Text, _
from dougong.series.holes import borne, model_of
from dougong.series.models import SeriesCounter, SeriesGap, SeriesPattern
from dougong.series.patterns import DIGITS, MOST_DIGITS, NUMBER, PLACE, TOLD_BY, Pattern, Restart
from dougong.series.queries import Standing, chosen, patterns_ever, standing
from dougong.unit_of_work.numbering import draw

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

RIGHT = "core.series.write"
#: Where the documents do not say how long their number may be.
LONGEST = 30
#: The largest running number there can be.
HIGHEST = 999_999_999
PREVIEWED = 3

PLACES: dict[str, Text] = {
    "number": _("the running number"),
    "year": _("the year in four digits"),
    "yy": _("the year in two digits"),
    "month": _("the month in two digits"),
}
RESTARTS: dict[str, Text] = {
    "year": _("each year"),
    "month": _("each month"),
    "never": _("never"),
}


@dataclass(frozen=True)
class Wish:
    """How numbers are to read, of documents from which day on."""

    pattern: Pattern
    from_on: dt.date


def look_ahead(uow: UnitOfWork, kind: str, wish: Wish) -> list[str]:
    """The next three numbers as they would read; raises `Invalid` where the wish cannot be."""
    here = _here(uow, kind, uow.today)
    _judge(uow, here, wish)
    return next_numbers(uow, here, wish)


def next_numbers(uow: UnitOfWork, here: Standing, wish: Wish) -> list[str]:
    """The next three numbers of a pattern, of documents of its first day."""
    period = wish.pattern.period(wish.from_on)
    last = dict(here.counters).get(period, 0)
    return [wish.pattern.word(wish.from_on, last + n) for n in range(1, PREVIEWED + 1)]


def change_pattern(uow: UnitOfWork, kind: str, wish: Wish) -> SeriesPattern:
    """Let documents from a day on be numbered so; what has a number keeps it.

    Raises `Invalid` where a number could come twice, its running part is missing, it is too long
    for the documents that bear it, or the day is over.
    """
    uow.require(RIGHT)
    here = _here(uow, kind, uow.today)
    _judge(uow, here, wish)
    pattern = wish.pattern
    chosen_now = SeriesPattern(
        kind=kind, from_on=wish.from_on, text=pattern.text, digits=pattern.digits,
        restart=pattern.restart, by=uow.actor.name[:100], at=uow.now,
    )  # fmt: skip
    uow.add(chosen_now)
    return chosen_now


def leave_out(uow: UnitOfWork, kind: str, number: int, reason: str) -> SeriesGap:
    """Go on with a later number; those before it are left out, and the reason stands beside them.

    Raises `Invalid` without a reason, `Refused` for a number that is not later than the next one.
    """
    uow.require(RIGHT)
    reason = reason.strip()
    errors: dict[str, Text | str] = {}
    if not reason:
        errors["reason"] = _("Say why numbers are left out: an auditor will ask.")
    elif len(reason) > 200 or not reason.isprintable():
        errors["reason"] = _("At most %(most)s characters.", most=200)
    if not 1 <= number <= HIGHEST:
        errors["number"] = _("Say a whole number from 1 to %(most)s.", most=HIGHEST)
    if errors:
        raise Invalid(errors)
    here = _here(uow, kind, uow.today)
    if len(here.pattern.word(uow.today, number)) > _room(here):
        raise Invalid({"number": _too_long(here)})
    period = here.pattern.period(uow.today)
    place = (uow.company_id, kind, period)
    # Drawing locks the counter: nobody gets a number between the look and the leap.
    drawn, _version = draw(uow.session.connection(), {place: (0, here.bearer)})
    last = drawn[place]
    if number <= last + 1:
        raise Refused(_never_back(here.pattern, uow.today, last))
    draw(uow.session.connection(), {place: (number - 1 - last, here.bearer)})
    gap = SeriesGap(
        kind=kind, year=period, first=last + 1, final=number - 1, reason=reason,
        by=uow.actor.name[:100], at=uow.now,
    )  # fmt: skip
    uow.add(gap)
    return gap


def _never_back(pattern: Pattern, on: dt.date, last: int) -> Text:
    return _(
        "The next number is %(next)s. A series goes forward only: say a later one.",
        next=pattern.word(on, last + 1),
    )


def _here(uow: UnitOfWork, kind: str, on: dt.date) -> Standing:
    return standing(uow.session, uow.house.series, (uow.company_id, kind), on)


def _judge(uow: UnitOfWork, here: Standing, wish: Wish) -> None:
    errors = dict(_faults(wish.pattern))
    if wish.from_on < uow.today:
        errors["from_on"] = _(
            "Documents of that day may have their numbers. Choose today or later."
        )
    if wish.from_on > uow.today + dt.timedelta(days=3660):
        errors["from_on"] = _("Choose a day within ten years.")
    if not errors:
        if len(wish.pattern.word(wish.from_on, 10**wish.pattern.digits - 1)) > _room(here):
            errors["text"] = _too_long(here)
        elif sentence := _repeats(uow, here, wish.pattern):
            errors["text"] = sentence
    if errors:
        raise Invalid(errors)


def _faults(pattern: Pattern) -> dict[str, Text | str]:
    """What is wrong with a pattern, whatever numbers there are."""
    errors: dict[str, Text | str] = {}
    if pattern.restart not in TOLD_BY:
        errors["restart"] = _("Choose one of: %(choices)s.", choices=", ".join(TOLD_BY))
    if not 1 <= pattern.digits <= MOST_DIGITS:
        errors["digits"] = _("Say a whole number from 1 to %(most)s.", most=MOST_DIGITS)
    if sentence := _fault_of_text(pattern):
        errors["text"] = sentence
    return errors


def _fault_of_text(pattern: Pattern) -> Text | str:
    text = pattern.text
    strange = [name for name in pattern.places if name not in (*DIGITS, NUMBER)]
    outside = PLACE.sub("", text)
    if strange or "{" in outside or "}" in outside:
        known = ", ".join(f"{{{name}}}" for name in PLACES)
        return _("There is no place %(name)s. There are: %(known)s.",
                 name=f"{{{strange[0]}}}" if strange else "{", known=known)  # fmt: skip
    if text != text.strip() or not text.isprintable() or len(text) > 60:
        return _("Use letters, digits and signs, at most 60, and no space at either end.")
    if pattern.places.count(NUMBER) != 1:
        return _(
            "The running number {number} must stand in it once: without it all would be alike."
        )
    for names in TOLD_BY.get(pattern.restart, ()):
        if not any(name in pattern.places for name in names):
            return _(
                "The counting starts anew %(when)s, so {%(name)s} must stand in it: without it"
                " numbers would come again.",
                when=RESTARTS[pattern.restart], name=names[0],
            )  # fmt: skip
    return ""


def _repeats(uow: UnitOfWork, here: Standing, pattern: Pattern) -> Text | str:
    """Why a number could come twice; nothing when it cannot."""
    found, series = chosen(uow.session), uow.house.series
    own = patterns_ever(series, found, (here.company, here.series.kind))
    for earlier in own:
        if pattern.may_repeat(earlier):
            return _(
                "Its numbers could read like those of an earlier pattern, %(pattern)s. Begin with"
                " other letters.",
                pattern=earlier.text,
            )
    for kind in _beside(uow, here):
        for other in patterns_ever(series, found, (here.company, kind)):
            if pattern.meets(other):
                return _(
                    "Its numbers could read like those of “%(series)s”, %(pattern)s, which stand"
                    " on the same documents.",
                    series=series[kind].label if kind in series else kind, pattern=other.text,
                )  # fmt: skip
    if here.bearer and pattern.frame not in [earlier.frame for earlier in own]:
        return _taken(uow, here, pattern)
    return ""


def _beside(uow: UnitOfWork, here: Standing) -> Sequence[str]:
    """Other series whose numbers stand on the same documents."""
    if not here.bearer:
        return ()
    return uow.session.scalars(
        select(SeriesCounter.kind)
        .where(
            SeriesCounter.company_id == here.company,
            SeriesCounter.bearer == here.bearer,
            SeriesCounter.kind != here.series.kind,
        )
        .distinct()
    ).all()


def _taken(uow: UnitOfWork, here: Standing, pattern: Pattern) -> Text | str:
    """A document that came with a number of its own may have one that this pattern would give."""
    given = dict(here.counters)
    for _company, number in borne(uow.session, here.bearer, here.company):
        told = pattern.read(number)
        if told is not None and told[1] > given.get(told[0], 0):
            return _(
                "%(number)s stands on a document already. Begin with other letters.", number=number
            )
    return ""


def _room(here: Standing) -> int:
    """How long a number may be on the documents that bear it."""
    document, _colon, field = here.bearer.partition(":")
    model: Any = model_of(document)
    column = getattr(model, field, None)
    return getattr(getattr(column, "type", None), "length", None) or LONGEST


def _too_long(here: Standing) -> Text:
    return _("Its numbers would be longer than %(most)s signs.", most=_room(here))


def wish_from(text: str, digits: int, restart: str, from_on: dt.date) -> Wish:
    """What was typed, as a wish; `look_ahead` and `change_pattern` judge it."""
    known: Restart = restart  # type: ignore[assignment]
    return Wish(Pattern(text, digits, known), from_on)
