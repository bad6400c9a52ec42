"""What may differ from a module's form, and how it is put onto what somebody sees."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, inspect, select

from dougong.i18n import language
from dougong.layouts.models import FormLayout

if TYPE_CHECKING:
    from dougong.resources.fields import Field

#: By noun and role ("" for everybody): the rules by field.
Layouts = Mapping[str, Mapping[str, Mapping[str, "Rule"]]]


@dataclass(frozen=True)
class Rule:
    """One field in a form; what is empty stays as the module made it."""

    hidden: bool = False
    #: Its place; 0 leaves it where it is.
    place: int = 0
    label: str = ""
    label_zh: str = ""
    needed: bool = False
    #: What a new document begins with, as the address of a list would say it.
    default: str = ""

    def as_json(self) -> dict[str, Any]:
        """What differs, and nothing else."""
        return {name: value for name, value in asdict(self).items() if value}

    def over(self, other: Rule) -> Rule:
        """This rule on another: what it leaves open the other decides."""
        return Rule(**{**asdict(other), **self.as_json()})


class Renamed(str):
    """A label that an administrator wrote, in the reader's language."""

    __slots__ = ("chinese", "original")
    chinese: str
    original: object

    def __new__(cls, english: str, chinese: str, original: object) -> Renamed:
        """What is not written in a language stays as it was."""
        made = super().__new__(cls, english)
        made.chinese, made.original = chinese, original
        return made

    def __str__(self) -> str:
        said = self.chinese if language().startswith("zh") else self[:]
        return said or str(self.original)

    def __html__(self) -> str:
        from markupsafe import escape

        return escape(str(self))

    def __bool__(self) -> bool:
        return True


def read_layouts(engine: Engine) -> dict[str, dict[str, dict[str, Rule]]]:
    """Every arrangement of the house."""
    table: Any = FormLayout.__table__
    found: dict[str, dict[str, dict[str, Rule]]] = {}
    with engine.connect().execution_options(reading=True) as connection:
        if not inspect(connection).has_table(table.name):
            return {}
        for row in connection.execute(select(table.c.noun, table.c.role, table.c.rules)):
            rules = {name: Rule(**rule) for name, rule in row.rules.items()}
            found.setdefault(row.noun, {})[row.role] = rules
    return found


def together(layouts: Mapping[str, Mapping[str, Rule]], roles: Iterable[str]) -> dict[str, Rule]:
    """The rules for everybody, under those for the roles somebody holds."""
    found = dict(layouts.get("", {}))
    for role in sorted(roles):
        for name, rule in layouts.get(role, {}).items():
            found[name] = rule.over(found.get(name, Rule()))
    return found


def put_on(fields: Mapping[str, Field], rules: Mapping[str, Rule]) -> dict[str, Field]:
    """The fields with the labels and the needs that an administrator gave them."""
    arranged = dict(fields)
    for name, rule in rules.items():
        field = fields.get(name)
        if field is None or not (rule.label or rule.label_zh or rule.needed):
            continue
        changed = arranged[name] = copy.copy(field)
        changed.required = field.required or (rule.needed and not field.readonly)
        if rule.label or rule.label_zh:
            changed.label = Renamed(rule.label, rule.label_zh, field.label)
    return arranged


def in_order(names: Iterable[str], rules: Mapping[str, Rule]) -> list[str]:
    """The fields of one part of a form: without the hidden ones, those with a place first."""
    shown = [n for n in names if not rules.get(n, Rule()).hidden]
    return sorted(shown, key=lambda n: rules.get(n, Rule()).place or 10_000)
