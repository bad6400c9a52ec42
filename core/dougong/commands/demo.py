"""Make a living demo company, with log-ins to try it. Safe to run again."""

from __future__ import annotations

import click

from dougong.commands.common import (
    learn,
    open_lifecycle,
    open_runtime,
    print_json,
    print_table,
    reading,
    the_house,
)
from dougong.i18n import _

#: Name, currency, country, time zone, by language.
COMPANIES = {
    "en": ("Blue Crane Trading", "EUR", "DE", "Europe/Berlin"),
    "zh_Hans_CN": ("蓝鹤贸易", "CNY", "CN", "Asia/Shanghai"),
}
#: The modules of the demo; plugins of other makers stay as they are.
MODULES = (
    "base", "crm", "inventory", "finance", "purchasing", "production", "logistics", "hr",
)  # fmt: skip


@click.command()
@click.option(
    "--language",
    type=click.Choice(list(COMPANIES)),
    default="en",
    show_default=True,
    help="The company, its people and its products speak it.",
)
@click.option(
    "--with", "plugins", multiple=True, metavar="PLUGIN", help="Only these; may be repeated."
)
@click.option("--port", default=8000, show_default=True, help="The port that is named at the end.")
@reading
def command(language: str, plugins: tuple[str, ...], port: int, as_json: bool) -> None:
    """Make a demo company in DOUGONG_HOME: customers, orders, deliveries, invoices, payments.

    The passwords are invented for this site and kept in its folder, demo-log-ins.json, which only
    its owner can read. Running it again changes nothing.
    """
    from dougong.demo_site import bring_to_life, let_people_in, log_ins_of, those_let_in
    from dougong.plugins.founding import Founding, found_house
    from dougong.site import find_site, make_site

    name, currency, country, timezone = COMPANIES[language]
    first = Founding(
        code="MAIN", name=name, currency=currency, country=country,
        language=language, timezone=timezone,
    )  # fmt: skip
    site = find_site()
    make_site(site)
    found_house(site.url, first)
    learn(language)
    lifecycle = open_lifecycle()
    lifecycle.install(list(plugins or MODULES), enable=True)
    lifecycle.close()
    log_ins = log_ins_of(site.home)
    runtime = open_runtime(strict=True)
    actor = the_house(runtime, "demo")
    made = "admin" not in those_let_in(runtime, actor)
    if made:
        runtime.house.run(
            actor, lambda uow: let_people_in(uow, log_ins, language, timezone, early=True)
        )
        bring_to_life(runtime, actor, language)
        runtime.house.run(actor, lambda uow: let_people_in(uow, log_ins, language, timezone))
    log_ins = {login: log_ins[login] for login in those_let_in(runtime, actor)}
    runtime.close()
    if as_json:
        print_json({"made": made, "home": str(site.home), "log_ins": log_ins})
        return
    if made:
        click.echo(str(_("%(name)s is open for business.", name=name)))
    else:
        click.echo(str(_("The demo company is there already; nothing was changed.")))
    print_table((_("Log-in"), _("Password")), log_ins.items())
    said = _("Next: `dougong serve --port %(port)s`, then http://127.0.0.1:%(port)s", port=port)
    click.echo(str(said))
