"""How assets are shown; what the rental desk adds to customers."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import (
    Choice,
    Extend,
    Field,
    Form,
    Kanban,
    Long,
    Money,
    Resource,
    Rights,
    Section,
)
from dougong_rental.assets.models import KINDS, Asset, CustomerDeposit


class AssetResource(Resource):
    """What we let."""

    name, model, label, one = (
        "rental.assets",
        Asset,
        pgettext("rental", "Assets"),
        pgettext("rental", "Asset"),
    )
    icon, identity, title, sort = "crane", "code", "name", "code"
    columns = ["code", "name", "kind", "day_price", "active"]
    search, filters, groups = ["code", "name"], ["kind", "active"], ["kind"]
    form = Form(
        Section("code", "name", "kind", "day_price", "product"),
        Section("active", "note", title=_("More"), side=True),
    )
    fields = {
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "day_price": Money(label=_("Price a day"), least=0),
        "product": Field(label=_("Billed as"), help=_("The service that stands on the invoice.")),
        "note": Long(label=_("Note")),
    }
    boards, rights = [Kanban("kind", card=["day_price"])], Rights("rental.asset")


class CustomerExtension(Extend):
    """The deposit of a customer."""

    resource, plugin, side = "base.parties", "rental", CustomerDeposit
    form = Section("deposit", title=_("Rental"), side=True)
    fields = {"deposit": Money(label=_("Deposit"), least=0)}
