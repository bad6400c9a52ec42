"""Parties that may be one and the same."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import _
from dougong.actors import Actor
from dougong.reports import Column, Line, Report
from dougong_base.parties.models import Party

#: What two parties hardly ever share, and what to call it.
SHARED = [
    (Party.tax_number, _("Tax number")),
    (Party.email, _("E-mail")),
    (Party.phone, _("Telephone")),
    (Party.name, _("Name")),
]


def ask_duplicates(session: Session, actor: Actor) -> Iterable[Line]:
    """Active parties with the same tax number, mail address, telephone or name."""
    for column, label in SHARED:
        key = func.lower(func.trim(column))
        twice = (
            select(key)
            .where(Party.active, column.is_not(None), column != "")
            .group_by(key)
            .having(func.count(Party.id) > 1)
        )
        rows = session.execute(
            select(Party.id, Party.code, Party.name, key.label("shared"))
            .where(Party.active, key.in_(twice))
            .order_by(key, Party.id)
        )
        for row in rows:
            yield Line(
                {"why": label, "shared": row.shared, "code": row.code, "name": row.name},
                drill=f"/base/parties/{row.id}",
            )


DUPLICATES = Report(
    "base.duplicates",
    _("Possible duplicates"),
    "base.party.read",
    [
        Column("why", _("The same")),
        Column("shared", _("Which is")),
        Column("code", _("Code")),
        Column("name", _("Party")),
    ],
    ask_duplicates,
    icon="copy",
)
