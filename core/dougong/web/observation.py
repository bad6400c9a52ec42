"""Watching the house: health, readiness, figures, and a line in the log for each request."""

from __future__ import annotations

import hmac
import re
import time
from typing import Any

from flask import Flask, Response, abort, current_app, g, jsonify, request

from dougong.logger import structlog
from dougong.operations.health import look
from dougong.operations.metrics import TYPE, Figures
from dougong.web.rights import public

log = structlog.get_logger()

#: Seconds after which a closed house may be asked again.
RETRY_AFTER = "5"
_QUIET = {"healthz", "readyz", "metrics"}


def install(app: Flask, runtime: Any) -> None:
    """Answer ``/healthz``, ``/readyz`` and ``/metrics``; time and log every request."""
    app.extensions["figures"] = Figures(runtime)
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/metrics", "metrics", metrics)


@public
def healthz() -> Response:
    """The process answers; it says nothing about the database."""
    return jsonify(status="ok")


@public
def readyz() -> tuple[Response, int]:
    """Whether people may be sent here: 503 when database, migrations or disk say no."""
    health = look(current_app.extensions["dougong"])
    return jsonify(health.as_json()), 200 if health.ready else 503


@public
def metrics() -> Response:
    """The figures, for whoever knows the token; without a token in the configuration, nobody."""
    token = str(current_app.config.get("METRICS_TOKEN") or "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(token.encode(), given.encode()):
        abort(404)
    return Response(current_app.extensions["figures"].text(), content_type=TYPE)


#: A signed link opens something to whoever has it: the log keeps none.
_SIGNED = re.compile(r"/[\w-]{12,}\.[\w.-]{20,}")


def _begin() -> None:
    g.began = time.perf_counter()
    structlog.contextvars.bind_contextvars(request_id=g.get("request_id", ""))


def _end(answer: Response) -> Response:
    if answer.status_code == 503:
        answer.headers.setdefault("Retry-After", RETRY_AFTER)
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    endpoint = request.endpoint or "none"
    current_app.extensions["figures"].answered(endpoint, answer.status_code, seconds)
    if endpoint not in _QUIET and not request.path.startswith("/static/"):
        actor = g.get("actor")
        log.info(
            "request",
            method=request.method,
            # Without the query, which may hold what people searched for.
            path=_SIGNED.sub("/…", request.path)[:200],
            status=answer.status_code,
            ms=round(seconds * 1000, 1),
            user_id=actor.user_id if actor is not None else None,
        )
    return answer


def _forget(_error: BaseException | None) -> None:
    structlog.contextvars.unbind_contextvars("request_id")
