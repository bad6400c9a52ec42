"""A record leads to the documents that name it, counted for whoever asks and not beyond a bound."""

from __future__ import annotations

import dataclasses
import datetime as dt

from shop import Order
from sqlalchemy import event

from dougong.resources.namers import MOST, named_by


def told(house, who, noun, key):
    with house.read(who) as session:
        return named_by(session, house.nouns.get(noun).namers, key)


def test_orders_name_their_customer_and_in_their_lines_the_product(shop, stock, me):
    (named,) = told(shop, me, "shop.products", stock.tenon)
    assert (str(named.noun.label), named.count, named.capped) == ("Orders", 1, False)
    assert named.url == f"/shop/orders?lines.product={stock.tenon}"
    # Nobody ordered a beam: there is no button that leads to an empty list.
    assert told(shop, me, "shop.products", stock.beam) == []

    urls = [one.url for one in told(shop, me, "shop.customers", stock.acme)]
    assert urls == [f"/shop/orders?customer={stock.acme}"]


def test_what_another_company_has_is_not_counted(shop, stock, me):
    elsewhere = dataclasses.replace(me, companies=(2,), company_id=2)
    assert told(shop, elsewhere, "shop.customers", stock.acme) == []


def test_many_are_counted_to_a_bound_in_one_statement(shop, stock, me):
    more = [Order(customer_id=stock.acme, ordered_on=dt.date(2026, 3, 1)) for _n in range(MOST + 5)]
    shop.run(me, lambda uow: uow.add(*more))
    statements = []
    event.listen(shop.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))

    (named,) = told(shop, me, "shop.customers", stock.acme)

    assert (named.count, named.capped) == (MOST, True)
    assert len([s for s in statements if "shop_order" in s]) == 1
