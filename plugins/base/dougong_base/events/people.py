"""Employees, as other departments hear of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event
from dougong.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeJoined(Event):
    """Somebody works here from that day on."""

    label = _("Employee joined")

    employee: DocumentRef
    party_id: int
    company_id: int
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeLeft(Event):
    """Somebody works here no longer: hand over tasks, take back rights and things."""

    label = _("Employee left")

    employee: DocumentRef
    party_id: int
    company_id: int
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceApproved(Event):
    """Somebody will be away, both days included; plan without them."""

    label = _("Absence approved")

    absence: DocumentRef
    party_id: int
    company_id: int
    first_on: dt.date
    last_on: dt.date
    #: In working days.
    days: Decimal
