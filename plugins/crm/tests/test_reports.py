"""What was sold, what is late, what may come."""

import datetime as dt
from decimal import Decimal as D  # noqa: N817

from dougong import Actor
from dougong_crm.checks import CHECKS
from dougong_crm.reports.backlog import ask_backlog
from dougong_crm.reports.sales import ask_sales
from dougong_crm.widgets import WIDGETS

SYSTEM = Actor.system()
START, END = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def sales(shop, by):
    with shop.read(SYSTEM) as session:
        return list(ask_sales(session, SYSTEM, by=by, start=START, end=END))


def test_sales_come_to_the_same_whichever_way_they_are_cut(shop):
    for quantity in (1, 2):
        shop.confirm(shop.order(shop.line(quantity=quantity), shop.line("work", 1, "50")))
    shop.order(shop.line(quantity=99))  # a draft is no sale

    for by in ("customer", "product", "category", "month", "salesperson"):
        lines = sales(shop, by)
        assert sum(line.values["amount"] for line in lines) == D(400), by
    assert [line.values["what"] for line in sales(shop, "month")] == ["2026-03"]
    assert [line.values["what"] for line in sales(shop, "product")] == ["Desk", "Assembly"]


def test_a_month_leads_to_its_orders(shop):
    shop.confirm(shop.order(shop.line()))

    (line,) = sales(shop, "month")

    assert "ordered_on.ge=2026-03-01" in line.drill
    assert "ordered_on.le=2026-03-31" in line.drill


def test_open_lines_are_what_is_still_to_be_delivered(shop):
    shop.with_warehouse()
    key = shop.order(shop.line(), promised_on=dt.date(2026, 3, 9))
    shop.confirm(key)
    shop.ship(key, 4)

    with shop.read(SYSTEM) as session:
        (line,) = ask_backlog(session, SYSTEM, until=None)

    assert (line.values["open"], line.values["product"]) == (6, "Desk")


def test_every_card_and_every_check_can_be_asked(shop):
    shop.confirm(shop.order(shop.line()))

    with shop.read(SYSTEM) as session:
        for widget in WIDGETS:
            widget.ask(session, SYSTEM)
        assert [list(check.run(session)) for check in CHECKS] == [[], []]


def test_a_check_notices_totals_that_do_not_fit(shop):
    key = shop.order(shop.line())

    def spoil(uow):
        from dougong_crm.orders.models import Order

        uow.get(Order, key).untaxed = D(1)

    shop.run(SYSTEM, spoil)

    with shop.read(SYSTEM) as session:
        assert len(list(CHECKS[0].run(session))) == 2
