"""A day at a till is open, then closed for good."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later, pgettext

DAY_STEPS = Workflow(
    "pos.days",
    states=[
        State("open", pgettext("till", "Open"), "green"),
        State("closed", pgettext("till", "Closed")),
    ],
    steps=[
        Step(
            "close",
            pgettext("till", "Close the till"),
            ["open"],
            "closed",
            "pos.day.close",
            effect=later("dougong_pos.tills.service:close_days"),
            asks=[Ask("counted", _("Counted in the drawer"), "amount", required=True)],
            primary=True,
        )
    ],
)
