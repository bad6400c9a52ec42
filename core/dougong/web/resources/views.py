"""Saved views of a list: open, keep, drop."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

from flask import g, request
from flask.typing import ResponseReturnValue

from dougong.resources.filters import visible
from dougong.views.queries import view_for
from dougong.views.service import drop_view, prefer_view, save_view
from dougong.web.resources.common import base_of, find, go, house, pages, reading
from dougong.web.rights import signed_in

#: What a view does not keep: where in the list somebody was.
PLACES = {"after", "before", "view"}


@pages.get("/<plugin>/<slug>/views/<int:id>")
@signed_in
def open_view(plugin: str, slug: str, id: int) -> ResponseReturnValue:
    """The list as it was kept, without what its reader may not see."""
    noun, sight = find(plugin, slug)
    with reading() as session:
        view = view_for(session, g.actor, noun.name, id)
        return go(_address(base_of(noun), visible(view.parameters, sight), view.id))


@pages.post("/<plugin>/<slug>/views")
@signed_in
def keep_view(plugin: str, slug: str) -> ResponseReturnValue:
    """Keep the list as it is seen now."""
    noun, _sight = find(plugin, slug)
    asked = parse_qs(request.form.get("query", "")[:8000])
    kept = {
        name: values[0] if len(values) == 1 else values
        for name, values in asked.items()
        if name not in PLACES
    }
    name, shared = request.form.get("name", ""), request.form.get("shared") == "1"
    view = house().run(g.actor, lambda uow: save_view(uow, noun.name, name, kept, shared=shared))
    return go(_address(base_of(noun), kept, view.id))


@pages.post("/<plugin>/<slug>/views/<int:id>/prefer")
@signed_in
def begin_with_view(plugin: str, slug: str, id: int) -> ResponseReturnValue:
    """Let the list begin with a view, or no longer."""
    noun, _sight = find(plugin, slug)
    house().run(g.actor, lambda uow: prefer_view(uow, id))
    return go(f"{base_of(noun)}/views/{id}")


@pages.post("/<plugin>/<slug>/views/<int:id>/drop")
@signed_in
def forget_view(plugin: str, slug: str, id: int) -> ResponseReturnValue:
    """Forget a view; the list stays."""
    noun, _sight = find(plugin, slug)
    house().run(g.actor, lambda uow: drop_view(uow, id))
    return go(f"{base_of(noun)}?view=0")


def _address(base: str, parameters: dict[str, Any], view: int) -> str:
    return f"{base}?{urlencode({**parameters, 'view': view}, doseq=True)}"
