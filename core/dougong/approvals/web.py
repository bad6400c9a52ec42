"""The inbox: what waits for my approval, what I asked for, who stands in for me; all workflows."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong.approvals import queries, service
from dougong.approvals.roads import ways
from dougong.approvals.workflow import APPROVAL_STEPS
from dougong.errors import Invalid, NotFound, Refused
from dougong.i18n import _
from dougong.keys import whole
from dougong.unit_of_work import House
from dougong.web.rights import needs, signed_in

pages = Blueprint("approvals", __name__)


def open_room(app: Flask) -> None:
    """Hang the pages up."""
    app.register_blueprint(pages)


@pages.get("/core/inbox")
@signed_in
def inbox() -> ResponseReturnValue:
    """What waits for me, and what I wait for."""
    return _page()


@pages.post("/core/inbox/<key>/<verb>")
@signed_in
def decide(key: str, verb: str) -> ResponseReturnValue:
    """Approve, refuse, take back."""
    id, reason = whole(key), request.form.get("reason", "").replace("\x00", "")
    acts = {
        "approve": lambda uow: service.approve(uow, [id or 0], reason),
        "refuse": lambda uow: service.refuse(uow, [id or 0], reason),
        "withdraw": lambda uow: service.withdraw(uow, [id or 0]),
    }
    if id is None or verb not in acts:
        raise NotFound(_("approval"), key[:40])
    try:
        _house().run(g.actor, acts[verb])
    except Refused as refusal:
        return _page(str(refusal)), int(refusal.status)
    return redirect("/core/inbox?done=1", 303)


@pages.post("/core/inbox/deputy")
@signed_in
def deputy() -> ResponseReturnValue:
    """Somebody decides in my place for some days."""
    who = whole(request.form.get("deputy", ""))
    first, last = _day("from_on"), _day("until_on")
    try:
        if who is None or last is None:
            raise Refused(_("Choose a person and the last day."))
        person = who
        until = last
        _house().run(g.actor, lambda uow: service.stand_in(uow, person, first, until))
    except (Refused, Invalid) as refusal:
        return _page(str(refusal)), int(refusal.status)
    return redirect("/core/inbox?done=1", 303)


@pages.post("/core/inbox/deputy/<key>/end")
@signed_in
def end_deputy(key: str) -> ResponseReturnValue:
    """I decide myself again."""
    id = whole(key)
    if id is None:
        raise NotFound(_("deputy"), key[:40])
    _house().run(g.actor, lambda uow: service.end_deputy(uow, id))
    return redirect("/core/inbox?done=1", 303)


@pages.get("/core/workflows")
@needs("core.approval_rule.read")
def workflows() -> ResponseReturnValue:
    """How documents of each kind move on, and who must agree."""
    with _house().look(g.actor) as uow:
        return render_template(
            "core/workflows.html",
            groups=ways(uow),
            may_ask=g.actor.may("core.approval_rule.create"),
        )


def _house() -> House:
    found: House = current_app.extensions["dougong"].house
    return found


def _day(name: str) -> dt.date | None:
    text = request.form.get(name, "")
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid({name: _("This is not a date: %(text)s.", text=text[:20])}) from None


def _page(problem: str = "") -> str:
    me = g.actor.user_id or 0
    with _house().look(g.actor) as uow:
        return render_template(
            "core/inbox.html",
            waiting=queries.waiting_for_me(uow),
            asked=queries.asked_by_me(uow.session, me),
            deputies=queries.my_deputies(uow.session, me, uow.today),
            colleagues=queries.colleagues(uow.session, me, uow.company_id),
            nouns=current_app.extensions["dougong"].nouns,
            states=APPROVAL_STEPS,
            today=uow.today,
            problem=problem,
            typed=request.form,
        )
