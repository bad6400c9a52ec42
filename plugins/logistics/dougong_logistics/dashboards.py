"""What those who ship look at first."""

from __future__ import annotations

from dougong import Dashboard, DashboardCard, _

SHIPPING_DASHBOARD = Dashboard(
    name="logistics.shipping",
    label=_("Shipping"),
    icon="truck-delivery",
    order=60,
    roles=["logistics.manager", "logistics.dispatcher"],
    cards=[
        DashboardCard(
            name="to_pack",
            label=_("Shipments to pack"),
            to="logistics.shipments?state=planned",
            width=4,
        ),
        DashboardCard(
            name="underway",
            label=_("Under way"),
            to="logistics.shipments?state.in=handed_over,under_way",
            width=4,
        ),
        DashboardCard(
            name="failed",
            label=_("Failed deliveries"),
            to="logistics.shipments?state=failed",
            alert="above",
            limit=0,
            width=4,
        ),
        DashboardCard(
            name="returns",
            label=_("Returns to be inspected"),
            to="logistics.returns?state=received",
            width=4,
        ),
        DashboardCard(
            name="delivered",
            label=_("Delivered this month"),
            to="logistics.shipments?state=delivered&delivered_on.during=this-month",
            width=4,
        ),
        DashboardCard(
            name="cost",
            label=_("Freight cost this month"),
            to="logistics.shipments?ship_on.during=this-month",
            measure="cost",
            width=4,
        ),
        DashboardCard(
            name="months",
            label=_("Shipments by month"),
            to="logistics.shipments?rows=ship_on:month",
            kind="chart",
            width=6,
        ),
        DashboardCard(
            name="states",
            label=_("Shipments by state"),
            to="logistics.shipments?rows=state&show=pie",
            kind="chart",
            width=6,
        ),
        DashboardCard(
            name="tours",
            label=_("Tours of today"),
            to="logistics.on_the_road",
            of="widget",
            kind="rows",
            width=6,
        ),
        DashboardCard(
            name="fleet",
            label=_("Cost of vehicles"),
            to="logistics.fleet-costs",
            of="report",
            kind="rows",
            width=12,
        ),
    ],
)
