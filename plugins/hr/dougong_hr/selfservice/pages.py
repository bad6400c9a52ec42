"""The page on which people find what concerns themselves, and the organisation chart."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request

from dougong.settings.service import read
from dougong.web.calls import the_house
from dougong.web.rights import needs
from dougong_hr.claims.models import CLAIM_STEPS
from dougong_hr.leave.workflow import LEAVE_STEPS
from dougong_hr.organisation.queries import department_tree, people_tree
from dougong_hr.selfservice.queries import desk, own_file


def add_desk(pages: Blueprint) -> None:
    """Put the desk and the chart among the plugin's own pages."""
    pages.get("/my")(my)
    pages.get("/organisation")(organisation)


@needs("hr.desk.read")
def my() -> str:
    """One's own desk; who has no file is told what to do."""
    with the_house().read(g.actor) as session:
        employee = own_file(session, g.actor.user_id)
        facts = desk(session, employee, g.actor.today) if employee is not None else {}
        return render_template(
            "hr/my.html",
            employee=employee,
            ask_where=read(session, "hr.ask_where", g.actor.company_id),
            leave_states={s.name: s for s in LEAVE_STEPS.states},
            claim_states={s.name: s for s in CLAIM_STEPS.states},
            **facts,
        )


@needs("hr.employee.read")
def organisation() -> str:
    """Who works for whom, or who belongs to which department."""
    by = "department" if request.args.get("by") == "department" else "manager"
    with the_house().read(g.actor) as session:
        tree = (department_tree if by == "department" else people_tree)(session, g.actor)
        return render_template("hr/organisation.html", tree=tree, by=by)
