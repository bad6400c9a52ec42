"""How departments are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Field, Form, Resource, Rights, Section, Tree
from dougong_base import Party
from dougong_hr.departments.models import Department


def check_department(department: Department, facts: Any) -> None:
    """No circles, and a head who works here."""
    above, seen = facts.get(Department, department.parent_id), {department.id}
    while above is not None:
        if above.id in seen:
            facts.error(department, "parent", _("A department cannot stand below itself."))
            break
        seen.add(above.id)
        above = facts.get(Department, above.parent_id)
    head = facts.get(Party, department.head_id)
    if head is not None and not head.is_employee:
        facts.error(department, "head", _("%(name)s is not an employee.", name=head.name))


class DepartmentResource(Resource):
    """The departments of the company."""

    name, model, label, one = "hr.departments", Department, _("Departments"), _("Department")
    icon, identity, title, sort = "hierarchy", "code", "name", "code"
    columns, search = ["code", "name", "parent", "head", "active"], ["code", "name"]
    filters, groups = ["parent", "head", "active"], ["parent"]
    form = Form(Section("code", "name", "parent", "head", "active"))
    fields = {"parent": Field(label=_("Belongs to")), "head": Field(label=_("Head"))}
    boards = [Tree("parent")]
    check, rights = check_department, Rights("hr.department")
