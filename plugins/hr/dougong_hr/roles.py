"""Who may do what with people's files."""

from __future__ import annotations

from typing import Any

from dougong import Permission, Role, _
from dougong_hr.employees.models import Employee
from dougong_hr.employees.sight import of_own_and_team, own_and_team
from dougong_hr.plans.models import Task

PERMISSIONS = [
    Permission("hr.private.read", _("See private data of employees")),
    Permission("hr.wage.read", _("See wages")),
]
LOOK_UP = ["base.party.read", "base.calendar.read", "base.currency.read"]
#: What everybody may look at: how the company is made up.
SEEN = ["hr.department.read", "hr.position.read"]

#: What employees do for themselves, as far as their own file and their team's reach.
SELF_SERVICE = [
    *SEEN,
    "base.calendar.read",
    "hr.employee.read",
    "hr.task.read", "hr.task.finish",
]  # fmt: skip
OWN: dict[type, Any] = {Employee: own_and_team, Task: of_own_and_team}

ROLES = [
    Role("hr.manager", _("Head of human resources"), [*LOOK_UP, "core.user.read", "hr.*"]),
    Role(
        "hr.officer",
        _("Human resources officer"),
        [
            *LOOK_UP, *SEEN,
            "hr.private.read",
            "hr.employee.*", "hr.department.*", "hr.position.*",
            "hr.contract.read", "hr.contract.create", "hr.contract.write",
            "hr.plan.*", "hr.task.*",
        ],
    ),
    Role("hr.employee", _("Employee self-service"), SELF_SERVICE, OWN),
]  # fmt: skip
