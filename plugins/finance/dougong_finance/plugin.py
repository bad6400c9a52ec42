"""How finance slots into the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dougong import Plugin, Reaction, Series, Setting, Workflow, _, hookimpl
from dougong_finance.accounts.models import Account, AccountUse
from dougong_finance.balances.models import Balance
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.entries.workflow import ENTRY_STEPS
from dougong_finance.invoices.models import Invoice, InvoiceLine, InvoiceTax
from dougong_finance.invoices.workflow import INVOICE_STEPS
from dougong_finance.items.models import Allocation, Item
from dougong_finance.journals.models import Journal
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.workflow import PAYMENT_STEPS
from dougong_finance.periods.models import FiscalYear, Period
from dougong_finance.periods.workflow import PERIOD_STEPS
from dougong_finance.providers import PROVIDERS
from dougong_finance.reactions import REACTIONS
from dougong_finance.seed import seed_books

if TYPE_CHECKING:
    from dougong import UnitOfWork


class Finance(Plugin):
    """Ledger, invoices, payments and statements."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """The books."""
        return [
            Account, AccountUse, Journal, FiscalYear, Period, Entry, EntryLine, Item, Allocation,
            Balance, Invoice, InvoiceLine, InvoiceTax, Payment, PaymentLine,
        ]  # fmt: skip

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """The steps of periods, entries, invoices and payments."""
        return [PERIOD_STEPS, ENTRY_STEPS, INVOICE_STEPS, PAYMENT_STEPS]

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """What an administrator may choose."""
        return [
            Setting(
                "finance.first_month", _("The fiscal year begins with month"), 1, "number",
                help=_("1 is January. It counts for years that are not made yet."),
            ),
            Setting(
                "finance.tax_rounding", _("Tax is rounded"), "document", "choice",
                choices={"document": _("Once a document"), "line": _("Line by line")},
            ),
        ]  # fmt: skip

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """The numbers of invoices, payments and entries."""
        return [
            Series("finance-invoice", _("Customer invoices"), "INV"),
            Series("finance-credit", _("Customer credit notes"), "CN"),
            Series("finance-bill", _("Supplier bills"), "BILL"),
            Series("finance-bill-credit", _("Supplier credit notes"), "BCN"),
            Series("finance-receipt", _("Payments received"), "REC"),
            Series("finance-payment", _("Payments made"), "PAY"),
            Series("finance-general", _("General journal"), "GEN"),
            Series("finance-sales", _("Sales journal"), "SAL"),
            Series("finance-purchase", _("Purchase journal"), "PUR"),
            Series("finance-bank", _("Bank journal"), "BNK"),
            Series("finance-cash", _("Cash journal"), "CSH"),
            Series("finance-stock", _("Stock journal"), "STK"),
        ]

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """Drafts for what is billable, entries for what stock is worth."""
        return REACTIONS

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """How customers stand with us."""
        return PROVIDERS

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """A chart of accounts, journals, and what is booked where."""
        seed_books(uow)


plugin = Finance()
