"""List, retry and cancel letters to other departments and systems."""

from __future__ import annotations

import click

from dougong.commands.common import open_runtime, print_json, print_table, reading, the_house
from dougong.i18n import _

STATES = click.Choice(["waiting", "sending", "sent", "dead", "cancelled"])


@click.group()
def command() -> None:
    """What was told to other departments and systems after a commit."""


@command.command("list")
@click.option("--state", type=STATES, help="Only letters in this state.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000))
@reading
def list_(state: str | None, limit: int, as_json: bool) -> None:
    """List the newest letters."""
    from dougong.outbox.queries import letters
    from dougong.outbox.service import OUTBOX_STEPS

    runtime = open_runtime()
    with runtime.house.read(the_house(runtime, "outbox list")) as session:
        found = letters(session, state or "", limit)
    runtime.close()
    if as_json:
        names = ("id", "event", "reaction", "state", "due_at", "tries", "error")
        print_json([{name: getattr(letter, name) for name in names} for letter in found])
        return
    print_table(
        (_("Number"), _("News"), _("To"), _("State"), _("Tries"), _("What went wrong")),
        [
            (x.id, x.event.rpartition(":")[2], x.reaction, OUTBOX_STEPS.state(x.state).label,
             x.tries, (x.error or "").strip().rpartition("\n")[2])
            for x in found
        ],
    )  # fmt: skip


@command.command()
@click.argument("ids", nargs=-1, required=True, type=int, metavar="NUMBER...")
def retry(ids: tuple[int, ...]) -> None:
    """Send dead or cancelled letters again."""
    from dougong.outbox.service import retry_letters

    runtime = open_runtime()
    runtime.house.run(the_house(runtime, "outbox retry"), lambda uow: retry_letters(uow, ids))
    runtime.close()


@command.command()
@click.argument("ids", nargs=-1, required=True, type=int, metavar="NUMBER...")
def cancel(ids: tuple[int, ...]) -> None:
    """Give letters up: nobody will get them."""
    from dougong.outbox.service import cancel_letters

    runtime = open_runtime()
    runtime.house.run(the_house(runtime, "outbox cancel"), lambda uow: cancel_letters(uow, ids))
    runtime.close()
