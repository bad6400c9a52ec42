"""The reports say what the books say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong_finance.accounts.models import Account
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.service import write_invoices
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments
from dougong_finance.reports import REPORTS
from dougong_finance.reports.aged import aged_payables, aged_receivables
from dougong_finance.reports.general_ledger import general_ledger
from dougong_finance.reports.statement import statement
from dougong_finance.reports.statements import balance_sheet, profit_and_loss
from dougong_finance.reports.tax import tax_summary
from dougong_finance.reports.trial_balance import trial_balance

YEAR = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
pytestmark = pytest.mark.usefixtures("sound")


def answer(read, report, **given):
    with read() as session:
        return list(report.ask(session, Actor.system(), **given))


def figures(lines, key, value):
    return {line.values[key]: line.values[value] for line in lines}


@pytest.fixture
def trade(work, billable, shop):
    """A sale of 125 in March, half paid in May; a bill of 60 in April."""
    with work() as uow:
        uow.publish(billable())
    with work() as uow:
        (sale,) = uow.session.scalars(select(Invoice.id))
        post_invoices(uow, [sale])
    with work() as uow:
        (bill,) = write_invoices(
            uow,
            [
                Invoice(
                    kind="supplier_bill", party_id=shop.bob, issued_on=dt.date(2026, 4, 20),
                    reference="B-9", lines=[
                        InvoiceLine(product_id=shop.help, price=Decimal(60), tax_id=shop.p19)
                    ],
                )
            ],
        )  # fmt: skip
        post_invoices(uow, [bill.id])
    with work() as uow:
        register_payments(
            uow,
            [
                Payment(
                    direction="in", party_id=shop.ada, dated_on=dt.date(2026, 5, 2), amount=Decimal(100),
                    lines=[PaymentLine(invoice_id=sale, amount=Decimal(100))],
                )
            ],
        )  # fmt: skip
    return sale, bill.id


def test_the_trial_balance_sums_to_zero_and_shows_what_moved(read, trade):
    lines = answer(read, trial_balance, **YEAR)
    assert sum(line.values["closing"] for line in lines) == 0
    assert sum(line.values["debit"] - line.values["credit"] for line in lines) == 0
    assert figures(lines, "code", "closing") == {
        "1010": Decimal(100), "1100": Decimal("48.75"), "1150": Decimal("11.40"),
        "2000": Decimal("-71.40"), "2100": Decimal("-23.75"), "4000": Decimal(-125),
        "6000": Decimal(60),
    }  # fmt: skip


def test_days_inside_a_month_count_exactly(read, trade):
    lines = answer(read, trial_balance, start=dt.date(2026, 3, 11), end=dt.date(2026, 4, 20))
    assert figures(lines, "code", "opening")["1100"] == Decimal("148.75")
    assert figures(lines, "code", "debit")["6000"] == Decimal(60)
    before = answer(read, trial_balance, start=dt.date(2026, 3, 1), end=dt.date(2026, 3, 9))
    assert before == []


def test_a_new_year_begins_income_at_nothing_and_keeps_the_result(read, trade):
    lines = answer(read, trial_balance, start=dt.date(2027, 1, 1), end=dt.date(2027, 12, 31))
    opening = figures(lines, "code", "opening")
    assert "4000" not in opening
    assert opening[""] == Decimal(-65)
    assert sum(opening.values()) == 0


def test_the_general_ledger_runs_a_balance_and_leads_to_the_entry(read, trade, house):
    with read() as session:
        receivable = session.scalar(select(Account.id).where(Account.code == "1100"))
    lines = answer(read, general_ledger, account=receivable, **YEAR)
    assert [line.values["balance"] for line in lines] == [0, Decimal("148.75"), Decimal("48.75")]
    assert lines[1].drill.startswith("/finance/entries/")


def test_both_sides_of_the_balance_sheet_are_equal(read, trade):
    lines = answer(read, balance_sheet, at=dt.date(2026, 12, 31), compare="year")
    sums = figures(lines, "account", "amount")
    assert sums["Assets"] == sums["Liabilities and equity"] == Decimal("160.15")
    assert sums["Result not yet distributed"] == Decimal(65)


def test_profit_is_income_less_expenses(read, trade):
    lines = answer(read, profit_and_loss, compare="period", **YEAR)
    sums = figures(lines, "account", "amount")
    assert (sums["Income"], sums["Expenses"], sums["Net profit"]) == (125, 60, 65)


def test_receivables_age_and_the_past_can_be_asked(read, trade, shop):
    (late,) = answer(read, aged_receivables, at=dt.date(2026, 6, 30))
    assert late.values["party"] == "Ada Ltd"
    assert (late.values["older"], late.values["total"]) == (Decimal("48.75"), Decimal("48.75"))
    (then,) = answer(read, aged_receivables, at=dt.date(2026, 4, 1))
    assert then.values["days30"] == Decimal("148.75")
    lines = answer(read, aged_receivables, at=dt.date(2026, 6, 30), detail=True)
    assert lines[1].drill == f"/finance/invoices/{trade[0]}"
    (owed,) = answer(read, aged_payables, at=dt.date(2026, 4, 30))
    assert owed.values["total"] == Decimal("71.40")


def test_the_tax_summary_shows_what_is_left_to_pay(read, trade):
    lines = answer(read, tax_summary, **YEAR)
    assert lines[0].values == {"tax": "Tax on sales", "base": 125, "amount": Decimal("23.75")}
    assert lines[-1].values["amount"] == Decimal("12.35")


def test_a_customers_statement_ends_with_what_is_owed(read, trade, shop):
    lines = answer(read, statement, party=shop.ada, **YEAR)
    assert lines[-1].values["balance"] == Decimal("48.75")
    assert lines[1].values["number"] == "INV-2026-00001"


def test_every_report_can_be_asked_of_empty_books(read, shop):
    given = {"start": YEAR["start"], "end": YEAR["end"], "at": YEAR["end"]}
    for report in REPORTS:
        names = {p.name for p in report.parameters}
        lines = answer(read, report, **{k: v for k, v in given.items() if k in names})
        assert not [line for line in lines if line.drill and not line.drill.startswith("/")]
