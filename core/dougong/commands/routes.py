"""List every address with its methods, its right and its owner."""

from __future__ import annotations

import click

from dougong.commands.common import open_runtime, print_json, print_table, reading
from dougong.i18n import _


@click.command()
@reading
def command(as_json: bool) -> None:
    """List every address of the house: methods, the right it asks for, the plugin it belongs to.

    The addresses of nouns are listed one by one besides the patterns that answer them.
    """
    from dougong.web.app import create_app
    from dougong.web.routes import routes_of, routes_of_nouns

    runtime = open_runtime()
    routes = routes_of(create_app(runtime, runtime.config))
    routes = sorted([*routes, *routes_of_nouns(runtime.nouns or ())])
    runtime.close()
    if as_json:
        print_json([route._asdict() for route in routes])
    else:
        heads = (_("Address"), _("Methods"), _("Right"), _("Owner"))
        print_table(heads, [(r.rule, " ".join(r.methods), r.right or "—", r.owner) for r in routes])
