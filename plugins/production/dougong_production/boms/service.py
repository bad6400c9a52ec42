"""Storing bills of materials, with everything a bill must keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from dougong import ZERO, Refused, Text, UnitOfWork, _
from dougong_base import CannotConvert, Product, Unit, convert
from dougong_production.boms.circles import CircularBom, circle_of
from dougong_production.boms.models import Bom, BomVariant

#: Tells what is wrong with a field of a bill or a line.
Tell = Callable[[Any, str, Text | str], None]


def save_boms(uow: UnitOfWork, boms: Iterable[Bom]) -> list[Bom]:
    """Store new bills; refuses circles, overlapping versions and units that do not fit."""
    uow.require("production.bom.create")
    drafts = list(boms)
    products = {id for b in drafts for id in b.makes} | {
        x.product_id for b in drafts for x in b.lines
    }
    goods = {product.id: product for product in uow.load(Product, sorted(products))}
    units = {unit.id: unit for unit in uow.session.scalars(select(Unit))}
    for bom in drafts:
        complete(bom)
        count(bom, goods.get, units.get, _refuse)
        problems(bom, _refuse)
    for n, bom in enumerate(drafts):
        others = [*versions(uow, bom), *(other for other in drafts[:n])]
        if other := overlapping(bom, others):
            raise Refused(overlap_sentence(bom, other))
    if sentence := circle_of(uow, drafts):
        raise CircularBom(sentence)
    uow.add(*drafts)
    return drafts


def _refuse(_thing: Any, _field: str, sentence: Text | str) -> None:
    raise Refused(sentence)


def complete(bom: Bom) -> None:
    """What nobody said is as usual."""
    if bom.active is None:
        bom.active = True
    bom.quantity = bom.quantity or Decimal(1)
    for line in bom.lines:
        line.scrap = line.scrap or ZERO
        line.phantom = bool(line.phantom)
        line.priority = line.priority or 1
    for operation in bom.operations:
        for name in ("setup_minutes", "run_minutes", "overlap", "external_price"):
            setattr(operation, name, getattr(operation, name) or ZERO)
        operation.external = bool(operation.external)
    for extra in bom.by_products:
        extra.cost_share = extra.cost_share or ZERO


def count(bom: Bom, product_of: Any, unit_of: Any, tell: Tell) -> None:
    """Say all quantities in the products' own units."""
    things: list[Any] = [bom, *bom.lines]
    for thing in things:
        product = product_of(thing.product_id)
        if product is None or thing.quantity is None:
            continue
        if thing.unit_id is None or thing.unit_id == product.unit_id:
            thing.own_quantity = thing.quantity
            continue
        try:
            own, unit = unit_of(product.unit_id), unit_of(thing.unit_id)
            thing.own_quantity = convert(thing.quantity, unit, own)
        except CannotConvert as problem:
            tell(thing, "unit", problem.sentence)


def problems(bom: Bom, tell: Tell) -> None:
    """What is wrong with a bill by itself."""
    things: list[Any] = [bom, *bom.lines, *bom.by_products]
    for thing in things:
        if thing.quantity is not None and thing.quantity <= 0:
            tell(thing, "quantity", _("A quantity is greater than zero."))
    sequences = {operation.sequence for operation in bom.operations}
    if len(sequences) < len(bom.operations):
        tell(bom, "operations", _("Two operations have the same sequence. Number them 10, 20, 30."))
    made = bom.makes
    for variant in bom.variants:
        if made.count(variant.product_id) > 1:
            tell(variant, "product", _("This product is made by the bill already."))
    for line in bom.lines:
        if line.only_id is not None and line.only_id not in made:
            tell(line, "only", _("Choose one of the products that the bill makes."))
        if line.operation is not None and line.operation not in sequences:
            tell(line, "operation", _("There is no operation with this sequence."))
    if sum((extra.cost_share or ZERO for extra in bom.by_products), ZERO) >= 100:
        tell(bom, "by_products", _("By-products bear less than the whole cost."))
    if bom.valid_from and bom.valid_to and bom.valid_to < bom.valid_from:
        tell(bom, "valid_to", _("A version ends on or after the day it begins."))


def versions(uow: UnitOfWork, bom: Bom) -> Sequence[Bom]:
    """The other bills of the same products that are saved."""
    made = bom.makes
    query = (
        select(Bom)
        .where(
            or_(Bom.product_id.in_(made), Bom.variants.any(BomVariant.product_id.in_(made))),
            Bom.company_id == (bom.company_id or uow.company_id),
            Bom.active,
        )
        .options(selectinload(Bom.variants))
    )
    found: list[Bom] = list(uow.look(query).scalars())
    return [other for other in found if other.id != bom.id]


def overlapping(bom: Bom, others: Iterable[Bom]) -> Bom | None:
    """A bill of the same product that is in force on a day of this one."""
    made = set(bom.makes)
    mine = (other for other in others if made & set(other.makes))
    return next((other for other in mine if bom.overlaps(other)), None)


def overlap_sentence(bom: Bom, other: Bom) -> Text:
    """Two versions on one day: nobody would know which to make."""
    return _(
        "%(other)s is in force on some of these days, too. End it first, or begin later.",
        other=other,
    )
