"""What the warehouse looks at first."""

from __future__ import annotations

from dougong import Dashboard, DashboardCard, _

WAREHOUSE_DASHBOARD = Dashboard(
    name="inventory.warehouse",
    label=_("Warehouse"),
    icon="building-warehouse",
    order=30,
    roles=["inventory.worker", "inventory.planner", "inventory.manager"],
    cards=[
        DashboardCard(
            name="ready", label=_("Ready to ship"), to="inventory.deliveries?state.in=ready,partial"
        ),
        DashboardCard(
            name="waiting",
            label=_("Deliveries waiting for goods"),
            to="inventory.deliveries?state=waiting",
        ),
        DashboardCard(
            name="due",
            label=_("Receipts due"),
            to="inventory.receipts?state=expected&expected_on.during=past",
            alert="above",
            limit=0,
        ),
        DashboardCard(
            name="to_buy", label=_("Products to buy"), to="inventory.to_buy", of="widget"
        ),
        DashboardCard(
            name="value",
            label=_("Stock at its value"),
            to="inventory.valuation",
            of="report",
            measure="value",
        ),
        DashboardCard(
            name="shipped",
            label=_("Shipped this month"),
            to="inventory.deliveries?state=shipped&shipped_on.during=this-month",
        ),
        DashboardCard(
            name="received",
            label=_("Receipts this month"),
            to="inventory.receipts?state=received&received_on.during=this-month",
        ),
        DashboardCard(
            name="counts", label=_("Counts under way"), to="inventory.counts?state=draft"
        ),
        DashboardCard(
            name="states",
            label=_("Deliveries by state"),
            to="inventory.deliveries?rows=state",
            kind="chart",
            width=6,
        ),
        DashboardCard(
            name="to_ship",
            label=_("Deliveries to ship"),
            to="inventory.to_ship",
            of="widget",
            kind="rows",
            width=6,
        ),
    ],
)
