"""What a formula may name beside other components."""

from __future__ import annotations

from dougong import Text, _

FACTS: dict[str, Text] = {
    "wage": _("The wage of the month, for the days within the contract"),
    "full_wage": _("The monthly wage of the terms that hold last"),
    "hours_week": _("Hours a week by contract"),
    "working_days": _("Working days of the month"),
    "contract_days": _("Working days of the month within the contract"),
    "unpaid_days": _("Working days of unpaid leave in the month"),
    "absent_days": _("Working days of approved leave in the month"),
    "worked_hours": _("Hours of attendance in the month"),
    "overtime_hours": _("Hours of attendance beyond those planned"),
    "additional": _("Additional tax deductions of the month"),
    "place": _("The place of social insurance"),
    "social_base": _("The base of social insurance before limits"),
    "housing_base": _("The base of the housing fund before limits"),
    "month": _("The month, 1 to 12"),
    "benefit_employee": _("The employee's share of benefits in the month"),
    "benefit_employer": _("The employer's share of benefits in the month"),
    "benefit_before_tax": _("The part of the employee's share that is taken before tax"),
    "benefit_taxed": _("The part of the employer's share that is taxed as income"),
}
