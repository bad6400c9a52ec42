"""Journals, as pages and API."""

from __future__ import annotations

from dougong import _
from dougong.resources import Choice, Field, Form, Resource, Rights, Section
from dougong_finance.journals.models import KINDS, Journal


class JournalResource(Resource):
    """The books in which entries are kept."""

    name, model, icon = "finance.journals", Journal, "notebook"
    label, one = _("Journals"), _("Journal")
    identity, title, sort = "code", "name", "code"
    columns = ("code", "name", "kind", "account", "currency", "active")
    search, filters = ("code", "name"), ("kind", "active")
    form = Form(
        Section("code", "name", "kind", "account"), Section("currency", "active", side=True)
    )
    fields = {
        "kind": Choice(choices=KINDS),
        "account": Field(help=_("Where the money of a bank or cash journal lies.")),
    }
    rights = Rights("finance.journal")
