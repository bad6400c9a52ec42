"""The steps of a schedule."""

from __future__ import annotations

from dougong import State, Step, Workflow, _, later, pgettext

_SERVICE = "dougong_production.schedules.service"

SCHEDULE_STEPS = Workflow(
    "production.schedules",
    states=[
        State("draft", _("Draft"), editable=True),
        State("running", pgettext("job", "Running"), "blue"),
        State("done", _("Done"), "green"),
        State("adopted", pgettext("schedule", "Adopted"), "purple"),
        State("cancelled", _("Cancelled"), aside=True),
    ],
    steps=[
        Step(
            "start", _("Schedule now"), ["draft"], "running", "production.schedule.start",
            later(f"{_SERVICE}:start_schedules"), primary=True, icon="player-play",
        ),
        Step(
            "cancel", _("Stop"), ["draft", "running"], "cancelled", "production.schedule.start",
            later(f"{_SERVICE}:cancel_schedules"), icon="ban",
        ),
        Step(
            "copy", _("What if"), ["done", "adopted", "cancelled"], "done",
            "production.schedule.create", later(f"{_SERVICE}:copy_schedules"), icon="copy",
        ),
        Step(
            "adopt", _("Adopt"), ["done", "cancelled"], "adopted", "production.schedule.adopt",
            later(f"{_SERVICE}:adopt_schedules"), primary=True, icon="circle-check",
            confirm=_("The work orders take the times and places of this schedule."),
        ),
    ],
)  # fmt: skip
