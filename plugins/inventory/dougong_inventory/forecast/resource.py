"""How forecasts and their series are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import Choice, Field, Form, Lines, Number, Resource, Rights, Section, Tab
from dougong_inventory.forecast import library
from dougong_inventory.forecast.choosing import LIBRARY, METHODS
from dougong_inventory.forecast.classes import CLASSES, HELP
from dougong_inventory.forecast.drawing import series_tab
from dougong_inventory.forecast.models import LONGEST, OLDEST, Forecast, ForecastSeries
from dougong_inventory.forecast.periods import BUCKETS
from dougong_inventory.forecast.service import FromTheFuture
from dougong_inventory.forecast.tables import forecast_tab
from dougong_inventory.forecast.workflow import FORECAST_STEPS, SERIES_STEPS

BIAS = _("10: ten per cent more was forecast than came.")
SCALED = _("1 is as good as repeating the last figure; less is better.")


def check_forecast(forecast: Forecast, facts: Any) -> None:
    """What cannot be started is said at the field."""
    if forecast.start_on is not None and forecast.start_on > facts.today:
        facts.error(forecast, "start_on", FromTheFuture(forecast.start_on).sentence)
    if forecast.method in LIBRARY and not library.available():
        facts.error(forecast, "method", library.NeedsLibrary().sentence)


class ForecastResource(Resource):
    """Runs of demand forecasting."""

    name, model = "inventory.forecasts", Forecast
    manual = "forecast#a-forecast"
    label, one, icon = _("Forecasts"), _("Forecast"), "chart-line"
    identity, title, sort = "number", "number", "-id"
    columns = [
        "number", "state", "start_on", "bucket", "horizon", "method", "series", "rmsse", "bias",
    ]  # fmt: skip
    search, filters = ["number", "note"], ["state", "start_on", "bucket", "method"]
    form = Form(
        Section("bucket", "horizon", "past", "start_on", "method"),
        Section("product", "category", "warehouse", title=_("Only these")),
        Section("series", "rmsse", "bias", "message", title=_("Result")),
        Section("number", "note", "finished_at", "approved_at", title=_("Trail"), side=True),
    )
    fields = {
        "bucket": Choice(label=pgettext("forecast", "Period"), choices=BUCKETS),
        "horizon": Number(label=_("Periods ahead"), least=1, most=LONGEST),
        "past": Number(
            label=_("Periods of the past"), least=4, most=OLDEST,
            help=_("Two years and more show what repeats itself every year."),
        ),
        "start_on": Field(label=pgettext("period", "From"), help=_("Empty: from the present week or month.")),
        "method": Choice(
            label=pgettext("forecast", "Method"), choices=METHODS,
            help=_("Automatic chooses for each product by how often and how evenly it is wanted."),
        ),
        "note": Field(label=_("Note")),
        "series": Field(label=_("Products forecast")),
        "rmsse": Field(label=_("Scaled error"), help=SCALED),
        "bias": Field(label=_("Bias in per cent"), help=BIAS),
        "finished_at": Field(label=_("Finished")),
        "approved_at": Field(label=_("Approved on")),
        "message": Field(label=_("Message")),
    }  # fmt: skip
    derived = ["number", "series", "rmsse", "bias", "finished_at", "approved_at", "message"]
    check = check_forecast
    tabs = [Tab("products", _("By product"), forecast_tab)]
    steps, rights = FORECAST_STEPS, Rights("inventory.forecast")


class ForecastSeriesResource(Resource):
    """What a forecast says of each product, and what a planner changed."""

    name, model = "inventory.forecast_series", ForecastSeries
    label, one, icon = _("Forecast by product"), _("Forecast of a product"), "chart-dots"
    title, sort = "name", "-id"
    columns = [
        "name", "warehouse", "forecast", "kind", "method", "total", "error",
        "rmsse", "bias", "state",
    ]  # fmt: skip
    search = ["name"]
    filters = ["forecast", "product", "warehouse", "kind", "method", "state", "rmsse", "bias"]
    groups = ["kind", "method", "warehouse", "state"]
    form = Form(
        Section("forecast", "product", "warehouse", "total"),
        Section("kind", "method", "error", title=_("How it is forecast")),
        Lines(
            "adjustments", "on", "quantity", "reason", title=pgettext("forecast", "Changed by hand")
        ),
        Section(
            "rmsse", "mase", "smape", "bias", title=_("How good it would have been"), side=True
        ),
    )
    fields = {
        "kind": Choice(label=_("Kind of demand"), choices=CLASSES, help=HELP),
        "method": Choice(label=pgettext("forecast", "Method"), choices=METHODS),
        "name": Field(label=_("Product")),
        "total": Field(label=_("Quantity in all periods")),
        "adjustments.on": Field(label=pgettext("period", "From")),
        "adjustments.quantity": Field(label=_("Quantity")),
        "adjustments.reason": Field(label=_("Why")),
        "error": Field(
            label=_("Error a period"), help=_("Standard deviation of what the forecast misses.")
        ),
        "rmsse": Field(label=_("Scaled error"), help=SCALED),
        "mase": Field(label=_("Mean scaled error")),
        "smape": Field(label=_("Error in per cent"), help=_("Symmetric, 0 to 200.")),
        "bias": Field(label=_("Bias in per cent"), help=BIAS),
    }
    tabs = [Tab("periods", _("By period"), series_tab)]
    steps, rights = SERIES_STEPS, Rights("inventory.forecast_series", only_read=True)
