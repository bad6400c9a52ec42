"""How companies are shown. A new one is opened by command, since every module prepares it."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from dougong.companies.models import Company
from dougong.i18n import LANGUAGES, _
from dougong.resources import Choice, Field, Form, Resource, Rights, Section


def check_company(company: Company, facts: Any) -> None:
    """A new company is more than a row: every module prepares it."""
    if company.id is None or company not in facts.uow.session:
        facts.error(company, "code", _("Open a company by command: dougong company add CODE NAME"))
    if company.timezone not in available_timezones():
        facts.error(company, "timezone", _("There is no such time zone."))


class CompanyResource(Resource):
    """The sets of books of this house."""

    name, model, label, one, icon = (
        "core.companies",
        Company,
        _("Companies"),
        _("Company"),
        "building",
    )
    identity, title, sort = "code", "name", "code"
    columns = ("code", "name", "currency", "country", "timezone", "active")
    search = ("code", "name")
    filters = ("active", "currency", "country")
    form = Form(
        Section("code", "name", "currency", "country"),
        Section("timezone", "language", "active", side=True),
    )
    fields = {
        "currency": Field(label=_("Currency"), readonly=True),
        "language": Choice(choices=LANGUAGES, label=_("Language")),
        "timezone": Field(label=_("Time zone")),
    }
    derived = ("currency",)
    check = check_company
    rights = Rights("core.company")
