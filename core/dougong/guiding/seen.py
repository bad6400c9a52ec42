"""Ask and remember what a person was shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.guiding.models import Seen

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.actors import Actor
    from dougong.unit_of_work import UnitOfWork


def seen_by(session: Session, actor: Actor, kind: str, names: Iterable[str]) -> set[str]:
    """Which of these the person was shown; nobody but people is shown anything."""
    wanted = list(names)
    if not actor.user_id or not wanted:
        return set(wanted)
    statement = select(Seen.name).where(
        Seen.user_id == actor.user_id, Seen.kind == kind, Seen.name.in_(wanted)
    )
    return set(session.scalars(statement))


def remember_seen(uow: UnitOfWork, kind: str, names: Iterable[str]) -> None:
    """Do not show these again; twice is as good as once."""
    wanted = list(dict.fromkeys(names))
    fresh = set(wanted) - seen_by(uow.session, uow.actor, kind, wanted)
    uow.add(
        *(
            Seen(user_id=uow.actor.user_id, kind=kind, name=name, seen_at=uow.now)
            for name in wanted
            if name in fresh
        )
    )
