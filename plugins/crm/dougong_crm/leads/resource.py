"""How leads are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _, pgettext
from dougong.resources import Field, Form, Kanban, Long, Resource, Rights, Section, Text
from dougong_crm.leads.models import Lead
from dougong_crm.leads.workflow import LEAD_STEPS


def check_lead(lead: Lead, facts: Any) -> None:
    """There is somebody."""
    if not lead.name and not lead.organisation:
        facts.error(lead, "name", _("Enter the person or the organisation."))


def start_lead(actor: Any) -> Mapping[str, Any]:
    """Whoever enters it looks after it."""
    return {"salesperson": actor.user_id}


class LeadResource(Resource):
    """Somebody who may become a customer."""

    name, model, label, one, icon = "crm.leads", Lead, _("Leads"), _("Lead"), "user-search"
    manual = "sales#from-lead-to-quote"
    empty = _("People who may become customers: from a web form, a call, a fair.")
    sort = "-id"
    columns = ["id", "name", "organisation", "email", "source", "state", "salesperson"]
    search = ["name", "organisation", "email", "phone", "interest"]
    filters = ["state", "source", "salesperson", "country", "consent"]
    groups = ["state", "source", "salesperson"]
    form = Form(
        Section("name", "organisation", "email", "phone", "city", "country"),
        Section("interest", "source", "consent", title=_("What they want")),
        Section("salesperson", "customer", "lost_reason", title=_("More"), side=True),
        Section("note", side=True),
    )
    fields = {
        "name": Field(label=pgettext("lead", "Person")),
        "organisation": Field(label=_("Organisation")),
        "email": Text(label=_("E-mail"), type="email"),
        "phone": Text(label=_("Telephone"), type="tel"),
        "country": Field(label=_("Country"), help=_("Two letters, as CN or DE.")),
        "source": Field(label=_("Heard of us by")),
        "consent": Field(label=_("May be written to")),
        "interest": Field(label=_("Interested in")),
        "lost_reason": Field(label=_("Reason")),
        "note": Long(label=_("Note")),
    }
    derived = ["customer", "lost_reason"]
    boards = [Kanban("state", card=["name", "organisation", "source", "salesperson"])]
    steps, check, start, rights = LEAD_STEPS, check_lead, start_lead, Rights("crm.lead")
