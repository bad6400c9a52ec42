"""The way of an inspection: open, then passed, failed or sorted; a failed lot may pass after all."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later, pgettext

_SERVICE = "dougong_production.inspections.service:"

INSPECTION_STEPS = Workflow(
    "production.inspections",
    states=[
        State("open", pgettext("inspection", "Open"), "blue", editable=True),
        State("passed", pgettext("quality", "Passed"), "green"),
        State("failed", pgettext("quality", "Failed"), "red", aside=True),
        State("partial", _("Passed in part"), "yellow", aside=True),
        State("conditional", _("Passed under conditions"), "yellow", aside=True),
        State("cancelled", _("Cancelled"), aside=True),
    ],
    steps=[
        Step(
            "decide", _("Decide"), ["open"], "passed", "production.inspection.decide",
            later(_SERVICE + "decide_inspections"), primary=True, icon="circle-check",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "refuse", _("Refuse the lot"), ["open"], "failed", "production.inspection.decide",
            later(_SERVICE + "refuse_lots"), icon="circle-x",
            asks=[
                Ask("reason", _("Reason"), required=True),
                Ask("on", _("Date"), "date"),
            ],
        ),
        Step(
            "sort", _("Accept in part"), ["open"], "partial", "production.inspection.decide",
            later(_SERVICE + "accept_in_part"), icon="arrows-split",
            asks=[
                Ask("accepted", _("Good quantity"), "quantity", required=True),
                Ask("reason", _("Reason"), required=True),
                Ask("on", _("Date"), "date"),
            ],
        ),
        Step(
            "release", _("Release under conditions"), ["failed"], "conditional",
            "production.inspection.release", later(_SERVICE + "release_lots"), icon="lock-open",
            asks=[
                Ask("reason", _("Reason"), required=True),
                Ask("on", _("Date"), "date"),
            ],
        ),
        Step(
            "cancel", _("Cancel"), ["open"], "cancelled", "production.inspection.decide",
            later(_SERVICE + "cancel_inspections"), icon="ban", reason="optional",
        ),
    ],
)  # fmt: skip

SAMPLING_STEPS = Workflow(
    "production.sampling_states",
    states=[
        State("normal", _("Normal"), "green"),
        State("reduced", _("Reduced"), "blue"),
        State("tightened", _("Tightened"), "yellow"),
        State("discontinued", _("Stopped"), "red", aside=True),
    ],
    steps=[
        Step(
            "resume", _("Inspect again"), ["discontinued"], "tightened",
            "production.sampling_state.resume", later(_SERVICE + "resume_inspection"),
            icon="player-play", confirm=_("The supplier has improved what was wrong."),
        ),
    ],
    field="mode",
)  # fmt: skip
