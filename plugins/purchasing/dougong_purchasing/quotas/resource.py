"""How quotas are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from dougong import ZERO, _
from dougong.resources import Field, Form, Lines, Number, Resource, Rights, Section
from dougong_base import Party
from dougong_purchasing.quotas.models import Quota

HUNDRED = Decimal(100)


def start_quota(actor: Any) -> Mapping[str, Any]:
    """From today on."""
    return {"starts_on": actor.today}


def check_quota(quota: Quota, facts: Any) -> None:
    """The parts are 100 percent together; a product has one quota at a time."""
    seen = set()
    for line in quota.lines:
        supplier = facts.get(Party, line.supplier_id)
        if supplier is not None and not supplier.is_supplier:
            facts.error(line, "supplier", _("This is not a supplier of ours."))
        if line.supplier_id in seen:
            facts.error(line, "supplier", _("This supplier has a part already."))
        seen.add(line.supplier_id)
    if sum((line.part or ZERO for line in quota.lines), ZERO) != HUNDRED:
        facts.error(quota, "lines", _("The parts are 100 percent together."))
    if quota.ends_on and quota.starts_on and quota.ends_on < quota.starts_on:
        facts.error(quota, "ends_on", _("A quota ends on or after the day it starts."))
    elif quota.starts_on and quota.product_id and _overlaps(quota, facts):
        facts.error(quota, "starts_on", _("This product has a quota in this time. End it first."))


def _overlaps(quota: Quota, facts: Any) -> bool:
    question = select(Quota.id).where(
        Quota.company_id == (quota.company_id or facts.actor.company_id),
        Quota.product_id == quota.product_id,
        or_(Quota.ends_on.is_(None), Quota.ends_on >= quota.starts_on),
    )
    if quota.id is not None:
        question = question.where(Quota.id != quota.id)
    if quota.ends_on:
        question = question.where(Quota.starts_on <= quota.ends_on)
    with facts.uow.session.no_autoflush:
        return facts.uow.session.scalar(question.limit(1)) is not None


class QuotaResource(Resource):
    """Which part of a product is bought where."""

    name, model, icon = "purchasing.quotas", Quota, "chart-pie"
    label, one, sort = _("Quotas"), _("Quota"), "-starts_on"
    columns = ["product", "starts_on", "ends_on"]
    search, filters = ["product.name", "product.code"], ["product", "starts_on", "ends_on"]
    form = Form(
        Section("product", "starts_on", "ends_on"),
        Lines("lines", "supplier", "part", title=_("Suppliers"), totals=["part"]),
    )
    fields = {
        "product": Field(label=_("Product")),
        "starts_on": Field(label=_("From")),
        "ends_on": Field(label=_("Until")),
        "lines.supplier": Field(label=_("Supplier")),
        "lines.part": Number(label=_("Part in percent"), least=0, most=100),
    }
    check, start, rights = check_quota, start_quota, Rights("purchasing.term")
