"""How payment terms are shown and entered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from dougong import ZERO, _
from dougong.resources import Choice, Field, Form, Lines, Number, Resource, Rights, Section
from dougong_base.terms.models import PaymentTerm

KINDS = {"percent": _("Percentage"), "fixed": _("Amount"), "remainder": _("What is left")}


def check_term(term: PaymentTerm, facts: Any) -> None:
    """Percentages do not go beyond the whole."""
    shares = [line.value or ZERO for line in term.lines if line.kind == "percent"]
    if sum(shares, ZERO) > Decimal(100):
        facts.error(term, "lines", _("The percentages come to more than a hundred."))


class TermResource(Resource):
    """When how much of an invoice is due."""

    name, model, label, one = "base.terms", PaymentTerm, _("Payment terms"), _("Payment term")
    icon, identity, title, sort = "calendar-dollar", "code", "name", "code"
    columns = ["code", "name", "discount_percent", "discount_days", "active"]
    search, filters = ["code", "name"], ["active"]
    form = Form(
        Section("code", "name"),
        Lines("lines", "kind", "value", "days", "end_of_month", title=_("Instalments")),
        Section("discount_percent", "discount_days", title=_("Paying early"), side=True),
        Section("active", title=_("More"), side=True),
    )
    fields = {
        "discount_percent": Number(label=_("Discount %"), least=0, most=100),
        "discount_days": Number(label=_("Within days"), least=0),
        "lines.kind": Choice(label=_("Kind"), choices=KINDS),
        "lines.value": Number(label=_("Percent or amount"), least=0),
        "lines.days": Number(label=_("Days"), least=0),
        "lines.end_of_month": Field(label=_("End of month")),
    }
    check, rights = check_term, Rights("base.term")
