"""How tracking events are entered: by hand, by API, by a carrier's file."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Choice, Field, Form, Resource, Rights, Section
from dougong_logistics.trackings.models import STATUSES, TrackingEvent


class TrackingResource(Resource):
    """What carriers say of shipments."""

    name, model, label, one = (
        "logistics.trackings", TrackingEvent, _("Tracking"), _("Tracking event"),
    )  # fmt: skip
    icon, sort = "map-pin", "-happened_at"
    columns = ["happened_at", "shipment", "status", "place", "text", "applied"]
    search, filters = ["shipment.number", "shipment.tracking_number", "place"], [
        "status", "happened_at", "applied", "shipment",
    ]  # fmt: skip
    form = Form(Section("shipment", "happened_at", "status", "place", "received_by", "text"))
    fields = {
        "happened_at": Field(label=_("When")),
        "status": Choice(label=_("Status"), choices=STATUSES),
        "place": Field(label=_("Place")),
        "text": Field(label=_("Text")),
        "received_by": Field(label=_("Received by")),
        "applied": Field(label=pgettext("tracking", "Taken in")),
    }
    derived = ["applied"]
    rights = Rights("logistics.tracking")
