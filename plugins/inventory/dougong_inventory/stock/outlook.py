"""What will come and go: expected receipts and open deliveries, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import DocumentRef
from dougong_base.ports import Movement
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.workflow import OPEN
from dougong_inventory.receipts.models import Receipt, ReceiptLine


def outlook(
    session: Session,
    company_id: int,
    product_ids: Collection[int] | None,
    start: dt.date,
    end: dt.date,
) -> list[Movement]:
    """Movements between two days, both included, in two statements, the earliest first.

    What should have happened before, and what nobody has dated, counts on the first day.
    """
    coming = select(
        ReceiptLine.product_id, Receipt.expected_on, ReceiptLine.quantity,
        Receipt.id, Receipt.source_kind, Receipt.source_id, Receipt.warehouse_id,
    ).join(Receipt, Receipt.id == ReceiptLine.receipt_id).where(Receipt.state == "expected")  # fmt: skip
    going = select(
        DeliveryLine.product_id, Delivery.promised_on, -DeliveryLine.quantity,
        Delivery.id, Delivery.source_kind, Delivery.source_id, Delivery.warehouse_id,
    ).join(Delivery, Delivery.id == DeliveryLine.delivery_id).where(Delivery.state.in_(OPEN))  # fmt: skip
    found = []
    for query, document, line in ((coming, Receipt, ReceiptLine), (going, Delivery, DeliveryLine)):
        query = query.where(document.company_id == company_id)
        if product_ids is not None:
            query = query.where(line.product_id.in_(product_ids))
        found += [_movement(document, row, start) for row in session.execute(query)]
    return sorted((m for m in found if m.on <= end), key=lambda m: (m.on, m.document))


def _movement(document: type[Any], row: Any, start: dt.date) -> Movement:
    product, on, quantity, id, source_kind, source_id, warehouse = row
    source = DocumentRef(source_kind, source_id) if source_kind and source_id else None
    return Movement(
        product_id=product,
        on=max(on or start, start),
        quantity=quantity,
        document=DocumentRef(document.__document__, id),
        source=source,
        warehouse_id=warehouse,
    )
