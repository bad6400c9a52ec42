"""What those who sell look at first."""

from __future__ import annotations

from dougong import Dashboard, DashboardCard, _

SALES_DASHBOARD = Dashboard(
    name="crm.sales",
    label=_("Sales"),
    icon="chart-bar",
    order=10,
    roles=["crm.salesperson", "crm.manager"],
    cards=[
        DashboardCard(
            name="sold",
            label=_("Sold this month"),
            to="crm.orders?state.in=confirmed,done&ordered_on.during=this-month",
            measure="total",
        ),
        DashboardCard(
            name="orders",
            label=_("Orders this month"),
            to="crm.orders?state.in=confirmed,done&ordered_on.during=this-month",
        ),
        DashboardCard(
            name="quotes", label=_("Open quotes"), to="crm.quotes?state=sent", measure="total"
        ),
        DashboardCard(
            name="late",
            label=_("Late orders"),
            to="crm.orders?state=confirmed&delivery_state.in=open,partial&promised_on.during=past",
            alert="above",
            limit=0,
        ),
        DashboardCard(
            name="months",
            label=_("Sold by month"),
            to="crm.orders?state.in=confirmed,done&ordered_on.during=this-year&rows=ordered_on:month",
            kind="chart",
            measure="total",
            width=6,
        ),
        DashboardCard(
            name="pipeline",
            label=_("Opportunities by stage"),
            to="crm.opportunities?state=open&rows=stage",
            kind="chart",
            measure="expected",
            width=6,
        ),
        DashboardCard(
            name="customers",
            label=_("Best customers this year"),
            to="crm.orders?state.in=confirmed,done&ordered_on.during=this-year&rows=customer&show=pie",
            kind="chart",
            measure="total",
            width=6,
        ),
        DashboardCard(
            name="next", label=_("What is next"), to="crm.next", of="widget", kind="rows", width=6
        ),
    ],
)
