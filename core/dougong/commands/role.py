"""Roles: list them, show what one may do."""

from __future__ import annotations

from typing import Any

import click

from dougong.commands.common import (
    Sentence,
    open_runtime,
    print_json,
    print_table,
    reading,
    the_house,
)
from dougong.i18n import _


@click.group()
def command() -> None:
    """Look at the roles of the house."""


def _roles() -> list[dict[str, Any]]:
    from dougong.people.roles.queries import all_roles

    runtime = open_runtime()
    with runtime.house.read(the_house(runtime, "role")) as session:
        found = all_roles(session, runtime.wiring)
    runtime.close()
    return found


@command.command("list")
@reading
def list_(as_json: bool) -> None:
    """List all roles: the house's, the plugins', those that administrators made."""
    roles = _roles()
    if as_json:
        print_json(roles)
        return
    print_table(
        (_("Name"), _("Label"), _("People"), _("Rights")),
        [(r["name"], r["label"], r["people"], " ".join(r["rights"])) for r in roles],
    )


@command.command()
@click.argument("name")
@reading
def show(name: str, as_json: bool) -> None:
    """Show one role."""
    found = next((r for r in _roles() if r["name"] == name), None)
    if found is None:
        raise Sentence(str(_("There is no role “%(name)s”.", name=name)))
    if as_json:
        print_json(found)
        return
    print_table((_("Key"), _("Value")), [(key, _said(value)) for key, value in found.items()])


def _said(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)
