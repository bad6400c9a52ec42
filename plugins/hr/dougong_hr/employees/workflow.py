"""Coming and going."""

from typing import Any

from dougong import Ask, State, Step, Workflow, _, later, pgettext


def _shifts(session: Any, employee: Any) -> Any:
    from dougong_hr.shifts.service import shift_choices

    return shift_choices(session, employee)


EMPLOYEE_STEPS = Workflow(
    "hr.employees",
    states=[
        State("new", pgettext("employee", "New"), "blue", editable=True),
        State("active", pgettext("employee", "Works here"), "green", editable=True),
        State("left", pgettext("employee", "Left"), aside=True),
    ],
    steps=[
        Step(
            "join",
            _("Starts work"),
            ["new"],
            "active",
            needs="hr.employee.write",
            effect=later("dougong_hr.employees.service:join_employees"),
            primary=True,
            icon="user-check",
            asks=[Ask("on", _("First day"), "date")],
        ),
        Step(
            "leave",
            _("Leaves"),
            ["active"],
            "left",
            needs="hr.employee.leave",
            effect=later("dougong_hr.employees.service:leave_employees"),
            icon="user-x",
            confirm=_("Contracts end on the last day, and the leaving plan begins."),
            asks=[Ask("on", _("Last day"), "date", required=True), Ask("reason", _("Reason"))],
        ),
        Step(
            "roster",
            _("Plan shifts"),
            ["active"],
            "active",
            needs="hr.roster.create",
            effect=later("dougong_hr.shifts.service:plan_shifts"),
            icon="calendar-user",
            asks=[
                Ask("shift", _("Shift"), "link", required=True, choices=_shifts),
                Ask("first", _("First day"), "date", required=True),
                Ask("last", _("Last day"), "date", required=True),
            ],
        ),
        Step(
            "pin",
            _("Set the PIN"),
            ["active"],
            "active",
            needs="hr.employee.write",
            effect=later("dougong_hr.attendance.pins:set_pins"),
            icon="password",
            asks=[Ask("pin", _("PIN of 4 to 8 digits; empty takes it away"))],
        ),
        Step(
            "severance",
            _("Severance pay"),
            ["left"],
            "left",
            needs="hr.payinput.create",
            effect=later("dougong_hr.payroll.severance:enter_severance"),
            icon="door-exit",
            confirm=_("It is paid with the month of the last day."),
            asks=[
                Ask("months", _("Monthly wages a year; one unless you say so"), "quantity"),
                Ask(
                    "average", _("Monthly wage; the average of a year unless you say so"), "amount"
                ),
                Ask("notice", _("A month's wage more, since there was no notice"), "flag"),
            ],
        ),
        Step(
            "return",
            _("Comes back"),
            ["left"],
            "active",
            needs="hr.employee.leave",
            effect=later("dougong_hr.employees.service:return_employees"),
            icon="arrow-back",
            asks=[Ask("on", _("First day"), "date")],
        ),
    ],
)
