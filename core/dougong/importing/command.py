"""``dougong import plan``: follow a migration plan from the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dougong.commands.common import open_runtime, print_json, print_table, reading, the_house
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.importing.entering import Watch
    from dougong.importing.outcome import Outcome

#: So many refusals are printed; ``--json`` tells all.
MOST_SHOWN = 50


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path),
    help="The folder of the source's files.",
)
@click.option(
    "--dry-run", is_flag=True, help="Import everything, tell what is wrong, keep nothing."
)
@click.option("--resume", is_flag=True, help="Pass by the steps that an earlier run finished.")
@reading
def plan(file: Path, data: Path, dry_run: bool, resume: bool, as_json: bool) -> None:
    """Follow a migration plan: imports, steps, and figures that must agree.

    Exit code 1 when a row or a document was refused or a figure differs. Running it again changes
    nothing: what was imported is known by its external id.
    """
    from dougong.importing.plan import read_plan
    from dougong.importing.running import Follower

    runtime = open_runtime()
    try:
        actor = the_house(runtime, "import plan")
        follower = Follower(runtime, actor, read_plan(file), data)
        outcome = (
            follower.rehearse() if dry_run else follower.follow(_watch(as_json), resume=resume)
        )
    finally:
        runtime.close()
    if as_json:
        print_json(outcome.told())
    else:
        _tell(outcome)
    if not outcome.clean:
        raise click.exceptions.Exit(1)


def _watch(quiet: bool) -> Watch:
    """A line that says how far the present step is, where somebody is looking."""
    if quiet or not sys.stderr.isatty():
        return lambda *_given: None

    def watch(step: str, done: int, of: int) -> None:
        click.echo(f"\r{step}: {done} / {of}\033[K", nl=done >= of, err=True)

    return watch


def _tell(outcome: Outcome) -> None:
    heads = [_("Made"), _("There"), _("Refused"), _("Step")]
    print_table(
        heads,
        [
            (
                s.made,
                s.there,
                len(s.refused),
                f"{s.name}{' ' + str(_('(done before)')) if s.skipped else ''}",
            )
            for s in outcome.steps
        ],
    )
    for trouble in [t for s in outcome.steps for t in s.refused][:MOST_SHOWN]:
        place = f"{trouble.file}:{trouble.row}" + (f" {trouble.column}" if trouble.column else "")
        click.echo(f"  {place}: {trouble.sentence}", err=True)
    if outcome.figures:
        click.echo()
        figures = [(f.source, f.target, "✓" if f.agrees else "✗", f.name) for f in outcome.figures]
        print_table([_("Source"), _("Here"), "", _("Figure")], figures)
    if outcome.dry:
        said = _("Nothing was kept: this was a rehearsal.")
    elif outcome.clean:
        said = _("Everything agrees.")
    else:
        said = _("Not everything agrees; see above.")
    click.echo(str(said))
