"""How warehouses and their locations are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Form, Resource, Rights, Section, Tree
from dougong_inventory.warehouses.models import INSIDE, KINDS, Location, Warehouse


def check_location(location: Location, facts: Any) -> None:
    """A shelf stands in a warehouse, below a place of the same one."""
    if location.kind in INSIDE and location.warehouse_id is None:
        facts.error(location, "warehouse", _("Choose the warehouse it is in."))
    if location.kind not in INSIDE and location.warehouse_id is not None:
        facts.error(location, "warehouse", _("A place outside is in no warehouse."))
    parent, seen = facts.get(Location, location.parent_id), {location.id}
    if parent is not None and parent.warehouse_id != location.warehouse_id:
        facts.error(location, "parent", _("The place above is in another warehouse."))
    while parent is not None:
        if parent.id in seen:
            facts.error(location, "parent", _("A place cannot stand above itself."))
            break
        seen.add(parent.id)
        parent = facts.get(Location, parent.parent_id)


class WarehouseResource(Resource):
    """Buildings with goods in them."""

    name, model, label, one = "inventory.warehouses", Warehouse, _("Warehouses"), _("Warehouse")
    icon, identity, title, sort = "building-warehouse", "code", "name", "code"
    columns, search, filters = ["code", "name", "active"], ["code", "name"], ["active"]
    form = Form(Section("code", "name"), Section("active", side=True))
    rights = Rights("inventory.warehouse")


class LocationResource(Resource):
    """Places: shelves and bins of a warehouse, and those outside."""

    name, model, label, one = "inventory.locations", Location, _("Locations"), _("Location")
    icon, identity, title, sort = "map-pin", "code", "code", "code"
    columns = ["code", "name", "kind", "warehouse", "parent", "active"]
    search, filters = ["code", "name", "barcode"], ["kind", "warehouse", "parent", "active"]
    groups = ["warehouse", "kind"]
    form = Form(
        Section("code", "name", "kind", "warehouse", "parent", "barcode"),
        Section("active", side=True),
    )
    fields = {
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "parent": Field(label=_("Inside of")),
        "barcode": Field(label=_("Bar code")),
    }
    boards = [Tree("parent")]
    check, rights = check_location, Rights("inventory.location")
