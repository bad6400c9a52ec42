"""The pages of the log-in."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from dougong.errors import DougongError
from dougong.people.secrets import Sealer
from dougong.people.sessions.entrance import DOOR, WrongCode, WrongLogIn, enter, enter_code
from dougong.people.sessions.service import close_log_in
from dougong.people.sessions.throttle import TooManyAttempts
from dougong.people.web import cookies
from dougong.people.web.targets import local
from dougong.web.rights import public

pages = Blueprint("people", __name__)


def sealer() -> Sealer:
    """What locks the secrets of second factors."""
    known = {**current_app.extensions["dougong"].config, **current_app.config}
    return Sealer(known.get("COLUMN_KEY") or known.get("SECRET_KEY") or "")


@pages.get("/login")
@public
def login() -> ResponseReturnValue:
    """Ask for name and password."""
    target = local(request.args.get("next"))
    if g.get("actor") is not None:
        return redirect(target, 303)
    return _ask("people/login.html", next=target)


@pages.post("/login", endpoint="enter")
@public
def enter_now() -> ResponseReturnValue:
    """Let in whoever knows the password."""
    target = local(request.form.get("next"))
    house = current_app.extensions["dougong"].house
    name = request.form.get("login", "")[:200]
    try:
        entered = enter(
            house,
            name,
            request.form.get("password", "")[:1000],
            address=request.remote_addr or "",
            agent=request.headers.get("User-Agent", ""),
        )
    except (WrongLogIn, TooManyAttempts) as error:
        return _ask("people/login.html", error, next=target, name=name)
    if g.visit is not None:
        house.run(DOOR, lambda uow: _drop(uow, g.visit.id))
    if entered.complete:
        return _let_in(entered.key, target)
    return _let_in(entered.key, url_for("people.code", next=target))


@pages.get("/login/code")
@public
def code() -> ResponseReturnValue:
    """Ask for the code of the second factor."""
    if g.visit is None or g.visit.complete:
        return redirect("/login", 303)
    return _ask("people/code.html", next=local(request.args.get("next")))


@pages.post("/login/code", endpoint="enter_code")
@public
def code_now() -> ResponseReturnValue:
    """Let in whoever has the telephone, too."""
    target = local(request.form.get("next"))
    if g.visit is None or g.visit.complete:
        return redirect("/login", 303)
    house = current_app.extensions["dougong"].house
    typed = request.form.get("code", "")[:40]
    try:
        key = enter_code(house, g.visit.id, g.visit.user_id, typed, sealer())
    except (WrongCode, TooManyAttempts) as error:
        return _ask("people/code.html", error, next=target)
    return _let_in(key, target)


@pages.post("/logout")
@public
def logout() -> ResponseReturnValue:
    """End the log-in here and in the house."""
    if g.visit is not None:
        current_app.extensions["dougong"].house.run(DOOR, lambda uow: _drop(uow, g.visit.id))
    answer = make_response(redirect("/login", 303))
    cookies.take_back(answer, cookies.KEY)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _drop(uow: object, log_in_id: int) -> None:
    close_log_in(uow, log_in_id)  # type: ignore[arg-type]


def _let_in(key: str, target: str) -> Response:
    answer = make_response(redirect(target, 303))
    cookies.give(answer, cookies.KEY, key)
    return answer


def _ask(template: str, error: DougongError | None = None, **facts: object) -> Response:
    answer = make_response(render_template(template, error=error, **facts))
    answer.status_code = error.status if error else 200
    if isinstance(error, TooManyAttempts):
        answer.headers["Retry-After"] = str(error.seconds)
    return answer
