"""The home page: a dashboard, what waits, a tile for each department; and the palette that finds all."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, render_template, request

from dougong.activities.queries import mine as my_activities
from dougong.approvals.queries import waiting_for_me
from dougong.dashboards.queries import beginning_of, workspaces
from dougong.dashboards.web import overview
from dougong.favourites.service import favourites_of
from dougong.i18n import _
from dougong.visits.service import recent
from dougong.web.rights import signed_in
from dougong.web.shell import menu_for

pages = Blueprint("home", __name__)

#: So many found records of one kind, and in all.
FEW, MOST = 4, 12


@pages.get("/")
@signed_in
def index() -> str:
    """The dashboard that is meant for this person, what waits for them, and the way to all else."""
    runtime = current_app.extensions["dougong"]
    with runtime.house.read(g.actor) as session:
        board = beginning_of(session, runtime, g.actor)
    places = {
        module: f"/core/dashboards/{name}" for module, name in workspaces(runtime, g.actor).items()
    }
    return render_template("core/home.html", board=board or overview(), workspaces=places)


@pages.get("/waiting")
@signed_in
def side() -> str:
    """What waits for this person, what they opened last, what they keep at hand."""
    runtime = current_app.extensions["dougong"]
    with runtime.house.look(g.actor) as uow:
        session = uow.session
        facts = {
            "approvals": waiting_for_me(uow) if runtime.house.oversight is not None else [],
            "activities": my_activities(session, g.actor),
            "recent": recent(session, runtime.nouns, g.actor),
            "favourites": favourites_of(session, g.actor),
        }
    return render_template("core/_home_side.html", **facts)


@pages.get("/shortcuts")
@signed_in
def shortcuts() -> str:
    """What the keyboard does, for the sheet that a question mark opens."""
    return render_template("core/_shortcuts.html")


@pages.get("/palette")
@signed_in
def palette() -> str:
    """Pages and records that answer to what is being typed."""
    text = request.args.get("q", "").strip()[:80].replace("\x00", "")
    return render_template(
        "core/_palette.html",
        text=text,
        places=_places(text),
        records=_records(text),
        actions=_actions(text),
        lately=[] if text else _lately(),
    )


def _places(text: str) -> list[tuple[str, str, str, str]]:
    """Menu entries: label, group, icon, address."""
    wanted = text.casefold()
    found = [
        (str(entry.label), str(group.label), entry.icon, entry.url)
        for group in menu_for(g.actor)
        for entry in group.entries
        if wanted in str(entry.label).casefold() or wanted in str(group.label).casefold()
    ]
    return found[:MOST]


def _actions(text: str) -> list[tuple[str, str, str]]:
    """What may be begun from anywhere: label, icon, address."""
    wanted, runtime = text.casefold(), current_app.extensions["dougong"]
    found: list[tuple[str, str, str]] = []
    for noun in runtime.nouns.all.values() if wanted else ():
        label = str(_("New: %(what)s", what=noun.one))
        if wanted in label.casefold() and noun.sight(g.actor.rights).create:
            found.append((label, noun.icon, f"/{noun.plugin}/{noun.slug}/new"))
    return sorted(found, key=lambda one: len(one[0]))[:FEW]


def _lately() -> list[tuple[str, str, str, str]]:
    """What this person opened last, for a palette in which nothing is typed yet."""
    runtime = current_app.extensions["dougong"]
    with runtime.house.read(g.actor) as session:
        return recent(session, runtime.nouns, g.actor)[:FEW]


def _records(text: str) -> list[tuple[str, str, str, str]]:
    """Records that are called so: title, kind, icon, address."""
    runtime = current_app.extensions["dougong"]
    if len(text) < 2:
        return []
    from dougong.web.resources.links import named_like

    found: dict[Any, tuple[str, str, str, str]] = {}
    with runtime.house.read(g.actor) as session:
        for noun in runtime.nouns.all.values():
            sight = noun.sight(g.actor.rights)
            if not sight.read or len(found) >= MOST:
                continue
            for key, title, _code in named_like(session, sight, text, FEW):
                one = str(title), str(noun.one), noun.icon, f"/{noun.plugin}/{noun.slug}/{key}"
                # A customer is a party: it is told once, as the narrower of the two.
                if noun.resource.rule is not None:
                    found[noun.model, key] = one
                else:
                    found.setdefault((noun.model, key), one)
    return list(found.values())[:MOST]
