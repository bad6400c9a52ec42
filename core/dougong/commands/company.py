"""Companies: open one, list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dougong.commands.common import open_runtime, print_json, print_table, reading, the_house
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


@click.group()
def command() -> None:
    """Open companies and look at them."""


@command.command()
@click.argument("code")
@click.argument("name")
@click.option("--currency", default="EUR", show_default=True, help="The currency of its books.")
@click.option("--country", default=None, help="Its country, as two letters.")
@click.option("--language", default="en", show_default=True, help="en or zh_Hans_CN.")
@click.option("--timezone", default="UTC", show_default=True, help="For example Asia/Shanghai.")
@reading
def add(
    code: str,
    name: str,
    currency: str,
    country: str | None,
    language: str,
    timezone: str,
    as_json: bool,
) -> None:
    """Open a company; every enabled plugin prepares what it needs there."""
    from dougong.companies.service import open_company

    def act(uow: UnitOfWork) -> int:
        return open_company(
            uow, code, name, currency, country=country, timezone=timezone, language=language
        ).id

    runtime = open_runtime()
    try:
        company_id = runtime.house.run(the_house(runtime, "company add"), act)
    finally:
        runtime.close()
    if as_json:
        print_json({"id": company_id, "code": code})
    else:
        click.echo(str(_("%(name)s is open.", name=name)))


@command.command("list")
@reading
def list_(as_json: bool) -> None:
    """List the companies of the house."""
    from dougong.companies.queries import all_companies

    runtime = open_runtime()
    with runtime.house.read(the_house(runtime, "company list")) as session:
        rows = [
            {
                "id": c.id,
                "code": c.code,
                "name": c.name,
                "currency": c.currency,
                "country": c.country,
            }
            for c in all_companies(session)
        ]
    runtime.close()
    if as_json:
        print_json(rows)
        return
    print_table(
        (_("Code"), _("Name"), _("Currency"), _("Country")),
        [(r["code"], r["name"], r["currency"], r["country"] or "") for r in rows],
    )
