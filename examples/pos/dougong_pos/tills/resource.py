"""Tills, and their days."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Calendar, Field, Form, Kanban, Resource, Rights, Section
from dougong_pos.tills.models import Day, Till
from dougong_pos.tills.workflow import DAY_STEPS


class TillResource(Resource):
    """Where we sell."""

    name, model, label, one = "pos.tills", Till, _("Tills"), _("Till")
    icon, identity, title, sort = "cash-register", "code", "name", "code"
    columns, search, filters = ["code", "name", "customer", "active"], ["code", "name"], ["active"]
    form = Form(Section("code", "name", "customer", "active"))
    fields = {"customer": Field(label=_("Sold to"), help=_("Whom the books name."))}
    rights = Rights("pos.till")


class DayResource(Resource):
    """What went through the tills."""

    name, model, label, one = "pos.days", Day, _("Till days"), _("Till day")
    icon, identity, title, sort = "calendar-dollar", "number", "number", "-opened_on"
    columns = ["number", "till", "opened_on", "state", "cash", "card", "difference"]
    search, filters = ["number"], ["state", "till", "opened_on", "difference"]
    groups, totals = ["till", "opened_on:month"], ["cash", "card", "difference"]
    form = Form(
        Section("till", "opened_on", "opened_with"),
        Section(
            "number",
            "closed_on",
            "cash",
            "card",
            "counted",
            "difference",
            title=pgettext("till", "Closing"),
            side=True,
        ),
    )  # fmt: skip
    fields = {
        "opened_on": Field(label=_("Opened on")),
        "closed_on": Field(label=_("Closed on")),
        "opened_with": Field(label=_("Money at the start")),
        "cash": Field(label=_("Taken in cash")),
        "card": Field(label=_("Taken by card")),
        "counted": Field(label=_("Counted in the drawer")),
        "difference": Field(label=_("Difference")),
    }
    boards = [Kanban("state", card=["till", "opened_on"]), Calendar("opened_on")]
    derived = ["number", "opened_on", "closed_on", "cash", "card", "counted", "difference"]
    steps, rights = DAY_STEPS, Rights("pos.day", only_read=True)
