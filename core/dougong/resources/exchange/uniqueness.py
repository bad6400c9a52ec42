"""What must be unique, looked up before the database refuses the whole file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import UniqueConstraint, select

from dougong.i18n import Text, _
from dougong.keys import can_be_known_by
from dougong.resources.documents.facts import key_of
from dougong.resources.fields import Field

if TYPE_CHECKING:
    from dougong.resources.documents import Entry
    from dougong.resources.exchange.gathering import Draft
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import UnitOfWork

TAKEN = _("Another record has this already.")
TWICE = _("Line %(line)s has this already.")


class Uniques:
    """The unique fields of a noun, and what a file has used of them so far."""

    def __init__(self, noun: Noun, sight: Sight) -> None:
        self.noun = noun
        alone = _columns_unique_alone(noun)
        self.fields = {n: f for n, f in sight.writable_own.items() if f.column.key in alone}
        self.used: dict[str, dict[Any, int]] = {name: {} for name in self.fields}

    def clashes(
        self, uow: UnitOfWork, batch: Sequence[Draft], entries: Sequence[Entry]
    ) -> dict[int, dict[str, Text]]:
        """By place in the batch: the fields whose value somebody else has; a statement a field."""
        found: dict[int, dict[str, Text]] = {}
        for name, field in self.fields.items():
            owners = self._owners(uow, field, {_value(d, name) for d in batch} - {None})
            for n, (draft, entry) in enumerate(zip(batch, entries, strict=True)):
                value = _value(draft, name)
                if value is None:
                    continue
                own = None if entry.document is None else getattr(entry.document, self.noun.key)
                if owners.get(value, own) != own:
                    found.setdefault(n, {})[name] = TAKEN
                elif value in self.used[name]:
                    line = self.used[name][value]
                    found.setdefault(n, {})[name] = Text(
                        TWICE.message, {"line": line}, domain=TWICE.domain
                    )
                else:
                    self.used[name][value] = draft.line
        return found

    def _owners(self, uow: UnitOfWork, field: Field, values: set[Any]) -> dict[Any, Any]:
        if not values:
            return {}
        column = getattr(self.noun.model, field.key)
        statement = select(column, key_of(self.noun.model)).where(column.in_(values))
        if self.noun.owned:
            statement = statement.where(self.noun.model.company_id == uow.company_id)
        return dict(uow.session.execute(statement).all())


def _value(draft: Draft, name: str) -> Any:
    value = draft.payload.get(name)
    return value if can_be_known_by(value) else None


def _columns_unique_alone(noun: Noun) -> set[str]:
    """Columns that are unique by themselves, or within a company."""
    table = noun.mapper.local_table
    sets = [{c.key for c in index.columns} for index in table.indexes if index.unique]
    sets += [
        {c.key for c in constraint.columns}
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
    ]
    sets += [{c.key} for c in table.columns if c.unique]
    return {next(iter(s)) for keys in sets if len(s := keys - {"company_id"}) == 1}
