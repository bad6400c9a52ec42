"""How rentals are shown and entered."""

from __future__ import annotations

from dougong import _, pgettext, rounded
from dougong.companies.currency import currency_of
from dougong.resources import (
    Calendar,
    Field,
    Form,
    Kanban,
    Long,
    Money,
    Pivot,
    Resource,
    Rights,
    Section,
)
from dougong.resources.documents.facts import Facts
from dougong_rental.assets.models import Asset
from dougong_rental.rentals.models import Rental
from dougong_rental.rentals.queries import bookings
from dougong_rental.rentals.workflow import RENTAL_STEPS


def derive_rental(rental: Rental, facts: Facts) -> None:
    """Price of the asset, end of the first day, and what it comes to."""
    asset = facts.get(Asset, rental.asset_id)
    if asset is not None and facts.fresh(rental, "day_price", on="asset"):
        rental.day_price = asset.day_price
    if rental.from_on and rental.until_on is None:
        rental.until_on = rental.from_on
    if rental.from_on and rental.until_on and rental.day_price is not None:
        company = rental.company_id or facts.uow.company_id
        rental.amount = rounded(rental.day_price * rental.days, currency_of(facts.uow, company))


def check_rental(rental: Rental, facts: Facts) -> None:
    """Days in order, an asset that is in use, and free on these days."""
    asset = facts.get(Asset, rental.asset_id)
    if asset is not None and not asset.active:
        facts.error(rental, "asset", _("This asset is not let any more."))
    if not (rental.from_on and rental.until_on):
        return
    if rental.until_on < rental.from_on:
        facts.error(rental, "until_on", _("A rental ends on the day it begins, or later."))
    elif rental.asset_id:
        days = bookings(facts.uow.session, [rental.asset_id], rental.from_on, rental.until_on)
        others = sorted(day for (_asset, day), by in days.items() if by != rental.id)
        if others:
            facts.error(rental, "from_on", _("It is taken on %(day)s.", day=others[0].isoformat()))


class RentalResource(Resource):
    """Who has what, from when until when."""

    name, model, label, one = "rental.rentals", Rental, _("Rentals"), _("Rental")
    icon, identity, title, sort = "calendar-time", "number", "number", "-from_on"
    columns = ["number", "asset", "customer", "from_on", "until_on", "state", "amount", "paid_on"]
    search = ["number", "customer.name", "asset.code", "asset.name"]
    filters = ["state", "asset", "customer", "from_on", "until_on", "paid_on"]
    groups, totals = ["state", "asset", "customer", "from_on:month"], ["amount"]
    form = Form(
        Section("asset", "customer", "from_on", "until_on", "day_price", "amount"),
        Section("number", "returned_on", "paid_on", title=_("More"), side=True),
        Section("note", side=True),
    )
    fields = {
        "asset": Field(label=pgettext("rental", "Asset")),
        "customer": Field(label=_("Customer")),
        "from_on": Field(label=_("From")),
        "until_on": Field(label=_("Until"), required=False, help=_("Empty: the first day alone.")),
        "day_price": Money(label=_("Price a day"), least=0),
        "amount": Money(label=_("Amount")),
        "returned_on": Field(label=_("Returned on")),
        "paid_on": Field(label=_("Paid on")),
        "note": Long(label=_("Note")),
    }
    derived = ["number", "amount", "returned_on", "paid_on"]
    derive, check = derive_rental, check_rental
    boards = [
        Calendar("from_on"),
        Kanban("state", card=["asset", "customer", "until_on"], sum="amount"),
        Pivot("amount", rows="asset", columns="from_on:month"),
    ]
    steps, rights = RENTAL_STEPS, Rights("rental.rental")
