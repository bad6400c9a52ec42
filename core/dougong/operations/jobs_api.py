"""Have a job done now; jobs themselves are listed, retried and cancelled as any resource."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify

from dougong.errors import Invalid
from dougong.i18n import _
from dougong.jobs.service import request_job
from dougong.operations.acting import act_once
from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.bodies import object_body
from dougong.web.rights import needs

pages = Blueprint("jobs", __name__)


@pages.get("/api/v1/core/job-kinds")
@needs("core.job.read")
def kinds() -> Response:
    """The jobs that the enabled plugins declare."""
    jobs = current_app.extensions["dougong"].wiring.jobs.values()
    return jsonify(
        items=[
            {
                "name": job.name,
                "label": str(job.label) or None,
                "every_seconds": int(job.every.total_seconds()) if job.every else None,
                "tries": job.tries,
            }
            for job in jobs
        ]
    )


@pages.post("/api/v1/core/jobs/run")
@needs("core.job.run")
def run() -> Response:
    """Put a declared job into the queue: ``{"name": …, "arguments": {…}}``."""
    body = object_body()
    name, arguments = body.get("name"), body.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, dict) or set(body) - {
        "name", "arguments",
    }:  # fmt: skip
        raise Invalid({"": _("Say the name of the job, and its arguments as an object.")})
    runtime = current_app.extensions["dougong"]

    def act(uow: UnitOfWork) -> Answer:
        job = request_job(uow, runtime.wiring.jobs, name, arguments)
        return Answer(202, current_app.json.dumps({"id": job.id, "state": "waiting"}))

    return act_once(act)
