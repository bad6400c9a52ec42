"""The states of a supplier's score."""

from __future__ import annotations

from dougong import State, Step, Workflow, _, later

SCORE_STEPS = Workflow(
    "purchasing.scores",
    states=[State("draft", _("Draft"), editable=True), State("valid", _("Valid"), "green")],
    steps=[
        Step(
            "measure", _("Measure anew"), ["draft"], "draft", needs="purchasing.score.write",
            effect=later("dougong_purchasing.scores.service:measure_scores"), icon="refresh",
        ),
        Step(
            "publish", _("Let it count"), ["draft"], "valid", needs="purchasing.score.publish",
            effect=later("dougong_purchasing.scores.service:publish_scores"),
            primary=True, icon="circle-check",
        ),
        Step(
            "reopen", _("Back to draft"), ["valid"], "draft", needs="purchasing.score.publish",
            icon="arrow-back",
        ),
    ],
)  # fmt: skip
