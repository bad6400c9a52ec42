"""Planned next steps of a document: their tab, the dialogs that plan and finish them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.activities.kinds import said
from dougong.activities.models import Activity
from dougong.activities.queries import activities_of, kinds
from dougong.activities.service import (
    Plan,
    cancel_activities,
    finish_and_go_on,
    plan,
    require_here,
)
from dougong.errors import Invalid, NotFound
from dougong.events import DocumentRef
from dougong.i18n import _
from dougong.keys import whole
from dougong.resources import documents
from dougong.resources.documents.beside import seen_documents
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources.beside import beside
from dougong.web.resources.common import (
    base_of,
    draw,
    find,
    find_document,
    house,
    pages,
    reading,
)
from dougong.web.resources.story import about
from dougong.web.resources.together import changed
from dougong.web.rights import signed_in


@pages.get("/core/my-activities")
@signed_in
def my_activities() -> ResponseReturnValue:
    """My own next steps, as a list."""
    return redirect(f"/core/activities?state=planned&assignee={g.actor.user_id or 0}", 303)


@pages.get("/core/activities/<int:key>/document")
@signed_in
def document_of(key: int) -> ResponseReturnValue:
    """From an activity to the document it is about."""
    with reading() as session:
        activity = session.scalar(select(Activity).where(Activity.id == key))
        if activity is None:
            raise NotFound(_("activity"), key)
        nouns = current_app.extensions["dougong"].nouns
        here = DocumentRef(activity.document, activity.document_id)
        found = seen_documents(session, nouns, g.actor, [here]).get(here)
    if found is None:
        raise NotFound(_("activity"), key)
    return redirect(f"{base_of(found[0])}/{here.id}/activities", 303)


@pages.get("/<plugin>/<slug>/<key>/activities")
@signed_in
def activities(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """What is planned with a document, and what came of what was done."""
    noun, sight, at = find_document(plugin, slug, key)
    with reading() as session:
        document = documents.get(session, noun, sight, at)
        facts = about(session, noun, document, "activities") | beside(session, noun, document)
        facts |= {"planned": activities_of(session, noun, g.actor, at), "said": said}
        return draw("planned.html", noun, sight, **facts)


@pages.get("/<plugin>/<slug>/<key>/activities/plan")
@signed_in
def open_plan(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """The dialog that plans a next step."""
    noun, sight, at = find_document(plugin, slug, key)
    with reading() as session:
        documents.get(session, noun, sight, at)
        here = f"{base_of(noun)}/{at}"
        return _dialog(session, f"{here}/activities", f"{here}/people")


@pages.post("/<plugin>/<slug>/<key>/activities")
@signed_in
def plan_activity(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Plan a next step."""
    noun, sight, at = find_document(plugin, slug, key)
    wanted = plan_from_form()
    return changed(noun, sight, at, lambda uow: plan(uow, noun, [at], wanted))


@pages.get("/<plugin>/<slug>/<key>/activities/<int:id>/done")
@signed_in
def open_done(plugin: str, slug: str, key: str, id: int) -> ResponseReturnValue:
    """The dialog that asks what came of it, and what is next."""
    noun, _sight, at = find_document(plugin, slug, key)
    here = f"{base_of(noun)}/{at}"
    with house().look(g.actor) as uow:
        activity = require_here(uow, noun, at, id)
        return _dialog(
            uow.session, f"{here}/activities/{id}/done", f"{here}/people", done=activity.summary
        )


@pages.post("/<plugin>/<slug>/<key>/activities/<int:id>/done")
@signed_in
def done(plugin: str, slug: str, key: str, id: int) -> ResponseReturnValue:
    """It is done; its feedback becomes a note, and the next one may be planned with it."""
    noun, sight, at = find_document(plugin, slug, key)
    feedback = request.form.get("feedback", "")
    following = plan_from_form() if request.form.get("kind") else None

    def act(uow: UnitOfWork) -> None:
        finish_and_go_on(uow, noun, at, id, feedback, following)

    return changed(noun, sight, at, act)


@pages.post("/<plugin>/<slug>/<key>/activities/<int:id>/cancel")
@signed_in
def give_up(plugin: str, slug: str, key: str, id: int) -> ResponseReturnValue:
    """Nobody will do it."""
    noun, sight, at = find_document(plugin, slug, key)

    def act(uow: UnitOfWork) -> Any:
        require_here(uow, noun, at, id)
        return cancel_activities(uow, [id])

    return changed(noun, sight, at, act)


@pages.get("/<plugin>/<slug>/bulk-plan")
@signed_in
def open_bulk_plan(plugin: str, slug: str) -> ResponseReturnValue:
    """The dialog that plans the same next step with all that are chosen."""
    noun, _sight = find(plugin, slug)
    with reading() as session:
        return _dialog(session, f"{base_of(noun)}/bulk", f"{base_of(noun)}/people", bulk=True)


def plan_from_form() -> Plan:
    """What the dialog says; raises `Invalid` for what cannot be read."""
    form = request.form
    kind, day, who = whole(form.get("kind", "")), form.get("due_on", ""), form.get("assignee", "")
    if kind is None:
        raise Invalid({"kind": _("Choose what kind of activity it is.")})
    if not who and form.get("assignee.text", "").strip():
        raise Invalid({"assignee": _("Choose the person from the list.")})
    try:
        due_on = dt.date.fromisoformat(day) if day else None
    except ValueError:
        raise Invalid({"due_on": _("This is not a date: %(text)s.", text=day[:20])}) from None
    return Plan(kind, form.get("summary", "")[:400], due_on, whole(who) if who else None)


def _dialog(
    session: Session, address: str, people: str, *, done: str = "", bulk: bool = False
) -> str:
    known = kinds(session)
    chosen = whole(request.args.get("kind", ""))
    days = next((days for id, _name, _icon, days in known if id == chosen), None)
    if days is None and known:
        days = known[0][3]
    return render_template(
        "resource/_plan.html",
        address=address,
        people=people,
        kinds=known,
        chosen=chosen,
        due=g.actor.today + dt.timedelta(days=days or 0),
        done=done,
        bulk=bulk,
    )
