"""Sales orders, with nobody else in the house, and with other departments played by hand."""

import datetime as dt
from decimal import Decimal as D  # noqa: N817

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from dougong import Actor, DocumentRef, Reaction, Refused
from dougong.errors import NotFound
from dougong_base.events import (
    GoodsReceived,
    InvoiceCancelled,
    MovedLine,
    SaleBillable,
    SalesOrderConfirmed,
)
from dougong_base.ports import CreditStanding, Standing
from dougong_crm.orders.billing import bill_orders
from dougong_crm.orders.models import Order
from dougong_crm.orders.service import cancel_orders, confirm_orders, create_orders
from dougong_crm.returns.models import Return
from dougong_crm.returns.service import confirm_returns, start_returns

DAY = dt.date(2026, 3, 2)
SYSTEM = Actor.system()


def test_an_order_is_numbered_when_it_is_confirmed_in_the_year_of_that_day(shop):
    key = shop.order(shop.line(discount=D(10)))
    found, lines = shop.look(key)
    assert (found.number, found.untaxed, found.tax_total, found.total) == (
        None, D(900), D(171), D(1071),
    )  # fmt: skip

    published = shop.confirm(key)

    found, lines = shop.look(key)
    assert (found.number, found.state, found.confirmed_on) == ("SO-2026-00001", "confirmed", DAY)
    assert isinstance(published[0], SalesOrderConfirmed)
    assert published[0].lines[0].amount == lines[0].amount == D(900)


def test_an_order_without_lines_binds_nobody(shop):
    key = shop.order()

    with pytest.raises(Refused, match="no lines"):
        shop.confirm(key)


def test_where_nobody_ships_everything_is_billable_at_once(shop):
    key = shop.order(shop.line(), shop.line("work", 1, "50"))

    published = shop.confirm(key)

    (billable,) = [e for e in published if isinstance(e, SaleBillable)]
    assert [x.amount for x in billable.lines] == [D(1000), D(50)]


def test_goods_are_billed_as_they_are_delivered_and_services_with_the_first(shop):
    shop.with_warehouse()
    key = shop.order(shop.line(quantity=3, price="3.33"), shop.line("work", 1, "50"))
    assert not [e for e in shop.confirm(key) if isinstance(e, SaleBillable)]

    first = shop.ship(key, 1, delivery=1, on=dt.date(2026, 3, 5))
    again = shop.ship(key, 1, delivery=1)
    second = shop.ship(key, 2, delivery=2)

    assert not again
    assert [(x.kind, x.quantity, x.amount) for x in first[0].lines] == [
        ("goods", 1, D("3.33")), ("service", 1, D(50)),
    ]  # fmt: skip
    assert (first[0].on, first[0].delivery) == (
        dt.date(2026, 3, 5), DocumentRef("inventory.deliveries", 1),
    )  # fmt: skip
    assert [(x.quantity, x.amount) for x in second[0].lines] == [(2, D("6.66"))]
    assert shop.look(key)[0].delivery_state == "full"


def test_parts_that_are_billed_add_up_to_the_line(shop):
    shop.with_warehouse()
    key = shop.order(shop.line(quantity=3, price="10", discount=D("33.333")))
    shop.confirm(key)

    parts = [shop.ship(key, 1, delivery=n)[0].lines[0].amount for n in range(3)]

    assert sum(parts) == shop.look(key)[1][0].amount == D("20.00")


def test_pure_services_are_billable_at_confirmation(shop):
    shop.with_warehouse()
    key = shop.order(shop.line("work", 2, "50"))

    published = shop.confirm(key)

    assert [e.lines[0].amount for e in published if isinstance(e, SaleBillable)] == [D(100)]
    assert shop.look(key)[0].delivery_state == "unneeded"


def test_an_order_is_done_when_it_is_delivered_billed_and_paid(shop):
    shop.with_warehouse()
    key = shop.order(shop.line())
    shop.confirm(key)
    (billable,) = shop.ship(key, 10)
    shop.draft_invoice(billable)
    shop.draft_invoice(billable)  # told twice, counted once
    found, lines = shop.look(key)
    assert (found.invoice_state, lines[0].billed, found.unbilled) == ("full", D(10), D(0))
    assert (found.state, found.payment_state) == ("confirmed", "open")

    shop.pay(key)

    found, _lines = shop.look(key)
    assert (found.state, found.payment_state) == ("done", "full")


def test_a_cancelled_invoice_opens_its_lines_again(shop):
    key = shop.order(shop.line())
    (billable,) = [e for e in shop.confirm(key) if isinstance(e, SaleBillable)]
    shop.draft_invoice(billable)

    shop.draft_invoice(billable, event=InvoiceCancelled)

    found, lines = shop.look(key)
    assert (found.invoice_state, lines[0].billed) == ("open", D(0))
    with shop.work(SYSTEM) as uow:
        bill_orders(uow, [key], on=DAY)
    assert uow.published[0].lines[0].quantity == 10


def test_what_is_delivered_or_billed_is_not_simply_cancelled(shop):
    key = shop.order(shop.line())
    (billable,) = [e for e in shop.confirm(key) if isinstance(e, SaleBillable)]
    shop.draft_invoice(billable)

    with pytest.raises(Refused, match="billed"), shop.work(SYSTEM) as uow:
        cancel_orders(uow, [key])


