"""What products are made of, as a planning run reads it: columns, not documents."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong_production.boms.models import Bom, BomLine

#: Deeper than anything is built.
DEEPEST = 60


class Usage(NamedTuple):
    """One of the parent takes so much of the child, scrap included."""

    parent: int
    child: int
    per: float


def usages(session: Session, company_id: int, on: dt.date) -> list[Usage]:
    """The lines of all bills in force on a day, in one statement.

    Of the alternatives of a group the one of the lowest priority is planned; what a phantom is
    made of is taken in its place.
    """
    query = (
        select(
            Bom.id, Bom.product_id, Bom.own_quantity, BomLine.product_id, BomLine.own_quantity,
            BomLine.scrap, BomLine.phantom, BomLine.group, BomLine.priority, BomLine.position,
        )
        .join(BomLine, BomLine.bom_id == Bom.id)
        .where(Bom.company_id == company_id, Bom.active)
        .where((Bom.valid_from.is_(None)) | (Bom.valid_from <= on))
        .where((Bom.valid_to.is_(None)) | (Bom.valid_to >= on))
        .order_by(Bom.id, BomLine.position)
    )  # fmt: skip
    best: dict[tuple[int, str], tuple[int, int]] = {}
    rows = session.execute(query).all()
    for bom, _p, _m, _c, _q, _s, _ph, group, priority, position in rows:
        if group:
            rank = priority, position
            best[bom, group] = min(best.get((bom, group), rank), rank)
    found, phantoms = [], False
    for row in rows:
        bom, product, makes, child, quantity, scrap, phantom, group, priority, position = row
        if group and best[bom, group] != (priority, position):
            continue
        phantoms = phantoms or phantom
        found.append((product, child, _per(quantity, makes, scrap), phantom))
    return list(_through(found)) if phantoms else [Usage(p, c, q) for p, c, q, _ph in found]


def _per(quantity: Decimal, makes: Decimal, scrap: Decimal) -> float:
    return float(quantity) * (100.0 + float(scrap)) / 100.0 / float(makes)


def _through(lines: list[tuple[int, int, float, bool]]) -> Iterator[Usage]:
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
            yield Usage(product, child, per)
