"""What happens when an administrator adds, changes or removes a field."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, select, text, update

from dougong.custom.expressions import index_of, part_of
from dougong.custom.kinds import Definition, options_of
from dougong.custom.models import NAME, CustomField, CustomValues
from dougong.errors import Refused
from dougong.files.service import add_file
from dougong.i18n import _, pgettext
from dougong.plugins.models import Registry
from dougong.unit_of_work import UnitOfWork
from dougong.workflows import State, Step, Workflow

if TYPE_CHECKING:
    from dougong.resources.documents.facts import Facts

#: What never changes once a field is there: its values would not fit any more.
FIXED = ("noun", "name", "kind", "digits", "target")
#: Values are exported and removed so many at a time.
BATCH = 1000


def check_field(field: CustomField, facts: Facts) -> None:
    """A field that can be built: a good name, its noun, its choices; then the house is built anew."""
    nouns: Any = getattr(facts.uow.house, "nouns", None)
    noun = nouns.get(field.noun) if nouns is not None else None
    if not NAME.fullmatch(field.name or ""):
        facts.error(
            field, "name", _("Small letters, digits and _; a letter first, at most 40 in all.")
        )
    if noun is None or noun.key != "id" or noun.rights.only_read:
        facts.error(field, "noun", _("Fields cannot be added to this. Choose from the list."))
    if field.id is not None:
        _check_unchanged(field, facts)
    elif noun is not None and _known_elsewhere(facts.uow, nouns, noun, field):
        facts.error(field, "name", _("There is a field of this name already, or there was one."))
    if field.kind == "choice" and not options_of(field.choices or ""):
        facts.error(field, "choices", _("Write at least one choice, each on a line of its own."))
    if field.kind == "link":
        target = nouns.get(field.target or "") if nouns is not None else None
        if target is None or target.key != "id":
            facts.error(field, "target", _("Choose what the link leads to."))
    if field.digits and field.kind != "number":
        facts.error(field, "digits", _("Only a number has decimal places of its own."))
    if not facts.errors:
        if field.indexed and noun is not None:
            make_index(facts.uow, definition_of(field))
        rebuild(facts.uow)


def _check_unchanged(field: CustomField, facts: Facts) -> None:
    state = inspect(field)
    for name in FIXED:
        if state.attrs[name].history.deleted:
            facts.error(
                field, name, _("This cannot be changed any more: remove the field and add another.")
            )
    if state.attrs["indexed"].history.deleted and not field.indexed:
        drop_index(facts.uow, definition_of(field))


def _known_elsewhere(uow: UnitOfWork, nouns: Any, noun: Any, field: CustomField) -> bool:
    """Whether a noun of the same documents has, or had, a field of this name."""
    same = [other.name for other in nouns if other.model is noun.model]
    found = select(CustomField.id).where(CustomField.noun.in_(same), CustomField.name == field.name)
    return uow.look(found).first() is not None


def definition_of(field: CustomField) -> Definition:
    """A field as the house is built from it."""
    return Definition(
        field.noun, field.name, field.label, field.label_zh or "", field.help or "", field.kind,
        field.digits, field.choices or "", field.target or "", field.needed,
    )  # fmt: skip


def rebuild(uow: UnitOfWork) -> None:
    """Every process builds its forms and lists anew within a second of the commit."""
    uow.session.execute(
        update(Registry).where(Registry.id == 1).values(generation=Registry.generation + 1)
    )


def index_name(definition: Definition) -> str:
    """The same name for the same field, short enough for every database."""
    mark = hashlib.sha256(f"{definition.noun}.{definition.name}".encode()).hexdigest()[:16]
    return f"cx_{mark}"


def make_index(uow: UnitOfWork, definition: Definition) -> None:
    """Let an index help to filter and sort by the field."""
    expression = index_of(definition.name, definition.asked_as, uow.house.engine.dialect.name)
    uow.session.execute(
        text(f"CREATE INDEX IF NOT EXISTS {index_name(definition)} ON core_custom ({expression})")
    )


def drop_index(uow: UnitOfWork, definition: Definition) -> None:
    """Take the index away."""
    uow.session.execute(text(f"DROP INDEX IF EXISTS {index_name(definition)}"))


def remove_fields(uow: UnitOfWork, ids: Sequence[int]) -> list[CustomField]:
    """Write a field's values into a file beside it, then take them and the field away.

    Whoever removes needs the right of the step; the file lies on the field's own page.
    """
    uow.require("core.customfield.remove")
    fields = uow.load(CustomField, ids, lock=True)
    nouns: Any = getattr(uow.house, "nouns", None)
    for field in fields:
        FIELD_STEPS.move(field, "remove")
        noun = nouns.get(field.noun) if nouns is not None else None
        if noun is None:
            raise Refused(_("Enable the module of %(noun)s first.", noun=field.noun))
        definition = definition_of(field)
        _export(uow, nouns.get("core.custom-fields"), field, definition, noun)
        _empty(uow, definition, noun.model.__tablename__)
        drop_index(uow, definition)
    rebuild(uow)
    return fields


def _export(
    uow: UnitOfWork, here: Any, field: CustomField, definition: Definition, noun: Any
) -> None:
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(["id", noun.title, field.name])
    for key, title, value in _values(uow, definition, noun):
        table.writerow([key, "" if title is None else str(title), _plain(value)])
    content = written.getvalue().encode("utf-8-sig")
    add_file(uow, here, field.id, f"{field.noun}-{field.name}.csv", content)


def _values(uow: UnitOfWork, definition: Definition, noun: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Every value there is, whatever the company: the field goes from all of them."""
    part = part_of(CustomValues.values, definition.name, definition.asked_as)
    title = getattr(noun.model, noun.title)
    question = (
        select(CustomValues.id, title, part)
        .outerjoin(noun.model, noun.model.id == CustomValues.id)
        .where(CustomValues.kind == noun.model.__tablename__, part.is_not(None))
        .order_by(CustomValues.id)
        .execution_options(yield_per=BATCH)
    )
    yield from (tuple(row) for row in uow.session.connection().execute(question))


def _plain(value: Any) -> str:
    """A value as a file says it; nothing that a spreadsheet would take for a formula."""
    said = format(value, "f") if hasattr(value, "scaleb") else str(value)
    return f"'{said}" if said[:1] in "=+@" else said


def _empty(uow: UnitOfWork, definition: Definition, kind: str) -> None:
    """Take the values out of every document."""
    sqlite = uow.house.engine.dialect.name == "sqlite"
    without = (
        f"json_remove(\"values\", '$.{definition.name}')"
        if sqlite
        else (f"\"values\" - '{definition.name}'")
    )
    uow.session.execute(
        text(f'UPDATE core_custom SET "values" = {without} WHERE kind = :kind'), {"kind": kind}
    )


FIELD_STEPS = Workflow(
    "core.custom-fields",
    states=[
        State("active", pgettext("own field", "In use"), "green", editable=True),
        State("removed", pgettext("own field", "Removed"), aside=True),
    ],
    steps=[
        Step(
            "remove",
            _("Export the values and remove"),
            ["active"],
            "removed",
            effect=remove_fields,
            needs="core.customfield.remove",
        )
    ],
)
