"""A laboratory that tests enter results in: short words for what they do again and again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from dougong import Actor, DocumentRef, Reaction
from dougong_base import Category, Party, Product, Unit
from dougong_base.events import GoodsReceived, GoodsRejected, GoodsReleased, MovedLine
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.service import decide_inspections
from dougong_production.quality_plans.models import Characteristic, QualityPlan

DAY = dt.date(2026, 3, 2)
D = Decimal


class Lab:
    """Short words for what the tests do again and again."""

    def __init__(self, house):
        self.house, self.receipt, self.told = house, 700_000, []
        for event in (GoodsRejected, GoodsReleased):
            house.reactions[event] = [
                Reaction(event, lambda uow, events: self.told.extend(events))
            ]  # fmt: skip
        self.shaft = self.run(self._master)

    def run(self, act, actor=None):
        return self.house.run(actor or Actor.system(), act)

    def read(self, act):
        with self.house.read(Actor.system()) as session:
            return act(session)

    def _master(self, uow):
        unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
        metal = Category(name="Metal")
        uow.add(metal)
        turned = Category(name="Turned", parent_id=metal.id)
        uow.add(turned)
        shaft = Product(code="SHAFT", name="Shaft", unit_id=unit, category_id=turned.id)
        supplier = Party(code="BOLT", name="Bolt & Co", is_supplier=True)
        uow.add(shaft, supplier)
        self.supplier, self.metal, self.turned = supplier.id, metal.id, turned.id
        return shaft.id

    def plan(self, **facts):
        facts = {
            "code": "P1", "name": "Shafts", "stage": "receipt", "sampling": "number", "number": 3,
            "product_id": self.shaft,
        } | facts  # fmt: skip
        lines = facts.pop("lines", None) or [
            Characteristic(name="Diameter", lower=D("9.9"), target=D(10), upper=D("10.1")),
            Characteristic(name="Surface", kind="yes_no"),
        ]

        def act(uow):
            plan = QualityPlan(characteristics=lines, **facts)
            uow.add(plan)
            return plan.id

        return self.run(act)

    def receive(self, quantity=100, *, supplier=True, source=None, lot=""):
        self.receipt += 1
        event = GoodsReceived(
            receipt=DocumentRef("inventory.receipts", source or self.receipt),
            number=f"GR-{self.receipt}",
            source=None,
            company_id=1,
            party_id=self.supplier if supplier else None,
            on=DAY,
            lines=(
                MovedLine(
                    source_line_id=None, product_id=self.shaft, quantity=D(quantity), cost=D(1),
                    lot=lot,
                ),
            ),
        )  # fmt: skip
        self.run(lambda uow: uow.publish(event))
        return event

    def inspections(self):
        return self.read(lambda s: s.scalars(select(Inspection).order_by(Inspection.id)).all())

    def enter(self, values=None, surface=0, id=None):
        id = id or self.inspections()[-1].id

        def act(uow):
            inspection = uow.get(Inspection, id, Inspection.results)
            uow.load(Result, [r.id for r in inspection.results], Result.characteristic)
            for result in inspection.results:
                if result.characteristic.kind == "numeric":
                    result.values = values
                else:
                    result.nonconforming = surface

        self.run(act)
        return id

    def decide(self, id, actor=None):
        return self.run(lambda uow: decide_inspections(uow, [id], on=DAY)[0].state, actor)
