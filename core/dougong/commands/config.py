"""Show the site's configuration."""

from __future__ import annotations

import click

from dougong.commands.common import print_json, print_table, reading
from dougong.i18n import _


@click.group()
def command() -> None:
    """Look at the site's configuration."""


@command.command()
@reading
def show(as_json: bool) -> None:
    """Show where the site is and how it is set up; secrets are masked."""
    from sqlalchemy import make_url

    from dougong.site import SECRETS, find_site

    site = find_site()
    said = {
        "home": str(site.home),
        "database_url": make_url(site.url).render_as_string(hide_password=True),
        **{key: "•••" if key in SECRETS else value for key, value in sorted(site.config.items())},
    }
    if as_json:
        print_json(said)
    else:
        print_table((_("Key"), _("Value")), said.items())
