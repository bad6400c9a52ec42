"""The states of a bill beside its order."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later, pgettext

MATCH_STEPS = Workflow(
    "purchasing.matches",
    states=[
        State("open", _("To be posted"), "secondary"),
        State("held", _("On hold"), "orange"),
        State("released", pgettext("bill", "Released"), "blue"),
        State("done", pgettext("bill", "Posted"), "green"),
        State("gone", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "compare", _("Compare"), ["open", "held"], "open", needs="purchasing.match.read",
            effect=later("dougong_purchasing.matches.service:compare_matches"), icon="scale",
        ),
        Step(
            "release", pgettext("bill", "Release"), ["open", "held"], "released",
            needs="purchasing.match.release",
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
            "hold", _("Take the release back"), ["released"], "open",
            needs="purchasing.match.release",
            effect=later("dougong_purchasing.matches.service:hold_again"), icon="lock",
        ),
    ],
)  # fmt: skip
