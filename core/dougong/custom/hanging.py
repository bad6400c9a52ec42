"""Own fields hang on a model like the fields of another plugin: a side, with one attribute each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, inspect, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import foreign, registry, relationship

from dougong.custom.expressions import part_of
from dougong.custom.kinds import Definition
from dougong.custom.models import CustomField, CustomValues
from dougong.db import metadata
from dougong.errors import DougongError
from dougong.i18n import _
from dougong.logger import structlog
from dougong.resources.declare import Extend, Section
from dougong.resources.fields import Choice
from dougong.resources.problems import sentence

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun, Nouns

log = structlog.get_logger()

#: Under this name they stand in forms, lists, files and the API: ``custom.wood``.
PREFIX = "custom"
#: The classes made here belong to no plugin's own registry.
OWN = registry(metadata=metadata)


def definitions(engine: Engine) -> list[Definition]:
    """The active fields of the house, noun by noun."""
    table: Any = CustomField.__table__
    names = list(Definition.__dataclass_fields__)
    question = (
        select(*(table.c[name] for name in names))
        .where(table.c.state == "active")
        .order_by(table.c.noun, table.c.position, table.c.id)
    )
    with engine.connect().execution_options(reading=True) as connection:
        if not inspect(connection).has_table(table.name):
            return []
        rows = connection.execute(question)
        return [_read(dict(row._mapping)) for row in rows]


def _read(values: dict[str, Any]) -> Definition:
    filled: dict[str, Any] = {n: "" if value is None else value for n, value in values.items()}
    return Definition(**filled)


def hang_all(nouns: Nouns, found: Iterable[Definition]) -> None:
    """Give each noun its own fields; one that cannot be built is reported, and the noun stands."""
    found = list(found)
    _offer_nouns(nouns, found)
    hung: set[tuple[Any, str]] = set()
    for name, group in groupby(found, key=lambda definition: definition.noun):
        noun = nouns.all.get(name)
        if noun is None or noun.key != "id":
            continue  # its plugin is off: the values wait
        for definition in list(group):
            target = nouns.all.get(definition.target) if definition.kind == "link" else None
            if definition.kind == "link" and target is None:
                continue
            try:
                _hang(noun, definition, target.model if target else None)
                hung.add((noun.model, definition.name))
            except DougongError as error:
                log.error("own field left out", noun=name, field=definition.name, error=str(error))
    for noun in nouns:
        if hasattr(noun.model, f"{PREFIX}_ext"):
            _let_go(noun.model, {name for model, name in hung if model is noun.model})


def _let_go(model: type[Any], kept: set[str]) -> None:
    """The class of a model's values outlives a house; fields of before that are gone are not its own."""
    side: Any = side_of(model)  # type: ignore[arg-type]
    for known in ("__custom_fields__", "__custom_links__"):
        fields = getattr(side, known)
        if not fields.keys() <= kept:
            setattr(side, known, {name: one for name, one in fields.items() if name in kept})


def _offer_nouns(nouns: Nouns, found: Iterable[Definition]) -> None:
    """Whoever makes a field chooses from what is there, and sees what waits for its module."""
    own = nouns.all.get("core.custom-fields")
    if own is None:
        return
    there = sorted((n for n in nouns if n.key == "id"), key=lambda n: str(n.label))
    waiting = {name: name for d in found for name in (d.noun, d.target) if name}
    open_ones = {n.name: Called(n.label, n.plugin) for n in there if not n.rights.only_read}
    for name, choices in (
        ("noun", open_ones),
        ("target", {n.name: Called(n.label, n.plugin) for n in there}),
    ):
        field = own.fields[name]
        assert isinstance(field, Choice)
        field.choices = {**waiting, **choices}


class Called:
    """A noun with its module, in the reader's language: two modules may call theirs alike."""

    def __init__(self, label: object, plugin: str) -> None:
        self.label, self.plugin = label, plugin

    def __str__(self) -> str:
        return f"{self.label} ({self.plugin})"


def _hang(noun: Noun, definition: Definition, target: Any) -> None:
    side: Any = side_of(noun.model)  # type: ignore[arg-type]
    name = definition.name
    side.__custom_fields__ = {**side.__custom_fields__, name: (definition, target)}
    if definition.kind == "link":
        side.__custom_links__ = {**side.__custom_links__, name: target}
    setattr(side, name, _attribute(definition))
    noun.own(_extension(noun, side, definition))


def _attribute(definition: Definition) -> Any:
    name = definition.name

    def read(row: Any) -> Any:
        return definition.from_json((row.values or {}).get(name))

    def write(row: Any, value: Any) -> None:
        kept = {key: old for key, old in (row.values or {}).items() if key != name}
        stored = definition.to_json(value)
        row.values = kept if stored is None else {**kept, name: stored}

    def ask(cls: Any) -> Any:
        return part_of(cls.values, name, definition.asked_as)

    return hybrid_property(read, write, expr=ask)


def _extension(noun: Noun, side: type[Any], definition: Definition) -> type[Extend]:
    grouped = [definition.name] if definition.kind in ("choice", "flag", "link", "date") else []

    def check(document: Any, facts: Any) -> None:
        values = getattr(document, f"{PREFIX}_ext")
        if definition.needed and (values is None or getattr(values, definition.name) is None):
            facts.errors.setdefault(f"{PREFIX}.{definition.name}", sentence("required"))

    return type(
        "OwnField",
        (Extend,),
        {
            "resource": noun.name, "plugin": PREFIX, "side": side,
            "form": Section(definition.name, title=_("Own fields")),
            "filters": (definition.name,), "groups": grouped,
            "check": staticmethod(check) if definition.needed else None,
        },
    )  # fmt: skip


@cache
def side_of(model: type[Any]) -> type[Any]:
    """The values of one model's documents, as a class of its own over the common table."""
    table: Any = CustomValues.__table__
    kind = model.__tablename__

    def begin(row: Any, **values: Any) -> None:
        row.kind, row.values = kind, {}
        for name, value in values.items():
            setattr(row, name, value)

    side = type(
        f"Own{model.__name__}",
        (),
        {
            "__init__": begin, "__plugin__": "core", "__tablename__": str(table.name),
            "__part_of__": "id", "__parent_document__": model.__document__ or kind,
            "__custom_fields__": {}, "__custom_links__": {},
        },
    )  # fmt: skip
    OWN.map_imperatively(side, table)
    side.__table__ = table  # type: ignore[attr-defined]
    setattr(
        model,
        f"{PREFIX}_ext",
        relationship(
            side,
            primaryjoin=lambda: foreign(table.c.id) == model.id,
            uselist=False,
            lazy="raise",
            overlaps=f"{PREFIX}_ext",
        ),
    )
    from dougong.unit_of_work.relations import hangers

    hangers.cache_clear()
    return side


def own_field(model: Any, name: str) -> tuple[Definition, Any]:
    """A field of a model that an administrator made, and the model a link of it leads to."""
    found: tuple[Definition, Any] = side_of(model).__custom_fields__[name]
    return found
