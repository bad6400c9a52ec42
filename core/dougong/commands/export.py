"""Write documents of a noun to a file that can be imported again."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from pathlib import Path

import click

from dougong.commands._nouns import acting, find_noun, read_filters
from dougong.commands.common import open_runtime


@click.command()
@click.argument("resource")
@click.option("--filter", "filters", multiple=True, metavar="FIELD=VALUE", help="Only those.")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "json"]), default="csv")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="The file.")
@click.option("--as-seen", is_flag=True, help="The columns of the list, in the reader's words.")
@click.option("--company", default="", metavar="CODE", help="Act in this company.")
def command(
    resource: str,
    filters: tuple[str, ...],
    kind: str,
    output: Path | None,
    as_seen: bool,
    company: str,
) -> None:
    """Write the documents of RESOURCE (crm.orders) with their lines, under field names.

    Without --output the file goes to the standard output.
    """
    from dougong.i18n import language
    from dougong.resources import exchange, lists
    from dougong.resources.formats import formats

    runtime = open_runtime()
    noun, actor = find_noun(runtime, resource), acting(runtime, "export", company)
    query = lists.parse(read_filters(filters), noun.sight(actor.rights))
    with runtime.house.read(actor) as session:
        if as_seen:
            data = exchange.export(session, query, formats(language()), kind)
        else:
            data = exchange.export_documents(session, query, kind)
    runtime.close()
    if output is not None:
        output.write_bytes(data)
    else:
        # The mark by which spreadsheets know the encoding is for files.
        sys.stdout.buffer.write(data.removeprefix(BOM_UTF8))
