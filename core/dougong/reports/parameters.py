"""What a reader chose for a report, checked by what the report declares."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from dougong.actors import Actor
from dougong.errors import BadQuery, Invalid
from dougong.i18n import Text, _
from dougong.reports.declared import Parameter, Report

LONGEST = 200
#: Books are kept in these years; a report may look some years back or ahead of them.
YEARS = range(1800, 2800)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEY = re.compile(r"[1-9]\d{0,18}")
_YES = {"1", "true", "yes", "on"}
_NO = {"", "0", "false", "no", "off"}


class _Wrong(ValueError):
    """A sentence about one parameter."""

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def chosen(report: Report, given: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Every declared parameter with its value: as given, else its default.

    Raises `BadQuery` for a name the report does not have and `Invalid` for values it cannot take.
    """
    known = {p.name: p for p in report.parameters}
    if strangers := sorted(set(given) - set(known)):
        raise BadQuery(
            _(
                "The report has no parameter %(name)s; it takes: %(known)s.",
                name=", ".join(strangers),
                known=", ".join(known) or "–",
            )
        )
    values: dict[str, Any] = {}
    errors: dict[str, Text | str] = {}
    for name, parameter in known.items():
        try:
            values[name] = _one(parameter, given.get(name, ""), actor)
        except _Wrong as wrong:
            errors[name] = wrong.sentence
    if errors:
        raise Invalid(errors)
    return values


def defaults(report: Report, actor: Actor) -> dict[str, Any]:
    """What is chosen when nobody chooses."""
    return {p.name: _default(p, actor) for p in report.parameters}


def as_text(value: Any) -> str:
    """A value as a form field and an address carry it; `chosen` reads it back."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def today(actor: Actor) -> dt.date:
    """The date where the reader is: a default for parameters of the kind ``date``."""
    return actor.today


def _one(parameter: Parameter, text: str, actor: Actor) -> Any:
    text = text.strip()
    if not text:
        value = _default(parameter, actor)
        if value is None and parameter.required:
            raise _Wrong(_("Choose something here."))
        return value
    return _READERS[parameter.kind](parameter, text)


def _default(parameter: Parameter, actor: Actor) -> Any:
    value = parameter.default(actor) if callable(parameter.default) else parameter.default
    return False if value is None and parameter.kind == "flag" else value


def _date(_parameter: Parameter, text: str) -> dt.date:
    try:
        if not _DAY.fullmatch(text):
            raise ValueError
        day = dt.date.fromisoformat(text)
        if day.year not in YEARS:
            raise ValueError
        return day
    except ValueError:
        raise _Wrong(_("A date reads like 2026-01-31.")) from None


def _text(_parameter: Parameter, text: str) -> str:
    if len(text) > LONGEST or any(ord(sign) < 32 for sign in text):
        raise _Wrong(_("At most %(most)s characters, without line breaks.", most=LONGEST))
    return text


def _choice(parameter: Parameter, text: str) -> str:
    if text not in parameter.choices:
        raise _Wrong(_("Choose one of: %(choices)s.", choices=", ".join(parameter.choices)))
    return text


def _link(_parameter: Parameter, text: str) -> int:
    if not _KEY.fullmatch(text) or int(text) >= 2**63:
        raise _Wrong(_("Choose one from the list."))
    return int(text)


def _flag(_parameter: Parameter, text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise _Wrong(_("Say yes or no."))
    return text.lower() in _YES


def _number(_parameter: Parameter, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= 10**15:
        raise _Wrong(_("This is not a number."))
    return number


_READERS: dict[str, Callable[[Parameter, str], Any]] = {
    "date": _date,
    "text": _text,
    "choice": _choice,
    "link": _link,
    "flag": _flag,
    "number": _number,
}
