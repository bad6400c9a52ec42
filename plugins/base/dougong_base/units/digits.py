"""Quantities that are finer than their unit is counted, and how finely products are counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Text, UnitOfWork, _, rounded_to
from dougong_base.products.models import Barcode, Product, SupplierItem
from dougong_base.units.models import Unit

#: So many ids fit into one statement on every database.
AT_ONCE = 10_000


def digits_of_products(session: Session, product_ids: Collection[int]) -> dict[int, int]:
    """By product, the decimal places of its unit."""
    found: dict[int, int] = {}
    ids = sorted(set(product_ids))
    for start in range(0, len(ids), AT_ONCE):
        query = (
            select(Product.id, Unit.digits)
            .join(Unit, Unit.id == Product.unit_id)
            .where(Product.id.in_(ids[start : start + AT_ONCE]))
        )
        found |= {id: digits for id, digits in session.execute(query)}  # noqa: C416
    return found


def part_of(uow: UnitOfWork, line: Any, own: Decimal) -> Decimal:
    """How much of a line so much in the product's own unit is, in the line's unit.

    The line is one of an order: it is told in a unit and in the product's own, and has a price of
    each.
    Where that unit cannot tell it, one of three pieces in a box, the line is told in the product's
    own unit from now on, at the price of one of these.
    """
    part = rounded_to(line.quantity * own / line.own_quantity)
    if not part % 1:
        return part
    digits = uow.look(select(Unit.digits).where(Unit.id == line.unit_id)).scalar_one()
    if not too_fine(part, digits):
        return part
    unit = uow.look(select(Product.unit_id).where(Product.id == line.product_id)).scalar_one()
    line.price, line.unit_id = line.own_price, unit
    return own


def too_fine(quantity: Decimal, digits: int) -> bool:
    """Whether a quantity has more decimal places than so many."""
    return bool(quantity.scaleb(digits) % 1)


def keep_digits(
    uow: UnitOfWork, marked: Mapping[str, str], rows: Sequence[Any]
) -> Iterator[tuple[Any, str, Text]]:
    """Which quantities are finer than their unit. Whole ones fit everywhere, and nobody is asked."""
    suspects = [
        (row, name, of, quantity)
        for name, of in marked.items()
        for row in rows
        if (quantity := getattr(row, name)) is not None and quantity % 1
    ]
    if not suspects:
        return
    known = _units(uow, {_key(row, of) for row, _name, of, _quantity in suspects})
    for row, name, of, quantity in suspects:
        unit = known.get(_key(row, of))
        if unit is not None and too_fine(quantity, unit[1]):
            yield row, name, too_fine_sentence(quantity, *unit)


def _key(row: Any, of: str) -> tuple[str, int | None]:
    """What tells the unit; a part of a product that is new itself knows it by the product."""
    id = getattr(row, of)
    if id is None and of == "product_id" and isinstance(row, Barcode | SupplierItem):
        whole = row.__dict__.get("product")
        return "unit_id", None if whole is None else whole.unit_id
    return of, id


def too_fine_sentence(quantity: Decimal, unit: str, digits: int) -> Text:
    """What is wrong with a quantity, and what would be right."""
    told = f"{quantity.normalize():f}"
    if not digits:
        return _(
            "%(quantity)s %(unit)s: this unit is counted in whole numbers only.",
            quantity=told, unit=unit,
        )  # fmt: skip
    return _(
        "%(quantity)s %(unit)s: this unit has no more than %(digits)s decimal places.",
        quantity=told, unit=unit, digits=digits,
    )  # fmt: skip


def _units(
    uow: UnitOfWork, keys: Collection[tuple[str, int | None]]
) -> dict[tuple[str, int | None], tuple[str, int]]:
    """Code and decimal places by what tells the unit: of products first, then of units."""
    found: dict[tuple[str, int | None], tuple[str, int]] = {}
    for of in sorted({of for of, _id in keys}):
        ids = sorted({id for what, id in keys if what == of and id is not None})
        for start in range(0, len(ids), AT_ONCE):
            found |= {
                (of, id): (code, digits)
                for id, code, digits in uow.look(_asked(of, ids[start : start + AT_ONCE]))
            }
    return found


def _asked(of: str, ids: Sequence[int]) -> Any:
    if of != "product_id":
        return select(Unit.id, Unit.code, Unit.digits).where(Unit.id.in_(ids))
    return (
        select(Product.id, Unit.code, Unit.digits)
        .join(Unit, Unit.id == Product.unit_id)
        .where(Product.id.in_(ids))
    )
