"""Reports on bills of materials: all levels, where used, what it would cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dougong import ZERO, UnitOfWork, _, rounded
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Product
from dougong_production.boms.models import Bom, BomLine
from dougong_production.boms.structure import DEEPEST, Structure, TooDeep, structure_of
from dougong_production.orders.filling import currency_of, unit_costs

PRODUCT = Parameter("product", _("Product"), "link", to="base.products", required=True)
QUANTITY = Parameter("quantity", _("Quantity"), "number", default=Decimal(1))
ON = Parameter("on", _("On"), "date", default=lambda actor: actor.today)


def levels(
    session: Session, actor: Any, product: int, quantity: Decimal, on: dt.date
) -> Iterator[Line]:
    """Everything below a product, with quantities and scrap."""
    structure = structure_of(session, actor.company_id, [product], on)
    parts = list(structure.exploded(product, Decimal(quantity)))
    goods = _goods(session, {part.product_id for part in parts})
    for part in parts:
        there = goods[part.product_id]
        yield Line(
            {
                "code": there.code,
                "name": there.name,
                "quantity": part.quantity,
                "scrap": part.line.scrap,
                "made": _("Made in house") if part.bom else _("Bought"),
            },
            level=part.level - 1,
            drill=f"/production/boms/{part.bom.id}" if part.bom else "",
        )


def where_used(session: Session, actor: Any, product: int, on: dt.date) -> Iterator[Line]:
    """Everything a product goes into, level by level."""
    boms = {
        bom.id: bom
        for bom in session.scalars(
            select(Bom)
            .where(Bom.company_id == actor.company_id, Bom.active)
            .options(selectinload(Bom.variants))
        )
        if bom.in_force(on)
    }
    goods = _goods(session, {id for bom in boms.values() for id in bom.makes})
    seen, here = {product}, {product}
    for level in range(DEEPEST):
        rows = session.execute(
            select(BomLine.bom_id, BomLine.own_quantity, BomLine.only_id)
            .where(BomLine.product_id.in_(here), BomLine.bom_id.in_(list(boms)))
            .order_by(BomLine.bom_id)
        ).all()
        here = set()
        for id, quantity, only in rows:
            bom = boms[id]
            for made in bom.makes if only is None else [only]:
                yield Line(
                    {
                        "bom": bom.code,
                        "code": goods[made].code,
                        "name": goods[made].name,
                        "quantity": quantity,
                        "makes": bom.own_quantity,
                    },
                    level=level,
                    drill=f"/production/boms/{id}",
                )
                if made not in seen:
                    here.add(made)
        seen |= here
        if not here:
            return


def cost(
    session: Session, actor: Any, product: int, quantity: Decimal, on: dt.date
) -> Iterator[Line]:
    """Material at what it costs, work at the rates of its centres, rolled up over all levels."""
    with session.info["house"].look(actor) as uow:
        structure = structure_of(uow.session, actor.company_id, [product], on)
        bought = [
            part.product_id
            for part in structure.exploded(product, Decimal(quantity))
            if part.bom is None
        ]
        costs = unit_costs(uow, bought)
        yield from _cost(uow, structure, costs, product, Decimal(quantity))


def _cost(
    uow: UnitOfWork,
    structure: Structure,
    costs: dict[int, Decimal],
    product: int,
    quantity: Decimal,
) -> Iterator[Line]:
    currency = currency_of(uow)
    goods = _goods(uow.session, {*costs, *structure.boms, product})
    lines: list[Line] = []

    def below(id: int, many: Decimal, level: int) -> Decimal:
        if level > DEEPEST:
            raise TooDeep
        bom, place = structure.bom_of(id), len(lines)
        if bom is None:
            total = rounded(many * costs.get(id, ZERO), currency)
        else:
            taken = structure.direct(bom, many, product_id=id)
            total = sum((below(x.product_id, x.quantity, level + 1) for x in taken), ZERO)
            for operation, worked in structure.work(bom, many, id):
                centre = operation.work_centre
                minutes = centre.takes(operation.setup_minutes + operation.run_minutes * worked)
                spent = (
                    worked * operation.external_price
                    if operation.external
                    else centre.labour_of(minutes) + centre.overhead_of(minutes)
                )
                amount = rounded(spent, currency)
                total += amount
                values = {"what": operation.name, "quantity": minutes, "cost": amount}
                lines.append(Line(values, level=level + 1))
        values = {"what": str(goods[id]), "quantity": many, "cost": total}
        lines.insert(place, Line(values, level=level, bold=bom is not None))
        return total

    below(product, quantity, 0)
    yield from lines


def _goods(session: Session, ids: set[int]) -> dict[int, Product]:
    rows = session.scalars(select(Product).where(Product.id.in_(ids)))
    return {product.id: product for product in rows}


LEVELS = Report(
    "production.levels", _("Bill of materials over all levels"), "production.bom.read",
    [
        Column("code", _("Code")), Column("name", _("Product")),
        Column("quantity", _("Quantity"), "quantity"), Column("scrap", _("Scrap (%)"), "percent"),
        Column("made", _("Made or bought")),
    ],
    levels, [PRODUCT, QUANTITY, ON], icon="hierarchy-3", order=10,
)  # fmt: skip
WHERE_USED = Report(
    "production.where-used", _("Where it is used"), "production.bom.read",
    [
        Column("bom", _("Bill of materials")), Column("code", _("Code")),
        Column("name", _("Product")), Column("quantity", _("Quantity"), "quantity"),
        Column("makes", _("Makes"), "quantity"),
    ],
    where_used, [PRODUCT, ON], icon="hierarchy-2", order=20,
)  # fmt: skip
COST = Report(
    "production.cost", _("What it costs to make"), "production.cost.read",
    [
        Column("what", _("Product or work")),
        Column("quantity", _("Quantity or minutes"), "quantity"),
        Column("cost", _("Cost"), "amount"),
    ],
    cost, [PRODUCT, QUANTITY, ON], icon="coins", order=30,
)  # fmt: skip
