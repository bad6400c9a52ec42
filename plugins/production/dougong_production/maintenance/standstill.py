"""Which machines stand still, and how much their work centres can do without them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from dougong_production.maintenance.models import PENDING, Equipment, MaintenanceOrder

#: When a machine is expected to run again; None where nobody knows.
Back = dt.datetime | None


def standing(session: Session, company_id: int) -> dict[int, list[Back]]:
    """For each work centre, when each of its broken machines runs again; unknown first."""
    rows = session.execute(
        select(Equipment.work_centre_id, Equipment.id, MaintenanceOrder.back_at)
        .join(MaintenanceOrder, MaintenanceOrder.equipment_id == Equipment.id)
        .where(
            Equipment.company_id == company_id,
            Equipment.active,
            Equipment.work_centre_id.is_not(None),
            MaintenanceOrder.kind == "breakdown",
            MaintenanceOrder.state.in_(PENDING),
        )
        .order_by(MaintenanceOrder.id)
    )
    machines: dict[tuple[int, int], list[Back]] = defaultdict(list)
    for centre, machine, back in rows:
        machines[centre or 0, machine].append(back)
    found: dict[int, list[Back]] = defaultdict(list)
    for (centre, _machine), several in machines.items():
        known = [back for back in several if back is not None]
        found[centre].append(max(known) if len(known) == len(several) else None)
    return found


def broken_at(session: Session, centre_id: int) -> list[MaintenanceOrder]:
    """The breakdowns at a work centre that are not over, with their machines."""
    return list(
        session.scalars(
            select(MaintenanceOrder)
            .join(Equipment, Equipment.id == MaintenanceOrder.equipment_id)
            .where(
                Equipment.work_centre_id == centre_id,
                MaintenanceOrder.kind == "breakdown",
                MaintenanceOrder.state.in_(PENDING),
            )
            .options(joinedload(MaintenanceOrder.equipment))
            .order_by(MaintenanceOrder.id)
        )
    )
