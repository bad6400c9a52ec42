"""Fiscal years and periods, as pages and API."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Lines, Resource, Rights, Section
from dougong_finance.periods.models import FiscalYear, Period
from dougong_finance.periods.workflow import PERIOD_STEPS, YEAR_STEPS


class YearResource(Resource):
    """Fiscal years: made when the first entry of a year is posted, closed when its result is told."""

    name, model, icon = "finance.years", FiscalYear, "calendar"
    label, one = _("Fiscal years"), _("Fiscal year")
    identity, title, sort = "name", "name", "-starts_on"
    columns = ("name", "starts_on", "ends_on", "state", "closing")
    filters = ("state", "starts_on")
    form = Form(
        Section("name", "starts_on", "ends_on", "closing"),
        Lines("periods", "name", "starts_on", "ends_on", "state", title=_("Periods")),
    )
    fields = {"closing": Field(label=_("Closing entry"))}
    steps = YEAR_STEPS
    rights = Rights("finance.year", only_read=True)


class PeriodResource(Resource):
    """The months of the books: close them, and nothing is posted there any more."""

    name, model, icon = "finance.periods", Period, "calendar-lock"
    manual = "books#periods"
    label, one = _("Periods"), _("Period")
    identity, title, sort = "name", "name", "-month"
    columns = ("name", "starts_on", "ends_on", "state")
    filters, groups = ("state", "starts_on", "year"), ("state", "year")
    form = Form(Section("name", "year", "starts_on", "ends_on"))
    steps = PERIOD_STEPS
    rights = Rights("finance.period", only_read=True)
