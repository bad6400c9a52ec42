"""Which column of a file is which field; remembered for the next file of the same kind."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.resources.fields import Field
from dougong.resources.models import ImportMap

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Mapping:
    """How a file is read."""

    #: Field by head; an empty field leaves the column out. Heads not named here speak for themselves.
    columns: Map[str, str] = field(default_factory=dict)
    #: What every row says beside its columns, as text.
    constants: Map[str, str] = field(default_factory=dict)
    #: The system the file comes from, and the head that holds its ids.
    source: str = ""
    external: str = ""
    #: Documents that are stored together; 0 means all or nothing.
    chunk: int = 0

    @classmethod
    def read(cls, said: Any) -> Mapping:
        """A mapping from JSON; raises `BadQuery` when it is none."""
        if not isinstance(said, dict):
            raise BadQuery(_("A mapping is a JSON object."))
        kinds = {"columns": dict, "constants": dict, "source": str, "external": str, "chunk": int}
        for name, value in said.items():
            if name not in kinds or not isinstance(value, kinds[name]):
                raise BadQuery(_("A mapping has no readable “%(name)s”.", name=name[:40]))
        if bool(said.get("source")) != bool(said.get("external")):
            raise BadQuery(_("“source” and “external” belong together: name both or none."))
        return cls(**said)

    def as_json(self) -> dict[str, Any]:
        """The mapping as JSON."""
        return asdict(self)


def fields_of(noun: Noun, sight: Sight) -> dict[str, Field]:
    """The fields a file may name."""
    found = {n: f for n, f in sight.fields.items() if not f.many}
    for name in noun.typed_lines:
        found |= {f.name: f for f in sight.line_fields(name).values()}
    return found


def guess(
    noun: Noun, sight: Sight, heads: list[str], mapping: Mapping, *, nested: bool = False
) -> dict[str, str | None]:
    """The field of each head: as mapped, by name or by label; None when nobody knows it.

    A JSON file is ``nested``: its heads are also tables of lines and the plugins of side tables.
    """
    fields: dict[str, Any] = dict(fields_of(noun, sight))
    if nested:
        fields |= dict.fromkeys([*noun.typed_lines, *(e.plugin for e in noun.extensions)])
    known: dict[str, str] = {}
    for name, one in fields_of(noun, sight).items():
        part, _dot, _last = name.partition(".")
        label = str(one.label).casefold()
        known.setdefault(f"{part}.{label}" if part in noun.lines else label, name)
    known |= {name.casefold(): name for name in fields}
    known.setdefault(noun.key, noun.key)
    found: dict[str, str | None] = {}
    for head in heads:
        named = mapping.columns.get(head)
        if named is None and head == mapping.external:
            named = ""
        if named is None:
            found[head] = known.get(head.casefold())
        elif not named or named in fields or named == noun.key:
            found[head] = named
        else:
            found[head] = None
    return found


def remember(uow: UnitOfWork, noun: Noun, name: str, mapping: Mapping) -> None:
    """Keep a mapping under a name."""
    name = name.strip()[:80]
    kept = uow.session.scalar(_named(noun, name))
    if kept is None:
        kept = ImportMap(resource=noun.name, name=name, mapping=mapping.as_json(), saved_at=uow.now)
        uow.add(kept)
    else:
        kept.mapping, kept.saved_at = mapping.as_json(), uow.now


def remembered(session: Session, noun: Noun, name: str = "") -> dict[str, Mapping]:
    """The mappings kept for a noun by name; only that one when a name is given."""
    statement = select(ImportMap).where(ImportMap.resource == noun.name).order_by(ImportMap.name)
    if name:
        statement = statement.where(ImportMap.name == name)
    return {kept.name: Mapping(**kept.mapping) for kept in session.scalars(statement)}


def _named(noun: Noun, name: str) -> Any:
    return select(ImportMap).where(ImportMap.resource == noun.name, ImportMap.name == name)
