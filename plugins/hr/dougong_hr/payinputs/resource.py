"""How monthly entries of payroll are shown and entered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dougong import _
from dougong.resources import Field, Form, Money, Number, Resource, Rights, Section
from dougong_hr.payinputs.models import ONCE_A_YEAR, PayInput
from dougong_hr.structures.models import Component


def check_input(entry: PayInput, facts: Any) -> None:
    """A component takes it."""
    known = set(
        facts.uow.session.scalars(
            select(Component.code).where(Component.kind == "input").distinct()
        )
    )
    if entry.code not in known:
        facts.error(
            entry,
            "code",
            _("No pay structure takes this. Known: %(codes)s.", codes=", ".join(sorted(known))),
        )
    other = select(PayInput.id).where(
        PayInput.employee_id == entry.employee_id,
        PayInput.year == entry.year,
        PayInput.code == ONCE_A_YEAR,
        PayInput.id != (entry.id or 0),
    )
    if entry.code == ONCE_A_YEAR and facts.uow.session.scalar(other.limit(1)) is not None:
        facts.error(entry, "code", _("The employee has an annual bonus in that year already."))


class PayInputResource(Resource):
    """Bonuses and other amounts of one month."""

    name, model, label, one = "hr.pay-inputs", PayInput, _("Monthly entries"), _("Monthly entry")
    icon, title, sort = "pencil-dollar", "code", "-id"
    columns = ["year", "month", "employee", "code", "amount", "note"]
    search, filters = ["employee.name", "code"], ["year", "month", "employee", "code"]
    groups, totals = ["code", "employee"], ["amount"]
    form = Form(Section("employee", "year", "month", "code", "amount", "note"))
    fields = {
        "year": Number(label=_("Year"), least=1970, most=2200, grouped=False),
        "month": Number(label=_("Month"), least=1, most=12),
        "code": Field(label=_("Name in formulas")),
        "amount": Money(label=_("Amount")),
        "note": Field(label=_("Note")),
    }
    check, rights = check_input, Rights("hr.payinput")
