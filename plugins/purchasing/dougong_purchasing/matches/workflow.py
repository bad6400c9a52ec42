"""The states of a bill beside its order."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later

MATCH_STEPS = Workflow(
    "purchasing.matches",
    states=[
        State("open", _("To be compared"), "secondary"),
        State("released", _("Released"), "green"),
        State("gone", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "release", _("Release"), ["open"], "released", needs="purchasing.match.release",
            effect=later("dougong_purchasing.matches.service:release_matches"),
            primary=True, icon="lock-open",
            confirm=_("The bill may be posted although it differs from the order."),
            asks=[
                Ask("reason", _("Reason"), required=True),
                Ask(
                    "most", _("Up to, without tax"), "amount",
                    help=_("In the bill's currency. Empty: whatever it comes to."),
                ),
            ],
        ),
        Step(
            "hold", _("Compare again"), ["released"], "open", needs="purchasing.match.release",
            icon="lock",
        ),
    ],
)  # fmt: skip
