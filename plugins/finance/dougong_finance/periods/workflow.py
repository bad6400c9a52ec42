"""The states of a fiscal year and of a period, and the steps between them."""

from __future__ import annotations

from dougong import State, Step, Workflow, _, later, pgettext

_close = later("dougong_finance.periods.service:close_periods")
_reopen = later("dougong_finance.periods.service:reopen_periods")
_lock = later("dougong_finance.periods.service:lock_periods")
_close_year = later("dougong_finance.periods.closing:close_years")
_reopen_year = later("dougong_finance.periods.closing:reopen_years")


YEAR_STEPS = Workflow(
    "finance.years",
    states=[
        State("open", pgettext("period", "Open"), "green"),
        State("closed", pgettext("period", "Closed"), "orange"),
    ],
    steps=[
        Step(
            "close", _("Close the year"), ["open"], "closed",
            needs="finance.year.close", effect=_close_year, primary=True, icon="lock",
            confirm=_("The result moves to retained earnings, and every month is closed."),
        ),
        Step(
            "reopen", _("Reopen the year"), ["closed"], "open",
            needs="finance.year.reopen", effect=_reopen_year, icon="lock-open",
            confirm=_("The closing entry is taken back, and the last month is open again."),
        ),
    ],
)  # fmt: skip
PERIOD_STEPS = Workflow(
    "finance.periods",
    states=[
        State("open", pgettext("period", "Open"), "green"),
        State("closed", pgettext("period", "Closed"), "orange"),
        State("locked", _("Locked"), "red"),
    ],
    steps=[
        Step(
            "close", pgettext("period", "Close"), ["open"], "closed",
            needs="finance.period.close", effect=_close, primary=True, icon="lock",
        ),
        Step(
            "reopen", _("Reopen"), ["closed"], "open",
            needs="finance.period.reopen", effect=_reopen, icon="lock-open",
        ),
        Step(
            "lock", _("Lock for good"), ["closed"], "locked",
            needs="finance.period.lock", effect=_lock, icon="lock-cancel",
            confirm=_("A locked period can never be opened again."),
        ),
    ],
)  # fmt: skip
