"""See, plan, run, write and check the migrations of the database."""

from __future__ import annotations

import click

from dougong.commands.common import (
    Sentence,
    agreed,
    changing,
    open_lifecycle,
    print_json,
    print_table,
    reading,
)
from dougong.i18n import _


@click.group()
def command() -> None:
    """The histories of the core's and the plugins' tables. Nothing ever runs them by itself."""


@command.command()
@reading
def status(as_json: bool) -> None:
    """Show where every history stands; exit code 1 when something is missing or unknown."""
    from dougong.plugins.states import misfit

    lifecycle = open_lifecycle()
    snapshot = lifecycle.snapshot()
    rows = []
    for name in ["core", *snapshot.rows]:
        manifest = lifecycle.found.manifests.get(name)
        here = snapshot.revisions.get(name, "")
        known = name == "core" or manifest is not None
        why = misfit(manifest, here) if known else lifecycle.found.missing(name)
        rows.append({"plugin": name, "revision": here, "why": str(why)})
    lifecycle.close()
    if as_json:
        print_json(rows)
    else:
        print_table(
            (_("Plugin"), _("Revision"), ""),
            [(r["plugin"], r["revision"] or "—", r["why"]) for r in rows],
        )
    if any(row["why"] for row in rows):
        raise click.exceptions.Exit(1)


@command.command()
@reading
def plan(as_json: bool) -> None:
    """Show what `upgrade` would run, in order."""
    lifecycle = open_lifecycle()
    steps = lifecycle.upgrade(dry_run=True).steps
    lifecycle.close()
    if as_json:
        print_json(steps)
    else:
        for step in steps or [str(_("Nothing is missing."))]:
            click.echo(step)


@command.command()
@changing
def upgrade(yes: bool, dry_run: bool, as_json: bool) -> None:
    """Run what is missing for the core and every installed plugin. Make a backup first."""
    lifecycle = open_lifecycle()
    doings = lifecycle.upgrade(dry_run=True)
    if not dry_run and (doings.steps or doings.plugins):
        agreed(_("Run %(steps)s?", steps=", ".join(doings.steps) or "—"), yes=yes)
        doings = lifecycle.upgrade()
    lifecycle.close()
    if as_json:
        print_json({**doings.as_dict(), "dry_run": dry_run})
    else:
        for step in doings.steps or [str(_("Nothing is missing."))]:
            click.echo(step)


@command.command()
@click.argument("name")
@click.option(
    "-m", "--message", default="first", show_default=True, help="What it does, in a few words."
)
@click.option(
    "--fresh", is_flag=True, help="Throw the history away and write it as one: before a release."
)
def create(name: str, message: str, fresh: bool) -> None:
    """Write a revision for a plugin (or `core`) from its models."""
    from dougong.migrations.making import create_revision, unfilled
    from dougong.plugins.discovery import discover

    path = create_revision(name, message, discover().manifests, fresh=fresh)
    click.echo(str(path))
    for column in unfilled(path):
        said = _(
            "%(column)s may not be empty, and there may be rows: let it be empty first, fill it with"
            " an UPDATE, then forbid it (see “An upgrade with data” in the cookbook).",
            column=column,
        )
        click.echo(str(said), err=True)
    if fresh and name in _in_the_house():
        said = _(
            "This site still has the tables of before. Let it follow: `dougong plugin disable"
            " %(name)s`, `dougong plugin uninstall %(name)s --purge`, `dougong plugin install"
            " %(name)s --enable`.",
            name=name,
        )
        click.echo(str(said), err=True)


def _in_the_house() -> set[str]:
    """The plugins whose tables this site has; none where there is no site."""
    from dougong.errors import DougongError

    try:
        lifecycle = open_lifecycle()
        names = set(lifecycle.snapshot().rows)
        lifecycle.close()
    except DougongError:
        return set()
    return names


@command.command()
@click.argument("names", nargs=-1)
@reading
def check(names: tuple[str, ...], as_json: bool) -> None:
    """Prove that migrations and models agree, on an empty database; exit code 1 when not."""
    from dougong.migrations.making import differences_of
    from dougong.plugins.discovery import discover

    found = differences_of(names, discover().manifests)
    if as_json:
        print_json(found)
    else:
        for name, differences in found.items():
            click.echo(f"{'✗' if differences else '✓'} {name}")
            for difference in differences:
                click.echo(f"    {difference}")
    if any(found.values()):
        raise click.exceptions.Exit(1)


@command.command()
@click.argument("name")
@click.option(
    "--database",
    type=click.Choice(["sqlite", "postgresql"]),
    default="postgresql",
    show_default=True,
)
def sql(name: str, database: str) -> None:
    """Write a history as one SQL script, for those who run it by hand."""
    from dougong.migrations.migrator import Migrator
    from dougong.plugins.discovery import discover

    manifests = discover().manifests
    if name != "core" and (name not in manifests or manifests[name].migrations is None):
        raise Sentence(str(_("“%(name)s” has no history.", name=name)))
    url = "sqlite://" if database == "sqlite" else "postgresql+psycopg://"
    click.echo(Migrator(url, manifests.values()).sql(name))
