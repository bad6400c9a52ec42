"""Many papers in the browser and by API: choose one of the list, open it when it is ready."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from flask import Blueprint, current_app, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong.errors import Invalid, Refused
from dougong.i18n import _
from dougong.printing.looks.queries import looks_now
from dougong.printing.making import find_print, print_documents, prints_of
from dougong.printing.printouts.service import (
    MOST,
    MOST_AT_ONCE,
    ask_for_papers,
    printout,
    printouts_of,
)
from dougong.resources import filters, lists
from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.bodies import object_body
from dougong.web.calls import act_once, ids_of
from dougong.web.papers import as_paper
from dougong.web.resources.common import draw, find, house, reading
from dougong.web.rights import signed_in

pages = Blueprint("printouts", __name__)


@pages.get("/<plugin>/<slug>/prints")
@signed_in
def choose(plugin: str, slug: str) -> ResponseReturnValue:
    """What is to be printed of all documents that the list shows."""
    noun, sight = find(plugin, slug)
    query = lists.parse(request.args, sight)
    with reading() as session:
        count, capped, _sums = lists.totals(session, query)
    offered = prints_of(_declared(), noun, g.actor, looks_now(house(), g.actor))
    return draw("prints.html", noun, sight, count=count, capped=capped, offered=offered, most=MOST)


@pages.post("/<plugin>/<slug>/prints")
@signed_in
def print_all(plugin: str, slug: str) -> ResponseReturnValue:
    """The papers of all documents that the list shows: now where they are few, else later."""
    noun, sight = find(plugin, slug)
    print_ = find_print(_declared(), noun, g.actor, request.form.get("paper", ""))
    query = lists.parse(request.args, sight, size=MOST)
    query.size = MOST
    with reading() as session:
        found, _next, _before = lists.rows(session, query)
    keys, said = [row[0] for row in found], request.form.get("language", "")
    if not keys:
        raise Refused(_("There is nothing to print."))
    if len(keys) <= MOST_AT_ONCE:
        made = print_documents(house(), g.actor, noun, keys, print_.slug, said)
        return as_paper(made.content, made.filename)
    house().run(g.actor, lambda uow: ask_for_papers(uow, noun, print_, keys, said))
    return redirect("/core/printouts", 303)


@pages.get("/core/printouts")
@signed_in
def index() -> ResponseReturnValue:
    """What I have asked for."""
    with reading() as session:
        return render_template("core/printouts.html", printouts=printouts_of(session, g.actor))


@pages.get("/core/printouts/<int:key>")
@signed_in
def show(key: int) -> ResponseReturnValue:
    """One file."""
    return _opened(key)


@pages.post("/api/v1/<plugin>/<slug>/prints/<name>")
@signed_in
def api_print(plugin: str, slug: str, name: str) -> ResponseReturnValue:
    """The papers of many documents: ``{"ids": […]}`` or ``{"filter": …}``, and a ``language``.

    A PDF file where they are few; else 202 with the addresses where the files will be.
    """
    noun, sight = find(plugin, slug)
    body = object_body()
    wanted = set(body) - {"language"}
    if wanted not in ({"ids"}, {"filter"}) or not isinstance(body.get("language", ""), str):
        raise Invalid({"": _("Name ids, or a filter; and a language, if you like.")})
    keys = ids_of(body["ids"]) if "ids" in body else _found(sight, body["filter"])
    print_ = find_print(_declared(), noun, g.actor, name)
    if not keys:
        raise Refused(_("There is nothing to print."))
    said = body.get("language", "")
    if len(keys) <= MOST_AT_ONCE:
        made = print_documents(house(), g.actor, noun, keys, name, said)
        return as_paper(made.content, made.filename)

    def act(uow: UnitOfWork) -> Answer:
        asked = ask_for_papers(uow, noun, print_, keys, said)
        told = [
            {"id": one.id, "state": "waiting", "url": f"/api/v1/core/printouts/{one.id}"}
            for one in asked
        ]
        return Answer(HTTPStatus.ACCEPTED, orjson.dumps({"items": told}).decode())

    return act_once(act)


@pages.get("/api/v1/core/printouts/<int:key>")
@signed_in
def api_show(key: int) -> ResponseReturnValue:
    """The file, or how far it is."""
    return _opened(key)


def _opened(key: int) -> ResponseReturnValue:
    with reading() as session:
        found = printout(session, g.actor, key)
        if found.problem:
            raise Refused(found.problem)
        if found.content is None:
            return jsonify(id=found.id, state="waiting"), HTTPStatus.ACCEPTED
        return as_paper(found.content, found.filename or "papers.pdf")


def _found(sight: Any, tree: Any) -> list[int]:
    query = lists.Query(sight, [], [], [filters.from_tree(tree, sight)], size=MOST)
    with reading() as session:
        found, _next, _before = lists.rows(session, query)
    return [row[0] for row in found]


def _declared() -> Any:
    return current_app.extensions["dougong"].wiring.prints.values()
