"""The card that goes through the workshop with the work: material, and each operation with its code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from dougong import _
from dougong.printing import Beside, Box, Code, Column, Desk, Facts, Print, Sheet, Table, Words
from dougong.printing.sheets import Part
from dougong_production.orders.models import Order
from dougong_production.work_orders.models import WorkOrder


def lay_out_cards(desk: Desk, orders: Sequence[Order]) -> Iterator[Sheet]:
    """What is made of what, and each operation in a frame of its own with a code to scan."""
    work = _work(desk, [order.id for order in orders])
    for order in orders:
        number = order.number or ""
        material = desk.table(
            order, "materials", "product", "quantity", "lot", "operation", title=_("Material")
        )
        yield Sheet(
            title=f"{_('Work order card')} {number}".strip(),
            dated=order.released_on,
            parts=[
                Beside(
                    [
                        [Facts(desk.facts(
                            order, "product", "quantity", "starts_on", "due_on", "reference",
                            "lot", "bom",
                        ))],
                        [Code(number)] if number else [],
                    ],
                    shares=(3, 2),
                ),
                *([material] if material.rows else []),
                *(_frame(desk, one) for one in work.get(order.id, ())),
                *([Words(order.note, title=_("Note"))] if order.note else []),
            ],
        )  # fmt: skip


def _work(desk: Desk, orders: Sequence[int]) -> Mapping[int, list[WorkOrder]]:
    statement = (
        select(WorkOrder)
        .where(WorkOrder.order_id.in_(orders), WorkOrder.state != "cancelled")
        .options(joinedload(WorkOrder.work_centre))
        .order_by(WorkOrder.order_id, WorkOrder.sequence, WorkOrder.id)
    )
    found: dict[int, list[WorkOrder]] = {}
    for one in desk.session.scalars(statement):
        found.setdefault(one.order_id, []).append(one)
    return found


def _frame(desk: Desk, work: WorkOrder) -> Part:
    """One operation: where, how long, a code to scan, and room to write."""
    planned = desk.fmt.time(work.planned_start) if work.planned_start else ""
    facts = [
        (_("Work centre"), work.work_centre.name),
        (_("Quantity"), desk.quantity(work.quantity)),
        (_("Planned (min)"), desk.quantity(work.planned_minutes)),
        (_("Planned start"), planned),
    ]
    written = Table(
        [Column(_("Date")), Column(_("Who")), Column(_("Good")), Column(_("Scrapped")),
         Column(_("Minutes"))],
        [["________"] * 5],
    )  # fmt: skip
    return Box(
        [
            Beside(
                [
                    [
                        Words(f"{work.sequence} · {work.name}", strong=True),
                        Facts(facts),
                    ],
                    [Code(f"W{work.id}", height=11)],
                ],
                shares=(3, 2),
            ),
            written,
        ]
    )


ORDER_PRINTS = [
    Print(
        name="production.card", label=_("Work order card"), resource="production.orders",
        layout=lay_out_cards, states=["draft", "released", "started"], order=10,
    )
]  # fmt: skip
