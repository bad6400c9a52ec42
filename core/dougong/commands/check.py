"""Check every invariant of the core and the plugins; changes nothing."""

from __future__ import annotations

import click

from dougong.commands.common import open_runtime, print_json, reading, the_house
from dougong.i18n import _


@click.command()
@click.argument("names", nargs=-1, metavar="[CHECK]...")
@reading
def command(names: tuple[str, ...], as_json: bool) -> None:
    """Check every invariant of the data; exit code 1 when one does not hold.

    What is marked with ! is a warning: nothing is wrong, and the exit code stays 0.

    CHECK narrows it: a check's name, or a plugin's for all of its checks.
    """
    from dougong.plugins.checking import run_checks

    runtime = open_runtime()
    results = run_checks(runtime, the_house(runtime, "check"), names)
    runtime.close()
    wrong = [result for result in results if result.sentences]
    if as_json:
        print_json({"ok": not wrong, "checks": [result.as_dict() for result in results]})
    else:
        for result in results:
            mark = "✗" if result.sentences else "!" if result.warnings else "✓"
            click.echo(f"{mark} {result.label}")
            for sentence in [*result.sentences, *result.warnings]:
                click.echo(f"    {sentence}")
        said = _("%(count)s of %(all)s checks found something.", count=len(wrong), all=len(results))
        click.echo(str(said if wrong else _("All %(all)s checks hold.", all=len(results))))
    if wrong:
        raise click.exceptions.Exit(1)
