"""A program asks for something to be done: once, however often it asks."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, current_app, g

from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.bodies import once


def act_once(act: Callable[[UnitOfWork], Answer]) -> Response:
    """Do it in one unit of work; the answer to a repeated key is the one that was given."""
    given = current_app.extensions["dougong"].house.run_once(g.actor, once(), act)
    answer = Response(given.body, given.status, mimetype="application/json")
    if given.replayed:
        answer.headers["Idempotent-Replay"] = "true"
    return answer
