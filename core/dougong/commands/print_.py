"""Print a document as a PDF file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dougong.commands._nouns import acting, find_noun
from dougong.commands.common import Sentence, open_runtime
from dougong.i18n import _


@click.command()
@click.argument("resource")
@click.argument("identities", metavar="IDENTITY...", nargs=-1, required=True)
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file.",
)
@click.option(
    "--print", "name", default="", metavar="NAME", help="Which paper; the first otherwise."
)
@click.option("--language", default="", help="en or zh_Hans_CN; the receiver's otherwise.")
@click.option("--company", default="", metavar="CODE", help="Act in this company.")
def command(
    resource: str,
    identities: tuple[str, ...],
    target: Path,
    name: str,
    language: str,
    company: str,
) -> None:
    """Write the paper of the document IDENTITY (SO-2026-00001) of RESOURCE (crm.orders) to a file.

    Several documents become one file, in their order. --print names the paper: invoice, label,
    form (all fields).
    """
    from sqlalchemy import select

    from dougong.printing.making import print_documents
    from dougong.web.translations import learn_all

    runtime = open_runtime()
    try:
        learn_all(runtime.wiring.plugins.values())
        noun, actor = find_noun(runtime, resource), acting(runtime, "print", company)
        key, identity = getattr(noun.model, noun.key), getattr(noun.model, noun.identity)
        with runtime.house.read(actor) as session:
            wanted = [_as_kept(identity, said) for said in identities]
            rows = session.execute(select(identity, key).where(identity.in_(wanted))).all()
        known = {str(said): found for said, found in rows}
        for said in identities:
            if said not in known:
                raise Sentence(
                    str(_("There is no %(kind)s %(reference)s.", kind=noun.one, reference=said))
                )
        keys = [known[said] for said in identities]
        printed = print_documents(runtime.house, actor, noun, keys, name, language)
    finally:
        runtime.close()
    target.write_bytes(printed.content)
    click.echo(str(_("Written: %(file)s", file=target)))


def _as_kept(identity: Any, said: str) -> Any:
    """A name as its column keeps it: a key is a number."""
    whole = identity.type.python_type is int
    return int(said) if whole and said.isdecimal() else -1 if whole else said
