"""A quality department that is busy, for the demo company."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import Party, Product
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.service import decide_inspections
from dougong_production.maintenance.models import Equipment, MaintenanceOrder, MaintenancePlan
from dougong_production.maintenance.service import ask_for_due, finish_orders
from dougong_production.quality_plans.models import Characteristic, QualityPlan

#: Thousandths of a millimetre beside the target, lot by lot; the last lots drift away.
DRIFT = (-6, 4, 2, -3, 5, -2, 3, -5, 1, 4, -4, 2, 14, 48)
PIECES = (-12, 5, 9, -7, 3)


def run_the_laboratory(uow: UnitOfWork) -> None:
    """Plans, lots that passed, one that has failed, some that wait; a machine that is looked after."""
    product = uow.session.scalars(
        select(Product).where(Product.kind == "goods", Product.active).order_by(Product.code)
    ).first()
    if product is None or uow.session.scalar(select(QualityPlan.id).limit(1)):
        return
    supplier = uow.session.scalar(
        select(Party.id).where(Party.is_supplier).order_by(Party.code).limit(1)
    )
    _look_after(uow)
    incoming = QualityPlan(
        code="IN-1", name=f"{product.name}: AQL 1.0", stage="receipt", product_id=product.id,
        sampling="aql", aql="1.0", level="II",
        characteristics=[Characteristic(name="Surface", kind="yes_no", method="Visual")],
    )  # fmt: skip
    limits = {"lower": Decimal("9.950"), "target": Decimal(10), "upper": Decimal("10.050")}
    process = QualityPlan(
        code="PR-1", name=f"{product.name}: 10 mm", stage="operation", operation="Turning",
        product_id=product.id, sampling="number", number=len(PIECES),
        characteristics=[Characteristic(name="Diameter", unit="mm", **limits)],
    )  # fmt: skip
    uow.add(incoming, process)
    uow.flush()
    _lots(uow, process, product)
    waiting = _lot(uow, incoming, product, uow.today)
    waiting.supplier_id = supplier


def _lot(uow: UnitOfWork, plan: QualityPlan, product: Product, on: dt.date) -> Inspection:
    inspection = Inspection(
        plan_id=plan.id, product_id=product.id, stage=plan.stage, quantity=Decimal(200),
        lot_size=200, sample_size=1, due_on=on,
        results=[Result(characteristic_id=line.id) for line in plan.characteristics],
    )  # fmt: skip
    sample = plan.sample(200)
    inspection.sample_size, inspection.accept = sample.size, sample.accept
    inspection.reject, inspection.letter = sample.reject, sample.letter or None
    uow.add(inspection)
    uow.number(inspection, "inspection", on=on)
    return inspection


def _lots(uow: UnitOfWork, plan: QualityPlan, product: Product) -> None:
    first = uow.today - dt.timedelta(days=2 * len(DRIFT))
    for n, shift in enumerate(DRIFT):
        day = first + dt.timedelta(days=2 * n)
        inspection = _lot(uow, plan, product, day)
        values = [Decimal(10_000 + shift + (1 + n % 3) * piece // 2) / 1000 for piece in PIECES]
        inspection.results[0].values = " ".join(str(value) for value in values)
        decide_inspections(uow, [inspection.id], on=day)


def _look_after(uow: UnitOfWork) -> None:
    machine = Equipment(code="M-1", name="Lathe 1", hours_used=Decimal(1240))
    uow.add(machine)
    uow.add(
        MaintenancePlan(
            name="Lubricate", equipment_id=machine.id, every_days=90,
            last_on=uow.today - dt.timedelta(days=91),
        )
    )  # fmt: skip
    broken = MaintenanceOrder(
        kind="breakdown", state="running", equipment_id=machine.id, title="Spindle is hot",
        reported_on=uow.today - dt.timedelta(days=40),
        started_on=uow.today - dt.timedelta(days=40),
    )  # fmt: skip
    uow.add(broken)
    uow.number(broken, "maintenance", on=broken.reported_on)
    uow.flush()
    day = uow.today - dt.timedelta(days=39)
    finish_orders(uow, [broken.id], on=day, downtime=Decimal("6.5"), finding="New bearing")
    ask_for_due(uow)
