"""The bell and its page, and the same for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from pydantic import Field

from dougong.errors import BadQuery, Invalid, NotFound
from dougong.guiding.news import fresh_news
from dougong.i18n import Text, _, pgettext
from dougong.notices.models import BELL, DIGEST, MAIL
from dougong.notices.queries import Told, notices_of
from dougong.notices.service import choose_way, read_all_notices, read_notices, way_of
from dougong.unit_of_work import Answer, House, UnitOfWork
from dougong.web.bodies import Body, Id, takes
from dougong.web.calls import MOST_AT_ONCE, act_once, to_answer
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.nouns import Nouns

pages = Blueprint("notices", __name__)

#: From so many on, the bell says “99+”.
COUNTED = 99
WAYS: dict[str, Text] = {
    MAIL: pgettext("notices", "At once by mail"),
    DIGEST: pgettext("notices", "Once a day by mail"),
    BELL: pgettext("notices", "Only in the bell"),
}


class Seen(Body):
    """Some notices by their ids, or all of them."""

    ids: list[Id] = Field(default=[], max_length=MOST_AT_ONCE)
    all: Literal[True] = True


class Way(Body):
    """How to hear of notices."""

    way: Literal["mail", "digest", "bell"]


def open_room(app: Flask) -> None:
    """Hang the pages up."""
    app.register_blueprint(pages)


@pages.get("/core/notices")
@signed_in
def index() -> ResponseReturnValue:
    """What happened, the newest first."""
    with _house().read(g.actor) as session:
        told = notices_of(session, _nouns(), g.actor)
        way = way_of(session, g.actor.user_id)
        news = fresh_news(session, current_app.extensions["dougong"], g.actor)
    return render_template("core/notices.html", told=told, way=way, ways=WAYS, news=bool(news))


@pages.get("/core/notices/count")
@signed_in
def count() -> ResponseReturnValue:
    """How many notices are unread, for the bell."""
    with _house().read(g.actor) as session:
        n = len(notices_of(session, _nouns(), g.actor, unread=True, most=COUNTED + 1))
        news = fresh_news(session, current_app.extensions["dougong"], g.actor)
    return render_template("core/_bell.html", n=n, most=COUNTED, news=bool(news))


@pages.post("/core/notices/<int:key>/open")
@signed_in
def open_notice(key: int) -> ResponseReturnValue:
    """Go to the document; the notice is read with that."""
    with _house().read(g.actor) as session:
        found = [one for one in notices_of(session, _nouns(), g.actor) if one.id == key]
    if not found:
        raise NotFound(_("notice"), key)
    _house().run(g.actor, lambda uow: read_notices(uow, [key]))
    return redirect(found[0].url, 303)


@pages.post("/core/notices/<int:key>/read")
@signed_in
def read_one(key: int) -> ResponseReturnValue:
    """Mark one as read."""
    _house().run(g.actor, lambda uow: read_notices(uow, [key]))
    return redirect("/core/notices", 303)


@pages.post("/core/notices/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """Mark all as read."""
    _house().run(g.actor, read_all_notices)
    return redirect("/core/notices", 303)


@pages.post("/core/notices/way")
@signed_in
def choose() -> ResponseReturnValue:
    """Choose how to hear of notices."""
    way = request.form.get("way", "")
    _house().run(g.actor, lambda uow: choose_way(uow, way))
    return redirect("/core/notices?saved=1", 303)


# -- for programs ----------------------------------------------------------------------------------


@pages.get("/api/v1/core/notices")
@signed_in
def list_notices() -> Response:
    """One's own notices; ``?unread=true`` only those not read yet."""
    unread = request.args.get("unread", "false")
    if unread not in ("true", "false") or set(request.args) - {"unread"}:
        raise BadQuery(_("unread is true or false."))
    with _house().read(g.actor) as session:
        told = notices_of(session, _nouns(), g.actor, unread=unread == "true")
        return jsonify(items=[_said(one) for one in told], way=way_of(session, g.actor.user_id))


@pages.post("/api/v1/core/notices/read")
@signed_in
@takes(Seen)
def mark_read(body: Seen) -> Response:
    """Mark as read: ``{"ids": […]}``, or ``{"all": true}``."""
    if set(body.said) not in ({"ids"}, {"all"}):
        raise Invalid({"": _("Name ids, or all: true.")})

    def act(uow: UnitOfWork) -> Answer:
        if "all" in body.said:
            read_all_notices(uow)
        else:
            read_notices(uow, body.ids)
        return Answer(204, "")

    return act_once(act)


@pages.put("/api/v1/core/notices/way")
@signed_in
@takes(Way)
def set_way(body: Way) -> Response:
    """How to hear of notices: ``{"way": "mail"}``, ``digest`` or ``bell``."""

    def act(uow: UnitOfWork) -> Answer:
        choose_way(uow, body.way)
        return to_answer({"way": body.way})

    return act_once(act)


def _said(one: Told) -> dict[str, Any]:
    return {
        "id": one.id, "kind": one.kind, "text": one.text, "document": one.document,
        "document_id": one.document_id, "title": one.title, "url": one.url,
        "at": one.at.isoformat(), "read": one.read,
    }  # fmt: skip


def _house() -> House:
    found: House = current_app.extensions["dougong"].house
    return found


def _nouns() -> Nouns:
    found: Nouns = current_app.extensions["dougong"].nouns
    return found