def test_a_return_is_credited_once_the_goods_are_here(shop):
    shop.with_warehouse()
    key = shop.order(shop.line())
    shop.confirm(key)
    (billable,) = shop.ship(key, 10)
    shop.draft_invoice(billable)
    with shop.work(SYSTEM) as uow:
        (draft,) = start_returns(uow, [key])
        draft.lines[0].quantity = D(4)
    with shop.work(SYSTEM) as uow:
        confirm_returns(uow, [draft.id], on=DAY)
    assert not [e for e in uow.published if isinstance(e, SaleBillable)]

    moved = MovedLine(
        source_line_id=draft.lines[0].order_line_id,
        product_id=shop.known["desk"],
        quantity=D(4),
        cost=D(1),
    )
    with shop.work(SYSTEM) as uow:
        uow.publish(
            GoodsReceived(
                receipt=DocumentRef("inventory.receipts", 7),
                number="R1",
                source=DocumentRef("crm.returns", draft.id),
                company_id=1,
                party_id=None,
                on=DAY,
                lines=(moved,),
                returned=True,
            )
        )
    (credit,) = [e for e in uow.published if isinstance(e, SaleBillable)]
    shop.draft_invoice(credit, invoice=2)

    assert (credit.lines[0].quantity, credit.lines[0].amount) == (D(-4), D(-400))
    found, lines = shop.look(key)
    assert (lines[0].came_back, lines[0].billed, found.invoice_state) == (D(4), D(6), "full")
    with shop.read(SYSTEM) as session:
        assert session.get(Return, draft.id).state == "done"


def test_nobody_returns_more_than_was_delivered(shop):
    shop.with_warehouse()
    key = shop.order(shop.line())
    shop.confirm(key)
    shop.ship(key, 3)
    with shop.work(SYSTEM) as uow:
        (draft,) = start_returns(uow, [key])
        draft.lines[0].quantity = D(4)

    with pytest.raises(Refused, match="only 3 of Desk"), shop.work(SYSTEM) as uow:
        confirm_returns(uow, [draft.id])


def seller(*rights):
    return Actor(5, "Sam", frozenset(rights), (1,), 1)


def test_a_customer_over_the_credit_limit_is_refused_unless_someone_may(shop):
    shop.limited(2000)

    class Ledger:
        def of(self, party_ids):
            return {i: Standing(open=D(900), overdue=D(0)) for i in party_ids}

    shop.house.providers = {**shop.house.providers, CreditStanding: lambda uow: Ledger()}
    key = shop.order(shop.line())

    with pytest.raises(Refused, match=r"Acme would owe 2,090.00 EUR; the credit limit is 2,000.00"):
        shop.confirm(key, seller("crm.order.confirm"))
    shop.confirm(key, seller("crm.order.confirm", "crm.order.override"))


def test_orders_that_are_not_billed_yet_count_against_the_limit(shop):
    shop.limited(2000)
    first, second = shop.order(shop.line()), shop.order(shop.line())
    shop.confirm(first, seller("crm.order.confirm"))

    with pytest.raises(Refused, match="would owe"):
        shop.confirm(second, seller("crm.order.confirm"))


def test_orders_of_other_companies_do_not_exist(shop):
    key = shop.order(shop.line())

    with pytest.raises(NotFound):
        shop.confirm(key, Actor.system(2))


def test_a_hundred_orders_cost_as_many_statements_as_one(shop):
    def count(keys):
        with shop.work(SYSTEM) as uow:
            confirm_orders(uow, keys, on=DAY)
        return uow

    from sqlalchemy import event as listen

    seen = []
    listen.listen(shop.engine, "before_cursor_execute", lambda c, cur, s, *rest: seen.append(s))
    one = shop.order(*[shop.line() for _ in range(5)])
    count([one])
    alone = len(seen)
    many = [
        Order(
            customer_id=shop.known["customer"], currency="EUR", ordered_on=DAY,
            lines=[shop.line() for _ in range(5)],
        )
        for _ in range(100)
    ]  # fmt: skip
    seen.clear()
    shop.run(SYSTEM, lambda uow: create_orders(uow, many))
    count([o.id for o in many])

    assert alone <= 25, alone
    assert len(seen) <= alone + 2, (len(seen), alone)


def test_a_reaction_of_another_department_may_refuse(shop):
    def refuse(uow, events):
        raise Refused("No.")

    shop.reactions[SalesOrderConfirmed].append(Reaction(SalesOrderConfirmed, refuse))
    key = shop.order(shop.line())

    with pytest.raises(Refused, match="No"):
        shop.confirm(key)
    assert shop.look(key)[0].state == "draft"


def test_the_database_itself_keeps_what_has_a_number(shop):
    key = shop.order(shop.line())
    shop.confirm(key)

    for statement in (
        "DELETE FROM crm_order",
        "UPDATE crm_order SET number = 'SO-9'",
    ):
        with pytest.raises(IntegrityError), shop.engine.begin() as connection:
            connection.execute(text(statement))
