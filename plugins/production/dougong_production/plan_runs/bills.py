"""What products are made of, as a planning run reads it: columns, not documents."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, or_, select, type_coerce
from sqlalchemy.orm import Session

from dougong_production.boms.models import Bom, BomByProduct, BomLine, BomVariant

#: Deeper than anything is built.
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Usages:
    """Column by column: one of each parent takes so much of the child, scrap included."""

    parents: Sequence[int]
    children: Sequence[int]
    per: Sequence[float]

    def products(self) -> set[int]:
        """All that is made of something, or goes into something."""
        return {*self.parents, *self.children}


def usages(session: Session, company_id: int, on: dt.date) -> Usages:
    """The lines of all bills in force on a day, in four statements.

    Of the alternatives of a group the one of the lowest priority is planned; what a phantom is
    made of is taken in its place.
    """
    # Both quantities have the same places, so that their numbers as they are stored will do:
    # a million exact values take seconds to make.
    takes = type_coerce(BomLine.own_quantity, BigInteger).label("takes")
    makes = type_coerce(Bom.own_quantity, BigInteger).label("makes")
    simple = (BomLine.scrap == 0) & ~BomLine.phantom & BomLine.group.is_(None)
    plain: list[Any] = []
    special: list[Any] = []
    for made, variants in ((Bom.product_id, False), (BomVariant.product_id, True)):
        columns = made, BomLine.product_id, takes, makes
        more = (
            BomLine.scrap, BomLine.phantom, Bom.id, BomLine.group, BomLine.priority,
            BomLine.position,
        )  # fmt: skip
        for rows, where, wanted in (
            (plain, simple, columns), (special, ~simple, (*columns, *more)),
        ):  # fmt: skip
            query = select(*wanted).select_from(Bom).join(BomLine, BomLine.bom_id == Bom.id)
            if variants:
                query = query.join(BomVariant, BomVariant.bom_id == Bom.id)
            query = _in_force(query, company_id, on).where(
                where, or_(BomLine.only_id.is_(None), BomLine.only_id == made)
            )
            rows += session.execute(query).all()
    if not special:
        return _columns((p, c, float(q) / float(m)) for p, c, q, m in plain)
    lines = [(p, c, float(q) / float(m), False) for p, c, q, m in plain]
    best: dict[tuple[int, int, str], tuple[int, int]] = {}
    for p, *_facts, bom, group, priority, position in special:
        if group:
            rank = priority, position
            best[p, bom, group] = min(best.get((p, bom, group), rank), rank)
    for p, c, q, m, scrap, phantom, bom, group, priority, position in special:
        if not group or best[p, bom, group] == (priority, position):
            lines.append((p, c, float(q) / float(m) * (100.0 + float(scrap)) / 100.0, phantom))
    return _columns(_through(lines))


def by_products(session: Session, company_id: int, on: dt.date) -> Usages:
    """What comes out beside the products, as far as their bills say so."""
    lines: list[tuple[int, int, float]] = []
    for made, variants in ((Bom.product_id, False), (BomVariant.product_id, True)):
        query = select(
            made, BomByProduct.product_id, BomByProduct.quantity, Bom.own_quantity
        ).select_from(Bom).join(BomByProduct, BomByProduct.bom_id == Bom.id)  # fmt: skip
        if variants:
            query = query.join(BomVariant, BomVariant.bom_id == Bom.id)
        rows = session.execute(_in_force(query, company_id, on))
        lines += [(p, c, float(quantity) / float(makes)) for p, c, quantity, makes in rows]
    return _columns(lines)


def _in_force(query: Any, company_id: int, on: dt.date) -> Any:
    return (
        query.where(Bom.company_id == company_id, Bom.active)
        .where((Bom.valid_from.is_(None)) | (Bom.valid_from <= on))
        .where((Bom.valid_to.is_(None)) | (Bom.valid_to >= on))
    )


def _columns(lines: Iterable[tuple[int, int, float]]) -> Usages:
    several = list(lines)
    return Usages(*zip(*several, strict=True)) if several else Usages((), (), ())


def _through(lines: list[tuple[int, int, float, bool]]) -> Iterator[tuple[int, int, float]]:
    below: Mapping[int, list[Any]] = defaultdict(list)
    for line in lines:
        below[line[0]].append(line)

    def taken(product: int, factor: float, depth: int) -> Iterator[tuple[int, float]]:
        for _product, child, per, phantom in below.get(product, ()):
            if phantom and depth < DEEPEST:
                yield from taken(child, factor * per, depth + 1)
            else:
                yield child, factor * per

    for product in list(below):
        for child, per in taken(product, 1.0, 0):
            yield product, child, per
