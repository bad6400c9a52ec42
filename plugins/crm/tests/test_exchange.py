"""An exchange: the same goods again, at the prices that were paid, once."""

from decimal import Decimal as D  # noqa: N817

import pytest
from sqlalchemy import select

from dougong import Actor, Forbidden, Refused, StepNotAllowed
from dougong.links.models import DocumentLink
from dougong_base import Unit
from dougong_crm.orders.models import Order
from dougong_crm.orders.service import confirm_orders
from dougong_crm.returns.replacing import replace_returns
from dougong_crm.returns.service import confirm_returns, start_returns

SYSTEM = Actor.system()


@pytest.fixture
def sent_back(shop):
    """Ten were sold and delivered; so many of them come back."""

    def bring(quantity, line=None, **more):
        shop.with_warehouse()
        key = shop.order(line or shop.line(discount=D(10)), discount=D(5), **more)
        shop.confirm(key)
        shop.ship(key, 10)

        def announce(uow):
            (draft,) = start_returns(uow, [key])
            draft.lines[0].quantity = D(quantity)
            return draft.id

        returned = shop.run(SYSTEM, announce)
        shop.run(SYSTEM, lambda uow: confirm_returns(uow, [returned]) and None)
        return returned

    return bring


def replaced(shop, returned, actor=SYSTEM):
    return shop.run(actor, lambda uow: replace_returns(uow, [returned])[0].id)


def test_the_same_is_ordered_again_at_the_price_that_was_paid(shop, sent_back):
    returned = sent_back(4, reference="PO-7")

    order, (line,) = shop.look(replaced(shop, returned))

    assert (order.state, order.reference, order.discount) == ("draft", "PO-7", D(5))
    assert (line.quantity, line.price, line.discount, line.description) == (4, 100, 10, "desk")
    assert order.untaxed == 360
    with shop.read(SYSTEM) as session:
        link = session.scalars(select(DocumentLink).where(DocumentLink.kind == "replacement")).one()
    assert (link.from_id, link.to_id) == (returned, order.id)
    shop.run(SYSTEM, lambda uow: confirm_orders(uow, [order.id]) and None)
    assert shop.look(order.id)[0].state == "confirmed"


def test_what_was_sold_by_the_box_goes_by_the_box_where_boxes_are_whole(shop, sent_back):
    def box(uow):
        made = Unit(code="box5", name="Box of 5", factor=D(5))
        uow.add(made)
        return made.id

    boxes = shop.run(SYSTEM, box)

    def sold():
        return shop.line(quantity=2, price="500", unit_id=boxes, own_quantity=D(10))

    _order, (line,) = shop.look(replaced(shop, sent_back(5, sold())))
    assert (line.quantity, line.unit_id, line.price, line.own_quantity) == (1, boxes, 500, 5)

    _order, (line,) = shop.look(replaced(shop, sent_back(3, sold())))
    assert (line.quantity, line.unit_id, line.price) == (3, shop.known["unit"], 100)


def test_a_return_is_replaced_once(shop, sent_back):
    returned = sent_back(4)
    replaced(shop, returned)

    with pytest.raises(Refused, match="was drafted already"):
        replaced(shop, returned)
    with shop.read(SYSTEM) as session:
        assert len(session.scalars(select(Order)).all()) == 2


def test_it_takes_the_right_to_enter_orders_and_a_return_that_is_confirmed(shop, sent_back):
    returned = sent_back(4)
    with pytest.raises(Forbidden):
        replaced(shop, returned, Actor(5, "Sam", frozenset({"crm.return.confirm"}), (1,), 1))

    with shop.read(SYSTEM) as session:
        assert len(session.scalars(select(Order)).all()) == 1


def test_a_return_that_is_not_announced_is_not_replaced(shop):
    shop.with_warehouse()
    key = shop.order(shop.line())
    shop.confirm(key)
    shop.ship(key, 10)
    draft = shop.run(SYSTEM, lambda uow: start_returns(uow, [key])[0].id)

    with pytest.raises(StepNotAllowed):
        replaced(shop, draft)
