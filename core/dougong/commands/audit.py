"""The history: prove that it is whole, print its head, export it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from dougong.commands.common import open_runtime, print_json, reading, the_house
from dougong.i18n import _


@click.group()
def command() -> None:
    """Prove the history, print its head, export it."""


@command.command()
@click.option(
    "--head",
    "kept",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Compare with a head that was kept outside the house.",
)
@reading
def verify(kept: Path | None, as_json: bool) -> None:
    """Walk every chain of the history; exit code 1 when one link does not hold."""
    from dougong.audit import heads, proofs

    runtime = open_runtime()
    with runtime.house.read(the_house(runtime, "audit verify")) as session:
        wrong = [str(sentence) for sentence in proofs.verify(session)]
        if kept is not None:
            known = heads.read_head(kept.read_text("utf-8"))
            wrong += [str(sentence) for sentence in heads.compare(session, known)]
        standing = heads.head(session)
    runtime.close()
    if as_json:
        print_json({"ok": not wrong, "findings": wrong, "entries": standing["entries"]})
    else:
        for sentence in wrong:
            click.echo(sentence)
        if not wrong:
            click.echo(
                str(
                    _(
                        "The history is whole: %(entries)s entries in %(chains)s chains.",
                        entries=standing["entries"],
                        chains=len(standing["chains"]),
                    )
                )
            )
    if wrong:
        raise click.exceptions.Exit(1)


@command.command()
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the head to this file, for `audit verify --head`.",
)
@reading
def head(output: Path | None, as_json: bool) -> None:
    """Print where the history stands, to be kept outside the house."""
    from dougong.audit import heads

    runtime = open_runtime()
    with runtime.house.read(the_house(runtime, "audit head")) as session:
        standing = heads.head(session)
    runtime.close()
    if output is not None:
        import json

        output.write_text(json.dumps(standing, indent=2) + "\n", "utf-8")
    if as_json:
        print_json(standing)
    else:
        click.echo(f"{standing['at']}  {standing['entries']}  {standing['digest']}")


@command.command()
@click.argument("file", type=click.File("wb"), default="-")
def export(file: BinaryIO) -> None:
    """Write the history as lines of JSON to FILE, or to the output."""
    from dougong.audit.export import lines

    runtime = open_runtime()
    with runtime.house.read(the_house(runtime, "audit export")) as session:
        for line in lines(session):
            file.write(line)
    runtime.close()
