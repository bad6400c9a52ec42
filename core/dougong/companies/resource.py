"""How companies are shown. A new one is opened by command, since every module prepares it."""

from __future__ import annotations

from dougong.companies.models import Company
from dougong.i18n import LANGUAGES, _
from dougong.resources import Choice, Field, Form, Resource, Rights, Section


class CompanyResource(Resource):
    """The sets of books of this house."""

    name, model, label, one, icon = "core.companies", Company, _("Companies"), _("Company"), "building"
    identity, title, sort = "code", "name", "code"
    columns = ("code", "name", "currency", "country", "timezone", "active")
    search = ("code", "name")
    filters = ("active", "currency", "country")
    form = Form(
        Section("code", "name", "currency", "country"),
        Section("timezone", "language", "active", side=True),
    )
    fields = {  # noqa: RUF012
        "currency": Field(label=_("Currency"), readonly=True),
        "language": Choice(choices=LANGUAGES, label=_("Language")),
        "timezone": Field(label=_("Time zone")),
    }
    derived = ("currency",)
    rights = Rights("core.company")
