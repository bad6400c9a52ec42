"""Order, receipt and bill side by side."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from dougong import ZERO, Text, UnitOfWork
from dougong.actors import Actor
from dougong.web.calls import the_house
from dougong_base.ports import StockAvailability, SupplierBill, SupplierBills
from dougong_purchasing.matches.compare import difference, net
from dougong_purchasing.matches.differing import KINDS, sentence_of
from dougong_purchasing.matches.models import Match
from dougong_purchasing.matches.service import agreed_of, tolerance_of
from dougong_purchasing.orders.models import Order, OrderLine


class Side(NamedTuple):
    """One line of the bill beside its line of the order."""

    name: str
    ordered: Decimal | None
    received: Decimal | None
    elsewhere: Decimal | None
    billed: Decimal
    owed: Decimal | None
    paid: Decimal
    #: What it comes to beyond what was agreed, in the bill's currency.
    dearer: Decimal | None
    #: What kind of difference it is, or None.
    why: Text | None


def three_ways(
    noun: Any, session: Session, match: Match, actor: Actor
) -> tuple[str, Mapping[str, Any]]:
    """The bill as it is now, line by line."""
    with the_house().look(actor) as uow:
        port = uow.ask(SupplierBills)
        bill = port.of([match.bill_id]).get(match.bill_id) if port else None
        mine = uow.get(Match, match.id, Match.lines)
        order = uow.get(Order, mine.order_id, Order.lines)
        return "purchasing/three_ways.html", {
            "bill": bill,
            "order": {"id": order.id, "number": str(order), "currency": order.currency},
            "rows": sides(uow, bill, order, mine) if bill else [],
            "why": sentence_of(mine.why) if mine.why else "",
        }


def sides(uow: UnitOfWork, bill: SupplierBill, order: Order, match: Match) -> list[Side]:
    """What was ordered, has come and is billed, by line of the bill."""
    lines = {line.id: line for line in order.lines}
    # While it is a draft the order counts it among what is billed; a cancelled one it does not.
    counted = bill.state not in ("cancelled", "reversed")
    drafted = {x.order_line_id: x.quantity for x in match.lines} if counted else {}
    tolerance, asked, found = tolerance_of(uow), dict[int, Decimal](), []
    for row in bill.lines:
        line = lines.get(row.source_line_id or 0)
        paid = net(row.price, row.discount)
        if line is None:
            found.append(
                Side(row.description, None, None, None, row.quantity, None, paid, None,
                     KINDS["unknown"])
            )  # fmt: skip
            continue
        before = asked.get(line.id, ZERO)
        asked[line.id] = before + row.quantity
        elsewhere = line.billed - drafted.get(line.id, ZERO) + before
        agreed = agreed_of(line, elsewhere, by_receipt=_by_receipt(uow, order, line))
        owed = net(agreed.price, agreed.discount)
        differing = difference(agreed, row.quantity, row.price, row.discount, tolerance)
        found.append(
            Side(
                row.description, agreed.ordered, agreed.received, elsewhere, row.quantity, owed,
                paid, (paid - owed) * row.quantity,
                KINDS[differing.code] if differing else None,
            )
        )  # fmt: skip
    return found


def _by_receipt(uow: UnitOfWork, order: Order, line: OrderLine) -> bool:
    counted = uow.ask(StockAvailability) is not None
    return counted and order.bill_on != "order" and line.kind == "goods"
