"""The users who sell, to choose from."""

from __future__ import annotations

from dougong import _
from dougong.people.users.models import User
from dougong.resources import Form, Resource, Rights, Section


class SalespersonResource(Resource):
    """Who looks after customers, opportunities and orders."""

    name, model, label, one = "crm.salespeople", User, _("Salespeople"), _("Salesperson")
    icon, identity, title, sort = "user-star", "login", "name", "name"
    columns, search = ["name", "login"], ["name", "login"]
    form = Form(Section("name", "login"))
    rights = Rights("crm.salesperson", only_read=True)
