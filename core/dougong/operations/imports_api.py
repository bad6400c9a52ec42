"""Imports for programs: what a file has made and changed, and the way back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, jsonify

from dougong.errors import Forbidden
from dougong.resources.exchange import run_of, runs_of, undo_import
from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.calls import Place, act_once, find_place, the_house, to_answer
from dougong.web.rights import signed_in

pages = Blueprint("imports", __name__, url_prefix="/api/v1/<plugin>/<slug>/imports")


@pages.get("")
@signed_in
def list_imports(plugin: str, slug: str) -> Response:
    """The last fifty files that were brought in, the latest first."""
    noun, _sight = _place(plugin, slug)
    with the_house().read(g.actor) as session:
        return jsonify(items=[_told(found) for found in runs_of(session, noun)])


@pages.post("/<int:run>/undo")
@signed_in
def undo(plugin: str, slug: str, run: int) -> Response:
    """Take a whole import back; 409 with the documents that stand in the way, and nothing changed."""
    noun, sight = _place(plugin, slug)

    def act(uow: UnitOfWork) -> Answer:
        undo_import(uow, noun, sight, run)
        return to_answer(_told(run_of(uow.session, noun, run)))

    return act_once(act)


def _place(plugin: str, slug: str) -> Place:
    place = find_place(plugin, slug)
    if not place.sight.create:
        raise Forbidden(f"{place.noun.rights.name}.create")
    return place


def _told(found: Any) -> dict[str, Any]:
    run = found.run
    return {
        "id": run.id, "file": run.file, "by": run.ran_by, "at": run.ran_at.isoformat(),
        "created": found.created, "changed": found.changed, "undone_by": run.undone_by or None,
        "undone_at": run.undone_at.isoformat() if run.undone_at else None,
    }  # fmt: skip
