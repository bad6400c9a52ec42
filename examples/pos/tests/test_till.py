"""A day at the till, as a cashier has it; warehouse and books are played by hand."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Refused
from dougong_base.events import SaleBillable, SalesOrderConfirmed, TakingsCounted
from dougong_pos.sales.models import Sale
from dougong_pos.tills.models import Day
from dougong_pos.tills.service import close_days, open_day


@pytest.fixture
def sales(read):
    def ask():
        with read() as session:
            return session.scalars(select(Sale).order_by(Sale.id)).all()

    return ask


def test_nothing_is_sold_at_a_closed_till(at):
    assert "The till is closed" in at(code="TEA").text


def test_scans_add_up_by_barcode_by_code_and_by_number(at, sales):
    at("open", cash="100")
    for typed in ("4012345678901", "TEA", "3*CUP", "-TEA"):
        page = at(code=typed)

    assert page.status_code == 200
    (sale,) = sales()
    # One tea and three cups: 12.50 and 19 % tax.
    assert (sale.untaxed, sale.tax, sale.total) == (
        Decimal("12.50"),
        Decimal("2.38"),
        Decimal("14.88"),
    )


def test_cash_is_taken_with_change_and_the_receipt_has_a_number(at, sales):
    at("open", cash="100")
    at(code="TEA")
    page = at("cash", given="10").text

    (sale,) = sales()
    assert (sale.number, sale.state, sale.means, sale.change) == (
        sale.number, "paid", "cash", Decimal("4.05"),
    )  # fmt: skip
    assert sale.number.startswith("RC-")
    assert sale.number in page
    assert "4.05" in page


def test_enter_on_the_empty_field_leads_to_the_money(at):
    at("open")
    at(code="TEA")
    page = at(code="").text

    given = page[page.index('id="given"') :]
    assert "autofocus" in given[: given.index(">")]
    assert "autofocus" not in page[page.index('id="code"') : page.index('id="given"')]


def test_a_sale_is_told_in_the_language_of_business(at, events, goods):
    at("open")
    at(code="2*TEA")
    at("card")

    (order,) = events.of(SalesOrderConfirmed)
    (bill,) = events.of(SaleBillable)
    assert order.source == bill.source
    assert [(x.product_id, x.quantity, x.amount) for x in order.lines] == [(goods[0].id, 2, 10)]


#: What somebody types, and the sentence that says why not.
WRONG = {
    "a code of nothing": ("scan", {"code": "NOTHING"}, 409, "There is no product “NOTHING”."),
    "nothing times": ("scan", {"code": "0*TEA"}, 409, "A quantity is more than nothing."),
    "more off than on": ("scan", {"code": "2*-TEA"}, 409, "has not been scanned so often"),
    "off what is not there": ("scan", {"code": "-CUP"}, 409, "has not been scanned so often"),
    "too little money": ("cash", {"given": "1"}, 409, "4.95 is missing."),
    "no amount": ("cash", {"given": "ten"}, 409, "“ten” is no amount."),
    "an endless amount": ("cash", {"given": "1e999"}, 409, "is no amount."),
    "a means that is none": ("cheque", {}, 409, "There is no such means of payment."),
}  # fmt: skip


@pytest.mark.parametrize("how", WRONG)
def test_what_is_typed_wrongly_is_said_and_changes_nothing(at, sales, how):
    does, typed, status, sentence = WRONG[how]
    at("open")
    at(code="TEA")

    answer = at(does, **typed)

    assert (answer.status_code, sentence in answer.text) == (status, True), answer.text
    (sale,) = sales()
    assert (sale.state, sale.total) == ("open", Decimal("5.95"))


def test_a_sale_that_is_given_up_is_neither_told_nor_counted(at, sales, events):
    at("open")
    at(code="TEA")
    at("give_up")

    assert sales()[0].state == "given_up"
    assert events.of(SaleBillable) == []


def test_the_day_is_closed_with_what_was_counted(at, work, till, events, read):
    at("open", cash="100")
    at(code="TEA")
    at("cash", given="10")
    at(code="CUP")
    at("card")
    with read() as session:
        id = session.scalar(select(Day.id))
    with work() as uow:
        (day,) = close_days(uow, [id], counted=Decimal(105))

    assert (day.cash, day.card, day.expected) == (
        Decimal("5.95"),
        Decimal("2.98"),
        Decimal("105.95"),
    )
    assert day.difference == Decimal("-0.95")
    (told,) = events.of(TakingsCounted)
    assert told.difference == Decimal("-0.95")
    assert [(x.means, x.amount) for x in told.takings] == [
        ("cash", Decimal("5.95")),
        ("card", Decimal("2.98")),
    ]


def test_a_day_with_a_sale_that_waits_is_not_closed(at, work, read):
    at("open")
    at(code="TEA")
    with read() as session:
        id = session.scalar(select(Day.id))

    with pytest.raises(Refused, match="is not paid yet"), work() as uow:
        close_days(uow, [id], counted=Decimal(0))


def test_a_till_is_opened_once(work, till):
    with work() as uow:
        open_day(uow, till.id)

    with pytest.raises(Refused, match="open already"), work() as uow:
        open_day(uow, till.id)


def test_who_may_not_sell_does_not_see_the_till(client_as, till):
    assert client_as().get(f"/pos/till/{till.id}").status_code == 403
    assert client_as("pos.cashier").get("/pos/till/999").status_code == 404


def test_the_receipt_names_goods_tax_and_change(house, at, sales, printed):
    pytest.importorskip("typst")
    at("open")
    at(code="TEA")
    at("cash", given="10")

    words = printed(house, "pos.sales", sales()[0].id, "receipt")

    for said in ("Tea", "5.95", "0.95", "4.05", "Thank you"):
        assert said in words
