"""How price lists are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Form, Lines, Number, Resource, Rights, Section
from dougong_base import CURRENCY_CHOICES
from dougong_crm.prices.models import PriceList

KINDS = {"fixed": _("Fixed price"), "percent": _("Discount in percent")}


def check_prices(prices: PriceList, facts: Any) -> None:
    """A rule is for a product or a category, and ends after it starts."""
    for rule in prices.rules:
        if rule.product_id and rule.category_id:
            facts.error(rule, "category", _("Choose a product or a category, not both."))
        if rule.starts_on and rule.ends_on and rule.ends_on < rule.starts_on:
            facts.error(rule, "ends_on", _("A rule ends on or after the day it starts."))
        if rule.kind == "fixed" and not rule.product_id:
            facts.error(rule, "product", _("A fixed price needs a product."))


class PriceListResource(Resource):
    """Prices by customer, product, quantity, date and currency; the most particular rule counts."""

    name, model, label, one = "crm.pricelists", PriceList, _("Price lists"), _("Price list")
    manual = "sales#price-lists"
    icon, identity, title, sort = "tags", "code", "name", "code"
    columns = ["code", "name", "currency", "active"]
    search = ["code", "name", "rules.product.code", "rules.customer.name"]
    filters = ["currency", "active", "rules.product", "rules.customer"]
    form = Form(
        Section("code", "name", "currency", "active"),
        Lines(
            "rules", "customer", "group", "product", "category", "minimum", "starts_on",
            "ends_on", "kind", "price", "percent", title=_("Rules"),
        ),
    )  # fmt: skip
    fields = {
        "currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES),
        "rules.group": Field(label=_("Customer group")),
        "rules.minimum": Number(label=_("From quantity"), least=0),
        "rules.starts_on": Field(label=_("From")),
        "rules.ends_on": Field(label=_("Until")),
        "rules.kind": Choice(label=_("Kind"), choices=KINDS),
        "rules.price": Number(label=_("Price"), least=0),
        "rules.percent": Number(label=_("Percent")),
    }
    check, rights = check_prices, Rights("crm.pricelist")
