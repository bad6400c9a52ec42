"""What a company enters first here."""

from __future__ import annotations

from dougong import FirstStep, _

FIRST_STEPS = [
    FirstStep(
        "hr.department",
        _("Set up your departments"),
        _("Who works where, and who leads."),
        "hr.departments",
    ),
    FirstStep(
        "hr.employee",
        _("Enter your first employee"),
        _("With a log-in they see their own leave and payslips."),
        "hr.employees",
    ),
    FirstStep(
        "hr.contract", _("Enter the contracts"), _("Wage, hours and beginning."), "hr.contracts"
    ),
    FirstStep(
        "hr.leave",
        _("Check the types of leave"),
        _("How many days, and what is carried over."),
        "hr.leave-types",
    ),
]
