"""Rules that rows keep whoever writes them: asked where the unit of work writes, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from dougong.unit_of_work.refusals import Clash

if TYPE_CHECKING:
    from dougong.i18n import Text
    from dougong.plugin import RowRule
    from dougong.unit_of_work.unit import UnitOfWork

#: The rules of a model, each with its marked attributes and what these depend on.
Ruled = tuple[tuple["RowRule", Mapping[str, str]], ...]


class RowRefused(Clash):
    """A row breaks a rule of a plugin; ``fields`` names the attribute that does."""

    def __init__(self, sentence: Text | str, field: str) -> None:
        super().__init__(sentence, (field.removesuffix("_id"),))


class ColumnsAt:
    """One row of columns that were given whole."""

    __slots__ = ("_at", "_columns")

    def __init__(self, columns: Mapping[str, Sequence[Any]], at: int) -> None:
        self._columns, self._at = columns, at

    def __getattr__(self, name: str) -> Any:
        return self._columns[name][self._at]


def ruled(model: type[Any], rules: Sequence[RowRule]) -> Ruled:
    """Which rules concern a model: those whose mark its columns carry."""
    columns = {attribute.key: attribute.columns[0] for attribute in inspect(model).column_attrs}
    found = []
    for rule in rules:
        marked = {
            key: column.info[rule.mark]
            for key, column in columns.items()
            if rule.mark in column.info
        }
        if marked:
            found.append((rule, marked))
    return tuple(found)


def wrongs(
    uow: UnitOfWork, model: type[Any], rows: Sequence[Any], changed: Sequence[str] | None = None
) -> Iterator[tuple[Any, str, Text | str]]:
    """What is wrong with rows that are new, or were changed in these attributes."""
    for rule, marked in uow.house.rules_of(model):
        if changed is None or not {*marked, *marked.values()}.isdisjoint(changed):
            yield from rule.look(uow, marked, rows)


def judge(
    uow: UnitOfWork, model: type[Any], rows: Sequence[Any], changed: Sequence[str] | None = None
) -> None:
    """Go on only when nothing is wrong with them; raises `RowRefused`."""
    if uow.house.row_rules:
        for _row, field, sentence in wrongs(uow, model, rows, changed):
            raise RowRefused(sentence, field)
