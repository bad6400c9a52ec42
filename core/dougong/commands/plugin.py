"""See, install, enable, upgrade and remove plugins."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dougong.commands._plugin_check import check, diff
from dougong.commands._plugin_info import info, run_contracts
from dougong.commands._plugin_new import new
from dougong.commands._plugin_noun import noun
from dougong.commands.common import (
    agreed,
    changing,
    open_lifecycle,
    open_runtime,
    print_json,
    print_table,
    reading,
)
from dougong.i18n import _, ngettext

if TYPE_CHECKING:
    from dougong.plugins.lifecycle import Doings, Lifecycle


@click.group()
def command() -> None:
    """See which plugins are in the house, and change it. Running processes follow within a second."""


for _one in (new, noun, check, diff, info, run_contracts):
    command.add_command(_one)


@command.command("list")
@reading
def list_(as_json: bool) -> None:
    """List every plugin with its state; exit code 1 when one is failed, missing, pending or not whole."""
    lifecycle = open_lifecycle()
    found = lifecycle.standings()
    lifecycle.close()
    if as_json:
        print_json([standing.as_dict() for standing in found])
    else:
        heads = (_("Name"), _("State"), _("Version"), _("Needs"), _("What it is"))
        print_table(
            heads,
            [
                (
                    s.name,
                    s.state,
                    s.installed_version or s.version,
                    ", ".join(s.requires) or "—",
                    " ".join(map(str, (s.why, *s.left_out))).strip() or s.label,
                )
                for s in found
            ],
        )
    if any(s.left_out or s.state in ("failed", "missing", "pending") for s in found):
        raise click.exceptions.Exit(1)


@command.command()
@reading
def doctor(as_json: bool) -> None:
    """Look for everything that is wrong with plugins, processes and safeguards; exit code 1 if any."""
    from dougong.plugins.telling import complaints, workers

    lifecycle = open_lifecycle()
    wrong = complaints(lifecycle.engine, lifecycle.found, lifecycle.standings())
    processes = workers(lifecycle.engine)
    lifecycle.close()
    if as_json:
        print_json({"ok": not wrong, "wrong": wrong, "workers": processes})
    else:
        for sentence in wrong or [str(_("Nothing is wrong."))]:
            click.echo(sentence)
        for worker in processes:
            if worker["alive"]:
                click.echo(
                    str(
                        _(
                            "%(kind)s process %(name)s runs.",
                            kind=worker["kind"],
                            name=worker["name"],
                        )
                    )
                )
    if wrong:
        raise click.exceptions.Exit(1)


@command.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--enable", is_flag=True, help="Switch them on as well.")
@changing
def install(names: tuple[str, ...], enable: bool, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Bring plugins and what they stand on into the house: tables, views, first data."""
    lifecycle = open_lifecycle()
    doings = lifecycle.install(names, enable=enable, dry_run=True)
    if not dry_run and (doings.plugins or enable):
        _ask(doings, _("Install %(names)s?", names=", ".join(doings.plugins or names)), yes)
        doings = lifecycle.install(names, enable=enable)
        if enable:
            _note_left_out(lifecycle, doings, names)
    lifecycle.close()
    _answer(
        doings, dry_run, as_json, _("Installed: %(names)s.", names=", ".join(doings.plugins) or "—")
    )


@command.command()
@click.argument("names", nargs=-1, required=True)
@changing
def enable(names: tuple[str, ...], yes: bool, dry_run: bool, as_json: bool) -> None:
    """Switch installed plugins on."""
    lifecycle = open_lifecycle()
    doings = lifecycle.enable(names, dry_run=dry_run)
    if doings.plugins and not dry_run:
        _wait(lifecycle)
        _note_left_out(lifecycle, doings, names)
    lifecycle.close()
    _answer(
        doings, dry_run, as_json, _("Enabled: %(names)s.", names=", ".join(doings.plugins) or "—")
    )
    if doings.plugins and not dry_run:
        _tell_missed(doings.plugins)


