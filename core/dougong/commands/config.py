"""Look at the site's configuration; read and change settings; describe the SQL views."""

from __future__ import annotations

import click

from dougong.commands.common import (
    acting_in,
    open_runtime,
    print_json,
    print_table,
    reading,
    the_house,
)
from dougong.i18n import _


@click.group()
def command() -> None:
    """Look at the site's configuration; read and change the settings of a company."""


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
        **{
            key: "•••"
            if key in SECRETS or key.endswith(("_TOKEN", "_KEY", "_KEYS", "_PASSWORD"))
            else value
            for key, value in sorted(site.config.items())
        },
    }
    if as_json:
        print_json(said)
    else:
        print_table((_("Key"), _("Value")), said.items())


@command.command("list")
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option("--company", metavar="CODE", help="The company; the first one otherwise.")
@reading
def list_(words: tuple[str, ...], company: str | None, as_json: bool) -> None:
    """List settings and their values, or those in which the words occur."""
    from dougong.settings.queries import choices

    runtime = open_runtime()
    actor = acting_in(runtime, the_house(runtime, "config list"), company)
    with runtime.house.read(actor) as session:
        found = choices(session, actor.company_id, " ".join(words))
    runtime.close()
    if as_json:
        print_json({choice.setting.key: choice.shown for choice in found})
        return
    print_table(
        (_("Setting"), _("Value"), _("Chosen"), _("Meaning")),
        [(c.setting.key, c.shown, _("yes") if c.chosen else "", c.setting.label) for c in found],
    )


@command.command()
@click.argument("key")
@click.option("--company", metavar="CODE", help="The company; the first one otherwise.")
def get(key: str, company: str | None) -> None:
    """Say the value of a setting; a secret is masked."""
    from dougong.errors import NotFound
    from dougong.settings.queries import choices

    runtime = open_runtime()
    actor = acting_in(runtime, the_house(runtime, f"config get {key}"), company)
    with runtime.house.read(actor) as session:
        found = {c.setting.key: c for c in choices(session, actor.company_id)}
    runtime.close()
    if key not in found:
        raise NotFound(_("setting"), key)
    click.echo(found[key].shown)


@command.command("set")
@click.argument("key")
@click.argument("value", required=False)
@click.option("--default", "to_default", is_flag=True, help="Return to the default.")
@click.option("--company", metavar="CODE", help="The company; the first one otherwise.")
def set_(key: str, value: str | None, to_default: bool, company: str | None) -> None:
    """Choose the value of a setting. A secret is asked for when it is not given."""
    from dougong.settings.service import settings_of, write
    from dougong.settings.values import from_text
    from dougong.unit_of_work import UnitOfWork

    if to_default and value is not None:
        raise click.UsageError(str(_("Say either a value or --default.")))
    runtime = open_runtime()
    actor = acting_in(runtime, the_house(runtime, f"config set {key}"), company)

    def act(uow: UnitOfWork) -> None:
        setting = settings_of(uow).setting(key)
        write(uow, key, None if to_default else from_text(setting, said))

    said = value if value is not None else ""
    if value is None and not to_default:
        said = click.prompt(key, hide_input=True)
    runtime.house.run(actor, act)
    runtime.close()


@command.command()
@click.option("--markdown", is_flag=True, help="As the page of the documentation.")
@reading
def views(markdown: bool, as_json: bool) -> None:
    """Describe the SQL views that reporting tools may rely on, as the database has them."""
    from dougong.operations.views import as_markdown, describe

    runtime = open_runtime()
    described = describe(runtime.engine, runtime.wiring.views)
    runtime.close()
    if as_json:
        print_json([{"name": v.name, "columns": dict(v.columns)} for v in described])
    elif markdown:
        click.echo(as_markdown(described), nl=False)
    else:
        rows = [(v.name, name, kind) for v in described for name, kind in v.columns]
        print_table((_("View"), _("Column"), _("Kind")), rows)


@command.command()
@reading
def reseal(as_json: bool) -> None:
    """Seal confidential columns with the first key of COLUMN_KEYS, whatever key has sealed them."""
    from dougong.db import metadata
    from dougong.sealing import reseal as seal_anew

    runtime = open_runtime()
    with runtime.engine.begin() as connection:
        count = seal_anew(connection, metadata.sorted_tables)
    runtime.close()
    if as_json:
        print_json({"sealed": count})
    else:
        click.echo(str(_("%(count)s values were sealed anew.", count=count)))
