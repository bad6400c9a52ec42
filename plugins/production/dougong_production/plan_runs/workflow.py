"""The steps of planning runs and of proposals."""

from __future__ import annotations

from dougong import State, Step, Workflow, _, later, pgettext

_start = later("dougong_production.plan_runs.service:start_plan_runs")
_stop = later("dougong_production.plan_runs.service:stop_plan_runs")
_cancel = later("dougong_production.plan_runs.service:cancel_plan_runs")
_accept = later("dougong_production.plan_runs.proposals:accept_proposals")
_dismiss = later("dougong_production.plan_runs.proposals:dismiss_proposals")
_fulfil = later("dougong_production.plan_runs.proposals:fulfil_proposals")

#: A job is at work.
UNDERWAY = ("running", "stopping")

PLAN_RUN_STEPS = Workflow(
    "production.plan_runs",
    states=[
        State("draft", _("Draft"), editable=True),
        State("running", pgettext("job", "Running"), "blue"),
        State("stopping", pgettext("job", "Stopping"), "yellow"),
        State("done", _("Done"), "green"),
        State("failed", pgettext("job", "Failed"), "red", aside=True),
        State("cancelled", _("Cancelled"), aside=True),
    ],
    steps=[
        Step(
            "start", _("Plan now"), ["draft"], "running", "production.plan_run.start", _start,
            primary=True, icon="player-play",
        ),
        Step(
            "stop", _("Stop here"), ["running"], "stopping", "production.plan_run.start", _stop,
            icon="player-stop",
            confirm=_("The levels that are planned are kept; those below are not planned."),
        ),
        Step(
            "cancel", _("Cancel"), ["draft", *UNDERWAY], "cancelled", "production.plan_run.start",
            _cancel, icon="ban", confirm=_("Nothing of it is kept; the last plan stays."),
        ),
    ],
)  # fmt: skip

PROPOSAL_STEPS = Workflow(
    "production.proposals",
    states=[
        State("open", pgettext("proposal", "Open"), "orange", editable=True),
        State("accepted", pgettext("proposal", "Accepted"), "green"),
        State("fulfilled", pgettext("proposal", "Fulfilled"), aside=True),
        State("dismissed", pgettext("proposal", "Dismissed"), aside=True),
    ],
    steps=[
        Step(
            "accept", _("Accept"), ["open"], "accepted", "production.proposal.accept", _accept,
            primary=True, icon="circle-check",
        ),
        Step(
            "dismiss", _("Dismiss"), ["open"], "dismissed", "production.proposal.accept", _dismiss,
            icon="x",
        ),
        Step(
            "fulfil", _("It has come"), ["accepted"], "fulfilled", "production.proposal.accept",
            _fulfil, icon="package-import",
        ),
    ],
)  # fmt: skip
