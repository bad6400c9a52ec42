"""Invoices, credit notes and receipts on paper."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Actor, Refused
from dougong.printing import Letterhead
from dougong.printing.making import print_documents, prints_of
from dougong_base import Party
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.papers import _bank_code
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.reversal import reverse_invoices
from dougong_finance.payments.models import Payment
from dougong_finance.payments.service import register_payments

DAY = dt.date(2026, 3, 10)
PAPER = "finance.customer-invoices"


@pytest.fixture
def invoice(house, work, billable):
    """A posted invoice over ten at 12.50."""
    with work() as uow:
        uow.add(
            Letterhead(
                name="Blue Crane", address="Way 1\n20457 Hamburg", tax_number="DE136695976",
                account="DE02 1203 0000 0000 2020 51", bic="BYLADEM1001", closing="Thank you.",
            )
        )  # fmt: skip
        uow.publish(billable())
        uow.settle()
        uow.flush()
        key = uow.session.query(Invoice.id).scalar()
    with work() as uow:
        post_invoices(uow, [key])
    return key


def test_an_invoice_says_what_law_and_bank_want_to_know(house, invoice, printed):
    found = printed(house, PAPER, invoice)

    for words in (
        "Invoice INV-2026-00001", "Ada Ltd", "Mar 10, 2026", "Customer number ADA", "PO 77",
        "12.50", "of €125.00 €23.75", "Total €148.75", "DE136695976", "DE02 1203 0000 0000 2020 51",
        "and name INV-2026-00001", "Pay by code", "Thank you.", "Page 1 of 1",
    ):  # fmt: skip
        assert words in found
    assert "Discount" not in found  # there is none
    assert "Receivable" not in found


def test_the_same_invoice_gives_the_same_bytes_whatever_became_of_its_customer(
    house, work, shop, invoice
):
    noun = house.nouns.get(PAPER)
    first = print_documents(house, Actor.system(), noun, [invoice], "invoice", "en")
    with work() as uow:
        uow.get(Party, shop.ada).name = "Ada moved away Ltd"

    again = print_documents(house, Actor.system(), noun, [invoice], "invoice", "en")

    assert again.content == first.content
    assert again.told[0][2] == first.told[0][2]


def test_the_bank_code_says_what_is_to_be_paid_by_whom_to_whom(house, read, invoice):
    with read() as session:
        code = _bank_code(session.get(Invoice, invoice), session.query(Letterhead).one())

    assert code.split("\n") == [
        "BCD", "002", "1", "SCT", "BYLADEM1001", "Blue Crane", "DE02120300000000202051",
        "EUR148.75", "", "", "INV-2026-00001",
    ]  # fmt: skip


def test_a_wrong_account_gets_no_bank_code(house, work, invoice, printed):
    with work() as uow:
        uow.session.query(Letterhead).one().account = "DE02 1203 0000 0000 2020 52"

    assert "Pay by code" not in printed(house, PAPER, invoice)


def test_a_credit_note_names_its_invoice_and_asks_for_nothing(house, work, invoice, printed):
    with pytest.raises(Refused, match="Credit note cannot be printed"):
        printed(house, PAPER, invoice, "credit-note")
    with work() as uow:
        reverse_invoices(uow, [invoice])
    with work() as uow:
        key = uow.session.query(Invoice.id).filter_by(kind="customer_credit").scalar()

    found = printed(house, PAPER, key)

    assert "Credit note CN-2026-00001" in found
    assert "Credit note for INV-2026-00001" in found
    assert "Please pay" not in found


def test_the_list_of_bills_offers_no_invoice_of_ours(house):
    def offered(resource):
        noun = house.nouns.get(resource)
        return [p.slug for p in prints_of(house.wiring.prints.values(), noun, Actor.system())]

    assert offered("finance.customer-invoices") == ["invoice", "credit-note", "form"]
    assert offered("finance.supplier-bills") == ["form"]


def test_a_receipt_names_the_money(house, work, shop, invoice, printed):
    with work() as uow:
        payment = Payment(party_id=shop.ada, dated_on=DAY, amount=Decimal("100"), currency="EUR")
        register_payments(uow, [payment])
        key = payment.id

    found = printed(house, "finance.payments", key)

    assert "Receipt" in found
    assert "We have received €100.00 with thanks." in found
    assert "收据" in printed(house, "finance.payments", key, said="zh_Hans_CN")
