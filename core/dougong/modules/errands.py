"""Changes of the modules that were asked for from a page: one at a time, carried out apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select, update

from dougong import clock
from dougong.errors import DougongError, Invalid, NotFound, Refused
from dougong.i18n import Text, _, listed
from dougong.logger import structlog
from dougong.modules.models import ModuleErrand
from dougong.modules.planning import ACTIONS
from dougong.plugins.exporting import export_plugin
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.models import Registry
from dougong.unit_of_work import UnitOfWork

log = structlog.get_logger()

#: Who has not been heard of for so long does not work on it any more.
SILENCE = dt.timedelta(minutes=10)
OPEN = ("asked", "running")
RIGHT = "core.plugin.change"


def ask(uow: UnitOfWork, action: str, names: Sequence[str], name: str, typed: str = "") -> int:
    """Ask for a change; raises `Refused` while another is under way.

    To purge, the module's name must be typed.
    """
    uow.require(RIGHT)
    if action not in ACTIONS:
        raise NotFound(_("page"), action)
    if action == "purge" and typed.strip() != name:
        raise Invalid({"typed": _("Type %(name)s to say that you mean it.", name=name)})
    uow.session.execute(select(Registry).with_for_update())  # one asks after the other
    if underway(uow):
        raise Refused(_("Another change of the modules is under way. Wait until it has ended."))
    errand = ModuleErrand(
        action=action, name=name, names=list(names), by=uow.actor.name,
        language=uow.actor.language, asked_at=uow.now, told_at=uow.now,
    )  # fmt: skip
    uow.add(errand)
    return errand.id


def underway(uow: UnitOfWork) -> bool:
    """Whether somebody works on the modules at this moment."""
    open_ones = select(ModuleErrand.id).where(
        ModuleErrand.state.in_(OPEN), ModuleErrand.told_at > uow.now - SILENCE
    )
    return uow.session.scalars(open_ones).first() is not None


def carry_out(life: Lifecycle, errand_id: int, exports: Path) -> str:
    """Do what was asked for; says how it ended: ``done`` or ``refused``."""
    errand = errand_of(life.engine, errand_id)
    if errand.state != "asked":
        return str(errand.state)
    told = life.told

    def tell(what: Text) -> None:
        told(what)
        _note(life.engine, errand_id, said=str(what))

    life.told, life.by = tell, errand.by
    _note(life.engine, errand_id, state="running")
    try:
        said = _act(life, errand, exports)
    except DougongError as refusal:
        return end(life.engine, errand_id, "refused", str(refusal))
    except Exception as error:
        log.exception("errand failed", errand=errand_id)
        return end(
            life.engine,
            errand_id,
            "refused",
            str(
                _(
                    "Something unexpected went wrong (%(kind)s); the log of the server tells more.",
                    kind=type(error).__name__,
                )
            ),
        )
    return end(life.engine, errand_id, "done", said)


def _act(life: Lifecycle, errand: Any, exports: Path) -> str:
    if errand.action == "install":
        life.install([errand.name])
    elif errand.action == "enable":
        life.enable(errand.names)
    elif errand.action == "disable":
        life.disable(errand.names)
    elif errand.action == "upgrade":
        life.upgrade([errand.name])
    else:
        return _take_out(life, errand, exports)
    return str(_("Done: %(names)s.", names=listed(errand.names)))


def _take_out(life: Lifecycle, errand: Any, exports: Path) -> str:
    """Write the data into a file; only then the module, or its tables, may go."""
    purge = errand.action == "purge"
    counts: dict[str, int] = {}
    if life.has_tables(errand.name):
        file = f"{errand.name}-{clock.now():%Y%m%d-%H%M%S}.jsonl"
        life.told(_("Writing the data into a file …"))
        counts = export_plugin(life.engine, life.found, errand.name, exports / file)
        _note(life.engine, errand.id, file=file)
    if purge and not (errand.name in life.snapshot().rows and errand.name in life.found.manifests):
        life.purge(errand.name)
    else:
        life.uninstall(errand.name, purge=purge)
    return str(
        _(
            "Done: %(names)s. %(rows)s rows were written into the file first.",
            names=errand.name,
            rows=sum(counts.values()),
        )
    )


def end(engine: Engine, errand_id: int, state: str, said: str) -> str:
    """Say how an errand ended; one that has ended stays as it is."""
    _note(engine, errand_id, state=state, said=said, ended_at=clock.now())
    return state


def errand_of(engine: Engine, errand_id: int) -> Any:
    """One errand; raises `NotFound`."""
    table = ModuleErrand.__table__
    with engine.connect().execution_options(reading=True) as connection:
        row = connection.execute(select(table).where(table.c.id == errand_id)).first()
    if row is None:
        raise NotFound(_("page"), errand_id)
    return row


def errands(engine: Engine, name: str = "", most: int = 30) -> list[Any]:
    """What was asked for, of one module or all, the latest first."""
    table = ModuleErrand.__table__
    question = select(table).order_by(table.c.asked_at.desc(), table.c.id.desc()).limit(most)
    if name:
        question = question.where(table.c.name == name)
    with engine.connect().execution_options(reading=True) as connection:
        return list(connection.execute(question))


def is_silent(errand: Any) -> bool:
    """Whether nobody has been heard of who should be working on it."""
    return errand.state in OPEN and clock.now() - errand.told_at > SILENCE


def _note(engine: Engine, errand_id: int, **values: Any) -> None:
    with engine.begin() as connection:
        connection.execute(
            update(ModuleErrand)
            .where(ModuleErrand.id == errand_id, ModuleErrand.state.in_(OPEN))
            .values(told_at=clock.now(), **values)
        )
