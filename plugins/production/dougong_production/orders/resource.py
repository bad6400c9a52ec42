"""How production orders are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import ZERO, _
from dougong.resources import (
    Calendar,
    Field,
    Form,
    Gantt,
    Kanban,
    Lines,
    Long,
    Number,
    Resource,
    Rights,
    Section,
)  # fmt: skip
from dougong_base import Product
from dougong_production.orders.models import Order
from dougong_production.orders.workflow import ORDER_STEPS


def start_order(actor: Any) -> Mapping[str, Any]:
    """Begins today."""
    return {"starts_on": actor.today, "backflush": True}


def derive_order(order: Order, facts: Any) -> None:
    """Nothing is made or spent on a new order."""
    for line in order.materials:
        line.issued, line.cost = line.issued or ZERO, line.cost or ZERO
        line.planned_cost = line.planned_cost or ZERO


def check_order(order: Order, facts: Any) -> None:
    """What was released stays as it was released; goods are made, services are not."""
    if order.quantity is not None and order.quantity <= 0:
        facts.error(order, "quantity", _("A quantity is greater than zero."))
    product = facts.get(Product, order.product_id)
    if product is not None and product.kind != "goods":
        facts.error(order, "product", _("Only goods are made."))
    if order.starts_on and order.due_on and order.due_on < order.starts_on:
        facts.error(order, "due_on", _("It is due before it starts."))
    if order.state in ("released", "started"):
        for name in ("product", "quantity"):
            if facts.changed(order, name):
                facts.error(order, name, _("The order is released. Split or cancel it instead."))
    for line in order.materials:
        if line.issued and facts.changed(line, "product"):
            facts.error(line, "product", _("Some of it was issued; add another line."))
        if line.to_issue is not None and line.to_issue + (line.issued or ZERO) < 0:
            facts.error(line, "to_issue", _("Not more can come back than was issued."))


class OrderResource(Resource):
    """What is made, how far it is, and what it costs."""

    name, model, label, one = (
        "production.orders",
        Order,
        _("Production orders"),
        _("Production order"),
    )
    manual = "production#orders"
    empty = _("What is to be made, from planned to put into stock.")
    icon, identity, title, sort = "building-factory-2", "number", "number", "-id"
    columns = [
        "number", "product", "quantity", "finished", "starts_on", "due_on", "reference", "state",
    ]  # fmt: skip
    search = ["number", "product.code", "product.name", "reference"]
    filters = ["state", "product", "starts_on", "due_on", "bom", "materials.product", "reference"]
    groups = ["state", "product", "due_on:month"]
    form = Form(
        Section("product", "quantity", "starts_on", "due_on"),
        Lines(
            "materials", "product", "quantity", "issued", "to_issue", "lot", "operation", "cost",
            title=_("Material"), totals=["cost"],
        ),
        Lines("by_products", "product", "quantity", "received", title=_("By-products")),
        Section("number", "finished", "scrapped", "released_on", "finished_on", "closed_on",
                title=_("How far"), side=True),
        Section(
            "planned_cost", "material_cost", "labour_cost", "overhead_cost", "received_cost",
            "variance", title=_("Cost"), side=True,
        ),
        Section("bom", "backflush", "lot", "reference", "note", title=_("More"), side=True),
    )  # fmt: skip
    fields = {
        "quantity": Number(label=_("Quantity"), least=0),
        "finished": Field(label=_("Taken in")),
        "scrapped": Field(label=_("Scrapped")),
        "starts_on": Field(label=_("Starts on")),
        "due_on": Field(label=_("Due on")),
        "released_on": Field(label=_("Released on")),
        "finished_on": Field(label=_("Finished on")),
        "closed_on": Field(label=_("Closed on")),
        "bom": Field(label=_("Bill of materials")),
        "backflush": Field(
            label=_("Material goes by itself"),
            help=_("Taken as goods come in; otherwise somebody issues it."),
        ),
        "lot": Field(label=_("Lot of the goods")),
        "reference": Field(label=_("For")),
        "note": Long(label=_("Note")),
        "planned_cost": Field(label=_("Planned")),
        "material_cost": Field(label=_("Material")),
        "labour_cost": Field(label=_("People")),
        "overhead_cost": Field(label=_("Machine and place")),
        "received_cost": Field(label=_("On the shelves")),
        "variance": Field(label=_("Variance")),
        "materials.quantity": Number(label=_("Needed"), least=0),
        "materials.issued": Field(label=_("Issued")),
        "materials.to_issue": Field(
            label=_("Issue now"), help=_("Negative comes back. Empty everywhere issues the rest.")
        ),
        "materials.lot": Field(label=_("Lot")),
        "materials.cost": Field(label=_("Cost")),
        "by_products.received": Field(label=_("Taken in")),
    }
    derived = [
        "number", "finished", "scrapped", "released_on", "finished_on", "closed_on", "bom",
        "planned_cost", "material_cost", "labour_cost", "overhead_cost", "received_cost",
        "variance", "materials.issued", "materials.cost", "by_products.received", "reference",
    ]  # fmt: skip
    boards = [
        Kanban(
            "state",
            card=["number", "product", "quantity", "due_on"],
            due="due_on",
            due_while="state.in=draft,released,started",
        ),
        Calendar("due_on"),
        Gantt("starts_on", "due_on"),
    ]
    steps, derive, check, start = ORDER_STEPS, derive_order, check_order, start_order
    rights = Rights("production.order")
