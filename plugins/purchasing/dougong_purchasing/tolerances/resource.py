"""The tolerance on the pages of products and parties."""

from __future__ import annotations

from dougong import _
from dougong.resources import Extend, Number, Section
from dougong_purchasing.tolerances.models import PartyTolerance, ProductTolerance

_LABEL = _("Receipt beyond the order, in percent")


class ProductExtension(Extend):
    """How much more of a product may come."""

    resource, plugin, side = "base.products", "purchasing", ProductTolerance
    form = Section("over_receipt", title=_("Purchasing"), side=True)
    fields = {"over_receipt": Number(label=_LABEL, least=0, help=_("Empty: as with the supplier."))}


class PartyExtension(Extend):
    """How much more a supplier may deliver."""

    resource, plugin, side = "base.parties", "purchasing", PartyTolerance
    form = Section("over_receipt", title=_("Purchasing"), side=True)
    fields = {"over_receipt": Number(label=_LABEL, least=0, help=_("Empty: as the company does."))}
