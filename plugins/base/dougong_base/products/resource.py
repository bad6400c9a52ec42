"""How products and their categories are shown and entered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dougong import _
from dougong.resources import (
    Choice,
    Field,
    Form,
    Lines,
    Long,
    Number,
    Resource,
    Rights,
    Section,
    Tree,
)
from dougong_base.currencies.choices import CURRENCY_CHOICES
from dougong_base.products.models import Category, Product
from dougong_base.units.models import Unit

KINDS = {"goods": _("Goods"), "service": _("Service")}
TRACKING = {"none": _("Not traced"), "lot": _("By lot"), "serial": _("By serial number")}


def check_category(category: Category, facts: Any) -> None:
    """The tree has no circles."""
    above, seen = facts.get(Category, category.parent_id), {category.id}
    while above is not None:
        if above.id in seen:
            facts.error(category, "parent", _("A category cannot stand above itself."))
            break
        seen.add(above.id)
        above = facts.get(Category, above.parent_id)


def derive_product(product: Product, facts: Any) -> None:
    """Counted by the piece unless somebody says otherwise."""
    if facts.fresh(product, "unit"):
        piece = _piece(facts.uow)
        product.unit_id = piece  # type: ignore[assignment]  # none: the form asks for one


def _piece(uow: Any) -> int | None:
    """The unit that things are counted in; asked once a unit of work."""
    known: dict[str, int | None] = uow.session.info.setdefault("base_usual", {})
    if "unit" not in known:
        found = uow.look(select(Unit.id).where(Unit.code == "pc")).first()
        known["unit"] = found[0] if found else None
    return known["unit"]


def check_product(product: Product, facts: Any) -> None:
    """A service is not traced, and a bar code names one thing only."""
    if product.unit_id is None:
        facts.error(product, "unit", _("Say in which unit it is counted."))
    if product.kind == "service" and product.tracking != "none":
        facts.error(product, "tracking", _("A service has no lots or serial numbers."))
    if product.barcode and any(code.code == product.barcode for code in product.barcodes):
        facts.error(product, "barcode", _("This bar code stands among the others already."))


class CategoryResource(Resource):
    """The tree of products."""

    name, model, label, one = "base.categories", Category, _("Categories"), _("Category")
    icon, identity, title, sort = "category", "name", "name", "name"
    columns, search, filters = ["name", "parent", "active"], ["name"], ["parent", "active"]
    form = Form(Section("name", "parent", "active"))
    fields = {"parent": Field(label=_("Parent category"))}
    boards = [Tree("parent")]
    check, rights = check_category, Rights("base.category")


class ProductResource(Resource):
    """What the house buys, keeps, makes and sells."""

    name, model, label, one, icon = "base.products", Product, _("Products"), _("Product"), "package"
    empty = _(
        "What you sell, buy, make or keep: one entry a product, with its unit, price and barcode."
    )
    identity, title, sort = "code", "name", "code"
    columns = ["code", "name", "kind", "category", "unit", "sales_price", "active"]
    codes = ["barcode", "barcodes.code"]
    search = ["code", "name", "barcode", "barcodes.code", "supplier_items.code"]
    filters = ["kind", "category", "tracking", "sales_price", "active"]
    groups = ["kind", "category"]
    form = Form(
        Section("code", "name", "kind", "category", "unit", "barcode"),
        Lines(
            "supplier_items", "supplier", "code", "price", "currency", "minimum", "lead_days",
            title=_("Suppliers"),
        ),
        Lines("barcodes", "code", "quantity", title=_("More bar codes")),
        Section(
            "sales_price", "sales_tax", "cost_price", "purchase_tax", title=_("Prices"), side=True
        ),
        Section("tracking", "lead_days", "weight", "volume", title=_("Logistics"), side=True),
        Section("active", "description", title=_("More"), side=True),
    )  # fmt: skip
    fields = {
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "unit": Field(label=_("Unit"), required=False),
        "tracking": Choice(label=_("Traced"), choices=TRACKING),
        "sales_price": Number(label=_("Sales price"), least=0),
        "cost_price": Number(label=_("Cost price"), least=0),
        "lead_days": Number(label=_("Lead time in days"), least=0),
        "barcode": Field(label=_("Bar code")),
        "description": Long(label=_("Description")),
        "supplier_items.supplier": Field(label=_("Supplier")),
        "supplier_items.code": Field(label=_("Their code")),
        "supplier_items.price": Number(label=_("Price"), least=0),
        "supplier_items.currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES),
        "supplier_items.minimum": Number(label=_("Least quantity"), least=0),
        "supplier_items.lead_days": Number(label=_("Lead time in days"), least=0),
        "barcodes.code": Field(label=_("Bar code")),
        "barcodes.quantity": Number(label=_("Units inside"), least=0),
    }
    derive, check, rights = derive_product, check_product, Rights("base.product")
