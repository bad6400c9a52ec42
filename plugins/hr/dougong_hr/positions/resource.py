"""How jobs are shown and entered."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Field, Form, Long, Resource, Rights, Section
from dougong_hr.positions.models import Position


class PositionResource(Resource):
    """The jobs there are."""

    name, model = "hr.positions", Position
    label, one = pgettext("employee", "Jobs"), pgettext("employee", "Job")
    icon, identity, title, sort = "briefcase", "code", "name", "code"
    columns, search = ["code", "name", "department", "active"], ["code", "name"]
    filters = ["department", "active"]
    form = Form(Section("code", "name", "department", "active"), Section("description", side=True))
    fields = {
        "department": Field(label=_("Department")),
        "description": Long(label=_("Description")),
    }
    rights = Rights("hr.position")
