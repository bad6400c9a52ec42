"""Invoices: drafted once, posted with their taxes and instalments, given up or taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import DocumentRef, Refused
from dougong.links.models import DocumentLink
from dougong_base import PaymentTerm, PaymentTermLine
from dougong_base.events import InvoiceCancelled, InvoiceDrafted, InvoicePosted
from dougong_finance.accounts.models import Account
from dougong_finance.entries.models import Entry
from dougong_finance.invoices.models import EmptyInvoice, Invoice, NegativeTotal
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.reversal import reverse_invoices
from dougong_finance.invoices.service import cancel_invoices, write_invoices
from dougong_finance.items.models import Item

DAY = dt.date(2026, 3, 10)
pytestmark = pytest.mark.usefixtures("sound")


def invoices(read):
    with read() as session:
        return session.scalars(select(Invoice).order_by(Invoice.id)).all()


def test_what_is_billable_is_drafted_once(work, read, billable):
    for _again in range(2):
        with work() as uow:
            uow.publish([billable(delivery=5), billable(delivery=6)])
    drafts = invoices(read)
    assert [d.total for d in drafts] == [Decimal("148.75")] * 2
    assert drafts[0].party_name == "Ada Ltd"
    with read() as session:
        links = session.scalars(select(DocumentLink).where(DocumentLink.kind == "invoice")).all()
    assert {(link.from_kind, link.to_kind) for link in links} == {
        ("crm.orders", "finance.invoices"), ("inventory.deliveries", "finance.invoices"),
    }  # fmt: skip


def test_the_order_hears_what_its_draft_bills(work, billable):
    with work() as uow:
        uow.publish(billable())
    (told,) = [e for e in uow.published if isinstance(e, InvoiceDrafted)]
    assert told.source == DocumentRef("crm.orders", 77)
    assert [(line.source_line_id, line.quantity, line.amount) for line in told.lines] == [
        (7700, Decimal(10), Decimal(125))
    ]


def test_negative_quantities_become_a_credit_note(work, read, billable):
    with work() as uow:
        uow.publish(billable(quantity="-2"))
    (note,) = invoices(read)
    assert (note.kind, note.total) == ("customer_credit", Decimal("29.75"))
    (told,) = [e for e in uow.published if isinstance(e, InvoiceDrafted)]
    assert told.lines[0].quantity == -2


def test_a_cancelled_draft_frees_what_it_billed(work, read, billable):
    with work() as uow:
        uow.publish(billable())
    (draft,) = invoices(read)
    with work() as uow:
        cancel_invoices(uow, [draft.id])
    (told,) = [e for e in uow.published if isinstance(e, InvoiceCancelled)]
    assert told.lines[0].quantity == 10
    with work() as uow:
        uow.publish(billable())
    assert [i.state for i in invoices(read)] == ["cancelled", "draft"]


def test_numbers_follow_the_year_of_the_invoice_and_have_no_gaps(work, read, billable):
    with work() as uow:
        uow.publish([billable(order=n) for n in range(1, 4)])
    first, second, third = (i.id for i in invoices(read))
    with work() as uow:
        post_invoices(uow, [second], on=dt.date(2025, 12, 31))
    with pytest.raises(Refused), work() as uow:
        post_invoices(uow, [first, second])
    with work() as uow:
        post_invoices(uow, [first, third])
    assert [i.number for i in invoices(read)] == [
        "INV-2026-00001", "INV-2025-00001", "INV-2026-00002",
    ]  # fmt: skip


def test_instalments_of_the_term_fall_due_one_after_the_other(work, read, billable):
    with work() as uow:
        parts = [
            PaymentTermLine(kind="percent", value=Decimal(30), days=0),
            PaymentTermLine(kind="remainder", days=30),
        ]
        term = PaymentTerm(code="30-70", name="30 % now", lines=parts)
        uow.add(term)
    with work() as uow:
        uow.publish(billable(term=term.id))
    (draft,) = invoices(read)
    with work() as uow:
        (invoice,) = post_invoices(uow, [draft.id])
    assert invoice.due_on == dt.date(2026, 4, 9)
    with read() as session:
        items = session.execute(select(Item.due_on, Item.total).order_by(Item.due_on)).all()
    assert items == [
        (dt.date(2026, 3, 10), Decimal("44.63")), (dt.date(2026, 4, 9), Decimal("104.12")),
    ]  # fmt: skip


def test_an_invoice_without_lines_is_refused(work, shop):
    with pytest.raises(EmptyInvoice), work() as uow:
        (draft,) = write_invoices(uow, [Invoice(kind="supplier_bill", party_id=shop.bob)])
        post_invoices(uow, [draft.id])


def test_a_negative_invoice_is_refused(work, shop):
    line = InvoiceLine(product_id=shop.help, price=Decimal(-5))
    with pytest.raises(NegativeTotal), work() as uow:
        (draft,) = write_invoices(uow, [Invoice(party_id=shop.ada, lines=[line])])
        post_invoices(uow, [draft.id])


def test_what_is_given_away_has_a_number_but_no_entry(work, read, shop):
    with work() as uow:
        line = InvoiceLine(product_id=shop.help, price=Decimal(5), discount=Decimal(100))
        (draft,) = write_invoices(uow, [Invoice(party_id=shop.ada, issued_on=DAY, lines=[line])])
    with work() as uow:
        (invoice,) = post_invoices(uow, [draft.id])
    assert (invoice.number, invoice.state, invoice.entry_id) == ("INV-2026-00001", "paid", None)


def test_a_reversal_credits_everything_and_lets_it_be_billed_again(work, read, billable):
    with work() as uow:
        uow.publish(billable())
    (draft,) = invoices(read)
    with work() as uow:
        post_invoices(uow, [draft.id])
    with work() as uow:
        (note,) = reverse_invoices(uow, [draft.id], on=dt.date(2026, 3, 12))
    assert {InvoicePosted, InvoiceCancelled} <= {type(e) for e in uow.published}
    assert [(i.state, i.open) for i in invoices(read)] == [("reversed", 0), ("paid", 0)]
    assert note.number == "CN-2026-00001"
    with work() as uow:
        uow.publish(billable())
    assert [i.state for i in invoices(read)] == ["reversed", "paid", "draft"]


def test_a_draft_that_somebody_edited_is_computed_anew(work, read, billable):
    with work() as uow:
        uow.publish(billable())
    (draft,) = invoices(read)
    with work() as uow:
        mine = uow.get(Invoice, draft.id, Invoice.lines)
        mine.lines[0].quantity = Decimal(4)
        uow.touch(mine)
    with work() as uow:
        (invoice,) = post_invoices(uow, [draft.id])
    assert (invoice.untaxed, invoice.total) == (Decimal(50), Decimal("59.50"))


def test_the_entry_names_the_invoice_it_was_made_for(work, read, billable):
    with work() as uow:
        uow.publish(billable())
    (draft,) = invoices(read)
    with work() as uow:
        post_invoices(uow, [draft.id])
    with read() as session:
        (entry,) = session.scalars(select(Entry))
        assert entry.source == DocumentRef("finance.invoices", draft.id)
        assert session.get(Invoice, draft.id).entry_id == entry.id


def test_a_hundred_invoices_take_as_many_statements_as_one(work, read, house, billable, shop):
    from sqlalchemy import event

    told: list[str] = []

    @event.listens_for(house.engine, "before_cursor_execute")
    def count(_connection, _cursor, statement, _parameters, _context, _many):
        told.append(statement)

    def post(first: int, many: int) -> int:
        events = [billable(order=first + n, lines=5, term=shop.term) for n in range(many)]
        with work() as uow:
            uow.publish(events)
        with work() as uow:
            ids = uow.session.scalars(select(Invoice.id).where(Invoice.state == "draft")).all()
        told.clear()
        with work() as uow:
            post_invoices(uow, ids)
        # Ids come in blocks, and a self-reference asks SQLite to check at the end.
        return len([s for s in told if s.split()[0] in {"SELECT", "INSERT", "UPDATE"}])

    post(1, 1)
    one, hundred = post(10, 1), post(1000, 100)
    assert one <= 14
    assert hundred <= one + 1


def test_an_invoice_that_does_not_say_its_kind_is_for_a_customer_and_booked_as_income(work, shop):
    with work() as uow:
        line = InvoiceLine(description="Tea", quantity=Decimal(1), price=Decimal(10))
        (draft,) = write_invoices(uow, [Invoice(party_id=shop.ada, issued_on=DAY, lines=[line])])
    with work() as uow:
        (account,) = uow.load(Account, [draft.lines[0].account_id])
    assert (draft.kind, account.code) == ("customer_invoice", "4000")
