"""The pager of a document: previous and next of the list it was opened from."""

from __future__ import annotations

import datetime as dt

import pytest
from shop import Customer, Order


@pytest.fixture
def row_of_orders(shop, me, stock):
    """Five orders of two customers, a day apart."""
    first = dt.date(2026, 4, 1)

    def act(uow):
        other = Customer(code="BIRCH", name="Birch House")
        uow.add(other)
        orders = [
            Order(
                ordered_on=first + dt.timedelta(days=n),
                customer_id=stock.acme if n != 2 else other.id,
            )
            for n in range(5)
        ]
        uow.add(*orders)
        return [order.id for order in orders]

    return shop.run(me, act)


def test_the_pager_follows_sort_and_filter_of_the_list(visit, stock, row_of_orders):
    one, two, three, four, _five = row_of_orders
    asked = f"customer={stock.acme}&ordered_on.ge=2026-04-01&sort=ordered_on"

    page = visit().get(f"/shop/orders/{two}/neighbours?{asked}&board=kanban&size=20").text

    # The third is another customer's: it is passed over.
    assert "2 of 4" in page
    assert f'href="/shop/orders/{one}"' in page
    assert f'href="/shop/orders/{four}"' in page
    assert f'href="/shop/orders/{three}"' not in page


def test_at_the_ends_there_is_no_further_way(visit, stock, row_of_orders):
    page = (
        visit()
        .get(f"/shop/orders/{row_of_orders[0]}/neighbours?ordered_on.ge=2026-04-01&sort=ordered_on")
        .text
    )

    assert "1 of 5" in page
    assert 'data-leaf="prev"' not in page
    assert f'href="/shop/orders/{row_of_orders[1]}"' in page


def test_a_document_that_left_the_list_still_leads_on(visit, stock, row_of_orders):
    _one, two, three, four, _five = row_of_orders
    asked = f"customer={stock.acme}&ordered_on.ge=2026-04-01&sort=ordered_on"

    page = visit().get(f"/shop/orders/{three}/neighbours?{asked}").text

    assert "no longer among the 4" in page
    assert f'href="/shop/orders/{two}"' in page
    assert f'href="/shop/orders/{four}"' in page


def test_a_filter_that_is_not_there_is_refused(visit, row_of_orders):
    assert visit().get(f"/shop/orders/{row_of_orders[0]}/neighbours?colour=1").status_code == 422


def test_documents_of_another_company_are_no_neighbours(visit, shop, me, stock, row_of_orders):
    from dataclasses import replace

    other = replace(me, company_id=2, companies=(2,))

    def act(uow):
        customer = Customer(code="FAR", name="Far")
        uow.add(customer)
        uow.add(Order(ordered_on=dt.date(2026, 4, 2), customer_id=customer.id))

    shop.run(other, act)
    page = visit().get(f"/shop/orders/{row_of_orders[1]}/neighbours?ordered_on.ge=2026-04-01").text
    assert "of 5" in page
