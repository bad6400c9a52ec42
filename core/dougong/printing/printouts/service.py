"""Ask for many papers, make them in the background, open what is ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from dougong import clock
from dougong.errors import DougongError, NotFound
from dougong.i18n import _
from dougong.plugin import Job
from dougong.printing.making import print_documents
from dougong.printing.printouts.models import Printout

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.jobs.running import Run
    from dougong.printing.declared import Print
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork

#: So many papers are made while somebody waits, so many stand in one file, so many are asked for.
MOST_AT_ONCE, PORTION, MOST = 50, 200, 1000
SHOWN = 50


def ask_for_papers(
    uow: UnitOfWork, noun: Noun, print_: Print, keys: Sequence[Any], said: str = ""
) -> list[Printout]:
    """Have the papers made as soon as a worker is free, in the name of whoever asks.

    A file holds `PORTION` of them: making one takes memory as it grows.
    """
    return [
        _ask(uow, noun, print_, keys[start : start + PORTION], said)
        for start in range(0, len(keys), PORTION)
    ]


def _ask(uow: UnitOfWork, noun: Noun, print_: Print, keys: Sequence[Any], said: str) -> Printout:
    printout = Printout(
        user_id=uow.actor.user_id,
        label=f"{noun.label}: {print_.label}"[:200],
        papers=len(keys),
        asked_at=uow.now,
    )
    uow.add(printout)
    uow.enqueue(
        "core.print",
        printout=printout.id,
        resource=noun.name,
        paper=print_.slug,
        keys=list(keys),
        said=said,
    )
    return printout


def make_papers(
    run: Run, printout: int, resource: str, paper: str, keys: Sequence[Any], said: str
) -> None:
    """Make them; what cannot be printed is told where the file would be."""
    run.progress(5, _("Printing"))
    noun = run.house.nouns.get(resource)  # type: ignore[attr-defined]
    values: dict[str, Any]
    try:
        if noun is None:
            raise NotFound(_("resource"), resource)
        made = print_documents(run.house, run.actor, noun, keys, paper, said)
        values = {"filename": made.filename, "content": made.content}
    except DougongError as refusal:
        values = {"problem": str(refusal)[:500]}
    values["ready_at"] = clock.now()
    statement = update(Printout).where(Printout.id == printout).values(values)
    run.do(lambda uow: uow.session.connection().execute(statement))


def printouts_of(session: Session, actor: Actor) -> Sequence[Printout]:
    """What this person has asked for, the latest first."""
    own = Printout.user_id == actor.user_id
    return session.scalars(
        select(Printout).where(own).order_by(Printout.id.desc()).limit(SHOWN)
    ).all()


def printout(session: Session, actor: Actor, key: int) -> Printout:
    """One of this person's, with its file; raises `NotFound` for anybody else's."""
    found = session.scalars(
        select(Printout)
        .where(Printout.id == key, Printout.user_id == actor.user_id)
        .options(undefer(Printout.content))
    ).first()
    if found is None:
        raise NotFound(_("printout"), key)
    return found


PRINT = Job("core.print", make_papers, _("Print many papers"), long=True)
