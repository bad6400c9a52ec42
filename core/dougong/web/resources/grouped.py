"""A list in groups of one or several levels, each with its count, its sums and the way into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g

from dougong.i18n import _
from dougong.resources import filters, lists
from dougong.resources.fields import Choice, Day, Flag, Link
from dougong.resources.purses import opened

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.fields import Field


@dataclass(frozen=True)
class GroupRow:
    """One line of the page."""

    level: int
    text: str
    n: int
    figures: dict[str, str]
    #: The filter that shows what is in it; empty where no filter says it.
    inside: dict[str, Any]
    #: Its own place among the lines and that of the group around it: ``2.1`` in ``2``.
    at: str
    parent: str
    outer: bool


def grouped(session: Session, query: lists.Query) -> dict[str, Any]:
    """What the page of a grouped list shows."""
    root, cut_off = lists.tree(session, query)
    total = GroupRow(0, str(_("Total")), root.n, _figures(query, root), {}, "", "", outer=False)
    heads = [query.sight.fields[by.partition(":")[0]].label for by in query.group]
    return {
        "body": "_groups.html",
        "grouped": list(_rows(query, root, 0, "", {})),
        "total": total,
        "cut_off": cut_off,
        "heads": heads,
    }


def _rows(
    query: lists.Query, branch: lists.Branch, level: int, at: str, around: dict[str, Any]
) -> Iterator[GroupRow]:
    for n, below in enumerate(branch.below.values(), 1):
        name, _colon, cut = below.by.partition(":")
        field = query.sight.fields[name]
        here, own = f"{at}.{n}" if at else str(n), inside(field, cut, below.key)
        filter_ = around | own if own and (around or not level) else {}
        text, outer = _text(field, cut, below), bool(below.below)
        yield GroupRow(level, text, below.n, _figures(query, below), filter_, here, at, outer)
        yield from _rows(query, below, level + 1, here, filter_)


def _figures(query: lists.Query, branch: lists.Branch) -> dict[str, str]:
    fields = query.sight.fields
    return {
        name: fields[name].show(opened(value or 0), g.fmt) for name, value in branch.sums.items()
    }


def _text(field: Field, cut: str, branch: lists.Branch) -> str:
    if branch.key is None:
        return "—"
    if isinstance(field, Link):
        return str(branch.shown)
    if isinstance(field, Flag):
        return str(_("yes") if branch.key else _("no"))
    return field.bucket_text(branch.key, cut, g.fmt) or "—"


def inside(field: Field, cut: str, key: Any) -> dict[str, Any]:
    """The filter that shows what is in a group."""
    if key is None:
        return {f"{field.name}.empty": "true"} if "empty" in field.operators else {}
    if isinstance(field, Flag):
        return {filters.parameter(field.name): "true" if key else "false"}
    if not isinstance(field, Link | Choice | Day) or getattr(field, "timed", False):
        return {}
    if not isinstance(field, Day):
        return {filters.parameter(field.name): key}
    if cut == "year":
        return {f"{field.name}.ge": f"{int(key)}-01-01", f"{field.name}.le": f"{int(key)}-12-31"}
    if cut == "month":
        year, month = divmod(int(key), 100)
        last = (
            31 if month in (1, 3, 5, 7, 8, 10, 12) else 30 if month != 2 else 28 + (year % 4 == 0)
        )
        return {
            f"{field.name}.ge": f"{year}-{month:02}-01",
            f"{field.name}.le": f"{year}-{month:02}-{last}",
        }
    return {field.name: key.isoformat() if hasattr(key, "isoformat") else key}
