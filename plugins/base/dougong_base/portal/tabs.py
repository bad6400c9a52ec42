"""What the office sees of the portal: beside a customer who may come in, beside a document the link to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong import _, clock
from dougong.people.users.models import User
from dougong.resources import Tab
from dougong.settings.service import read
from dougong_base.parties.models import Party
from dougong_base.portal.declared import PortalNoun
from dougong_base.portal.links import path_in, path_to
from dougong_base.portal.models import PortalKey, PortalLogIn
from dougong_base.portal.service import INVITE, NotForCustomers, require_shown
from dougong_base.portal.showing import shown_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import Actor

Drawn = tuple[str, Mapping[str, Any]]
DONE = {
    "invited": _("The letter with the link leaves now."),
    "renewed": _("All earlier links are dead. Send the new one."),
    "made": _("There is a link now."),
    "mailed": _("The letter with the link leaves now."),
    "log-in": _("The log-in has ended; it opens nothing any more."),
}


def visitor_tab(noun: Any, session: Session, party: Party, actor: Actor) -> Drawn:
    """The link of a customer, the log-ins of his people, and what all of them see."""
    from flask import current_app, request

    key = _key(session, party.id, actor.company_id)
    runtime = current_app.extensions["dougong"]
    people = session.execute(
        select(User.id, User.name, User.login, User.active)
        .join(PortalLogIn, PortalLogIn.user_id == User.id)
        .where(PortalLogIn.party_id == party.id)
        .order_by(User.login)
    ).all()
    return "base/portal/visitor.html", {
        "party": party,
        "key": key,
        "link": _whole(path_in(session, key, _until(session, actor))) if key else "",
        "people": people,
        "shows": [
            (one.label, list(dict.fromkeys(map(str, one.declared.states.values()))))
            for one in shown_in(runtime.wiring, runtime.nouns).values()
        ],
        "back": f"/{noun.plugin}/{noun.slug}/{party.id}/portal",
        "may_add": actor.may("core.user.create"),
        "may_end": actor.may("core.user.disable"),
        "done": DONE.get(request.args.get("done", "")),
    }


def share_tab(noun: Any, session: Session, document: Any, actor: Actor) -> Drawn:
    """The link that opens exactly this document to its customer."""
    from flask import request

    declared = declared_for(noun)
    facts: dict[str, Any] = {
        "link": "", "why": "", "party": None, "needs_key": False, "back": "", "at": "",
        "done": DONE.get(request.args.get("done", "")),
    }  # fmt: skip
    if declared is None:
        return "base/portal/share.html", facts
    try:
        require_shown(session, declared, noun.model, document.id)
    except NotForCustomers as refusal:
        return "base/portal/share.html", facts | {"why": refusal.sentence}
    party = session.get(Party, getattr(document, declared.party))
    key = _key(session, party.id, document.company_id) if party else None
    at = f"/{noun.plugin}/{noun.slug}/{document.id}"
    if key is not None:
        until = _until(session, actor)
        path = path_to(session, key, until, declared.name, document.id)
        facts |= {"link": _whole(path), "until": until}
    return "base/portal/share.html", facts | {
        "party": party, "needs_key": key is None, "at": f"/base/portal-share{at}",
    }  # fmt: skip


def declared_for(noun: Any) -> PortalNoun | None:
    """What the portal shows of the documents of a noun, which may be declared for another of its nouns."""
    from flask import current_app

    runtime = current_app.extensions["dougong"]
    for one in shown_in(runtime.wiring, runtime.nouns).values():
        if one.noun.model is noun.model:
            return one.declared
    return None


def _key(session: Session, party_id: int, company_id: int) -> PortalKey | None:
    statement = select(PortalKey).where(
        PortalKey.party_id == party_id, PortalKey.company_id == company_id
    )
    return session.scalars(statement).first()


def _until(session: Session, actor: Actor) -> dt.date:
    days = int(read(session, "base.portal_days", actor.company_id))
    return clock.today() + dt.timedelta(days=max(1, days))


def _whole(path: str) -> str:
    """The address as this browser sees the house; letters take the one of the settings."""
    from flask import request

    return request.host_url.rstrip("/") + path


VISITOR_TAB = Tab("portal", _("Portal"), visitor_tab, needs=INVITE)
SHARE_TAB = Tab("share", _("Link for the customer"), share_tab, needs=INVITE)
