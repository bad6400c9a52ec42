"""What the workshop looks at first."""

from __future__ import annotations

from dougong import Dashboard, DashboardCard, _

WORKSHOP_DASHBOARD = Dashboard(
    name="production.workshop",
    label=_("Production"),
    icon="tools",
    order=50,
    roles=["production.worker", "production.planner", "production.manager"],
    cards=[
        DashboardCard(
            name="underway",
            label=_("Orders under way"),
            to="production.orders?state.in=released,started",
        ),
        DashboardCard(
            name="late",
            label=_("Late production orders"),
            to="production.orders?state.in=draft,released,started&due_on.during=past",
            alert="above",
            limit=0,
        ),
        DashboardCard(
            name="running",
            label=_("Work that is running"),
            to="production.work?state.in=running,paused",
        ),
        DashboardCard(
            name="inspections", label=_("Lots to inspect"), to="production.inspections?state=open"
        ),
        DashboardCard(
            name="states",
            label=_("Production orders by state"),
            to="production.orders?rows=state",
            kind="chart",
            width=6,
        ),
        DashboardCard(
            name="work",
            label=_("Work waiting by work centre"),
            to="production.work?state.in=waiting,ready,running,paused&rows=work_centre",
            kind="chart",
            width=6,
        ),
        DashboardCard(
            name="due",
            label=_("Production due next"),
            to="production.due",
            of="widget",
            kind="rows",
            width=6,
        ),
        DashboardCard(
            name="ncrs",
            label=_("Non-conformances to solve"),
            to="production.ncrs?state.in=open,contained,acting,checking&sort=due_on",
            kind="rows",
            width=6,
        ),
    ],
)
