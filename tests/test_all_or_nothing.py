"""Somebody says no at the end of the chain: nothing at all has changed, and the sentence is shown."""

from __future__ import annotations

import datetime as dt
import json
import re
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong.errors import Refused
from dougong.web.app import create_app
from dougong_crm.orders.service import confirm_orders
from dougong_finance.accounts.models import AccountUse
from dougong_finance.invoices.models import Invoice
from dougong_finance.payments.paying import pay_invoices
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import receive

FEBRUARY, MARCH = dt.date(2026, 2, 10), dt.date(2026, 3, 10)
CLOSED = "The period 2026-03 is Closed"


def shipment(shop):
    order = shop.sell(5, FEBRUARY)
    shop.close_month(MARCH)
    return "inventory.deliveries", shop.deliveries_of(order)[0], "ship", ship_deliveries, CLOSED


def coming_back(shop):
    order = shop.sell(5, FEBRUARY)
    shop.ship(order, FEBRUARY)
    document = shop.announce_return(order, 2, FEBRUARY)
    shop.close_month(MARCH)
    with shop.read() as session:
        (receipt,) = session.scalars(select(Receipt.id).where(Receipt.source_id == document))
    return "inventory.receipts", receipt, "receive", receive, CLOSED


def payment(shop):
    shop.ship(shop.sell(5, FEBRUARY), FEBRUARY)
    shop.post_all()
    shop.close_month(MARCH)
    with shop.read() as session:
        invoice = session.scalars(select(Invoice.id)).one()
    return "finance.customer-invoices", invoice, "pay", pay_invoices, CLOSED


def confirmation(shop):
    """The ledger does not know where to book what is sold: the draft of the invoice is refused."""
    order = shop.draft(5, MARCH, invoice_on="order")
    sales = select(AccountUse).where(AccountUse.purpose == "income")
    shop.do(lambda uow: uow.remove(*uow.session.scalars(sales)))
    return "crm.orders", order, "confirm", confirm_orders, "No account is chosen for"


ACTS = [shipment, coming_back, payment, confirmation]


@pytest.fixture(params=ACTS, ids=lambda act: act.__name__)
def act(request, company):
    """A step that somebody else refuses, and everything there is before."""
    shop = company("base", "crm", "inventory", "finance")
    shop.stock_up(on=dt.date(2026, 1, 2))
    shop.runtime.config["ACT_AS"] = Actor.system()
    noun, id, step, service, sentence = request.param(shop)
    return SimpleNamespace(
        shop=shop, noun=noun, id=id, step=step, service=service, sentence=sentence,
        path=f"/{noun.replace('.', '/')}/{id}", before=shop.everything(),
    )  # fmt: skip


@pytest.fixture
def client(act):
    return create_app(act.shop.runtime, act.shop.runtime.config).test_client()


def test_a_service_that_is_refused_leaves_no_trace(act):
    with pytest.raises(Refused, match=act.sentence):
        act.shop.do(lambda uow: act.service(uow, [act.id], on=MARCH))
    assert act.shop.everything() == act.before


def test_the_api_answers_409_with_the_sentence_and_keeps_nothing(act, client):
    answer = client.post(
        f"/api/v1{act.path}/{act.step}", json={"on": "2026-03-10"},
        headers={"Idempotency-Key": "refused-once"},
    )  # fmt: skip
    assert (answer.status_code, act.sentence in answer.text) == (409, True), answer.text
    assert act.shop.everything() == act.before


def test_the_page_shows_the_sentence_and_nothing_has_changed(act, client):
    answer = client.post(f"{act.path}/steps/{act.step}", data={"on": "2026-03-10"})
    assert answer.status_code == 409
    assert act.sentence in re.sub(r"\s+", " ", answer.text)
    assert act.shop.everything() == act.before


def test_the_command_lists_it_with_its_reason(act, run_in):
    done = run_in(act.shop, "step", act.noun, act.step, "--on", "2026-03-10")
    told = run_in(act.shop, "step", act.noun, act.step, "--on", "2026-03-10", "--json")

    assert (done.exit_code, told.exit_code) == (1, 1)
    assert "0 of 1 done." in done.output
    assert act.sentence in done.output
    (refused,) = json.loads(told.stdout)["refused"]
    assert (refused["id"], act.sentence in refused["reason"]) == (act.id, True)
    assert act.shop.everything() == act.before


def test_one_that_is_refused_takes_the_whole_batch_with_it(company):
    shop = company("base", "crm", "inventory", "finance")
    shop.stock_up(6)
    both = [shop.draft(5, FEBRUARY), shop.draft(2, FEBRUARY)]
    for order in both:
        shop.do(lambda uow, order=order: confirm_orders(uow, [order], on=FEBRUARY))
    ids = [shop.deliveries_of(order)[0] for order in both]
    before = shop.everything()

    # The second delivery asks for two of which one is left: neither leaves.
    def both_whole(uow):
        from dougong_inventory.deliveries.models import Delivery

        found = uow.load(Delivery, ids, Delivery.lines)
        asked = {line.id: line.quantity for delivery in found for line in delivery.lines}
        ship_deliveries(uow, ids, on=FEBRUARY, quantities=asked)

    with pytest.raises(Refused):
        shop.do(both_whole)
    assert shop.everything() == before
