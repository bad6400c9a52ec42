"""The page that tells what is new, and that it was read."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, render_template
from flask.typing import ResponseReturnValue

from dougong.guiding.news import all_news, fresh_news
from dougong.guiding.seen import remember_seen
from dougong.i18n import language
from dougong.web.rights import signed_in

pages = Blueprint("news", __name__, url_prefix="/core/news")


@pages.get("")
@signed_in
def index() -> str:
    """What the core and the enabled modules have brought, the latest first."""
    runtime = _runtime()
    with runtime.house.read(g.actor) as session:
        fresh = fresh_news(session, runtime, g.actor)
    packages: dict[str, list[Any]] = {}
    for one in all_news(runtime, language()):
        packages.setdefault(one.package, []).append(one)
    ordered = sorted(packages.items(), key=lambda pair: not any(n.name in fresh for n in pair[1]))
    return render_template("core/news.html", packages=ordered, fresh=fresh, called=_called)


@pages.post("/seen")
@signed_in
def seen() -> ResponseReturnValue:
    """The mark goes until the next version comes."""
    runtime = _runtime()
    if g.actor.user_id and not g.get("looker"):
        names = [one.name for one in all_news(runtime, language())]
        runtime.house.run(g.actor, lambda uow: remember_seen(uow, "news", names))
    return "", 204


def _called(package: str) -> str:
    """What a module's menu is called, or its name."""
    if package == "core":
        return "Dougong"
    menus = _runtime().wiring.menus
    return next((str(m.label) for m in menus if m.key == package and not m.parent), package)


def _runtime() -> Any:
    return current_app.extensions["dougong"]
