"""Make a new site: database, secrets, first company. Safe to run again."""

from __future__ import annotations

import click

from dougong.commands.common import print_json, reading
from dougong.i18n import _


@click.command()
@click.option(
    "--company", default="My Company", show_default=True, help="The first company's name."
)
@click.option("--code", default="MAIN", show_default=True, help="The first company's short name.")
@click.option("--currency", default="EUR", show_default=True, help="The currency of its books.")
@click.option("--country", default=None, help="Its country, as two letters.")
@click.option("--language", default="en", show_default=True, help="en or zh_Hans_CN.")
@click.option("--timezone", default="UTC", show_default=True, help="For example Asia/Shanghai.")
@click.option(
    "--with",
    "plugins",
    multiple=True,
    metavar="PLUGIN",
    help="Install and enable; may be repeated.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Install and enable every plugin on this machine."
)
@reading
def command(
    company: str,
    code: str,
    currency: str,
    country: str | None,
    language: str,
    timezone: str,
    plugins: tuple[str, ...],
    everything: bool,
    as_json: bool,
) -> None:
    """Make a new site in DOUGONG_HOME (./instance), or complete one that is there.

    A SQLite file unless DOUGONG_DATABASE_URL names a PostgreSQL database. Secrets are made for this
    site alone. What is there already stays as it is.
    """
    from dougong.commands.common import open_lifecycle
    from dougong.plugins.founding import Founding, check_founding, found_house
    from dougong.site import find_site, make_site

    first = Founding(
        code=code,
        name=company,
        currency=currency.upper(),
        country=country.upper() if country else None,
        language=language,
        timezone=timezone,
    )
    check_founding(first)
    site = find_site()
    secrets_made = make_site(site)
    company_made = found_house(site.url, first)
    lifecycle = open_lifecycle()
    names = sorted(lifecycle.found.manifests) if everything else list(plugins)
    entered = lifecycle.install(names, enable=True).plugins if names else []
    lifecycle.close()
    if as_json:
        print_json(
            {
                "home": str(site.home),
                "secrets_made": secrets_made,
                "company_made": company_made,
                "plugins": entered,
            }
        )
        return
    click.echo(str(_("The site is in %(home)s.", home=site.home)))
    if company_made:
        click.echo(str(_("The first company is %(name)s.", name=company)))
    if entered:
        click.echo(str(_("Enabled: %(names)s.", names=", ".join(entered))))
    click.echo(str(_("Next: `dougong user add` for yourself, then `dougong serve`.")))
