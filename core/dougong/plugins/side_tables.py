"""Typed fields for another plugin's model, in a table of one's own, as if they were the model's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.ext.associationproxy import association_proxy
from sqlalchemy.orm import relationship

from dougong.i18n import _
from dougong.plugin import SideTable
from dougong.plugins.locating import PluginFault


def relation_name(side: type[Any]) -> str:
    """How the target calls its side table: ``loyalty_ext``."""
    return f"{side.__plugin__}_ext"


def apply_side_table(table: SideTable) -> None:
    """Give the target its relationship and one attribute a field; doing it twice changes nothing."""
    target, side = table.target, table.side
    name = relation_name(side)
    given: dict[str, type[Any]] = target.__dict__.get("__side_tables__", {})
    if given.get(name) is side:
        return
    if name in given or hasattr(target, name):
        raise PluginFault(
            _(
                "%(plugin)s: %(model)s has a side table of that plugin already.",
                plugin=side.__plugin__,
                model=target.__name__,
            )
        )
    setattr(
        target,
        name,
        relationship(
            side,
            uselist=False,
            lazy="raise",
            single_parent=True,
            passive_deletes=True,
            cascade="all",
        ),
    )
    for column in inspect(side).column_attrs:
        attribute = f"{side.__plugin__}_{column.key}"
        if not column.columns[0].primary_key and not hasattr(target, attribute):
            setattr(
                target,
                attribute,
                association_proxy(name, column.key, creator=_maker(side, column.key)),
            )
    target.__side_tables__ = {**given, name: side}
    _forget_shape()


def _maker(side: type[Any], key: str) -> Any:
    return lambda value: side(**{key: value})


def _forget_shape() -> None:
    from dougong.unit_of_work.relations import hangers

    hangers.cache_clear()
