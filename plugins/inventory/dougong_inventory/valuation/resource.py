"""What inventory adds to product categories: how their goods are valued."""

from __future__ import annotations

from dougong import _
from dougong.resources import Choice, Extend, Section
from dougong_inventory.valuation.models import METHODS, CategoryValuation


class CategoryExtension(Extend):
    """How goods of a category are valued."""

    resource, plugin, side = "base.categories", "inventory", CategoryValuation
    filters = ["valuation"]
    form = Section("valuation", title=_("Inventory"), side=True)
    fields = {
        "valuation": Choice(
            label=_("Valuation"), choices=METHODS, help=_("Empty: as set for the company.")
        )
    }
