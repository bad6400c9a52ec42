"""Make a living demo company, with log-ins to try it. Safe to run again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from dougong.commands.common import (
    Sentence,
    agreed,
    changing,
    learn,
    open_lifecycle,
    open_runtime,
    print_json,
    print_table,
    quiet_output,
    reading,
    the_house,
)
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.demo_site import LeftOut

#: Name, currency, country, time zone, by language.
COMPANIES = {
    "en": ("Blue Crane Trading", "EUR", "DE", "Europe/Berlin"),
    "zh_Hans_CN": ("蓝鹤贸易", "CNY", "CN", "Asia/Shanghai"),
}
#: The modules of the demo; plugins of other makers stay as they are.
MODULES = (
    "base", "crm", "inventory", "finance", "purchasing", "production", "logistics", "hr",
)  # fmt: skip


@click.group(invoke_without_command=True)
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
@click.pass_context
def command(
    context: click.Context, language: str, plugins: tuple[str, ...], port: int, as_json: bool
) -> None:
    """Make a demo company in DOUGONG_HOME: customers, orders, deliveries, invoices, payments.

    The passwords are invented for this site and kept in its folder, demo-log-ins.json, which only
    its owner can read. Running it again changes nothing.
    """
    if context.invoked_subcommand is not None:
        return
    from dougong.demo_site import (
        bring_to_life,
        left_out,
        let_people_in,
        log_ins_of,
        people_of,
        those_let_in,
    )
    from dougong.plugins.founding import Founding, found_house
    from dougong.site import find_site, make_site

    name, currency, country, timezone = COMPANIES[language]
    first = Founding(
        code="MAIN", name=name, currency=currency, country=country,
        language=language, timezone=timezone, demo=True,
    )  # fmt: skip
    site = find_site()
    make_site(site)
    found_house(site.url, first)
    learn(language)
    lifecycle = open_lifecycle()
    lifecycle.install(list(plugins or MODULES), enable=True)
    lifecycle.close()
    runtime = open_runtime(strict=True)
    log_ins = log_ins_of(site.home, people_of(runtime.wiring.roles))
    actor = the_house(runtime, "demo")
    known = those_let_in(runtime, actor)
    made = "admin" not in known
    missing = left_out(runtime.wiring.roles, known) if made else []
    if made:
        runtime.house.run(
            actor, lambda uow: let_people_in(uow, log_ins, language, timezone, early=True)
        )
        bring_to_life(runtime, actor, language)
        runtime.house.run(actor, lambda uow: let_people_in(uow, log_ins, language, timezone))
    # What somebody else's password is, nobody here knows.
    others = {one.login for one in missing} & set(known)
    log_ins = {one: log_ins[one] for one in those_let_in(runtime, actor) if one not in others}
    runtime.close()
    if as_json:
        print_json({"made": made, "home": str(site.home), "log_ins": log_ins,
                    "left_out": [one._asdict() for one in missing]})  # fmt: skip
        return
    if made:
        click.echo(str(_("%(name)s is open for business.", name=name)))
    else:
        click.echo(str(_("The demo company is there already; nothing was changed.")))
    print_table((_("Log-in"), _("Password")), log_ins.items())
    _name_left_out(missing)
    said = _("Next: `dougong serve --port %(port)s`, then http://127.0.0.1:%(port)s", port=port)
    click.echo(str(said))


def _name_left_out(missing: Sequence[LeftOut]) -> None:
    """Say whose log-in was taken already."""
    for one in missing:
        told = _(
            "Nobody shows the role %(role)s: the log-in “%(login)s” is somebody else's already.",
            **one._asdict(),
        )
        click.echo(str(told), err=True)


@command.command()
@click.option("--company", required=True, help="The name of your own company.")
@click.option("--code", default="MAIN", show_default=True, help="Its short name.")
@click.option("--currency", default="EUR", show_default=True, help="The currency of its books.")
@click.option("--country", default=None, help="Its country, as two letters.")
@click.option("--language", default="en", show_default=True, help="en or zh_Hans_CN.")
@click.option("--timezone", default="UTC", show_default=True, help="For example Asia/Shanghai.")
@click.option("--keep", "login", default="", help="Who keeps log-in and password; admin otherwise.")
@changing
def remove(
    company: str, login: str, yes: bool, dry_run: bool, as_json: bool, **known: str | None
) -> None:
    """Take the demo away: back it up, and begin anew with your own company and the same modules."""
    from dougong.db import make_engine
    from dougong.demo_removal import demo_name, remove_demo, why_it_stays
    from dougong.plugins.founding import Founding, check_founding
    from dougong.site import find_site

    quiet_output()
    site = find_site()
    engine = make_engine(site.url)
    sentence, demo = why_it_stays(engine), demo_name(engine)
    engine.dispose()
    if sentence:
        raise Sentence(str(sentence))
    first = Founding(name=company, **known)  # type: ignore[arg-type]
    check_founding(first)
    if dry_run:
        told = _("%(demo)s would be backed up and removed; %(company)s would begin.",
                 demo=demo, company=company)  # fmt: skip
        click.echo(str(told))
        return
    agreed(_("Remove %(demo)s and everything in it?", demo=demo), yes=yes)
    done = remove_demo(site.url, site.home, first, login)
    if as_json:
        print_json({**asdict(done), "backup": str(done.backup)})
        return
    click.echo(str(_("The demo is kept in %(path)s.", path=done.backup)))
    click.echo(
        str(_("%(company)s may begin; log in as %(login)s.", company=company, login=done.login))
    )
    if done.password:
        click.echo(str(_("Password, for one log-in: %(password)s", password=done.password)))
