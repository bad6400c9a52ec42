"""How carriers, services and tariffs are shown and entered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dougong import _, pgettext
from dougong.resources import Choice, Field, Form, Lines, Money, Number, Resource, Rights, Section
from dougong_logistics.carriers.models import BASES, Carrier, Service, Tariff


class CarrierResource(Resource):
    """Those who take our goods to customers."""

    name, model, label, one = (
        "logistics.carriers", Carrier, _("Carriers"), pgettext("document", "Carrier"),
    )  # fmt: skip
    manual = "logistics#carriers-and-what-they-ask"
    icon, identity, title, sort = "truck", "code", "code", "code"
    columns = ["code", "party", "active"]
    search, filters = ["code", "party.name"], ["active"]
    form = Form(Section("code", "party", "product", "tracking_url", "active"))
    fields = {
        "code": Field(label=_("Code")),
        "party": Field(label=_("Supplier")),
        "product": Field(
            label=_("Product on bills"), help=_("Empty takes the service product FREIGHT.")
        ),
        "tracking_url": Field(
            label=_("Tracking page"), help=_("{number} stands where the tracking number goes.")
        ),
    }
    rights = Rights("logistics.carrier")


class ServiceResource(Resource):
    """The ways in which carriers take goods."""

    name, model, label, one = (
        "logistics.services", Service, _("Carrier services"), _("Carrier service"),
    )  # fmt: skip
    icon, identity, title, sort = "route", "code", "code", "code"
    columns = ["code", "name", "carrier", "days", "parcel_limit", "active"]
    search, filters = ["code", "name"], ["carrier", "active"]
    form = Form(
        Section("code", "name", "carrier", "days", "active"),
        Section("divisor", "parcel_limit", title=_("Weight")),
    )
    fields = {
        "days": Number(label=_("Days"), least=0),
        "divisor": Number(
            label=_("Volumetric divisor"), least=0,
            help=_("So many cm³ count as one kg; empty: volume does not count."),
        ),
        "parcel_limit": Number(label=_("Heaviest parcel, kg"), least=0),
    }  # fmt: skip
    rights = Rights("logistics.service")


def derive_tariff(tariff: Tariff, facts: Any) -> None:
    """Zones are written in one way."""
    tariff.country = tariff.country.strip().upper() if tariff.country else None
    tariff.postcode = tariff.postcode.replace(" ", "").upper() or None if tariff.postcode else None


def check_tariff(tariff: Tariff, facts: Any) -> None:
    """A tariff has steps, and one parcel on one day has one tariff."""
    if not tariff.steps:
        facts.error(tariff, "steps", _("Enter at least one step of weight or value."))
    reached: set[Any] = set()
    for step in tariff.steps:
        if step.up_to is not None and step.up_to <= 0:
            facts.error(step, "up_to", _("A step reaches further than zero."))
        if step.up_to in reached:
            facts.error(step, "up_to", _("Another step reaches as far: keep one of them."))
        reached.add(step.up_to)
    if tariff.country and not (len(tariff.country) == 2 and tariff.country.isalpha()):
        facts.error(tariff, "country", _("A country is written with two letters, as DE or CN."))
    if tariff.service_id is None or tariff.valid_from is None:
        return
    others = facts.uow.look(
        select(Tariff).where(Tariff.service_id == tariff.service_id, Tariff.id != (tariff.id or 0))
    ).scalars()
    twin = next((other for other in others if tariff.overlaps(other)), None)
    if twin is not None:
        facts.error(
            tariff, "valid_from",
            _(
                "Another tariff of this service covers the same zone from %(start)s on: end it the"
                " day before, or choose another zone.",
                start=twin.valid_from,
            ),
        )  # fmt: skip


class TariffResource(Resource):
    """What services ask, zone by zone and time by time."""

    name, model, label, one = (
        "logistics.tariffs", Tariff, _("Tariffs"), pgettext("freight", "Tariff"),
    )  # fmt: skip
    icon, sort = "coins", "-valid_from"
    columns = ["service", "country", "postcode", "basis", "valid_from", "valid_until", "fuel"]
    search, filters = ["service.code", "postcode"], ["service", "country", "basis", "valid_from"]
    form = Form(
        Section("service", "country", "postcode", "basis", "valid_from", "valid_until"),
        Lines("steps", "up_to", "base", "rate", title=_("Steps")),
        Section("fuel", "minimum", title=_("Surcharges"), side=True),
    )
    fields = {
        "country": Field(label=_("Country"), help=_("Two letters; empty: every other country.")),
        "postcode": Field(label=_("Postcode begins with"), help=_("The longest beginning counts.")),
        "basis": Choice(label=_("Counted by"), choices=BASES),
        "valid_from": Field(label=_("Valid from")),
        "valid_until": Field(label=_("Valid until")),
        "fuel": Number(label=_("Fuel surcharge %"), least=0),
        "minimum": Money(label=_("At least"), least=0),
        "steps.up_to": Number(label=_("Up to"), least=0),
        "steps.base": Money(label=_("Base price"), least=0),
        "steps.rate": Number(label=_("For each unit"), least=0),
    }
    derive, check = derive_tariff, check_tariff
    rights = Rights("logistics.tariff")