@command.command()
@click.argument("names", nargs=-1, required=True)
@changing
def disable(names: tuple[str, ...], yes: bool, dry_run: bool, as_json: bool) -> None:
    """Switch plugins off; their data stay as they are."""
    lifecycle = open_lifecycle()
    doings = lifecycle.disable(names, dry_run=True)
    if not dry_run and doings.plugins:
        agreed(_("Disable %(names)s?", names=", ".join(doings.plugins)), yes=yes)
        doings = lifecycle.disable(names)
        _wait(lifecycle)
    lifecycle.close()
    _answer(
        doings, dry_run, as_json, _("Disabled: %(names)s.", names=", ".join(doings.plugins) or "—")
    )


@command.command()
@click.argument("names", nargs=-1)
@changing
def upgrade(names: tuple[str, ...], yes: bool, dry_run: bool, as_json: bool) -> None:
    """Bring the house up to the packages on this machine: the core and these plugins, or all."""
    lifecycle = open_lifecycle()
    doings = lifecycle.upgrade(names, dry_run=True)
    if not dry_run and (doings.steps or doings.plugins):
        _ask(doings, _("Upgrade %(names)s?", names=", ".join(doings.plugins) or "core"), yes)
        doings = lifecycle.upgrade(names)
    lifecycle.close()
    done = _(
        "Upgraded: %(names)s.", names=", ".join(doings.plugins) or (doings.steps and "core") or "—"
    )
    _answer(doings, dry_run, as_json, done)


@command.command()
@click.argument("name")
@click.option(
    "--keep/--purge",
    "keep",
    default=True,
    show_default=True,
    help="Keep its data, or drop its tables.",
)
@click.option(
    "--export", "place", type=click.Path(path_type=Path), help="Where its data are written first."
)
@changing
def uninstall(
    name: str, keep: bool, place: Path | None, yes: bool, dry_run: bool, as_json: bool
) -> None:
    """Take a plugin out of the house. Its data are exported first, then kept or purged."""
    from dougong.plugins.exporting import export_plugin

    lifecycle = open_lifecycle()
    doings = lifecycle.uninstall(name, purge=not keep, dry_run=True)
    path = place or _export_path(name)
    if not dry_run:
        question = _("Uninstall %(name)s and keep its data?", name=name)
        if not keep:
            question = _("Uninstall %(name)s and drop its tables?", name=name)
        agreed(question, yes=yes)
        counts = {}
        if lifecycle.has_tables(name):
            counts = export_plugin(lifecycle.engine, lifecycle.found, name, path)
            doings.steps = [str(path)]
        lifecycle.uninstall(name, purge=not keep)
        if counts:
            total = sum(counts.values())
            said = ngettext(
                "%(number)s row is in %(path)s.",
                "%(number)s rows are in %(path)s.",
                total,
                path=path,
            )
            click.echo(str(said), err=True)
    lifecycle.close()
    _answer(doings, dry_run, as_json, _("Uninstalled: %(name)s.", name=name))


@command.command()
@click.argument("name")
@click.option(
    "--to",
    "place",
    type=click.Path(path_type=Path),
    help="The file; standard output when left out.",
)
def export(name: str, place: Path | None) -> None:
    """Write a plugin's data as JSON lines. Works when its package is gone, too."""
    from dougong.plugins.exporting import export_plugin, write_rows

    lifecycle = open_lifecycle()
    if place is None:
        write_rows(lifecycle.engine, lifecycle.found, name, sys.stdout)
    else:
        counts = export_plugin(lifecycle.engine, lifecycle.found, name, place)
        click.echo(
            str(_("%(count)s rows are in %(path)s.", count=sum(counts.values()), path=place)),
            err=True,
        )
    lifecycle.close()


