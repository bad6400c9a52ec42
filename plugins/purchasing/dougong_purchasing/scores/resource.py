"""How suppliers' scores are shown and entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Form, Long, Number, Resource, Rights, Section
from dougong_purchasing.scores.models import GRADE_COLOURS, Score
from dougong_purchasing.scores.workflow import SCORE_STEPS

GRADES = {"A": "A", "B": "B", "C": "C", "D": "D"}


def start_score(actor: Any) -> Mapping[str, Any]:
    """The year up to today."""
    return {"starts_on": actor.today - dt.timedelta(days=365), "ends_on": actor.today}


class ScoreResource(Resource):
    """Points of suppliers for quality, price, delivery and service."""

    name, model = "purchasing.scores", Score
    manual = "purchasing#how-good-suppliers-are"
    label, one, icon, sort = _("Supplier scores"), _("Supplier score"), "stars", "-ends_on"
    columns = [
        "supplier", "starts_on", "ends_on", "quality", "price", "delivery", "service", "total",
        "grade", "state",
    ]  # fmt: skip
    search, filters = ["supplier.name", "note"], ["supplier", "grade", "state", "ends_on"]
    groups = ["grade", "supplier"]
    form = Form(
        Section("supplier", "starts_on", "ends_on", "service", "note"),
        Section("quality", "price", "delivery", "total", "grade", title=_("Points"), side=True),
    )
    fields = {
        "supplier": Field(label=_("Supplier")),
        "starts_on": Field(label=_("From")),
        "ends_on": Field(label=_("Until")),
        "quality": Number(label=_("Quality")),
        "price": Number(label=_("Price")),
        "delivery": Number(label=_("Delivery")),
        "service": Number(
            label=_("Service"), least=0, most=100, help=_("From 0 to 100, by your judgement.")
        ),
        "total": Number(label=_("Points")),
        "grade": Choice(label=_("Grade"), choices=GRADES, colours=GRADE_COLOURS),
        "note": Long(label=_("Note")),
    }
    derived = ["quality", "price", "delivery", "total", "grade"]
    steps, start, rights = SCORE_STEPS, start_score, Rights("purchasing.score")
