"""The steps of forecasts, and of the series in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from babel import Locale
from babel.dates import format_date
from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Ask, State, Step, Workflow, _, later, pgettext
from dougong.i18n import language

_SERVICE = "dougong_inventory.forecast.service:"
_ADJUSTING = "dougong_inventory.forecast.adjusting:"

#: A job is at work.
UNDERWAY = ("running", "stopping")

FORECAST_STEPS = Workflow(
    "inventory.forecasts",
    states=[
        State("draft", _("Draft"), editable=True),
        State("running", pgettext("job", "Running"), "blue"),
        State("stopping", pgettext("job", "Stopping"), "yellow", aside=True),
        State("done", pgettext("forecast", "To be looked at"), "orange"),
        State("approved", pgettext("forecast", "Approved"), "green"),
        State("failed", pgettext("job", "Failed"), "red", aside=True),
        State("cancelled", _("Cancelled"), aside=True),
    ],
    steps=[
        Step(
            "start", _("Forecast now"), ["draft"], "running", "inventory.forecast.start",
            later(_SERVICE + "start_forecasts"), primary=True, icon="player-play",
        ),
        Step(
            "stop", _("Stop here"), ["running"], "stopping", "inventory.forecast.start",
            later(_SERVICE + "stop_forecasts"), icon="player-stop",
            confirm=_("What is forecast by now is kept; the other products have no forecast."),
        ),
        Step(
            "cancel", _("Cancel"), ["draft", *UNDERWAY], "cancelled", "inventory.forecast.start",
            later(_SERVICE + "cancel_forecasts"), icon="ban",
            confirm=_("Nothing of it is kept; what is approved stays."),
        ),
        Step(
            "approve", _("Approve"), ["done"], "approved", "inventory.forecast.approve",
            later(_SERVICE + "approve_forecasts"), primary=True, icon="circle-check",
        ),
        Step(
            "withdraw", _("Withdraw approval"), ["approved"], "done", "inventory.forecast.approve",
            later(_SERVICE + "withdraw_forecasts"), icon="arrow-back-up",
            confirm=_("Plans and reorder rules no longer ask it; what was approved before counts."),
        ),
    ],
)  # fmt: skip


def _periods(session: Session, series: Any) -> Sequence[tuple[int, str]]:
    """The periods of a series, with what is forecast for each."""
    from dougong_inventory.forecast.models import ForecastLine

    if series is None:
        return []
    rows = session.execute(
        select(ForecastLine.id, ForecastLine.on, ForecastLine.quantity)
        .where(ForecastLine.series_id == series.id)
        .order_by(ForecastLine.on)
    )
    place = Locale.parse(language())
    return [
        (id, str(_("%(day)s: %(quantity)s", day=format_date(on, locale=place),
                   quantity=f"{quantity.normalize():f}")))
        for id, on, quantity in rows
    ]  # fmt: skip


SERIES_STEPS = Workflow(
    "inventory.forecast_series",
    states=[
        State("computed", pgettext("forecast", "As computed"), editable=True),
        State("adjusted", pgettext("forecast", "Changed by hand"), "purple", editable=True),
    ],
    steps=[
        Step(
            "adjust", _("Change a figure"), ["computed", "adjusted"], "adjusted",
            "inventory.forecast.adjust", later(_ADJUSTING + "adjust_series"),
            primary=True, icon="pencil",
            asks=[
                Ask("line", pgettext("forecast", "Period"), "link", True, choices=_periods),
                Ask("quantity", _("Quantity"), "quantity", True),
                Ask("reason", _("Why"), required=True),
            ],
        ),
        Step(
            "reset", _("Back to what was computed"), ["adjusted"], "computed",
            "inventory.forecast.adjust", later(_ADJUSTING + "reset_series"), icon="restore",
            confirm=_("All figures that were changed by hand are dropped."),
        ),
    ],
)  # fmt: skip
