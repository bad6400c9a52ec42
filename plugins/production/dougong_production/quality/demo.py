"""A quality department that is busy, for the demo company."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.people.users.models import User
from dougong_base import Product
from dougong_production.boms.models import Bom, BomOperation
from dougong_production.control_limits.models import ControlLimits
from dougong_production.control_limits.service import freeze_limits
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.service import decide_inspections
from dougong_production.maintenance.models import Equipment, MaintenanceOrder, MaintenancePlan
from dougong_production.maintenance.service import ask_for_due, finish_orders
from dougong_production.ncrs.models import Ncr, NcrAction
from dougong_production.ncrs.service import contain, start_correction
from dougong_production.quality.demo_deliveries import decide_deliveries
from dougong_production.quality_plans.models import Characteristic, QualityPlan
from dougong_production.work_centres.models import WorkCentre

#: Thousandths of a millimetre beside the target, lot by lot; the last lots drift away.
DRIFT = (-6, 4, 2, -3, 5, -2, 3, -5, 1, 4, -4, 2, 14, 48)
PIECES = (-12, 5, 9, -7, 3)

ENGLISH = {
    "incoming": "Whatever is bought", "end": "final inspection", "hole": "drilled hole",
    "how": "Open every third box. Take the moisture in the middle of the piece.",
    "moisture": "Moisture", "meter": "Moisture meter", "surface": "Surface",
    "look": "By eye", "diameter": "Diameter", "gauge": "Gauge 3",
    "turning": "Turning", "scratches": "Scratches", "function": "Works",
    "machine": "Saw 1", "press": "Press 2", "lubricate": "Lubricate", "hot": "Spindle is hot",
    "bearing": "New bearing", "leaks": "Oil leaks",
    "contained": "The lot and what was made since is blocked.",
    "cause": "The tool was worn and nobody had a date for it.",
    "action": "Change the tool every 400 pieces, and write it down",
    "more": "Look at the diameter every hour until the check",
}  # fmt: skip
CHINESE = {
    "incoming": "外购来料", "end": "成品检验", "hole": "钻孔",
    "how": "每三箱开一箱；含水率在工件中部测量。", "moisture": "含水率", "meter": "含水率仪",
    "surface": "表面", "look": "目视", "diameter": "直径", "gauge": "3 号量规", "turning": "车削",
    "scratches": "划痕", "function": "功能", "machine": "锯床 1", "press": "压机 2",
    "lubricate": "润滑", "hot": "主轴过热", "bearing": "更换轴承", "leaks": "漏油",
    "contained": "该批次及其后的产品已全部隔离。", "cause": "刀具磨损，且没有更换周期。",
    "action": "每 400 件更换刀具并记录", "more": "效果确认前每小时检查直径",
}  # fmt: skip


def run_the_laboratory(uow: UnitOfWork) -> None:
    """Lots at each stage, one that has failed and what is done about it, machines that are looked after."""
    if uow.session.scalar(select(QualityPlan.id).limit(1)):
        decide_deliveries(uow)
        return
    product, operation = _made(uow)
    if product is None:
        return
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in product.name)
    words = CHINESE if chinese else ENGLISH
    _look_after(uow, words)
    incoming, process, final = _plans(product, operation or words["turning"], words)
    uow.add(incoming, process, final)
    uow.flush()
    _lots(uow, process, product)
    _finish_a_lot(uow, final, product)
    for plan in (process, final):
        _lot(uow, plan, product, uow.today)
    _correct(uow, words)


def _made(uow: UnitOfWork) -> tuple[Product | None, str]:
    """The first thing that is made, and its first operation; else any goods."""
    row = uow.session.execute(
        select(Product, BomOperation.name)
        .join(Bom, Bom.product_id == Product.id)
        .join(BomOperation, BomOperation.bom_id == Bom.id)
        .order_by(Bom.id, BomOperation.sequence)
    ).first()
    if row is not None:
        return row[0], row[1]
    goods = select(Product).where(Product.kind == "goods", Product.active).order_by(Product.code)
    return uow.session.scalars(goods).first(), ""


def _plans(product: Product, operation: str, words: dict[str, str]) -> tuple[QualityPlan, ...]:
    """Whatever is bought by AQL, in process by measuring, at the end a few pieces."""
    limits = {"lower": Decimal("9.950"), "target": Decimal(10), "upper": Decimal("10.050")}
    incoming = QualityPlan(
        code="IN-1", name=words["incoming"], stage="receipt", sampling="aql", aql="2.5", level="S-3",
        days=1, instructions=words["how"],
        characteristics=[
            Characteristic(name=words["surface"], kind="yes_no", method=words["look"]),
            Characteristic(
                name=words["moisture"], unit="%", position=1, method=words["meter"],
                lower=Decimal(6), target=Decimal(8), upper=Decimal(10),
            ),
        ],
    )  # fmt: skip
    process = QualityPlan(
        code="PR-1", name=f"{product.name}: {words['hole']}", stage="operation",
        operation=operation, holds=False, product_id=product.id, sampling="number", number=len(PIECES),
        characteristics=[
            Characteristic(name=words["diameter"], unit="mm", method=words["gauge"], **limits)
        ],
    )  # fmt: skip
    final = QualityPlan(
        code="FI-1", name=f"{product.name}: {words['end']}", stage="final",
        product_id=product.id, sampling="number",
        number=3, accept=2, holds=False,
        characteristics=[
            Characteristic(name=words["function"], kind="yes_no"),
            Characteristic(name=words["scratches"], kind="count", position=1),
        ],
    )  # fmt: skip
    return incoming, process, final


def _lot(uow: UnitOfWork, plan: QualityPlan, product: Product, on: dt.date) -> Inspection:
    inspection = Inspection(
        plan_id=plan.id, product_id=product.id, stage=plan.stage, quantity=Decimal(200),
        lot_size=200, sample_size=1, due_on=on,
        results=[
            Result(characteristic_id=line.id, position=n)
            for n, line in enumerate(plan.characteristics)
        ],
    )  # fmt: skip
    inspection.draw(plan)
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
    half = first + dt.timedelta(days=len(DRIFT))
    held = ControlLimits(characteristic_id=plan.characteristics[0].id, from_on=first, until_on=half)
    uow.add(held)
    uow.flush()
    freeze_limits(uow, [held.id])


def _finish_a_lot(uow: UnitOfWork, plan: QualityPlan, product: Product) -> None:
    """Everything works; one scratch is accepted."""
    day = uow.today - dt.timedelta(days=1)
    inspection = _lot(uow, plan, product, day)
    inspection.results[0].nonconforming, inspection.results[1].nonconforming = 0, 1
    decide_inspections(uow, [inspection.id], on=day)


def _correct(uow: UnitOfWork, words: dict[str, str]) -> None:
    """The lot that has failed is explained; one action is done, the other is late."""
    uow.flush()
    person = uow.session.scalar(select(User.id).order_by(User.id).limit(1))
    id = uow.session.scalar(select(Ncr.id).order_by(Ncr.id.desc()).limit(1))
    if person is None or id is None:
        return
    report = uow.get(Ncr, id)
    report.containment, report.cause = words["contained"], words["cause"]
    report.responsible_id = person
    late = NcrAction(
        ncr_id=id, kind="preventive", text=words["more"], responsible_id=person,
        due_on=uow.today - dt.timedelta(days=1),
    )  # fmt: skip
    soon = NcrAction(
        ncr_id=id, kind="corrective", text=words["action"], responsible_id=person, position=1,
        due_on=uow.today + dt.timedelta(days=12),
    )  # fmt: skip
    uow.add(late, soon)
    # The report was opened just now, without any: it is read again.
    uow.flush()
    uow.session.expire(report, ["actions"])
    contain(uow, [id])
    start_correction(uow, [id])


def _look_after(uow: UnitOfWork, words: dict[str, str]) -> None:
    """A saw that was repaired and is due, a press that stands; one of two, so work goes on."""
    places = {
        row.code: row.id for row in uow.session.execute(select(WorkCentre.code, WorkCentre.id))
    }
    machine = Equipment(
        code="M-1",
        name=words["machine"],
        hours_used=Decimal(1240),
        work_centre_id=places.get("SAW"),
    )
    press = Equipment(code="M-2", name=words["press"], work_centre_id=places.get("BENCH"))
    uow.add(machine, press)
    uow.add(
        MaintenancePlan(
            name=words["lubricate"], equipment_id=machine.id, every_days=90,
            last_on=uow.today - dt.timedelta(days=91),
        )
    )  # fmt: skip
    day = uow.today - dt.timedelta(days=39)
    broken = _breakdown(uow, machine, words["hot"], day - dt.timedelta(days=1), "running")
    uow.flush()
    finish_orders(uow, [broken.id], on=day, downtime=Decimal("6.5"), finding=words["bearing"])
    stands = _breakdown(uow, press, words["leaks"], uow.today, "requested")
    stands.stopped_at = uow.now
    stands.back_at = uow.now + dt.timedelta(hours=5)
    ask_for_due(uow)


def _breakdown(
    uow: UnitOfWork, machine: Equipment, title: str, on: dt.date, state: str
) -> MaintenanceOrder:
    order = MaintenanceOrder(
        kind="breakdown", state=state, equipment_id=machine.id, title=title, reported_on=on,
        due_on=on, started_on=on if state == "running" else None,
    )  # fmt: skip
    uow.add(order)
    uow.number(order, "maintenance", on=on)
    return order
