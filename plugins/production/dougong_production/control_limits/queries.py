"""Which charts are judged by frozen limits."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong_production.control_limits.models import ControlLimits


def frozen(session: Session, characteristics: Collection[int]) -> dict[int, ControlLimits]:
    """By characteristic, the limits that hold."""
    rows = session.scalars(
        select(ControlLimits).where(
            ControlLimits.characteristic_id.in_(characteristics), ControlLimits.state == "valid"
        )
    )
    return {row.characteristic_id: row for row in rows}
