"""Checking and accepting what carriers charge."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import or_, select

from dougong import ZERO, Refused, UnitOfWork, _, ref
from dougong.companies.currency import currency_of
from dougong_base import Party, Product, Unit
from dougong_base.events import PurchaseBillable, PurchaseLine
from dougong_logistics.carriers.models import Carrier
from dougong_logistics.freight.models import (
    STATEMENT_STEPS,
    BilledShipment,
    Statement,
    StatementIsEmpty,
    StatementLine,
)
from dougong_logistics.shipments.models import Shipment

#: The service product on carriers' bills where a carrier names no other.
FREIGHT = "FREIGHT"


def check_statements(uow: UnitOfWork, ids: Sequence[int]) -> list[Statement]:
    """Find each line's shipment and say what the charge is beside the expected freight."""
    uow.require("logistics.statement.check")
    statements = uow.load(Statement, ids, Statement.lines)
    for statement in statements:
        if not statement.lines:
            raise StatementIsEmpty(statement)
        STATEMENT_STEPS.move(statement, "check")
        if not statement.number:
            uow.number(statement, "statement", on=statement.dated_on)
    _judge(uow, statements)
    return statements


def _judge(uow: UnitOfWork, statements: Sequence[Statement]) -> None:
    lines = [line for statement in statements for line in statement.lines]
    shipments = _find_shipments(uow, statements, lines)
    known = [s.id for s in shipments.values() if s is not None]
    paid = set(
        uow.session.scalars(
            select(BilledShipment.shipment_id).where(BilledShipment.shipment_id.in_(known))
        )
    )
    tolerance = _tolerance(uow)
    seen: set[int] = set()
    for statement in statements:
        for line in statement.lines:
            shipment = shipments[line.id]
            line.shipment_id = shipment.id if shipment else None
            again = shipment is not None and (shipment.id in paid or shipment.id in seen)
            line.judge(shipment, again, tolerance)
            if shipment is not None:
                seen.add(shipment.id)
        statement.add_up()


def _tolerance(uow: UnitOfWork) -> Decimal:
    return Decimal(str(uow.setting("logistics.freight_tolerance") or 0))


def _find_shipments(
    uow: UnitOfWork, statements: Sequence[Statement], lines: Sequence[StatementLine]
) -> dict[int, Shipment | None]:
    """Each line's shipment: as linked, else by its tracking number with this carrier or our number."""
    names = {line.tracking for line in lines if line.tracking}
    linked = {line.shipment_id for line in lines if line.shipment_id is not None}
    rows = uow.session.scalars(
        select(Shipment).where(
            or_(
                Shipment.id.in_(linked),
                Shipment.tracking_number.in_(names),
                Shipment.number.in_(names),
            )
        )
    ).all()
    by_id = {row.id: row for row in rows}
    carriers = {line.id: s.carrier_id for s in statements for line in s.lines}
    by_name: dict[tuple[int | None, str], Shipment] = {}
    for row in rows:
        for name in (row.number, row.tracking_number):
            if name:
                by_name[row.carrier_id, name] = row
    found: dict[int, Shipment | None] = {}
    for line in lines:
        shipment = by_id.get(line.shipment_id or 0)
        if shipment is None and line.tracking:
            shipment = by_name.get((carriers[line.id], line.tracking))
        if shipment is not None and shipment.carrier_id != carriers[line.id]:
            shipment = None
        found[line.id] = shipment
    return found


def accept_statements(uow: UnitOfWork, ids: Sequence[int]) -> list[Statement]:
    """Pay what the carrier charges: its bill is drafted, differences go to their own account."""
    uow.require("logistics.statement.accept")
    statements = uow.load(Statement, ids, Statement.lines, Statement.carrier, lock=True)
    _judge(uow, statements)
    shipments = {line.shipment_id for s in statements for line in s.lines if line.shipment_id}
    uow.load(Shipment, sorted(shipments), lock=True)
    parties = {
        party.id: party
        for party in uow.load(Party, sorted({s.carrier.party_id for s in statements}))
    }
    for statement in statements:
        statement.accept()
        for line in statement.lines:
            uow.add(BilledShipment(shipment_id=line.shipment_id, statement_id=statement.id))
    product = _freight_product(uow, [s.carrier for s in statements])
    uow.publish(
        [_billable(uow, s, parties[s.carrier.party_id], product[s.carrier_id]) for s in statements]
    )
    return statements


def reject_statements(uow: UnitOfWork, ids: Sequence[int]) -> list[Statement]:
    """We do not pay it."""
    uow.require("logistics.statement.accept")
    statements = uow.load(Statement, ids)
    for statement in statements:
        STATEMENT_STEPS.move(statement, "reject")
    return statements


def _billable(
    uow: UnitOfWork, statement: Statement, party: Party, product: Product
) -> PurchaseBillable:
    taxes = (product.purchase_tax_id,) if product.purchase_tax_id else ()
    return PurchaseBillable(
        source=ref(statement),
        number=statement.number or "",
        company_id=statement.company_id,
        supplier_id=party.id,
        on=statement.dated_on,
        currency=currency_of(uow, statement.company_id),
        payment_term_id=party.supplier_term_id,
        reference=statement.reference,
        purpose="freight_accrued",
        lines=tuple(
            PurchaseLine(
                line_id=line.id,
                product_id=product.id,
                quantity=ZERO + 1,
                price=line.charged,
                discount=ZERO,
                tax_ids=taxes,
                amount=line.charged,
                unit_cost=line.expected,
                description=line.tracking or "",
                kind="service",
            )
            for line in statement.lines
        ),
    )


def _freight_product(uow: UnitOfWork, carriers: Sequence[Carrier]) -> dict[int, Product]:
    """What stands on each carrier's bill; the common product is made when it is first needed."""
    own = [c.product_id for c in carriers if c.product_id is not None]
    known = {p.id: p for p in uow.load(Product, sorted(set(own)))} if own else {}
    found = {c.id: known[c.product_id] for c in carriers if c.product_id is not None}
    if len(found) < len({c.id for c in carriers}):
        common = freight_product(uow)
        found = {c.id: found.get(c.id, common) for c in carriers}
    return found


def freight_product(uow: UnitOfWork) -> Product:
    """The service product on carriers' bills."""
    product = uow.session.scalar(select(Product).where(Product.code == FREIGHT))
    if product is None:
        unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
        if unit is None:
            raise Refused(_("Enter a unit first: freight is billed by the piece."))
        product = Product(
            code=FREIGHT, name=str(_("Freight")), kind="service", unit_id=unit, sales_price=ZERO,
            cost_price=ZERO, tracking="none", lead_days=0, active=True,
        )  # fmt: skip
        uow.add(product)
    return product
