"""What those who buy look at first."""

from __future__ import annotations

from dougong import Dashboard, DashboardCard, _

BUYING_DASHBOARD = Dashboard(
    name="purchasing.buying",
    label=_("Purchasing"),
    icon="shopping-cart",
    order=40,
    roles=["purchasing.buyer", "purchasing.manager"],
    cards=[
        DashboardCard(
            name="requests",
            label=_("Requests to order"),
            to="purchasing.requests?state=approved",
            width=4,
        ),
        DashboardCard(
            name="open",
            label=_("Ordered, not received"),
            to="purchasing.open",
            of="report",
            measure="value",
            width=4,
        ),
        DashboardCard(
            name="late",
            label=_("Late purchase orders"),
            to="purchasing.orders?state=confirmed&receipt_state.in=open,partial&expected_on.during=past",
            alert="above",
            limit=0,
            width=4,
        ),
        DashboardCard(
            name="held", label=_("Bills on hold"), to="purchasing.matches?state=held", width=4
        ),
        DashboardCard(
            name="bought",
            label=_("Ordered this month"),
            to="purchasing.orders?state.in=confirmed,done&ordered_on.during=this-month",
            measure="total",
            width=4,
        ),
        DashboardCard(
            name="orders",
            label=_("Purchase orders this month"),
            to="purchasing.orders?state.in=confirmed,done&ordered_on.during=this-month",
            width=4,
        ),
        DashboardCard(
            name="months",
            label=_("Ordered by month"),
            to="purchasing.orders?state.in=confirmed,done&ordered_on.during=this-year&rows=ordered_on:month",
            kind="chart",
            measure="total",
            width=6,
        ),
        DashboardCard(
            name="spend",
            label=_("Spend by supplier"),
            to="purchasing.spend",
            of="report",
            kind="chart",
            measure="amount",
            width=6,
        ),
        DashboardCard(
            name="due",
            label=_("Orders that come next"),
            to="purchasing.orders?state=confirmed&receipt_state.in=open,partial&sort=expected_on&columns=number,supplier,expected_on,total",
            kind="rows",
            width=12,
        ),
    ],
)