@command.command()
@click.argument("name")
@changing
def purge(name: str, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Drop the tables of a plugin that is not installed any more, its package gone or not."""
    lifecycle = open_lifecycle()
    tables = lifecycle.purge(name, dry_run=True)
    if not dry_run:
        agreed(_("Drop %(tables)s for good?", tables=", ".join(tables)), yes=yes)
        lifecycle.purge(name)
    lifecycle.close()
    if as_json:
        print_json({"tables": tables})
    else:
        click.echo(str(_("Tables: %(tables)s.", tables=", ".join(tables))))


@command.command("catch-up")
@click.argument("name")
@changing
def catch_up_(name: str, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Let a plugin act on what happened before it was enabled: deliver, invoice, post."""
    from dougong.jobs.acting import of_all_companies
    from dougong.plugins.catching_up import catch_up

    runtime = open_runtime()
    companies = of_all_companies(runtime.house).companies
    missed = catch_up(runtime, name, companies, dry_run=True)
    if missed and not dry_run:
        total = sum(m.count for m in missed)
        agreed(ngettext("Act on %(number)s event?", "Act on %(number)s events?", total), yes=yes)
        missed = catch_up(
            runtime,
            name,
            companies,
            told=lambda m: click.echo(f"{m.event}: {m.count} …", err=True),
        )
    runtime.close()
    if as_json:
        print_json([m.as_dict() for m in missed])
    elif not missed:
        click.echo(str(_("%(name)s has missed nothing.", name=name)))
    else:
        print_table(
            (_("Event"), _("Company"), _("Count")),
            [(m.event, m.company_id, m.count) for m in missed],
        )


def _wait(lifecycle: Lifecycle) -> None:
    """Come back when every process that serves pages shows the house as it is now."""
    from dougong.plugins.drain import wait_for_followers

    _follow, lag = wait_for_followers(lifecycle.engine)
    if lag:
        said = ngettext(
            "%(number)s process has not followed yet: see `dougong plugin doctor`.",
            "%(number)s processes have not followed yet: see `dougong plugin doctor`.",
            lag,
        )
        click.echo(str(said), err=True)


def _note_left_out(lifecycle: Lifecycle, doings: Doings, names: Sequence[str]) -> None:
    """What of the plugins does not run although they are enabled, said at once."""
    for one in lifecycle.standings():
        if one.left_out and one.name in {*doings.plugins, *names}:
            doings.left_out[one.name] = [str(sentence) for sentence in one.left_out]
            for sentence in one.left_out:
                said = _("Left out of %(name)s: %(sentence)s", name=one.name, sentence=sentence)
                click.echo(str(said), err=True)


def _tell_missed(names: list[str]) -> None:
    from dougong.jobs.acting import of_all_companies
    from dougong.plugins.catching_up import catch_up

    runtime = open_runtime()
    for name in names:
        missed = catch_up(runtime, name, of_all_companies(runtime.house).companies, dry_run=True)
        if missed:
            said = _(
                "%(name)s has missed %(count)s events: see `dougong plugin catch-up %(name)s`.",
                name=name,
                count=sum(m.count for m in missed),
            )
            click.echo(str(said), err=True)
    runtime.close()


def _export_path(name: str) -> Path:
    from dougong import clock
    from dougong.site import find_site

    return find_site().exports / f"{name}-{clock.now():%Y%m%d-%H%M%S}.jsonl"


def _ask(doings: Doings, question: object, yes: bool) -> None:
    for step in doings.steps:
        click.echo(str(_("Migration %(step)s", step=step)), err=True)
    for name in doings.found_again:
        click.echo(
            str(_("The data of %(name)s are still there and will be used again.", name=name)),
            err=True,
        )
    agreed(str(question), yes=yes)


def _answer(doings: Doings, dry_run: bool, as_json: bool, sentence: object) -> None:
    if as_json:
        print_json({**doings.as_dict(), "dry_run": dry_run})
        return
    if dry_run:
        for step in doings.steps:
            click.echo(str(_("Migration %(step)s", step=step)))
        click.echo(str(_("It would concern: %(names)s.", names=", ".join(doings.plugins) or "—")))
        return
    click.echo(str(sentence))
