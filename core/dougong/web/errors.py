"""One family of answers for what goes wrong: a page, a fragment for htmx, or problem+json for the API."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from dougong.errors import DougongError, Invalid
from dougong.i18n import Text, _
from dougong.logger import structlog
from dougong.web import languages
from dougong.web.outside import is_outside

log = structlog.get_logger()

#: What is wrong and what to do, where no rule of the business has said it better.
SENTENCES: dict[int, Text] = {
    400: _("The request could not be read. Go back and try again."),
    401: _("Sign in to see this."),
    403: _("You need another right for this. Ask your administrator."),
    404: _("There is nothing at this address. It may have been moved or deleted."),
    405: _("This address does not answer to that."),
    413: _("This is too much at once. Send a smaller file or fewer lines."),
    415: _("Send JSON here, with the content type application/json."),
    422: _("Some of this cannot be understood."),
    429: _("Too many tries. Wait a moment and try again."),
    500: _(
        "Something went wrong on our side; nothing was saved."
        " Try again, or tell your administrator the number below."
    ),
    503: _("The house is closed for a moment. Try again shortly."),
}
TITLES: dict[int, Text] = {
    400: _("Not readable"),
    401: _("Please sign in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Not allowed here"),
    409: _("Not possible now"),
    413: _("Too large"),
    415: _("Wrong content type"),
    422: _("Not valid"),
    429: _("Too many tries"),
    500: _("Something went wrong"),
    503: _("Closed for a moment"),
}


def answer_for(app: Flask) -> None:
    """Let every error end in an answer that a person, a page or a program can use."""
    app.register_error_handler(DougongError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _crashed)


def wants_json() -> bool:
    """Whether a program is asking."""
    return request.path.startswith("/api/")


def is_htmx() -> bool:
    """Whether the answer goes into a page that stays."""
    return "HX-Request" in request.headers


def problem(
    status: int, detail: object = "", errors: dict[str, Any] | None = None, **more: Any
) -> Response:
    """An answer by RFC 9457: title, status, a sentence, and the errors by path."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITLES.get(status) or HTTPStatus(status).phrase),
        "status": status,
        "detail": str(detail or SENTENCES.get(status, "")),
        "request_id": g.get("request_id", ""),
    }
    if errors:
        body["errors"] = {path: str(text) for path, text in errors.items()}
    answer = make_response(json.dumps({**body, **more}, ensure_ascii=False), status)
    answer.content_type = "application/problem+json"
    return answer


def problem_page(status: int, sentence: object) -> Response:
    """The same for a person: in the frame of the house, or as a message in the page that stays."""
    context = {
        "status": status,
        "title": TITLES.get(status) or HTTPStatus(status).phrase,
        "sentence": sentence or SENTENCES.get(status, ""),
        "request_id": g.get("request_id", ""),
        "outside": is_outside(),
    }
    if is_htmx():
        answer = make_response(render_template("core/_problem.html", **context), status)
        answer.headers["HX-Retarget"] = "#toasts"
        answer.headers["HX-Reswap"] = "beforeend"
        return answer
    return make_response(render_template("core/problem.html", **context), status)


def _refused(error: DougongError) -> ResponseReturnValue:
    if error.status >= 500:
        log.error("refused", sentence=str(error), request_id=g.get("request_id", ""))
    if error.status == 500:
        _write_down(error)
    if wants_json():
        return problem(error.status, error.sentence, getattr(error, "errors", None))
    sentence = str(error) if isinstance(error, Invalid) else error.sentence
    return problem_page(error.status, sentence)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    if status < 400:
        return error
    if wants_json():
        answer = problem(status)
    elif status == 401 and "people.login" in current_app.view_functions:
        return _to_login()
    else:
        answer = problem_page(status, SENTENCES.get(status, ""))
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            answer.headers[name] = value
    return answer


def _to_login() -> ResponseReturnValue:
    from flask import url_for

    where = request.full_path.rstrip("?") if request.method == "GET" else "/"
    target = url_for("people.login", next=where)
    if is_htmx():
        return "", 204, {"HX-Redirect": target}
    return redirect(target, 303)


def _crashed(error: Exception) -> ResponseReturnValue:
    """The last resort: the log has the details, the answer has the number to find them by."""
    log.exception("crashed", request_id=g.get("request_id", ""), path=request.path)
    _write_down(error)
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    try:
        languages.speak()
        return problem(500) if wants_json() else problem_page(500, "")
    except Exception:
        log.exception("the error page crashed too", request_id=g.get("request_id", ""))
        return problem(500)


def _write_down(error: Exception) -> None:
    """Keep it for the page of problems; what was being done has been undone by now."""
    from dougong.problems.recording import record_error

    rule, actor = request.url_rule, g.get("actor")
    record_error(
        current_app.extensions["dougong"].house,
        error,
        "page",
        f"{request.method} {rule.rule if rule is not None else request.path}",
        request_id=g.get("request_id", ""),
        who=actor.name if actor is not None else "",
        # Without the query, which may hold what people searched for.
        page=request.path[:200],
    )
