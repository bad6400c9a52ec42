"""What those who look after people look at first."""

from __future__ import annotations

from dougong import Dashboard, DashboardCard, _

PEOPLE_DASHBOARD = Dashboard(
    name="hr.people",
    label=_("People"),
    icon="users",
    order=70,
    roles=["hr.manager", "hr.officer"],
    cards=[
        DashboardCard(name="people", label=_("People employed"), to="hr.employees?state=active"),
        DashboardCard(
            name="joined", label=_("Joined this year"), to="hr.employees?joined_on.during=this-year"
        ),
        DashboardCard(
            name="away",
            label=_("Leave to decide"),
            to="hr.leaves?state=asked",
            alert="above",
            limit=5,
        ),
        DashboardCard(
            name="applicants", label=_("Applicants in the running"), to="hr.applicants?state=open"
        ),
        DashboardCard(
            name="departments",
            label=_("People by department"),
            to="hr.employees?state=active&rows=department",
            kind="chart",
            width=6,
        ),
        DashboardCard(
            name="leave",
            label=_("Days of leave by month"),
            to="hr.leaves?state=approved&first_on.during=this-year&rows=first_on:month",
            kind="chart",
            measure="days",
            width=6,
        ),
        DashboardCard(
            name="contracts",
            label=_("Contracts and probations that end"),
            to="hr.contracts",
            of="widget",
            kind="rows",
            width=6,
        ),
        DashboardCard(
            name="tasks",
            label=_("Tasks for people"),
            to="hr.tasks?state=open&sort=due_on",
            kind="rows",
            width=6,
        ),
    ],
)
