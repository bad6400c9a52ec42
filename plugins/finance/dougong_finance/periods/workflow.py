"""The states of a period and the steps between them."""

from __future__ import annotations

from dougong import State, Step, Workflow, _

PERIOD_STEPS = Workflow(
    "finance.periods",
    states=[
        State("open", _("Open"), "green"),
        State("closed", _("Closed"), "orange"),
        State("locked", _("Locked"), "red"),
    ],
    steps=[
        Step(
            "close", _("Close"), ["open"], "closed",
            needs="finance.period.close", primary=True, icon="lock",
        ),
        Step(
            "reopen", _("Reopen"), ["closed"], "open",
            needs="finance.period.reopen", icon="lock-open",
        ),
        Step(
            "lock", _("Lock for good"), ["closed"], "locked",
            needs="finance.period.lock", icon="lock-cancel",
            confirm=_("A locked period can never be opened again."),
        ),
    ],
)  # fmt: skip
