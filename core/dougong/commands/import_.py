"""Bring a file in: CSV, XLSX or JSON; all of it or nothing."""

from __future__ import annotations

import dataclasses
import json
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dougong.commands._nouns import acting, find_noun
from dougong.commands.common import (
    Sentence,
    agreed,
    changing,
    open_runtime,
    print_json,
    print_table,
    reading,
    the_house,
)
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.resources.exchange import Mapping, Report
    from dougong.resources.nouns import Noun

SHOWN = 20


class Imports(click.Group):
    """``dougong import RESOURCE FILE``, the imports that were run, and whole migrations (``plan``)."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is not a sub-command is a resource."""
        if args and args[0] not in {*self.commands, "plan"} and not args[0].startswith("-"):
            args = ["documents", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Plans are read only when one is followed."""
        if cmd_name == "plan":
            from dougong.importing.command import plan

            return plan
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The ways in, and the way back."""
        return ["documents", "list", "plan", "undo"]


@click.group("import", cls=Imports)
def command() -> None:
    """Bring data in: a file (`dougong import RESOURCE FILE`) or a whole migration (`import plan`)."""


@command.command("documents")
@click.argument("resource")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map", "mapping", metavar="MAP", help="A mapping file (JSON), or a kept one's name."
)
@click.option("--keep-map", metavar="NAME", help="Keep the mapping under this name.")
@click.option("--company", default="", metavar="CODE", help="The company that gets the documents.")
@click.option("--dry-run", is_flag=True, help="Do everything, say what came of it, keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def documents(
    resource: str,
    file: Path,
    mapping: str | None,
    keep_map: str | None,
    company: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring FILE in as documents of RESOURCE (crm.orders).

    Every mistake is named by its line and column. With mistakes nothing is kept, or nothing of
    the chunk that has them, when the mapping declares chunks. Exit code 1 when there are any.
    """
    from dougong.resources import exchange

    runtime = open_runtime()
    noun, actor = find_noun(runtime, resource), acting(runtime, "import", company)
    read = _mapping(runtime, actor, noun, mapping)
    table = exchange.read_table(file.name, file.read_bytes())
    many = len(table.documents or table.rows)
    bar: Any = nullcontext() if as_json else click.progressbar(length=many, label=file.name)
    with bar as shown:
        progress = (lambda n: None) if as_json else shown.update
        report = exchange.load(
            runtime.house, actor, noun, table, read, file=file.name, dry_run=dry_run,
            progress=progress,
        )  # fmt: skip
    if keep_map and report.saved:
        runtime.house.run(actor, lambda uow: exchange.remember(uow, noun, keep_map, read))
    runtime.close()
    if as_json:
        print_json(report.as_json())
    else:
        _tell(report, dry_run)
    if report.mistaken:
        raise click.exceptions.Exit(1)


@command.command("list")
@click.option("--company", default="", metavar="CODE", help="The company; all of them otherwise.")
@reading
def list_(company: str, as_json: bool) -> None:
    """List the imports that were run, the last one first, with their numbers."""
    from dougong.resources import exchange

    runtime = open_runtime()
    with runtime.house.read(acting(runtime, "import list", company)) as session:
        found = exchange.latest(session)
    runtime.close()
    if as_json:
        print_json([
            {"id": one.run.id, "resource": one.run.resource, "file": one.run.file,
             "at": one.run.ran_at.isoformat(), "by": one.run.ran_by, "created": one.created,
             "changed": one.changed, "undone": one.run.undone_at is not None}
            for one in found
        ])  # fmt: skip
        return
    heads = (_("Number"), _("Resource"), _("File"), _("New"), _("Changed"), _("State"))
    print_table(heads, [
        (one.run.id, one.run.resource, one.run.file, one.created, one.changed,
         _("Undone") if one.run.undone_at else "")
        for one in found
    ])  # fmt: skip


@command.command()
@click.argument("number", type=int, metavar="ID")
@changing
def undo(number: int, as_json: bool, dry_run: bool, yes: bool) -> None:
    """Take the import ID back: what it made goes, what it changed says again what it said.

    All of it or nothing; refused where a document was changed since or is used elsewhere.
    `dougong import list` tells the numbers.
    """
    from dougong.resources import exchange

    runtime = open_runtime()
    actor = the_house(runtime, f"import undo {number}")
    try:
        with runtime.house.read(actor) as session:
            run = exchange.one_run(session, number).run
        noun = find_noun(runtime, run.resource)
        actor = dataclasses.replace(actor, company_id=run.company_id)
        agreed(_("Undo the import of %(file)s?", file=run.file), yes=yes or dry_run or as_json)
        done = exchange.try_undoing if dry_run else exchange.undo
        told = done(runtime.house, actor, noun, number)
    finally:
        runtime.close()
    facts = {"removed": told.removed, "restored": told.restored}
    if as_json:
        print_json({**facts, "undone": not dry_run})
    elif dry_run:
        click.echo(str(_("Would be deleted: %(removed)s, set back: %(restored)s.", **facts)))
    else:
        click.echo(str(_("Deleted: %(removed)s, set back: %(restored)s.", **facts)))


def _mapping(runtime: Any, actor: Any, noun: Noun, given: str | None) -> Mapping:
    from dougong.resources.exchange import Mapping, remembered

    if not given:
        return Mapping()
    path = Path(given)
    if path.is_file():
        try:
            return Mapping.read(json.loads(path.read_text("utf-8")))
        except ValueError:
            raise Sentence(str(_("%(file)s is no readable JSON.", file=given))) from None
    with runtime.house.read(actor) as session:
        kept = remembered(session, noun, given)
    if given not in kept:
        raise Sentence(str(_("There is neither a file nor a kept mapping “%(name)s”.", name=given)))
    return kept[given]


def _tell(report: Report, dry_run: bool) -> None:
    for mistake in report.errors[:SHOWN]:
        place = _("line %(line)s, %(column)s", line=mistake.line, column=mistake.column or "–")
        click.echo(f"{place}: {mistake.sentence}", err=True)
    if report.mistaken > SHOWN:
        more = _("… and %(count)s more.", count=report.mistaken - SHOWN)
        click.echo(str(more), err=True)
    if report.sums:
        sums = report.as_json()["sums"]
        heads = (_("sum of"), _("in the file"), _("in the house"), "")
        rows = [
            (name, both["file"], both["house"], "✓" if both["file"] == both["house"] else "✗")
            for name, both in sums.items()
        ]
        print_table(heads, rows)
    click.echo(str(_said(report, dry_run)))
    if report.run and sys.stderr.isatty():
        way_back = _("To take it back: dougong import undo %(number)s", number=report.run)
        click.echo(str(way_back), err=True)


def _said(report: Report, dry_run: bool) -> object:
    counts = {
        "created": report.created,
        "changed": report.changed,
        "same": report.unchanged,
        "wrong": report.mistaken,
    }
    if report.mistaken:
        return _("Mistakes: %(wrong)s. Documents kept: %(kept)s.", kept=report.kept, **counts)
    return (
        _("%(created)s would be created, %(changed)s changed; %(same)s are the same.", **counts)
        if dry_run
        else _("%(created)s created, %(changed)s changed; %(same)s were the same.", **counts)
    )
