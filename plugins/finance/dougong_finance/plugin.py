"""How finance slots into the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dougong import (
    Check,
    Dashboard,
    FirstStep,
    MenuItem,
    Permission,
    Plugin,
    Reaction,
    Replay,
    Role,
    Series,
    Setting,
    Widget,
    Workflow,
    _,
    hookimpl,
)  # fmt: skip
from dougong.printing import Print
from dougong_base.events import InvoiceCancelled, InvoicePaid
from dougong_finance.accounts.models import Account, AccountUse
from dougong_finance.accounts.resource import AccountResource, AccountUseResource
from dougong_finance.balances.models import Balance
from dougong_finance.checks import CHECKS
from dougong_finance.dashboards import FINANCE_DASHBOARD
from dougong_finance.demo import keep_the_books
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.entries.resource import EntryResource
from dougong_finance.entries.workflow import ENTRY_STEPS
from dougong_finance.first_steps import FIRST_STEPS
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.papers import INVOICE_PRINTS
from dougong_finance.invoices.parts import InvoiceLine, InvoiceTax
from dougong_finance.invoices.portal import INVOICES
from dougong_finance.invoices.resource import (
    CustomerInvoiceResource,
    InvoiceResource,
    SupplierBillResource,
)  # fmt: skip
from dougong_finance.invoices.workflow import INVOICE_STEPS
from dougong_finance.items.models import Allocation, Item
from dougong_finance.journals.models import Journal
from dougong_finance.journals.resource import JournalResource
from dougong_finance.menu import MENU
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.papers import PAYMENT_PRINTS
from dougong_finance.payments.resource import PaymentResource
from dougong_finance.payments.workflow import PAYMENT_STEPS
from dougong_finance.periods.models import FiscalYear, Period
from dougong_finance.periods.resource import PeriodResource, YearResource
from dougong_finance.periods.workflow import PERIOD_STEPS, YEAR_STEPS
from dougong_finance.providers import PROVIDERS
from dougong_finance.reactions import REACTIONS
from dougong_finance.replays import given_up, paid
from dougong_finance.reports import REPORTS
from dougong_finance.roles import ROLES
from dougong_finance.seed import seed_books
from dougong_finance.views import VIEWS
from dougong_finance.widgets import WIDGETS

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong.reports import Report
    from dougong.resources import Resource


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
        return [YEAR_STEPS, PERIOD_STEPS, ENTRY_STEPS, INVOICE_STEPS, PAYMENT_STEPS]

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """How each noun is shown and entered; the first for a model is the one others link to."""
        return [
            AccountResource, AccountUseResource, JournalResource, YearResource, PeriodResource,
            EntryResource, InvoiceResource, CustomerInvoiceResource, SupplierBillResource,
            PaymentResource,
        ]  # fmt: skip

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """Daily work first, what is set up once below."""
        return MENU

    @hookimpl
    def first_steps(self) -> Iterable[FirstStep]:
        """What a company enters first here."""
        return FIRST_STEPS

    @hookimpl
    def permissions(self) -> Iterable[Permission]:
        """Rights beside those of nouns and steps."""
        return [Permission("finance.report.read", _("See statements and reports of the books"))]

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Those who answer for the books, those who keep them, those who check them."""
        return ROLES

    @hookimpl
    def reports(self) -> Iterable[Report]:
        """Statements and lists."""
        return REPORTS

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """Invoices, credit notes, receipts."""
        return [*INVOICE_PRINTS, *PAYMENT_PRINTS]

    @hookimpl
    def widgets(self) -> Iterable[Widget]:
        """What is late, what waits, what there is."""
        return WIDGETS

    @hookimpl
    def dashboards(self) -> Iterable[Dashboard]:
        """What those who keep the books look at first."""
        return [FINANCE_DASHBOARD]

    @hookimpl
    def checks(self) -> Iterable[Check]:
        """What must be true of the books."""
        return CHECKS

    @hookimpl
    def views(self) -> Iterable[tuple[str, str]]:
        """Ledger, invoices and payments for reporting tools."""
        return VIEWS

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """What an administrator may choose."""
        return [
            Setting(
                "finance.first_month", _("The fiscal year begins with month"), 1, "number",
                help=_("1 is January. It counts for years that are not made yet."),
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
    def replays(self) -> Iterable[Replay]:
        """What those who had asked for invoices did not hear while they were away."""
        return [Replay(InvoiceCancelled, given_up), Replay(InvoicePaid, paid)]

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """How customers stand with us."""
        return PROVIDERS

    @hookimpl
    def extensions(self) -> Iterable[Any]:
        """What customers see of their invoices."""
        return [INVOICES]

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """A chart of accounts, journals, and what is booked where."""
        seed_books(uow)

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """Capital, rent, bills, invoices and payments of some months."""
        keep_the_books(uow)


plugin = Finance()
