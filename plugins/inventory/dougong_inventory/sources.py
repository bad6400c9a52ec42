"""What other departments have asked for before: a second telling changes nothing."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork
from dougong_inventory.moves.models import Move


def known_sources(
    uow: UnitOfWork, model: type[Any], sources: Collection[DocumentRef]
) -> set[DocumentRef]:
    """The sources for which deliveries or receipts are there already, cancelled ones aside."""
    rows = uow.session.execute(
        select(model.source_kind, model.source_id).where(
            model.source_id.in_({s.id for s in sources}), model.state != "cancelled"
        )
    )
    return {DocumentRef(*row) for row in rows}


def open_for(
    uow: UnitOfWork,
    model: type[Any],
    sources: Collection[DocumentRef],
    states: Collection[str],
    **where: Any,
) -> list[Any]:
    """The documents in these states that the sources asked for, with their lines, locked."""
    told = set(sources)
    rows = uow.session.execute(
        select(model.id, model.source_kind, model.source_id)
        .where(model.source_id.in_({s.id for s in told}), model.state.in_(states))
        .filter_by(**where)
        .order_by(model.id)
    )
    ids = [id for id, kind, source in rows if DocumentRef(kind or "", source or 0) in told]
    return uow.load(model, ids, model.lines, lock=True) if ids else []


def has_moved(
    uow: UnitOfWork, sources: Collection[DocumentRef], reason: str = ""
) -> set[DocumentRef]:
    """The sources that goods have moved for already; with a reason, only for that one.

    A return that is taken in may then be refused: the same source moves goods twice.
    """
    question = select(Move.source_kind, Move.source_id).where(
        Move.source_id.in_({s.id for s in sources})
    )
    if reason:
        question = question.where(Move.reason == reason)
    rows = uow.session.execute(question.distinct())
    return {DocumentRef(kind or "", id or 0) for kind, id in rows}
