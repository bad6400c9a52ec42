"""One's own account: how the house looks, the password, the second factor, log-ins and tokens."""

from __future__ import annotations

from http import HTTPStatus
from zoneinfo import available_timezones

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from dougong.errors import DougongError, Forbidden, Invalid
from dougong.i18n import _
from dougong.keys import whole
from dougong.people.sessions import codes
from dougong.people.sessions.devices import device
from dougong.people.sessions.entrance import prove
from dougong.people.sessions.queries import log_ins_of, tokens_of
from dougong.people.sessions.service import change_company, close_log_in, renew_log_in
from dougong.people.tokens.service import create_token, revoke_tokens
from dougong.people.users.models import User
from dougong.people.users.queries import companies_of
from dougong.people.users.service import change_own_password, change_preferences
from dougong.people.web import cookies
from dougong.people.web.entrance import sealer
from dougong.people.web.targets import local
from dougong.unit_of_work import House, UnitOfWork
from dougong.web.rights import guests, signed_in

pages = Blueprint("account", __name__, url_prefix="/account")


class NoAccount(DougongError):
    """Whoever asks is a program of the house, not a person with a log-in."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self) -> None:
        super().__init__(_("Only people who log in have an account."))


@pages.before_request
def _ask_whose() -> None:
    """Go on only for somebody whose account it is."""
    if g.get("actor") is not None and g.actor.user_id is None:
        raise NoAccount


DONE = {
    "preferences": _("Saved."),
    "password": _("Your password is changed; you are logged out everywhere else."),
    "factor": _("The second factor is removed."),
    "log-in": _("This log-in has ended."),
    "token": _("This token opens nothing any more."),
}


@pages.get("")
@guests
def show() -> ResponseReturnValue:
    """Everything about one's own account."""
    return _page()


@pages.post("/preferences")
@guests
def preferences() -> ResponseReturnValue:
    """Keep language, time zone and theme."""
    form = request.form

    def act(uow: UnitOfWork) -> str:
        chosen = form.get("language", ""), form.get("timezone", ""), form.get("theme", "")
        return change_preferences(uow, *chosen).theme

    theme = _house().run(g.actor, act)
    answer = _done("preferences")
    answer.set_cookie("language", form.get("language", ""), path="/", samesite="Lax")
    answer.set_cookie("theme", "" if theme == "auto" else theme, path="/", samesite="Lax")
    return answer


@pages.post("/company")
@signed_in
def company() -> ResponseReturnValue:
    """Work in another company from now on."""
    wanted = whole(request.form.get("company")) or 0
    if g.visit is not None:
        _house().run(g.actor, lambda uow: change_company(uow, g.visit.id, wanted))
    return redirect(local(request.form.get("next")), 303)


@pages.get("/password")
@guests
def password() -> ResponseReturnValue:
    """Ask for a new password: the only page for somebody whose password was chosen by others."""
    return make_response(render_template("people/password.html", error=None))


@pages.post("/password", endpoint="change_password")
@guests
def change_password() -> ResponseReturnValue:
    """Take a new password; every other log-in ends and this one gets a new key."""
    form = request.form
    try:
        if form.get("password") != form.get("again"):
            raise Invalid({"again": _("The two new passwords are not the same.")})
        prove(_house(), g.actor.user_id, form.get("old", "")[:1000])

        def act(uow: UnitOfWork) -> str:
            mine = g.visit.id if g.visit else None
            change_own_password(uow, form.get("old", ""), form.get("password", ""), keep=mine)
            return renew_log_in(uow, mine) if mine else ""

        key = _house().run(g.actor, act)
    except DougongError as error:
        return make_response(render_template("people/password.html", error=error), error.status)
    return _done("password", key)


@pages.post("/second-factor")
@guests
def begin_factor() -> ResponseReturnValue:
    """Show the picture for the telephone."""
    try:
        prove(_house(), g.actor.user_id, request.form.get("password", "")[:1000])
        _house().run(g.actor, lambda uow: codes.begin_second_factor(uow, sealer()))
    except DougongError as error:
        return _page(error, "factor")
    return redirect("/account/second-factor", 303)


