"""How bills of materials are shown, entered and exchanged."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Field, Form, Lines, Long, Number, Resource, Rights, Section
from dougong_base import Product, Unit
from dougong_production.boms.circles import circle_of
from dougong_production.boms.models import Bom
from dougong_production.boms.service import (
    complete,
    count,
    overlap_sentence,
    overlapping,
    problems,
    versions,
)


def derive_bom(bom: Bom, facts: Any) -> None:
    """Quantities in the products' own units."""
    complete(bom)
    count(
        bom,
        lambda id: facts.get(Product, id),
        lambda id: facts.get(Unit, id),
        facts.error,
    )


def check_bom(bom: Bom, facts: Any) -> None:
    """One version a day, and nothing that is made of itself."""
    problems(bom, facts.error)
    for variant in bom.variants:
        made = facts.get(Product, variant.product_id)
        if made is not None and made.kind != "goods":
            facts.error(variant, "product", _("Only goods are made."))
    for line in bom.lines:
        part = facts.get(Product, line.product_id)
        if part is not None and part.kind != "goods":
            facts.error(line, "product", _("Only goods are components; services are operations."))
    if not bom.product_id:
        return
    if other := overlapping(bom, versions(facts.uow, bom)):
        facts.error(bom, "valid_from", overlap_sentence(bom, other))
    if sentence := circle_of(facts.uow, [bom]):
        facts.error(bom, "lines", sentence)


class BomResource(Resource):
    """What goods are made of, and how."""

    name, model, label, one = (
        "production.boms",
        Bom,
        _("Bills of materials"),
        _("Bill of materials"),
    )
    manual = "production#what-goods-are-made-of"
    empty = _("What a product is made of and how, operation by operation.")
    icon, identity, title, sort = "hierarchy-3", "code", "code", "code"
    columns = ["code", "product", "quantity", "valid_from", "valid_to", "active"]
    search = ["code", "product.code", "product.name", "lines.product.code"]
    filters = ["product", "active", "valid_from", "valid_to", "lines.product"]
    groups = ["product", "active"]
    form = Form(
        Section("product", "quantity", "unit", "code"),
        Lines(
            "lines", "product", "quantity", "unit", "scrap", "phantom", "operation", "group",
            "priority", "only", title=_("Components"),
        ),
        Lines(
            "operations", "sequence", "name", "work_centre", "setup_minutes", "run_minutes",
            "overlap", "external", "external_price", title=_("Operations"),
        ),
        Lines("by_products", "product", "quantity", "cost_share", title=_("By-products")),
        Lines("variants", "product", title=_("Variants made like this")),
        Section("valid_from", "valid_to", "active", title=_("Version"), side=True),
        Section("note", title=_("More"), side=True),
    )  # fmt: skip
    fields = {
        "quantity": Number(label=_("Makes"), least=0),
        "valid_from": Field(label=_("Valid from")),
        "valid_to": Field(label=_("Valid to")),
        "note": Long(label=_("Note")),
        "lines.product": Field(label=_("Component")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.scrap": Number(
            label=_("Scrap (%)"), least=0, help=_("So many percent more is taken.")
        ),
        "lines.phantom": Field(
            label=_("Phantom"), help=_("Not kept in stock: what it is made of is taken instead.")
        ),
        "lines.operation": Field(
            label=_("Operation"), help=_("The sequence of the operation that takes it.")
        ),
        "lines.group": Field(
            label=_("Alternatives"), help=_("Of the lines with the same word only one is taken.")
        ),
        "lines.priority": Number(label=_("Priority"), least=1),
        "lines.only": Field(
            label=_("Only for"), help=_("Taken for this variant alone; empty is for all of them.")
        ),
        "variants.product": Field(label=_("Product")),
        "operations.sequence": Number(label=_("Sequence"), least=1),
        "operations.name": Field(label=_("Work")),
        "operations.setup_minutes": Number(label=_("Set-up (min)"), least=0),
        "operations.run_minutes": Number(label=_("Each unit (min)"), least=0),
        "operations.overlap": Number(label=_("Overlap (%)"), least=0, most=100),
        "operations.external": Field(label=_("Outside")),
        "operations.external_price": Field(label=_("Price outside")),
        "by_products.quantity": Number(label=_("Quantity"), least=0),
        "by_products.cost_share": Number(label=_("Share of the cost (%)"), least=0, most=100),
    }
    derive, check, rights = derive_bom, check_bom, Rights("production.bom")
