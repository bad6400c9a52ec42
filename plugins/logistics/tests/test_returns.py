"""What customers send back: announced, taken in, inspected."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import DocumentRef, Invalid, Refused, ref
from dougong_base.events import (
    GoodsReceived,
    GoodsRejected,
    MovedLine,
    SaleBillable,
    SaleLine,
    SaleReturned,
)
from dougong_logistics.checks import inspected_returns_add_up
from dougong_logistics.returns import service
from dougong_logistics.returns.models import Return

DAY = dt.date(2026, 3, 10)
D = Decimal
CRM = DocumentRef("crm.returns", 55)


@pytest.fixture
def sent(office):
    """Four lamps and a chair at Ada's."""
    delivery = office.plan((office.ids.lamp, 4), (office.ids.chair, 1))
    office.goods_leave(delivery, (office.ids.lamp, 4), (office.ids.chair, 1))
    id = office.shipment().id
    from dougong_logistics.shipments.service import deliver

    office.run(lambda uow: deliver(uow, [id], "Ada", on=dt.date(2026, 3, 3)))
    return id


def see(office, id):
    return office.run(lambda uow: uow.get(Return, id, Return.lines))


def told(office, act):
    def acting(uow):
        act(uow)
        uow.settle()
        return list(uow.published)

    return office.run(acting)


def announced(office, sent):
    (draft,) = office.run(lambda uow: service.start_returns(uow, [sent]))
    events = told(office, lambda uow: service.announce(uow, [draft.id], on=DAY))
    return draft.id, events


def count(office, enter, id, *lines):
    rows = see(office, id).lines
    enter("logistics.returns", key=id, lines=[
        {"id": row.id, "good": str(g), "damaged": str(d), "missing": str(m)}
        for row, (g, d, m) in zip(rows, lines, strict=True)
    ])  # fmt: skip


def test_a_return_alone_is_announced_taken_in_inspected_and_credited(office, enter, sent):
    id, events = announced(office, sent)
    (news,) = [e for e in events if isinstance(e, SaleReturned)]
    assert (news.customer_id, [(x.product_id, x.quantity) for x in news.lines]) == (
        office.ids.ada, [(office.ids.lamp, 4), (office.ids.chair, 1)],
    )  # fmt: skip
    office.run(lambda uow: service.receive(uow, [id], on=DAY))
    count(office, enter, id, (2, 1, 1), (1, 0, 0))
    events = told(office, lambda uow: service.inspect(uow, [id], on=DAY))
    (apart,) = [e for e in events if isinstance(e, GoodsRejected)]
    assert [(x.product_id, x.quantity) for x in apart.lines] == [(office.ids.lamp, 1)]
    (credit,) = [e for e in events if isinstance(e, SaleBillable)]
    # What is missing is not credited: three lamps at 40 and a chair at 100.
    assert [(x.quantity, x.amount) for x in credit.lines] == [(-3, -120), (-1, -100)]
    assert see(office, id).state == "done"
    assert office.read(lambda s: list(inspected_returns_add_up(s))) == []


def test_an_inspection_that_does_not_add_up_is_refused(office, enter, sent):
    id, _events = announced(office, sent)
    office.run(lambda uow: service.receive(uow, [id], on=DAY))
    count(office, enter, id, (2, 1, 0), (1, 0, 0))
    with pytest.raises(Refused, match="make 3, but 4 were expected"):
        office.run(lambda uow: service.inspect(uow, [id]))
    with pytest.raises(Invalid, match="not changed any more"):
        rows = see(office, id).lines
        enter("logistics.returns", key=id, lines=[{"id": row.id, "quantity": "9"} for row in rows])
    assert see(office, id).state == "received"


def test_what_is_on_its_way_back_is_not_returned_twice(office, sent):
    announced(office, sent)
    with pytest.raises(Refused, match="on its way back already"):
        office.run(lambda uow: service.start_returns(uow, [sent]))


def test_what_has_not_left_does_not_come_back(office):
    office.plan((office.ids.lamp, 1))
    with pytest.raises(Refused, match="Nothing of Shipment"):
        office.run(lambda uow: service.start_returns(uow, [office.shipment().id]))


def sales_announce(office):
    line = SaleLine(
        line_id=7, product_id=office.ids.lamp, quantity=D(2), price=D(40), discount=D(0),
        tax_ids=(), amount=D(80),
    )  # fmt: skip
    event = SaleReturned(
        source=CRM, number="RT-9", company_id=1, customer_id=office.ids.ada, on=DAY,
        currency="EUR", lines=(line,),
    )  # fmt: skip
    office.run(lambda uow: uow.publish(event))
    return office.all(Return)


def warehouse_takes_in(office, source, quantity):
    event = GoodsReceived(
        receipt=DocumentRef("inventory.receipts", 3), number="RN-1", source=source, company_id=1,
        party_id=office.ids.ada, on=DAY, returned=True,
        lines=(MovedLine(source_line_id=7, product_id=office.ids.lamp, quantity=D(quantity),
                         cost=D(10), lot="L1"),),
    )  # fmt: skip
    office.run(lambda uow: uow.publish(event))


def test_a_return_that_sales_announced_is_inspected_here_and_credited_there(office, enter):
    sales_announce(office)
    (document,) = sales_announce(office)
    assert (document.state, document.reference, document.credit) == ("announced", "RT-9", False)
    warehouse_takes_in(office, CRM, 1)
    found = see(office, document.id)
    (line,) = found.lines
    assert (found.state, line.received, line.good, line.missing) == ("received", 1, 1, 1)
    count(office, enter, document.id, (0, 1, 1))
    events = told(office, lambda uow: service.inspect(uow, [document.id], on=DAY))
    (apart,) = [e for e in events if isinstance(e, GoodsRejected)]
    assert (apart.subject.id, apart.lines[0].lot) == (3, "L1")
    assert not [e for e in events if isinstance(e, SaleBillable)]


def test_more_cannot_be_good_than_has_come(office, enter):
    (document,) = sales_announce(office)
    warehouse_takes_in(office, CRM, 1)
    count(office, enter, document.id, (2, 0, 0))
    with pytest.raises(Refused, match="only 1 have come"):
        office.run(lambda uow: service.inspect(uow, [document.id]))


def test_the_receipt_of_an_own_return_is_found(office, sent):
    id, _events = announced(office, sent)
    warehouse_takes_in(office, DocumentRef(Return.__document__, id), 4)
    assert [(x.received, x.missing) for x in see(office, id).lines] == [(4, 0), (0, 0)]
    assert office.run(lambda uow: uow.session.scalar(select(Return.receipt_id))) == 3
    assert ref(see(office, id)).kind == "logistics.returns"
