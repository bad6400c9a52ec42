"""What those who keep the books look at first."""

from __future__ import annotations

from dougong import Dashboard, DashboardCard, _

FINANCE_DASHBOARD = Dashboard(
    name="finance.overview",
    label=_("Finance"),
    icon="report-money",
    order=20,
    roles=["finance.accountant", "finance.clerk", "finance.auditor"],
    cards=[
        DashboardCard(
            name="money", label=_("Money at bank and in cash"), to="finance.money", of="widget"
        ),
        DashboardCard(
            name="receivable",
            label=_("Customers owe"),
            to="finance.customer-invoices?state.in=posted,partly&kind=customer_invoice",
            measure="open",
        ),
        DashboardCard(
            name="overdue",
            label=_("Overdue receivables"),
            to="finance.customer-invoices?state.in=posted,partly&kind=customer_invoice&due_on.during=past",
            measure="open",
            alert="above",
            limit=0,
        ),
        DashboardCard(
            name="payable",
            label=_("We owe suppliers"),
            to="finance.supplier-bills?state.in=posted,partly&kind=supplier_bill",
            measure="open",
        ),
        DashboardCard(
            name="drafts", label=_("Invoices to post"), to="finance.invoices?state=draft"
        ),
        DashboardCard(
            name="invoiced",
            label=_("Invoiced this month"),
            to="finance.customer-invoices?state.in=posted,partly,paid&kind=customer_invoice&issued_on.during=this-month",
            measure="untaxed",
        ),
        DashboardCard(
            name="received",
            label=_("Received this month"),
            to="finance.payments?state=posted&direction=in&dated_on.during=this-month",
            measure="amount",
        ),
        DashboardCard(
            name="paid",
            label=_("Paid this month"),
            to="finance.payments?state=posted&direction=out&dated_on.during=this-month",
            measure="amount",
        ),
        DashboardCard(
            name="income",
            label=_("Income by month"),
            to="finance.sales",
            of="widget",
            kind="chart",
            width=6,
        ),
        DashboardCard(
            name="aged",
            label=_("Aged receivables"),
            to="finance.aged-receivables",
            of="report",
            kind="rows",
            width=6,
        ),
    ],
)
