"""Customs code and origin on the product's page."""

from __future__ import annotations

from dougong import _
from dougong.resources import Extend, Field, Section
from dougong_logistics.products.models import ProductCustoms


class ProductExtension(Extend):
    """What customs want to know of a product."""

    resource, plugin, side = "base.products", "logistics", ProductCustoms
    form = Section("customs_code", "origin", title=_("Customs"), side=True)
    fields = {
        "customs_code": Field(label=_("Customs code")),
        "origin": Field(label=_("Country of origin"), help=_("Two letters, as CN or DE.")),
    }
