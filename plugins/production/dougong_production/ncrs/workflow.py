"""The way of a report: contained at once, its cause found, corrected, and checked later on."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later, pgettext

_SERVICE = "dougong_production.ncrs.service:"

#: Where something is still to be done.
PENDING = ("open", "contained", "acting", "checking")

NCR_STEPS = Workflow(
    "production.ncrs",
    states=[
        State("open", pgettext("quality", "Open"), "red", editable=True),
        State("contained", _("Contained"), "yellow", editable=True),
        State("acting", _("Being corrected"), "blue", editable=True),
        State("checking", _("Checking effect"), "blue", editable=True),
        State("closed", _("Closed"), "green"),
        State("cancelled", _("Cancelled"), aside=True),
    ],
    steps=[
        Step(
            "contain", _("Contained"), ["open"], "contained", "production.ncr.write",
            later(_SERVICE + "contain"), primary=True, icon="shield-check",
        ),
        Step(
            "act", _("Start correction"), ["contained"], "acting", "production.ncr.write",
            later(_SERVICE + "start_correction"), primary=True, icon="tool",
        ),
        Step(
            "check", _("All done, check effect"), ["acting"], "checking", "production.ncr.write",
            later(_SERVICE + "check_effect"), primary=True, icon="checks",
            asks=[Ask("due", _("Check on"), "date")],
        ),
        Step(
            "close", _("Effective, close"), ["checking"], "closed", "production.ncr.close",
            later(_SERVICE + "close"), primary=True, icon="lock",
            asks=[Ask("finding", _("What the check has found"), required=True)],
        ),
        Step(
            "again", _("Not effective"), ["checking"], "acting", "production.ncr.close",
            later(_SERVICE + "correct_again"), icon="arrow-back",
            asks=[Ask("finding", _("What the check has found"), required=True)],
        ),
        Step(
            "cancel", _("Cancel"), ["open", "contained"], "cancelled", "production.ncr.write",
            icon="ban", reason="optional",
        ),
    ],
)  # fmt: skip
