"""The history of a unit of work: what was created, changed and deleted, a row a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import inspect

from dougong.audit.models import AuditEntry
from dougong.sealing import Sealed

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.unit_of_work.chain import Chain

HIDDEN = {"id", "version"}
#: What the history says in the place of a sealed value.
UNSAID = "•••"
#: Under this name a change keeps why it was made; no attribute of a model begins with a line.
REASON = "_reason"


def plain(value: Any) -> Any:
    """A value as JSON can say it; amounts stay exact."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


@cache
def told(model: type[Any]) -> frozenset[str]:
    """The attributes whose changes are told; secrets (``info={"secret": True}``) never are."""
    mapper = inspect(model)
    return frozenset(
        p.key
        for p in mapper.column_attrs
        if p.key not in HIDDEN and not p.columns[0].info.get("secret")
    )


@cache
def sealed(model: type[Any]) -> frozenset[str]:
    """The attributes that the database keeps sealed: the history must not say them either."""
    attributes = inspect(model).column_attrs
    return frozenset(p.key for p in attributes if isinstance(p.columns[0].type, Sealed))


def _unsaid(model: type[Any], seen: dict[str, list[Any]]) -> dict[str, list[Any]]:
    for key in sealed(model) & seen.keys():  # type: ignore[arg-type]
        seen[key] = [None if value is None else UNSAID for value in seen[key]]
    return seen


@cache
def remembered(model: type[Any]) -> bool:
    """Whether the history tells this model's changes."""
    return bool(getattr(model, "__audited__", False) or getattr(model, "__part_of__", ""))


@cache
def parent_of(model: type[Any]) -> str:
    """The document name of the model that this one is a part of."""
    if named := getattr(model, "__parent_document__", ""):
        return str(named)
    mapper = inspect(model)
    (key,) = mapper.columns[model.__part_of__].foreign_keys
    parent = key.column.table.info.get("model")
    return getattr(parent, "__document__", "") or str(key.column.table.name)


@dataclass
class Change:
    """All that happened to one document in this unit of work."""

    action: str = "change"
    company_id: int | None = None
    #: The version it had before it was changed; None of what is new.
    version: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)


class History:
    """Collects the changes of one unit of work."""

    def __init__(self) -> None:
        self.changes: dict[tuple[str, int], Change] = {}

    def created(self, model: type[Any], rows: Iterable[Any]) -> None:
        """Remember new rows with all they say."""
        fields = told(model)  # type: ignore[arg-type]
        for row in rows:
            values = row.__dict__
            seen = {k: [None, v] for k in fields if (v := values.get(k)) is not None}
            self._tell(model, values, "create", _unsaid(model, seen))

    def deleted(self, model: type[Any], rows: Iterable[Any]) -> None:
        """Remember rows that go, with all they said."""
        fields = told(model)  # type: ignore[arg-type]
        for row in rows:
            values = row.__dict__
            seen = {k: [v, None] for k in fields if (v := values.get(k)) is not None}
            self._tell(model, values, "delete", _unsaid(model, seen))

    def changed(self, row: Any, before: Mapping[str, Any]) -> None:
        """Remember a change; ``before`` holds the old values."""
        model, values = type(row), row.__dict__
        fields = told(model)  # type: ignore[arg-type]
        seen = {k: [old, values[k]] for k, old in before.items() if k in fields}
        self._tell(model, values, "change", _unsaid(model, seen))

    def acted(self, document: Any, action: str, facts: Mapping[str, Any]) -> None:
        """Remember something that was done with a document without changing it."""
        values, model = document.__dict__, type(document)
        change = self._of(model.__document__ or model.__tablename__, values["id"])
        change.action, change.company_id = action, values.get("company_id")
        change.fields |= {name: [None, value] for name, value in facts.items()}

    def explained(self, document: Any, reason: str) -> None:
        """Remember why a document is changed in this unit of work."""
        values, model = document.__dict__, type(document)
        change = self._of(model.__document__ or model.__tablename__, values["id"])
        change.company_id = values.get("company_id")
        change.fields[REASON] = [None, reason]

    def _tell(
        self, model: Any, values: Mapping[str, Any], action: str, seen: dict[str, list[Any]]
    ) -> None:
        if model.__part_of__:
            self._tell_part(model, values, seen)
            return
        change = self._of(model.__document__ or model.__tablename__, values["id"])
        if action != "change":
            change.action = action
        elif change.version is None and change.action == "change":
            change.version = values.get("version")
        change.company_id = values.get("company_id")
        if not change.fields:
            change.fields = seen
            return
        for name, (old, new) in seen.items():
            first = change.fields.get(name)
            change.fields[name] = [first[0] if first else old, new]

    def _tell_part(self, model: Any, values: Mapping[str, Any], seen: dict[str, list[Any]]) -> None:
        key = values[model.__part_of__]
        change = self._of(parent_of(model), key)
        part = change.fields.setdefault(model.__tablename__, {})
        own = str(values.get("id", key))  # a side table's key is its document's
        part[own] = {**part[own], **seen} if own in part else seen

    def _of(self, kind: str, key: int) -> Change:
        change = self.changes.get((kind, key))
        if change is None:
            change = self.changes[kind, key] = Change()
        return change

    def entries(self, chain: Chain, actor: Actor, at: dt.datetime) -> Iterator[AuditEntry]:
        """The rows to store, each carrying the hash of the one before."""
        for (kind, key), change in self.changes.items():
            body = orjson.dumps(change.fields, default=plain, option=orjson.OPT_SORT_KEYS).decode()
            entry = AuditEntry(
                at=at,
                action=change.action,
                document=kind,
                document_id=key,
                company_id=change.company_id,
                user_id=actor.user_id,
                user_name=actor.name,
                request_id=actor.request_id,
                changes=body,
            )
            chain.append(entry)
            yield entry
