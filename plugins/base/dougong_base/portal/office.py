"""The office's buttons: invite, renew, share one document, let somebody log in, shut somebody out."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import NotFound as NoSuchPage

from dougong import NotFound, UnitOfWork, _
from dougong.people.users.service import disable_users
from dougong.people.web.targets import local
from dougong.web.calls import the_house, the_nouns
from dougong.web.rights import needs
from dougong_base.portal.models import PortalLogIn
from dougong_base.portal.service import (
    INVITE,
    add_log_in,
    invite,
    keys_of,
    renew_links,
    require_shown,
    share,
)
from dougong_base.portal.tabs import declared_for

pages = Blueprint("base_portal", __name__)


@pages.post("/portal/<int:party_id>/invite")
@needs(INVITE)
def send_invitation(party_id: int) -> ResponseReturnValue:
    """A letter with the link."""
    the_house().run(g.actor, lambda uow: bool(invite(uow, [party_id])))
    return _back(party_id, "invited")


@pages.post("/portal/<int:party_id>/renew")
@needs(INVITE)
def renew(party_id: int) -> ResponseReturnValue:
    """Another key: earlier links are dead."""
    the_house().run(g.actor, lambda uow: bool(renew_links(uow, [party_id])))
    return _back(party_id, "renewed")


@pages.post("/portal/<int:party_id>/log-ins")
@needs(INVITE)
def new_log_in(party_id: int) -> ResponseReturnValue:
    """Somebody of the customer's may log in; the password is shown once."""
    login, name = request.form.get("login", "")[:120], request.form.get("name", "")[:120]

    def act(uow: UnitOfWork) -> tuple[str, str]:
        user, initial = add_log_in(uow, party_id, login, name)
        return user.login, initial

    made, initial = the_house().run(g.actor, act)
    return render_template(
        "base/portal/made.html", login=made, password=initial, back=_tab(party_id)
    )


@pages.post("/portal/<int:party_id>/log-ins/<int:user_id>/end")
@needs(INVITE)
def end_log_in(party_id: int, user_id: int) -> ResponseReturnValue:
    """Somebody of the customer's opens nothing any more."""

    def act(uow: UnitOfWork) -> None:
        known = select(PortalLogIn.id).where(
            PortalLogIn.party_id == party_id, PortalLogIn.user_id == user_id
        )
        if uow.session.scalar(known) is None:
            raise NotFound(_("person"), user_id)
        disable_users(uow, [user_id])

    the_house().run(g.actor, act)
    return _back(party_id, "log-in")


@pages.post("/portal-share/<plugin>/<slug>/<int:key>")
@needs(INVITE)
def share_document(plugin: str, slug: str, key: int) -> ResponseReturnValue:
    """The link to one document: made, or sent by letter."""
    noun = the_nouns().all.get(f"{plugin}.{slug}")
    declared = declared_for(noun) if noun else None
    if noun is None or declared is None:
        raise NoSuchPage
    g.actor.require(f"{noun.rights.name}.read")
    by_mail = request.form.get("do") == "mail"

    def act(uow: UnitOfWork) -> None:
        if by_mail:
            share(uow, declared, noun.model, key)
        else:
            document = require_shown(uow.session, declared, noun.model, key)
            keys_of(uow, [getattr(document, declared.party)])

    the_house().run(g.actor, act)
    done = "mailed" if by_mail else "made"
    return redirect(f"/{plugin}/{slug}/{key}/share?done={done}", HTTPStatus.SEE_OTHER)


def _tab(party_id: int) -> str:
    return local(request.form.get("back"), f"/base/parties/{party_id}/portal")


def _back(party_id: int, done: str) -> ResponseReturnValue:
    return redirect(f"{_tab(party_id).partition('?')[0]}?done={done}", HTTPStatus.SEE_OTHER)
