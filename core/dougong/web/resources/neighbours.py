"""The pager above a document: the documents around it in the list that one came from."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from dougong.resources import filters, lists
from dougong.web.resources.common import draw, find, key_from, pages, reading
from dougong.web.rights import signed_in


@pages.get("/<plugin>/<slug>/<key>/neighbours")
@signed_in
def neighbours(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Previous and next of the list as it was narrowed and sorted, and where this one stands."""
    noun, sight = find(plugin, slug)
    at = key_from(noun, key)
    asked = MultiDict(
        (name, value)
        for name, value in request.args.items(multi=True)
        if name in filters.NARROWING or filters.is_condition(name)
    )
    query = lists.parse(asked, sight)
    with reading() as session:
        found = lists.place(session, query, at)
    return draw("_pager.html", noun, sight, place=found)
