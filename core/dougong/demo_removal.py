"""Take the demo away: the site is backed up, emptied, and founded anew for the real company.

What was posted cannot be deleted row by row, and nothing here tries to. A demo is a site of its
own; while no real company was opened beside it, the whole of it can go (decision 86).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, select, text, update

from dougong import clock
from dougong.companies.models import Company
from dougong.db import make_engine
from dougong.errors import Invalid, Refused
from dougong.i18n import Text, _
from dougong.plugins.founding import Founding, check_founding, found_house
from dougong.plugins.models import PluginState, Registry

#: What of the person who goes on in the emptied house is kept: not a word of what they did.
KEPT = (
    "login", "name", "email", "language", "timezone", "theme", "password", "must_change", "password_at",
)  # fmt: skip


@dataclass(frozen=True)
class Removed:
    """What was done: where the demo is kept, what is enabled again, how the administrator gets in."""

    backup: Path
    modules: tuple[str, ...]
    login: str
    #: Invented and told once; empty where the person keeps their own.
    password: str


def why_it_stays(engine: Engine) -> Text | str:
    """Why the demo cannot be taken away; nothing when it can."""
    with engine.connect().execution_options(reading=True) as connection:
        rows = connection.execute(select(Company.name, Company.demo).order_by(Company.id)).all()
    if not any(row.demo for row in rows):
        return _("This site was not made as a demo; what was entered here is real.")
    for row in rows:
        if not row.demo:
            return _(
                "%(company)s was opened beside the demo. Real books are never deleted: begin a new"
                " site for the demo, and take no more than its files from here.",
                company=row.name,
            )
    return ""


def demo_name(engine: Engine) -> str:
    """How the demo company is called; empty where there is none."""
    with engine.connect().execution_options(reading=True) as connection:
        name = connection.scalar(select(Company.name).where(Company.demo).limit(1))
    return name or ""


def require_typed(engine: Engine, typed: str) -> None:
    """Go on only when the demo company's name was typed; raises `Invalid`, or `Refused` with the reason."""
    if sentence := why_it_stays(engine):
        raise Refused(sentence)
    if typed.strip() != demo_name(engine):
        raise Invalid(
            {"typed": _("Type %(name)s to say that you mean it.", name=demo_name(engine))}
        )


def remove_demo(url: str, home: Path, company: Founding, login: str = "") -> Removed:
    """Back up, empty, and found the site anew with the modules it had.

    ``login`` is who goes on with their own password; without one, ``admin`` gets a new one. Raises
    `Refused` before anything is changed: no demo, a real company beside it, no backup possible.
    """
    from dougong.backup import make_backup

    check_founding(company)
    engine = make_engine(url)
    try:
        if sentence := why_it_stays(engine):
            raise Refused(sentence)
        kept, modules, generations = _remembered(engine, login)
        folder = home / "backups"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        backup = folder / f"demo-{clock.now():%Y%m%d-%H%M%S}.backup"
        make_backup(url, backup)
        _empty(engine)
    finally:
        engine.dispose()
    try:
        password = _begin_anew(url, company, modules, kept)
        _call_processes(url, generations)
    except Exception as error:
        raise Refused(
            _(
                "The site is empty and could not be founded: %(why)s. The demo is in %(path)s.",
                why=str(error)[:200], path=backup,
            )
        ) from error  # fmt: skip
    (home / "demo-log-ins.json").unlink(missing_ok=True)
    return Removed(backup, modules, str(kept["login"]), password)


def _remembered(
    engine: Engine, login: str
) -> tuple[dict[str, Any], tuple[str, ...], tuple[int, int]]:
    from dougong.people.users.models import User

    with engine.connect().execution_options(reading=True) as connection:
        states = connection.execute(select(PluginState.name).where(PluginState.status == "enabled"))
        modules = tuple(sorted(row.name for row in states))
        registry = connection.execute(
            select(Registry.generation, Registry.restart_generation)
        ).first()
        found = None
        if login:
            columns = [getattr(User, name) for name in KEPT]
            found = connection.execute(select(*columns).where(User.login == login)).first()
            if found is None:
                raise Refused(_("There is nobody with the log-in %(login)s.", login=login))
    kept = dict(found._mapping) if found is not None else {"login": "admin", "name": "admin"}
    return kept, modules, tuple(registry) if registry else (0, 0)  # type: ignore[return-value]


def _empty(engine: Engine) -> None:
    """Drop everything, in one transaction."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            _drop(connection)
        if engine.dialect.name == "sqlite":
            raw.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def _drop(connection: Connection) -> None:
    looked, quote = inspect(connection), connection.dialect.identifier_preparer.quote
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for view in looked.get_view_names():
        connection.execute(text(f"DROP VIEW IF EXISTS {quote(view)}{cascade}"))
    if connection.dialect.name == "sqlite":
        # A search index is a virtual table, which takes its own tables with it.
        virtual = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
        for (name,) in connection.execute(text(virtual)).all():
            connection.execute(text(f"DROP TABLE {quote(name)}"))
    for table in inspect(connection).get_table_names():
        connection.execute(text(f"DROP TABLE IF EXISTS {quote(table)}{cascade}"))


def _begin_anew(
    url: str, company: Founding, modules: tuple[str, ...], kept: Mapping[str, Any]
) -> str:
    """The new house with its modules and one administrator; returns an invented password."""
    from dougong.jobs.acting import of_all_companies
    from dougong.people.roles.service import declare_roles, give_role
    from dougong.people.users.service import add_user
    from dougong.plugins.lifecycle import Lifecycle
    from dougong.plugins.registry import Runtime

    found_house(url, company)
    life = Lifecycle(url, by="dougong demo remove")
    if modules:
        life.install(list(modules), enable=True)
    life.close()
    runtime = Runtime(url)

    def enter(uow: Any) -> str:
        declare_roles(uow)
        uow.flush()
        first = uow.session.scalar(select(Company.id))
        user, invented = add_user(uow, kept["login"], kept["name"], companies=[first])
        if kept.get("password"):
            for name in KEPT:
                setattr(user, name, kept[name])
            invented = ""
        uow.flush()
        give_role(uow, user.id, "administrator")
        return invented

    try:
        made: str = runtime.house.run(of_all_companies(runtime.house), enter)
        return made
    finally:
        runtime.close()


def _call_processes(url: str, before: tuple[int, int]) -> None:
    """Every process that still serves the demo ends, and a fresh one takes its place."""
    engine = make_engine(url)
    with engine.begin() as connection:
        later = Registry.generation + max(before) + 1
        connection.execute(update(Registry).values(generation=later, restart_generation=later))
    engine.dispose()


def main() -> None:
    """A process of its own: reads what is wanted as JSON, says what was done."""
    from dougong.commands.common import quiet_output
    from dougong.site import find_site

    quiet_output()
    site, wanted = find_site(), json.load(sys.stdin)
    done = remove_demo(site.url, site.home, Founding(**wanted["company"]), wanted["login"])
    sys.stdout.write(json.dumps({**asdict(done), "backup": str(done.backup)}))
