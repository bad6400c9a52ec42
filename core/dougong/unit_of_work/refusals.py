"""The database said no: which rule it was, in a sentence."""

from __future__ import annotations

import re

from sqlalchemy import CheckConstraint
from sqlalchemy.exc import IntegrityError

from dougong.db import metadata
from dougong.errors import Refused
from dougong.i18n import Text, _, listed


class Clash(Refused):
    """A constraint of the database refuses; ``fields`` are the columns it names, if any."""

    def __init__(self, sentence: Text | str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.fields = fields


def sentence_for(error: IntegrityError) -> Clash:
    """Tell a person which rule was broken.

    A check constraint or unique index may bring its own words: ``info={"sentence": _("…")}``.
    """
    told = str(error.orig)
    diag = getattr(error.orig, "diag", None)
    if diag is not None:
        return _from_postgres(diag, told)
    if found := re.match(r"UNIQUE constraint failed: (.+)", told):
        pairs = [part.split(".") for part in found[1].split(", ") if "." in part]
        return _unique(tuple(pair[1] for pair in pairs), pairs[0][0] if pairs else "")
    if found := re.match(r"CHECK constraint failed: (\w+)", told):
        return _check(found[1])
    if told.startswith("FOREIGN KEY"):
        return Clash(_("It is used elsewhere, or refers to something that is not there."))
    if found := re.match(r"NOT NULL constraint failed: \w+\.(\w+)", told):
        return Clash(_("%(field)s is missing.", field=found[1]), (found[1],))
    return Clash(Text(told, {}))  # a trigger's own sentence, which its plugin may have translated


def _from_postgres(diag: object, told: str) -> Clash:
    state = getattr(diag, "sqlstate", "")
    name = getattr(diag, "constraint_name", None) or ""
    if state == "23505":
        found = re.search(r"Key \((.+?)\)=", getattr(diag, "message_detail", "") or "")
        table = getattr(diag, "table_name", "") or ""
        return _unique(tuple(found[1].split(", ")) if found else (), table)
    if state == "23514":
        return _check(name)
    if state == "23503":
        return Clash(_("It is used elsewhere, or refers to something that is not there."))
    if state == "23502":
        column = getattr(diag, "column_name", "") or ""
        return Clash(_("%(field)s is missing.", field=column), (column,))
    return Clash(Text(getattr(diag, "message_primary", None) or told, {}))


def _unique(columns: tuple[str, ...], table: str) -> Clash:
    fields = tuple(c.removesuffix("_id") for c in columns if c != "company_id")
    known = metadata.tables.get(table)
    for rule in (*known.indexes, *known.constraints) if known is not None else ():
        own = rule.info.get("sentence")
        if own and tuple(c.name for c in getattr(rule, "columns", ())) == columns:
            return Clash(own, fields)
    return Clash(_("There is already one with the same %(fields)s.", fields=listed(fields)), fields)


def _check(name: str) -> Clash:
    for table in metadata.tables.values():
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint) and constraint.name == name:
                return Clash(sentence_of_rule(constraint))
    return Clash(_("The value breaks the rule “%(rule)s”.", rule=name))


def sentence_of_rule(rule: CheckConstraint) -> Text | str:
    """What a check constraint says of itself, or its name."""
    told: Text | str = rule.info.get("sentence", "")
    return told or _("The value breaks the rule “%(rule)s”.", rule=rule.name)
