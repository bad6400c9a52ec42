"""Saved views of a list: open, keep, drop."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import g, request
from flask.typing import ResponseReturnValue

from dougong.errors import NotFound
from dougong.i18n import _
from dougong.resources.filters import OPERATORS, RESERVED
from dougong.views.models import SavedView
from dougong.views.service import drop_view, save_view
from dougong.web.rights import signed_in
from dougong.web.resources.common import base_of, find, go, house, pages, reading

#: What a view does not keep: where in the list somebody was.
PLACES = {"after", "before", "view"}


@pages.get("/<plugin>/<slug>/views/<int:id>")
@signed_in
def open_view(plugin: str, slug: str, id: int) -> ResponseReturnValue:
    """The list as it was kept, without what its reader may not see."""
    noun, sight = find(plugin, slug)
    with reading() as session:
        view = session.get(SavedView, id)
        mine = view is not None and (view.shared or view.user_id == (g.actor.user_id or 0))
        if view is None or view.noun != noun.name or not mine:
            raise NotFound(_("view"), id)
        pairs = parse_qsl(view.query)
    kept = [(name, value) for name, value in pairs if _exists(name, sight)]
    return go(f"{base_of(noun)}?{urlencode([*kept, ('view', str(id))])}")


def _exists(name: str, sight: object) -> bool:
    field, _dot, operator = name.rpartition(".")
    known = field if field and operator in OPERATORS else name
    fields: dict[str, object] = sight.fields  # type: ignore[attr-defined]
    return name in RESERVED or known in fields


@pages.post("/<plugin>/<slug>/views")
@signed_in
def keep_view(plugin: str, slug: str) -> ResponseReturnValue:
    """Keep the list as it is seen now."""
    noun, _sight = find(plugin, slug)
    pairs = [
        (name, value)
        for name, value in parse_qsl(request.form.get("query", "")[:8000])
        if name not in PLACES
    ]
    query, name = urlencode(pairs), request.form.get("name", "")
    shared = request.form.get("shared") == "1"
    view = house().run(
        g.actor, lambda uow: save_view(uow, noun.name, name, query, shared=shared)
    )
    return go(f"{base_of(noun)}?{urlencode([*pairs, ('view', str(view.id))])}")


@pages.post("/<plugin>/<slug>/views/<int:id>/drop")
@signed_in
def forget_view(plugin: str, slug: str, id: int) -> ResponseReturnValue:
    """Forget a view; the list stays."""
    noun, _sight = find(plugin, slug)
    house().run(g.actor, lambda uow: drop_view(uow, id))
    return go(base_of(noun))
