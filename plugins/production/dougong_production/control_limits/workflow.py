"""The way of frozen limits: found in a period, kept, released."""

from __future__ import annotations

from dougong import State, Step, Workflow, _, later, pgettext

_SERVICE = "dougong_production.control_limits.service:"

LIMITS_STEPS = Workflow(
    "production.control_limits",
    states=[
        State("draft", _("Draft"), editable=True),
        State("valid", pgettext("control limits", "Frozen"), "blue"),
        State("released", pgettext("control limits", "Released"), aside=True),
    ],
    steps=[
        Step(
            "freeze", pgettext("control limits", "Freeze"), ["draft"], "valid",
            "production.control_limit.freeze", later(_SERVICE + "freeze_limits"), primary=True,
            icon="snowflake",
            confirm=_("The chart is judged by these limits until somebody releases them."),
        ),
        Step(
            "release", pgettext("control limits", "Release"), ["valid"], "released",
            "production.control_limit.freeze", later(_SERVICE + "release_limits"),
            icon="lock-open", reason="optional",
        ),
    ],
)  # fmt: skip
