"""Open a Python prompt in the house."""

from __future__ import annotations

import code

import click

from dougong.commands.common import open_runtime, the_house
from dougong.i18n import _


@click.command()
def command() -> None:
    """Open a Python prompt with `runtime`, `house`, `system` and `Actor`.

    ``with house.read(system) as session: …`` reads, ``with house.work(system) as uow: …`` changes.
    """
    from dougong.actors import Actor

    runtime = open_runtime()
    system = the_house(runtime, "shell")
    known = {"runtime": runtime, "house": runtime.house, "system": system, "Actor": Actor}
    banner = str(_("Dougong with %(plugins)s.", plugins=", ".join(runtime.loaded) or "—"))
    code.interact(banner=banner, local=known, exitmsg="")
    runtime.close()
