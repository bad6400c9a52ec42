"""How suppliers' price lists are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Form, Lines, Number, Resource, Rights, Section
from dougong_base import CURRENCY_CHOICES, Party
from dougong_purchasing.terms.models import SupplierList
from dougong_purchasing.terms.queries import overlapping


def check_terms(terms: SupplierList, facts: Any) -> None:
    """Each product has one price from each quantity on, at any time."""
    seen = set()
    for price in terms.prices:
        key = price.product_id, price.minimum
        if key in seen:
            facts.error(price, "minimum", _("This product has a price from this quantity on."))
        seen.add(key)
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        facts.error(terms, "ends_on", _("A price list ends on or after the day it starts."))
        return
    supplier = facts.get(Party, terms.supplier_id)
    if supplier is not None and not supplier.is_supplier:
        facts.error(terms, "supplier", _("This is not a supplier of ours."))
    products = {price.product_id for price in terms.prices if price.product_id}
    other = overlapping(facts.uow.session, terms, facts.actor.company_id, products)
    if other:
        facts.error(
            terms,
            "starts_on",
            _(
                "“%(list)s” has prices of the same products in this time. End it before, or give"
                " one of the lists another priority.",
                list=other,
            ),
        )


class SupplierListResource(Resource):
    """What suppliers ask for, by product, quantity and time."""

    name, model = "purchasing.terms", SupplierList
    label, one = _("Suppliers' price lists"), _("Supplier's price list")
    icon, title, sort = "tags", "name", "-id"
    columns = ["supplier", "name", "currency", "starts_on", "ends_on", "priority", "active"]
    search = ["name", "supplier.name", "prices.product.code", "prices.code"]
    filters = ["supplier", "currency", "active", "prices.product"]
    form = Form(
        Section("supplier", "name", "currency", "starts_on", "ends_on", "priority", "active"),
        Lines(
            "prices",
            "product",
            "code",
            "minimum",
            "multiple",
            "price",
            "lead_days",
            title=_("Prices"),
        ),
    )
    fields = {
        "supplier": Field(label=_("Supplier"), begin={"is_supplier": True}),
        "name": Field(label=_("Name")),
        "currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES),
        "starts_on": Field(label=_("From")),
        "ends_on": Field(label=_("Until")),
        "priority": Number(
            label=_("Priority"), least=0, help=_("The smaller, the rather we buy there.")
        ),
        "prices.code": Field(label=_("Their code")),
        "prices.minimum": Number(label=_("From quantity"), least=0),
        "prices.multiple": Number(
            label=_("In multiples of"), least=0, help=_("Zero: in any quantity.")
        ),
        "prices.price": Number(label=_("Price"), least=0),
        "prices.lead_days": Number(label=_("Lead time in days"), least=0),
    }
    check, rights = check_terms, Rights("purchasing.term")
