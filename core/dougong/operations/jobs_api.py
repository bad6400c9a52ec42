"""Have a job done now; jobs themselves are listed, retried and cancelled as any resource."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify
from pydantic import Field

from dougong.jobs.service import request_job
from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.bodies import Body, takes
from dougong.web.calls import act_once, to_answer
from dougong.web.rights import needs

pages = Blueprint("jobs", __name__)


class Wanted(Body):
    """A declared job by its name, and its arguments."""

    name: str
    arguments: dict[str, Any] = Field(default={})


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
@takes(Wanted)
def run(body: Wanted) -> Response:
    """Put a declared job into the queue: ``{"name": …, "arguments": {…}}``."""
    runtime = current_app.extensions["dougong"]

    def act(uow: UnitOfWork) -> Answer:
        job = request_job(uow, runtime.wiring.jobs, body.name, body.arguments)
        return to_answer({"id": job.id, "state": "waiting"}, 202)

    return act_once(act)
