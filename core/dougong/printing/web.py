"""Papers in the browser and by API: ``/crm/orders/12/prints/confirmation``."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from flask.typing import ResponseReturnValue

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.printing.looks.queries import looks_now
from dougong.printing.making import Printed, fits, print_documents, prints_of
from dougong.printing.printouts.service import MOST_AT_ONCE
from dougong.resources import documents
from dougong.web.calls import find_place, key_of_address
from dougong.web.papers import as_paper
from dougong.web.resources.common import find, house, key_from, reading
from dougong.web.rights import signed_in

pages = Blueprint("printing", __name__)


def open_room(app: Flask) -> None:
    """Hang up the pages, and tell templates what can be printed."""
    from dougong.printing.looks import web as looks
    from dougong.printing.printouts import web as printouts

    app.register_blueprint(pages)
    app.register_blueprint(looks.pages)
    app.register_blueprint(printouts.pages)
    app.jinja_env.globals["prints"] = prints_for
    app.jinja_env.globals["bulk_prints"] = bulk_prints


@pages.get("/<plugin>/<slug>/<key>/prints/<name>")
@signed_in
def show(plugin: str, slug: str, key: str, name: str) -> ResponseReturnValue:
    """The paper of a document, in its receiver's language or the one that is asked for."""
    noun, _sight = find(plugin, slug)
    return _sent(print_documents(house(), g.actor, noun, [key_from(noun, key)], name, _language()))


@pages.get("/<plugin>/<slug>/prints/<name>")
@signed_in
def show_several(plugin: str, slug: str, name: str) -> ResponseReturnValue:
    """The papers of chosen documents as one file."""
    noun, _sight = find(plugin, slug)
    keys = [key_from(noun, text) for text in request.args.getlist("id")]
    if not keys:
        raise BadQuery(_("Choose what is to be printed first."))
    if len(keys) > MOST_AT_ONCE:
        raise BadQuery(_("At most %(most)s papers are printed at once.", most=MOST_AT_ONCE))
    return _sent(print_documents(house(), g.actor, noun, keys, name, _language()))


@pages.get("/api/v1/<plugin>/<slug>/<key>/prints")
@signed_in
def api_index(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """The papers that can be printed of a document as it is now."""
    noun, sight = find_place(plugin, slug)
    with reading() as session:
        document = documents.get(session, noun, sight, key_of_address(noun, key))
        root = f"/api/v1/{plugin}/{slug}/{key}/prints"
        offered = [
            p for p in prints_of(_declared(), noun, g.actor, _looks()) if fits(p, noun, document)
        ]
    return jsonify(
        items=[
            {"name": p.slug, "label": str(p.label), "paper": p.paper, "url": f"{root}/{p.slug}"}
            for p in offered
        ]
    )


@pages.get("/api/v1/<plugin>/<slug>/<key>/prints/<name>")
@signed_in
def api_show(plugin: str, slug: str, key: str, name: str) -> ResponseReturnValue:
    """The paper of a document as a PDF file."""
    noun, _sight = find_place(plugin, slug)
    at = key_of_address(noun, key)
    return _sent(print_documents(house(), g.actor, noun, [at], name, _language()))


def prints_for(noun: Any, document: Any) -> list[Any]:
    """The papers that the form of a document offers."""
    return [p for p in prints_of(_declared(), noun, g.actor, _looks()) if fits(p, noun, document)]


def bulk_prints(noun: Any) -> list[Any]:
    """The papers that a list offers for what is chosen."""
    return prints_of(_declared(), noun, g.actor, _looks())


def _looks() -> Any:
    return looks_now(house(), g.actor)


def _declared() -> Any:
    return current_app.extensions["dougong"].wiring.prints.values()


def _language() -> str:
    strange = set(request.args) - {"language", "id"}
    if strange:
        raise BadQuery(_("There is no parameter %(name)s.", name=", ".join(sorted(strange))[:60]))
    return request.args.get("language", "")


def _sent(printed: Printed) -> Response:
    return as_paper(printed.content, printed.filename)
