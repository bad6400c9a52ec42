"""The main story of sales: from somebody's interest to money in the bank, and a return.

The warehouse and the ledger are played by hand, in the words all departments share.
"""

from decimal import Decimal as D  # noqa: N817

from sqlalchemy import select

from dougong import Actor, DocumentRef
from dougong_base.events import (
    GoodsReceived,
    InvoiceDrafted,
    InvoicePaid,
    MovedLine,
    SaleBillable,
    SaleReturned,
)
from dougong_crm.leads.models import Lead
from dougong_crm.leads.service import convert_leads
from dougong_crm.opportunities.models import Opportunity
from dougong_crm.opportunities.service import start_quotes
from dougong_crm.orders.models import Order
from dougong_crm.orders.service import confirm_orders
from dougong_crm.quotes.models import Quote, QuoteLine
from dougong_crm.quotes.service import accept_quotes, send_quotes
from dougong_crm.returns.service import confirm_returns, start_returns

SYSTEM = Actor.system()


def test_from_interest_to_money_and_back(shop):
    shop.with_warehouse()
    known = shop.known

    # Bolt Ltd asks for desks; the lead becomes a customer and an opportunity.
    with shop.work(SYSTEM) as uow:
        lead = Lead(organisation="Bolt Ltd", name="Ann", email="ann@bolt.example")
        uow.add(lead)
        (chance,) = convert_leads(uow, [lead.id])
    assert (lead.state, chance.state, chance.probability) == ("converted", "open", 10)

    # They get a quote over ten desks and say yes: the opportunity is won.
    with shop.work(SYSTEM) as uow:
        (quote,) = start_quotes(uow, [chance.id])
    with shop.work(SYSTEM) as uow:
        quote = uow.get(Quote, quote.id, Quote.lines)
        line = QuoteLine(
            quote_id=quote.id, product_id=known["desk"], unit_id=known["unit"],
            quantity=D(10), own_quantity=D(10), price=D(100), amount=D(1000),
        )  # fmt: skip
        uow.add(line)
        quote.untaxed = quote.total = D(1000)
    with shop.work(SYSTEM) as uow:
        send_quotes(uow, [quote.id])
    with shop.work(SYSTEM) as uow:
        (order,) = accept_quotes(uow, [quote.id])
    with shop.read(SYSTEM) as session:
        assert session.scalar(select(Opportunity.state)) == "won"
        assert session.scalar(select(Quote.number)).startswith("SQ-")

    # The order binds both sides; the warehouse delivers in two parts, each is billed and paid.
    with shop.work(SYSTEM) as uow:
        confirm_orders(uow, [order.id])
    for number, quantity in ((1, 4), (2, 6)):
        (billable,) = shop.ship(order.id, quantity, delivery=number)
        assert sum(x.amount for x in billable.lines) == quantity * 100
        shop.draft_invoice(billable, invoice=number, event=InvoiceDrafted)
        shop.pay(order.id, invoice=number)
    found, _lines = shop.look(order.id)
    assert (found.number[:3], found.state, found.unbilled) == ("SO-", "done", 0)

    # One desk comes back and is credited.
    with shop.work(SYSTEM) as uow:
        (draft,) = start_returns(uow, [order.id])
        draft.lines[0].quantity = D(1)
    with shop.work(SYSTEM) as uow:
        confirm_returns(uow, [draft.id])
    (told,) = [e for e in uow.published if isinstance(e, SaleReturned)]
    moved = MovedLine(
        source_line_id=told.lines[0].line_id, product_id=known["desk"], quantity=D(1), cost=D(60)
    )
    with shop.work(SYSTEM) as uow:
        uow.publish(
            GoodsReceived(
                receipt=DocumentRef("inventory.receipts", 3),
                number="RN-1",
                source=told.source,
                company_id=1,
                party_id=told.customer_id,
                on=told.on,
                lines=(moved,),
                returned=True,
            )
        )
    (credit,) = [e for e in uow.published if isinstance(e, SaleBillable)]
    assert (credit.lines[0].quantity, credit.lines[0].amount) == (-1, -100)
    shop.draft_invoice(credit, invoice=3)
    with shop.work(SYSTEM) as uow:
        uow.publish(
            InvoicePaid(
                invoice=DocumentRef("finance.invoices", 3),
                source=credit.source,
                company_id=1,
                party_id=told.customer_id,
                on=told.on,
                total=D(-100),
            )
        )
    found, lines = shop.look(order.id)
    assert [(x.delivered, x.came_back, x.billed) for x in lines] == [(10, 1, 9)]
    assert (found.invoice_state, found.payment_state) == ("full", "full")


def test_without_warehouse_and_ledger_an_order_ends_by_hand(shop):
    from dougong_crm.orders.service import finish_orders

    key = shop.order(shop.line())
    shop.confirm(key)

    with shop.work(SYSTEM) as uow:
        finish_orders(uow, [key])

    assert shop.look(key)[0].state == "done"


def test_a_ledger_that_comes_later_hears_of_what_was_not_billed(shop):
    from dougong_crm.orders.replays import unbilled, undelivered

    key = shop.order(shop.line())
    shop.confirm(key)

    with shop.work(SYSTEM) as uow:
        (missed,), (order,) = unbilled(uow), undelivered(uow)

    assert missed.source == order.source == DocumentRef("crm.orders", key)
    assert [x.amount for x in missed.lines] == [1000]
    shop.draft_invoice(missed)
    with shop.work(SYSTEM) as uow:
        assert not unbilled(uow)


def test_salespeople_see_their_own_opportunities(shop):
    from dataclasses import replace

    from dougong.people.users.models import User
    from dougong_crm.opportunities.models import Stage
    from dougong_crm.roles import SALESPERSON

    def two(uow):
        stage = uow.session.scalars(select(Stage)).first()
        sam, eve = User(login="sam", name="Sam"), User(login="eve", name="Eve")
        uow.add(sam, eve)
        uow.add(
            *(
                Opportunity(name=u.name, stage_id=stage.id, currency="EUR", salesperson_id=u.id)
                for u in (sam, eve)
            )
        )
        return sam.id

    sam = Actor(shop.run(SYSTEM, two), "Sam", frozenset(SALESPERSON.rights), (1,), 1)
    sam = replace(sam, rules={m: (rule,) for m, rule in SALESPERSON.rules.items()})

    with shop.read(sam) as session:
        assert session.scalars(select(Opportunity.name)).all() == ["Sam"]
    with shop.read(SYSTEM) as session:
        assert len(session.scalars(select(Order)).all()) == 0
        assert len(session.scalars(select(Opportunity)).all()) == 2
