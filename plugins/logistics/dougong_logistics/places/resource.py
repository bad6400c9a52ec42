"""How places are entered and imported."""

from __future__ import annotations

from typing import Any

from dougong import Refused, _, pgettext
from dougong.resources import Field, Form, Number, Resource, Rights, Section
from dougong_logistics.places.models import Place, minutes


def check_place(place: Place, facts: Any) -> None:
    """Times are times, and the place lies on the globe."""
    for name, most in (("latitude", 90), ("longitude", 180)):
        value = getattr(place, name)
        if value is not None and abs(value) > most:
            facts.error(place, name, _("Latitude is from -90 to 90, longitude from -180 to 180."))
    for name in ("opens", "closes"):
        try:
            minutes(getattr(place, name), 0)
        except Refused as refusal:
            facts.error(place, name, str(refusal))


class PlaceResource(Resource):
    """Where customers and depots lie."""

    name, model, label, one = (
        "logistics.places", Place, pgettext("map", "Places"), pgettext("map", "Place"),
    )  # fmt: skip
    icon, identity, title, sort = "map-2", "name", "name", "name"
    columns = ["name", "latitude", "longitude", "opens", "closes", "is_depot"]
    search, filters = ["name"], ["is_depot"]
    form = Form(
        Section("name", "address", "latitude", "longitude", "is_depot"),
        Section("opens", "closes", "service_minutes", title=_("Visits")),
    )
    fields = {
        "latitude": Number(label=_("Latitude")),
        "longitude": Number(label=_("Longitude")),
        "is_depot": Field(label=_("Depot")),
        "opens": Field(label=_("Opens"), help=_("As 08:30.")),
        "closes": Field(label=_("Closes"), help=_("As 17:00.")),
        "service_minutes": Number(label=_("Minutes for a visit"), least=0),
    }
    check = check_place
    rights = Rights("logistics.place")
