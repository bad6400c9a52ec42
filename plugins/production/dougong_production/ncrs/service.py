"""Reports of what does not conform, from the first day to the check of their effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong import UnitOfWork, _
from dougong_production.ncrs.models import Ncr

if TYPE_CHECKING:
    from dougong_production.inspections.models import Inspection

#: Effect shows after so many days, where nobody names a day.
SEEN_AFTER = dt.timedelta(days=30)


def report_failures(uow: UnitOfWork, failed: Sequence[Inspection], on: dt.date) -> list[Ncr]:
    """A lot that has failed is reported."""
    reports = []
    for one in failed:
        report = Ncr(
            company_id=one.company_id,
            state="open",
            origin="inspection",
            title=str(_("%(product)s has failed its inspection", product=one.product))[:200],
            product_id=one.product_id,
            party_id=one.supplier_id,
            inspection_id=one.id,
            quantity=one.refused,
            found_on=on,
            description=one.reason,
            actions=[],
        )
        uow.add(report)
        uow.number(report, "ncr", on=on)
        uow.link(one, report, "nonconformance")
        reports.append(report)
    return reports


def _load(uow: UnitOfWork, ids: Sequence[int]) -> list[Ncr]:
    uow.flush()
    reports = uow.load(Ncr, ids, Ncr.actions, lock=True)
    for report in reports:
        if report.number is None:
            uow.number(report, "ncr", on=report.found_on)
    return reports


def contain(uow: UnitOfWork, ids: Sequence[int]) -> list[Ncr]:
    """The goods concerned cannot get further."""
    uow.require("production.ncr.write")
    reports = _load(uow, ids)
    for report in reports:
        report.contain()
    return reports


def start_correction(uow: UnitOfWork, ids: Sequence[int]) -> list[Ncr]:
    """Those responsible set to work."""
    uow.require("production.ncr.write")
    reports = _load(uow, ids)
    for report in reports:
        report.start_correction()
    return reports


def check_effect(uow: UnitOfWork, ids: Sequence[int], due: dt.date | None = None) -> list[Ncr]:
    """All is done; the effect is checked on a day."""
    uow.require("production.ncr.write")
    reports = _load(uow, ids)
    for report in reports:
        report.check_effect(due or uow.today + SEEN_AFTER)
    return reports


def close(uow: UnitOfWork, ids: Sequence[int], finding: str) -> list[Ncr]:
    """It has helped."""
    uow.require("production.ncr.close")
    reports = _load(uow, ids)
    for report in reports:
        report.close(finding, uow.today, uow.actor.user_id)
    return reports


def correct_again(uow: UnitOfWork, ids: Sequence[int], finding: str) -> list[Ncr]:
    """It has not helped."""
    uow.require("production.ncr.close")
    reports = _load(uow, ids)
    for report in reports:
        report.correct_again(finding)
    return reports
