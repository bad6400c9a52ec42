"""Which charts are judged by frozen limits."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong_production.charts.control import Standard
from dougong_production.control_limits.models import ControlLimits


def standard(limits: ControlLimits | None) -> Standard | None:
    """What a chart is drawn with, where its limits are frozen."""
    if limits is None or limits.size is None or limits.centre is None:
        return None
    return Standard(limits.kind, limits.size, float(limits.centre), float(limits.spread or 0))


def frozen(session: Session, characteristics: Collection[int]) -> dict[int, ControlLimits]:
    """By characteristic, the limits that hold."""
    rows = session.scalars(
        select(ControlLimits).where(
            ControlLimits.characteristic_id.in_(characteristics), ControlLimits.state == "valid"
        )
    )
    return {row.characteristic_id: row for row in rows}
