"""What products are made of on a day, over all levels: read in a fixed number of statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from dougong import ZERO, Refused, _, rounded_to
from dougong_base import Product
from dougong_production.boms.circles import edges_below
from dougong_production.boms.models import Bom, BomLine, BomOperation, BomVariant

#: Deeper than anything is built: below it something is made of itself.
DEEPEST = 60


class TooDeep(Refused):
    """Bills of materials that go in a circle."""

    def __init__(self) -> None:
        super().__init__(
            _("The bills of materials go in a circle. “dougong check” names it; correct it first.")
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A component at some level: how much of it one making takes."""

    line: BomLine
    product_id: int
    quantity: Decimal
    level: int
    #: The bill it is made by; None when it is bought.
    bom: Bom | None


@dataclass(frozen=True, slots=True)
class Structure:
    """The bills that are in force on a day, by product."""

    boms: Mapping[int, Bom]

    def bom_of(self, product_id: int) -> Bom | None:
        """How a product is made, if it is."""
        return self.boms.get(product_id)

    def direct(
        self,
        bom: Bom,
        quantity: Decimal,
        free: Mapping[int, Decimal] | None = None,
        product_id: int | None = None,
    ) -> list[Part]:
        """What is taken to make so much: phantoms are passed through, of alternatives one is taken.

        ``product_id`` says which of the bill's products is made, if not the usual one.
        """
        parts = self._below(bom, quantity, 1, free, product_id)
        return [part for part in parts if not part.line.phantom]

    def work(
        self, bom: Bom, quantity: Decimal, product_id: int | None = None
    ) -> list[tuple[BomOperation, Decimal]]:
        """The operations, those of phantoms first, each with how much it works on."""
        found = []
        for part in self._below(bom, quantity, 1, None, product_id):
            if part.line.phantom and part.bom is not None:
                found += [(operation, part.quantity) for operation in part.bom.operations]
        return found + [(operation, quantity) for operation in bom.operations]

    def exploded(self, product_id: int, quantity: Decimal) -> Iterator[Part]:
        """All components of all levels, each below what it goes into."""
        bom = self.bom_of(product_id)
        if bom is not None:
            yield from self._deep(bom, quantity, 1, product_id)

    def _deep(self, bom: Bom, quantity: Decimal, level: int, product_id: int) -> Iterator[Part]:
        if level > DEEPEST:
            raise TooDeep
        for line in chosen(bom.lines_of(product_id), None):
            part = self._part(bom, line, quantity, level)
            yield part
            if part.bom is not None:
                yield from self._deep(part.bom, part.quantity, level + 1, part.product_id)

    def _below(
        self,
        bom: Bom,
        quantity: Decimal,
        level: int,
        free: Mapping[int, Decimal] | None,
        product_id: int | None,
    ) -> Iterator[Part]:
        if level > DEEPEST:
            raise TooDeep
        lines = bom.lines_of(product_id)
        for line in chosen(lines, free, bom.own_quantity and quantity / bom.own_quantity):
            part = self._part(bom, line, quantity, level)
            yield part
            if line.phantom:
                if part.bom is None:
                    raise Refused(
                        _(
                            "%(bom)s: line %(line)s is a phantom, but nobody says what it is"
                            " made of. Add its bill of materials.",
                            bom=bom,
                            line=line.position + 1,
                        )
                    )
                yield from self._below(part.bom, part.quantity, level + 1, free, part.product_id)

    def _part(self, bom: Bom, line: BomLine, quantity: Decimal, level: int) -> Part:
        taken = needed(line, bom, quantity)
        return Part(line, line.product_id, taken, level, self.bom_of(line.product_id))


def needed(line: BomLine, bom: Bom, quantity: Decimal) -> Decimal:
    """How much of a component so much of the product takes, its scrap included."""
    whole = line.own_quantity * quantity / bom.own_quantity
    return rounded_to(whole * (100 + line.scrap) / 100)


def chosen(
    lines: Collection[BomLine], free: Mapping[int, Decimal] | None, factor: Decimal = ZERO
) -> list[BomLine]:
    """The lines that are taken: of alternatives the first there is enough of, else the first."""
    best: dict[str, BomLine] = {}
    for line in sorted((x for x in lines if x.group), key=lambda x: (x.priority, x.position)):
        known = best.setdefault(line.group or "", line)
        if free is None or known is line:
            continue
        if not _enough(known, free, factor) and _enough(line, free, factor):
            best[line.group or ""] = line
    return [line for line in lines if not line.group or best[line.group] is line]


def _enough(line: BomLine, free: Mapping[int, Decimal], factor: Decimal) -> bool:
    return free.get(line.product_id, ZERO) >= line.own_quantity * factor * (100 + line.scrap) / 100


def structure_of(
    session: Session, company_id: int, products: Collection[int], on: dt.date
) -> Structure:
    """The bills at and below these products that are in force on a day."""
    if not products:
        return Structure({})
    edges = session.execute(edges_below(company_id, list(products), without=()))
    wanted = set(products) | {component for _product, component in edges}
    boms = session.scalars(
        select(Bom)
        .where(
            Bom.company_id == company_id,
            Bom.active,
            or_(Bom.product_id.in_(wanted), Bom.variants.any(BomVariant.product_id.in_(wanted))),
        )
        .where((Bom.valid_from.is_(None)) | (Bom.valid_from <= on))
        .where((Bom.valid_to.is_(None)) | (Bom.valid_to >= on))
        .options(
            joinedload(Bom.product),
            selectinload(Bom.lines).joinedload(BomLine.product).joinedload(Product.unit),
            selectinload(Bom.variants),
            selectinload(Bom.by_products),
            selectinload(Bom.operations).joinedload(BomOperation.work_centre),
        )
        .order_by(Bom.id)
    ).all()
    return Structure({product: bom for bom in boms for product in bom.makes})
