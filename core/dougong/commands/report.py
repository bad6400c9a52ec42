"""Ask a report: a table here, or CSV, XLSX and JSON for elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dougong.commands.common import (
    Sentence,
    acting_in,
    open_runtime,
    print_json,
    print_table,
    the_house,
)
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.plugins.registry import Runtime
    from dougong.reports.running import Answer


@click.command()
@click.argument("name", required=False)
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="May be repeated."
)
@click.option("--company", metavar="CODE", help="Only this company; all of them otherwise.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["table", "json", "csv", "xlsx", "pdf"]),
    default="table",
    show_default=True,
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file.")
def command(
    name: str | None, params: tuple[str, ...], company: str | None, kind: str, output: Path | None
) -> None:
    """Ask the report NAME (finance.trial-balance); without a name, list what can be asked."""
    from dougong.reports.running import find, for_reader, run

    runtime = open_runtime()
    try:
        actor = acting_in(runtime, the_house(runtime, f"report {name or ''}".strip()), company)
        reports = runtime.wiring.reports
        if name is None:
            _list(for_reader(reports, actor), kind)
            return
        answer = run(runtime.house, actor, find(reports, name, actor), dict(map(_pair, params)))
        if kind == "pdf":
            _print(runtime, actor, answer, output)
            return
    finally:
        runtime.close()
    _tell(answer, kind, output)


def _list(reports: list[Any], kind: str) -> None:
    rows = [(r.name, str(r.label), " ".join(p.name for p in r.parameters)) for r in reports]
    if kind == "json":
        print_json([dict(zip(("name", "label", "parameters"), row, strict=True)) for row in rows])
    else:
        print_table((_("Name"), _("Report"), _("Parameters")), rows)


def _print(runtime: Runtime, actor: Actor, answer: Answer, output: Path | None) -> None:
    """The paper of the report; only a file can hold it."""
    from dougong.reports.printing import to_pdf

    if output is None:
        raise Sentence(str(_("Name a file for the paper: --output report.pdf.")))
    output.write_bytes(to_pdf(runtime.house, actor, answer))


def _tell(answer: Answer, kind: str, output: Path | None) -> None:
    from dougong.reports.exporting import to_csv, to_json, to_xlsx

    if kind == "xlsx" and output is None:
        raise Sentence(str(_("Name a file for the sheet: --output report.xlsx.")))
    if kind == "json":
        print_json(to_json(answer))
    elif kind == "table":
        _draw(answer)
    else:
        data = to_csv(answer) if kind == "csv" else to_xlsx(answer)
        if output is None:
            click.echo(data.decode("utf-8-sig"), nl=False)
        else:
            output.write_bytes(data)


def _draw(answer: Answer) -> None:
    """The table as the page shows it, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dougong.reports.drawing import draw

    table = draw(answer)
    drawn = Table(title=str(answer.report.label), show_footer=table.foot is not None)
    for at, head in enumerate(table.heads):
        foot = table.foot.cells[at].text if table.foot else ""
        drawn.add_column(head.text, foot, justify="right" if head.figure else "left")
    for row in table.rows:
        first, *rest = [Text(cell.text) for cell in row.cells]
        cells = [Text("  " * row.level) + first, *rest]
        drawn.add_row(*cells, style="bold" if row.bold else None)
    Console().print(drawn)


def _pair(param: str) -> tuple[str, str]:
    name, sign, value = param.partition("=")
    if not sign or not name:
        raise click.UsageError(str(_("A parameter reads NAME=VALUE.")))
    return name, value
