"""Posted is posted: the database itself refuses, whoever asks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from dougong import Refused
from dougong_finance.accounts.models import Account
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.journals.models import Journal
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments
from dougong_finance.periods.models import Period
from dougong_finance.periods.service import close_periods, lock_periods

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def posted(work, billable, shop):
    """A posted, paid invoice, and March locked."""
    with work() as uow:
        uow.publish(billable())
    with work() as uow:
        (id,) = uow.session.scalars(select(Invoice.id))
        post_invoices(uow, [id])
    with work() as uow:
        line = PaymentLine(invoice_id=id, amount=Decimal(10))
        register_payments(
            uow, [Payment(party_id=shop.ada, dated_on=DAY, amount=Decimal(20), lines=[line])]
        )
    for act in (close_periods, lock_periods):
        with work() as uow:
            act(uow, uow.session.scalars(select(Period.id).where(Period.month == 202603)).all())
    return id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE finance_entry SET text = 'x'",
        "UPDATE finance_entry SET dated_on = '2026-01-01'",
        "DELETE FROM finance_entry",
        "UPDATE finance_entry_line SET debit = debit + 1",
        "UPDATE finance_entry_line SET account_id = account_id + 1",
        "DELETE FROM finance_entry_line",
        "UPDATE finance_invoice SET total = total + 1",
        "UPDATE finance_invoice SET number = 'INV-2026-00009'",
        "UPDATE finance_invoice SET state = 'draft'",
        "DELETE FROM finance_invoice",
        "UPDATE finance_invoice_line SET amount = amount + 1",
        "DELETE FROM finance_invoice_line",
        "UPDATE finance_invoice_tax SET amount = amount + 1",
        "UPDATE finance_payment SET amount = amount + 1",
        "DELETE FROM finance_payment",
        "UPDATE finance_item SET total = total + 1",
        "UPDATE finance_item SET open = total + 1",
        "DELETE FROM finance_item",
        "UPDATE finance_period SET state = 'open' WHERE state = 'locked'",
        "UPDATE finance_invoice SET open = open - total",
    ],
)
def test_what_is_in_the_books_cannot_be_changed_with_sql(house, posted, statement):
    with house.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "table", ["finance_entry_line", "finance_invoice_line", "finance_invoice_tax"]
)
def test_nothing_joins_what_is_in_the_books(house, posted, table):
    with house.engine.connect() as connection:
        row = dict(connection.execute(text(f"SELECT * FROM {table}")).mappings().first())
        with pytest.raises(DBAPIError, match="posted"):
            connection.execute(copy_into(table, row), {**row, "id": 900_000})


def test_nothing_joins_a_posted_entry_even_without_an_amount(house, posted):
    with house.engine.connect() as connection:
        row = dict(connection.execute(text("SELECT * FROM finance_entry_line")).mappings().first())
        row |= {"id": 900_000, "debit": 0, "credit": 0, "currency_amount": None}
        with pytest.raises(DBAPIError, match="posted"):
            connection.execute(copy_into("finance_entry_line", row), row)


@pytest.fixture
def drafted(work):
    """A draft with one line: five to somewhere, from nowhere."""
    with work() as uow:
        account = uow.session.scalars(select(Account.id).where(~Account.heading)).first()
        journal = uow.session.scalars(select(Journal.id)).first()
        line = EntryLine(company_id=1, account_id=account, debit=Decimal(5))
        entry = Entry(journal_id=journal, dated_on=DAY, lines=[line], debit=Decimal(5))
        uow.add(entry)
        return entry.id


def test_a_line_does_not_move_to_another_entry(house, posted, drafted):
    with house.engine.connect() as connection, pytest.raises(DBAPIError, match="stays"):
        connection.execute(
            text(
                "UPDATE finance_entry_line SET entry_id ="
                " (SELECT min(id) FROM finance_entry WHERE state = 'posted')"
                f" WHERE entry_id = {drafted}"
            )
        )


def test_a_draft_whose_lines_do_not_add_up_to_it_cannot_be_posted_with_sql(house, drafted):
    with pytest.raises(DBAPIError, match="add up"), house.engine.begin() as connection:
        connection.execute(
            text(f"UPDATE finance_entry SET credit = debit, state = 'posted' WHERE id = {drafted}")
        )


def test_an_entry_posted_with_sql_must_add_up_at_the_end_of_the_transaction(house, posted):
    if house.engine.dialect.name == "sqlite":
        pytest.skip("SQLite cannot be asked at the end of a transaction; `dougong check` tells")
    with pytest.raises(DBAPIError, match="add up"), house.engine.begin() as connection:
        row = dict(connection.execute(text("SELECT * FROM finance_entry")).mappings().first())
        row |= {"id": 900_000, "number": "GEN-2026-09999", "source_key": None}
        connection.execute(copy_into("finance_entry", row), row)


def copy_into(table, row):
    """The statement that puts a row like this one in."""
    return text(f"INSERT INTO {table} ({', '.join(row)}) VALUES (:{', :'.join(row)})")


def test_the_refusal_of_the_database_is_a_sentence(work, posted):
    with pytest.raises(Refused, match="Reverse it"), work() as uow:
        uow.session.scalars(select(Entry)).first().text = "something else"


def test_a_draft_may_be_changed_but_one_that_bills_an_order_not_deleted(work, house, billable):
    with work() as uow:
        uow.publish(billable())
    with work() as uow:
        (draft,) = uow.load(Invoice, uow.session.scalars(select(Invoice.id)).all())
        draft.note = "Please check"
    with house.engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("DELETE FROM finance_invoice"))


def test_views_show_numbers_on_both_databases(house, posted):
    with house.engine.connect() as connection:
        found = connection.execute(text("SELECT total, open FROM v_invoice")).one()
        assert (float(found.total), float(found.open)) == (148.75, 138.75)
        sums = connection.execute(text("SELECT sum(debit), sum(credit) FROM v_ledger")).one()
        assert sums[0] == sums[1]
        assert connection.execute(text("SELECT count(*) FROM v_payment")).scalar() == 1
