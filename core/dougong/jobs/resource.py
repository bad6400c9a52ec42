"""How jobs are shown to those who look after the house."""

from __future__ import annotations

from dougong.i18n import _
from dougong.jobs.models import QueuedJob
from dougong.jobs.service import JOB_STEPS
from dougong.resources import Field, Form, Long, Resource, Rights, Section
from dougong.resources.fields.choices import Known


class JobResource(Resource):
    """Work that was put off: what waits, what runs, what was given up and why."""

    name, model, label, one, icon = "core.jobs", QueuedJob, _("Jobs"), _("Job"), "clock-play"
    title = "name"
    columns = ("id", "name", "state", "progress", "due_at", "tries", "finished_at")
    search = ("name",)
    filters = ("state", "name", "due_at")
    groups = ("state", "name")
    form = Form(
        Section("name", "state", "progress", "note"),
        Section("error", title=_("What went wrong")),
        Section("due_at", "tries", "worker", "written_at", "finished_at", side=True),
    )
    fields = {
        "name": Known(label=_("Job")),
        "due_at": Field(label=_("Due")),
        "tries": Field(label=_("Tries")),
        "error": Long(),
        "note": Field(label=_("How far")),
        "written_at": Field(label=_("Asked for")),
        "finished_at": Field(label=_("Finished")),
    }
    steps, rights = JOB_STEPS, Rights("core.job", only_read=True)
