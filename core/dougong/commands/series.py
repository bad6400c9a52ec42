"""See how documents are numbered, change it for the future, find gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from dougong.commands.common import (
    Sentence,
    acting_in,
    open_runtime,
    print_json,
    print_table,
    reading,
    the_house,
)
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

COMPANY = click.option("--company", metavar="CODE", help="The company; the first one otherwise.")


@click.group()
def command() -> None:
    """Number series: their patterns, their next numbers, their gaps."""


@command.command("list")
@COMPANY
@reading
def list_(company: str | None, as_json: bool) -> None:
    """List every series with its pattern and its next number."""
    from dougong.series.queries import standings
    from dougong.series.service import RESTARTS

    runtime = open_runtime()
    actor = acting_in(runtime, the_house(runtime, "series list"), company)
    with runtime.house.look(actor) as uow:
        found = standings(uow.session, runtime.house.series, [actor.company_id], uow.today)
    runtime.close()
    if as_json:
        print_json([
            {"kind": s.series.kind, "text": s.pattern.text, "digits": s.pattern.digits,
             "restart": s.pattern.restart, "last": s.last, "next": s.next}
            for s in found
        ])  # fmt: skip
        return
    print_table(
        (_("Series"), _("Pattern"), _("Starts anew"), _("Next number"), _("Meaning")),
        [
            (s.series.kind, s.pattern.text, RESTARTS[s.pattern.restart], s.next, s.series.label)
            for s in found
        ],
    )


@command.command("set")
@click.argument("kind")
@click.argument("pattern")
@click.option("--digits", type=int, help="Digits of the running number, at least.")
@click.option("--restart", help="When counting starts anew: year, month or never.")
@click.option(
    "--from", "from_on", metavar="DATE", help="For documents from this day; today otherwise."
)
@click.option("--dry-run", is_flag=True, help="Only show the next three numbers.")
@COMPANY
def set_(kind: str, pattern: str, company: str | None, dry_run: bool, **said: Any) -> None:
    """Let documents be numbered so: ``SO-{year}-{number}``. What has a number keeps it."""
    import datetime as dt

    from dougong.series.queries import standing
    from dougong.series.service import change_pattern, look_ahead, wish_from

    try:
        day = dt.date.fromisoformat(said["from_on"]) if said["from_on"] else None
    except ValueError:
        sentence = _("This is not a date: %(text)s.", text=said["from_on"][:20])
        raise Sentence(str(sentence)) from None
    runtime = open_runtime()
    actor = acting_in(runtime, the_house(runtime, f"series set {kind}"), company)

    def act(uow: UnitOfWork) -> list[str]:
        here = standing(uow.session, uow.house.series, (uow.company_id, kind), uow.today).pattern
        digits = said["digits"] if said["digits"] is not None else here.digits
        wish = wish_from(pattern, digits, said["restart"] or here.restart, day or uow.today)
        if not dry_run:
            change_pattern(uow, kind, wish)
        return look_ahead(uow, kind, wish)

    try:
        if dry_run:
            with runtime.house.look(actor) as uow:
                ahead = act(uow)
        else:
            ahead = runtime.house.run(actor, act)
    finally:
        runtime.close()
    click.echo(str(_("The next numbers would be:") if dry_run else _("The next numbers are:")))
    click.echo(", ".join(ahead))


@command.command("next")
@click.argument("kind")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why the numbers before it are left out.")
@COMPANY
def next_(kind: str, number: int, reason: str, company: str | None) -> None:
    """Go on with a later running number; those before it are left out for good."""
    from dougong.series.queries import standing
    from dougong.series.service import leave_out

    runtime = open_runtime()
    actor = acting_in(runtime, the_house(runtime, f"series next {kind}"), company)

    def act(uow: UnitOfWork) -> str:
        leave_out(uow, kind, number, reason)
        place = uow.company_id, kind
        return standing(uow.session, uow.house.series, place, uow.today).next

    try:
        told = runtime.house.run(actor, act)
    finally:
        runtime.close()
    click.echo(str(_("The next number is %(next)s.", next=told)))


@command.command()
@click.argument("kind", required=False)
@reading
def gaps(kind: str | None, as_json: bool) -> None:
    """Say which numbers were given and stand on no document; exit code 1 where there are any."""
    from dougong.checks.series import every_series

    runtime = open_runtime()
    with runtime.house.read(the_house(runtime, "series gaps")) as session:
        found = [told for told in every_series(session) if not kind or told.startswith(f"{kind} ")]
    runtime.close()
    if as_json:
        print_json(found)
    else:
        click.echo("\n".join(found) or str(_("Every number that was given stands on a document.")))
    if found:
        raise SystemExit(1)
