"""Who may open a page: every view says so, or it is not registered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, TypeVar

from flask import Blueprint, Flask, abort, g

from dougong.errors import DougongError, PluginProblem
from dougong.i18n import _

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "__dougong_right__"

#: Where the addresses for programs begin.
API = "/api/v1"
PUBLIC = "public"
SIGNED_IN = "signed in"
GUESTS = "signed in, or a guest"


class OnlyGuest(DougongError):
    """Somebody from outside asks for a page of the office."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(_("This page is for the people of the house."))


def needs(right: str) -> Callable[[View], View]:
    """Open this view only to those whose roles include the right: ``@needs("crm.order.read")``."""

    def mark(view: View) -> View:
        setattr(view, _MARK, right)
        return view

    return mark


def public(view: View) -> View:
    """Open this view to everyone, without signing in."""
    return needs(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Open this view to everyone who is signed in; it asks for further rights by itself."""
    return needs(SIGNED_IN)(view)


def guests(view: View) -> View:
    """Open this view to everyone who is signed in, to people from outside the house, too."""
    return needs(GUESTS)(view)


def right_of(view: Any) -> str | None:
    """What a view asks for: a right, `PUBLIC`, `SIGNED_IN`, `GUESTS`, or None when nobody has said."""
    view_class = getattr(view, "view_class", view)
    return getattr(view, _MARK, None) or getattr(view_class, _MARK, None)


def mounted(blueprints: Iterable[Blueprint]) -> Flask:
    """A trial application with these pages; raises what Flask has against them."""
    from dougong.web.routes import Address

    trial = Flask("trial", static_folder=None)
    trial.url_rule_class = Address
    for blueprint in blueprints:
        trial.register_blueprint(blueprint)
    return trial


def mount(app: Flask, name: str, blueprint: Blueprint) -> None:
    """Hang a plugin's views up under ``/<plugin>``; those for programs under ``/api/v1/<plugin>``.

    Programs are meant where the blueprint's own prefix begins with ``/api/v1``: there a refusal is
    answered as a problem in JSON, and a token signs in.
    """
    own = blueprint.url_prefix or ""
    root = API if own.startswith(API) else ""
    app.register_blueprint(blueprint, url_prefix=f"{root}/{name}{own.removeprefix(root)}")


def check_blueprint(blueprint: Blueprint) -> None:
    """Refuse a blueprint with a view that does not say who may open it."""
    check_views(mounted([blueprint]))


def check_views(app: Flask) -> None:
    """Refuse an application with a view that does not say who may open it."""
    views = app.view_functions
    silent = sorted(name for name, view in views.items() if right_of(view) is None)
    if silent:
        raise PluginProblem(
            _(
                "The page %(page)s does not say who may open it; mark it with @needs(right) or @public.",
                page=silent[0],
            )
        )


def guard(view: Any) -> None:
    """Go on only when whoever asks may open this view."""
    right = right_of(view)
    if right == PUBLIC:
        return
    if right is None:
        abort(404)
    if g.get("actor") is None:
        abort(401)
    if right == GUESTS:
        return
    if g.actor.guest:
        raise OnlyGuest
    if right != SIGNED_IN:
        g.actor.require(right)