@pages.get("/second-factor")
@guests
def factor() -> ResponseReturnValue:
    """The picture, and a field for the first code, while the set-up is under way."""
    with _house().read(g.actor) as session:
        user = session.get(User, g.actor.user_id)
        under_way = user is not None and user.totp is not None and not user.has_totp
    return _picture() if under_way else redirect("/account", 303)


@pages.post("/second-factor/confirm")
@guests
def confirm_factor() -> ResponseReturnValue:
    """Switch the second factor on, and show the spare codes once."""
    typed = request.form.get("code", "")[:40]
    mine = g.visit.id if g.visit else None

    def act(uow: UnitOfWork) -> tuple[list[str], str]:
        spare = codes.confirm_second_factor(uow, sealer(), typed, keep=mine)
        return spare, renew_log_in(uow, mine) if mine else ""

    try:
        spare, key = _house().run(g.actor, act)
    except DougongError as error:
        return _picture(error)
    answer = make_response(render_template("people/spare_codes.html", spare=spare))
    if key:
        cookies.give(answer, cookies.KEY, key)
    return answer


@pages.post("/second-factor/remove")
@guests
def remove_factor() -> ResponseReturnValue:
    """Switch it off again."""
    try:
        prove(_house(), g.actor.user_id, request.form.get("password", "")[:1000])
        _house().run(g.actor, codes.remove_second_factor)
    except DougongError as error:
        return _page(error, "factor")
    return _done("factor")


@pages.post("/log-ins/<int:log_in_id>/end")
@guests
def end_log_in(log_in_id: int) -> ResponseReturnValue:
    """End one of one's own log-ins."""
    _house().run(g.actor, lambda uow: close_log_in(uow, log_in_id))
    return _done("log-in")


@pages.post("/tokens")
@signed_in
def new_token() -> ResponseReturnValue:
    """Make a token and show it, once."""
    form = request.form
    try:
        prove(_house(), g.actor.user_id, form.get("password", "")[:1000])
        scopes = form.get("scopes", "").replace(",", " ").split()
        days = (whole(form.get("days")) or 0) if form.get("days") else None
        token, key = _house().run(
            g.actor, lambda uow: create_token(uow, form.get("name", ""), scopes, days=days)
        )
    except DougongError as error:
        return _page(error, "token")
    return make_response(render_template("people/token.html", token=token, key=key))


@pages.post("/tokens/<int:token_id>/revoke")
@signed_in
def revoke_token(token_id: int) -> ResponseReturnValue:
    """End one of one's own tokens."""
    _house().run(g.actor, lambda uow: revoke_tokens(uow, [token_id]))
    return _done("token")


def _house() -> House:
    house: House = current_app.extensions["dougong"].house
    return house


def _page(error: DougongError | None = None, place: str = "") -> Response:
    with _house().read(g.actor) as session:
        user = session.get(User, g.actor.user_id)
        if user is None:
            raise Forbidden("core.account.read")
        page = render_template(
            "people/account.html",
            user=user,
            log_ins=log_ins_of(session, user.id),
            device=device,
            tokens=tokens_of(session, user.id),
            companies=companies_of(session, user.id),
            here=g.visit.id if g.visit else None,
            timezones=sorted(available_timezones()),
            themes={"auto": _("Like the device"), "light": _("Light"), "dark": _("Dark")},
            error=error,
            place=place,
            done=DONE.get(request.args.get("done", "")),
        )
    return make_response(page, error.status if error else 200)


def _picture(error: DougongError | None = None) -> Response:
    with _house().read(g.actor) as session:
        user = session.get(User, g.actor.user_id)
        if user is None:
            raise Forbidden("core.account.read")
        address = codes.address_for(user, sealer())
    import segno  # to draw a code once in a user's life

    drawn = segno.make(address, error="m").svg_inline(scale=5, border=2, svgclass=None)
    page = render_template(
        "people/second_factor.html",
        picture=Markup(drawn),  # noqa: S704 - drawn by ourselves
        secret=address.partition("secret=")[2].partition("&")[0],
        error=error,
    )
    return make_response(page, error.status if error else 200)


def _done(what: str, key: str = "") -> Response:
    answer = make_response(redirect(f"/account?done={what}", 303))
    if key:
        cookies.give(answer, cookies.KEY, key)
    return answer
