"""What administrators and timers do in purchasing from the command line."""

from __future__ import annotations

from typing import Any

import click

from dougong import UnitOfWork, _, ngettext
from dougong.commands.common import (
    acting_in,
    agreed,
    changing,
    open_runtime,
    print_json,
    print_table,
    the_house,
)


@click.command()
@click.option("--company", default=None, metavar="CODE", help="Act in this company.")
@click.option("--confirm", is_flag=True, help="Confirm the orders where no rule asks others.")
@changing
def reorder(company: str | None, confirm: bool, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Order approved requests that must be ordered now to come in time.

    Says which orders were made, which wait for an approval, and which requests cannot be ordered;
    exit code 1 when there are any of these.
    """
    from dougong_purchasing.requests.automatic import order_due

    runtime = open_runtime()
    actor = acting_in(runtime, the_house(runtime, "reorder"), company)
    if not dry_run:
        agreed(_("Order what is due?"), yes=yes)
    try:

        def act(uow: UnitOfWork) -> dict[str, Any]:
            outcome = order_due(uow, confirm=confirm)
            said = _told(uow, outcome)
            if dry_run:
                raise _OnlyLooked(said)
            return said

        said = runtime.house.run(actor, act)
    except _OnlyLooked as looked:
        said = looked.said
    finally:
        runtime.close()
    if as_json:
        print_json({**said, "dry_run": dry_run})
    else:
        _print(said, dry_run=dry_run)
    if said["left"]:
        raise click.exceptions.Exit(1)


class _OnlyLooked(Exception):
    """Undoes what was only looked at."""

    def __init__(self, said: dict[str, Any]) -> None:
        super().__init__()
        self.said = said


def _told(uow: UnitOfWork, outcome: Any) -> dict[str, Any]:
    from dougong_purchasing.orders.models import Order

    uow.complete()
    orders = uow.load(Order, outcome.orders, Order.supplier, Order.lines)
    how = dict.fromkeys(outcome.confirmed, "confirmed") | dict.fromkeys(outcome.asked, "asked")
    return {
        "orders": [
            {
                "id": order.id,
                "number": order.number,
                "supplier": order.supplier.name,
                "lines": len(order.lines),
                "untaxed": f"{order.untaxed:.2f}",
                "currency": order.currency,
                "state": how.get(order.id, "draft"),
            }
            for order in orders
        ],
        "left": [{"what": what, "why": str(why)} for what, why in outcome.left],
    }


def _print(said: dict[str, Any], *, dry_run: bool) -> None:
    states = {
        "draft": _("Draft"),
        "confirmed": _("Confirmed"),
        "asked": _("Approval was asked for"),
    }
    if said["orders"]:
        print_table(
            (_("Number"), _("Supplier"), _("Lines"), _("Without tax"), _("Currency"), _("State")),
            [
                (
                    one["number"] or "—", one["supplier"], one["lines"], one["untaxed"],
                    one["currency"], states[one["state"]],
                )
                for one in said["orders"]
            ],
        )  # fmt: skip
    for one in said["left"]:
        click.echo(f"{one['what']}: {one['why']}", err=True)
    count = len(said["orders"])
    told = (
        ngettext("%(number)s order would be made.", "%(number)s orders would be made.", count)
        if dry_run
        else ngettext("%(number)s order made.", "%(number)s orders made.", count)
    )
    click.echo(str(told))


COMMANDS = [reorder]
