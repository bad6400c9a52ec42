"""Limits are frozen from a period, and released."""

from __future__ import annotations

from collections.abc import Sequence

from dougong import UnitOfWork
from dougong_production.charts.queries import standard_of, subgroups
from dougong_production.control_limits.models import ControlLimits
from dougong_production.control_limits.queries import frozen


def freeze_limits(uow: UnitOfWork, ids: Sequence[int]) -> list[ControlLimits]:
    """Find centre and spread of the period; limits that held until now are released.

    Refuses where the inspections of the period make no chart.
    """
    uow.require("production.control_limit.freeze")
    several = uow.load(ControlLimits, ids, ControlLimits.characteristic, lock=True)
    for limits in several:
        line = limits.characteristic
        groups = subgroups(uow.session, line, limits.from_on, limits.until_on)
        found = standard_of(line, groups, limits.kind)
        before = frozen(uow.session, [line.id]).get(line.id)
        if before is not None:
            _release(uow, [before.id])
        limits.freeze(found, len(groups), uow.today)
        uow.flush()
    return several


def release_limits(uow: UnitOfWork, ids: Sequence[int]) -> list[ControlLimits]:
    """Judge charts by their own points again."""
    uow.require("production.control_limit.freeze")
    return _release(uow, ids)


def _release(uow: UnitOfWork, ids: Sequence[int]) -> list[ControlLimits]:
    several = uow.load(ControlLimits, ids, lock=True)
    for limits in several:
        limits.release(uow.today)
    uow.flush()
    return several
