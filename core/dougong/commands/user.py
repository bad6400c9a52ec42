"""People who log in: add, list, disable, enable, passwords, roles, tokens."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dougong.commands.common import open_runtime, print_json, print_table, reading, the_house
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.people.users.models import User
    from dougong.unit_of_work import UnitOfWork

T = TypeVar("T")


@click.group()
def command() -> None:
    """Make people known, shut them out, give them roles."""


def _run(act: Callable[[UnitOfWork], T]) -> T:
    """Do it as the house itself, in all its companies."""
    runtime = open_runtime()
    try:
        return runtime.house.run(the_house(runtime, "user"), act)
    finally:
        runtime.close()


def _named(uow: UnitOfWork, login: str) -> User:
    from dougong.people.users.queries import user_named

    return user_named(uow.session, login)


def _company(uow: UnitOfWork, code: str | None) -> int | None:
    from dougong.companies.queries import company_named

    return company_named(uow.session, code).id if code else None


@command.command()
@click.argument("login")
@click.option("--name", default="", help="The person's name; the log-in name when left out.")
@click.option("--email", default=None, help="Their e-mail address.")
@click.option(
    "--role", "roles", multiple=True, metavar="ROLE", help="A role in all their companies."
)
@click.option(
    "--company", "codes", multiple=True, metavar="CODE", help="Where they work; all when left out."
)
@click.option("--language", default="en", show_default=True, help="en or zh_Hans_CN.")
@click.option(
    "--timezone", default=None, help="For example Asia/Shanghai; their company's when left out."
)
@click.option("--password-stdin", is_flag=True, help="Read the password from the input.")
@reading
def add(
    login: str,
    name: str,
    email: str | None,
    roles: tuple[str, ...],
    codes: tuple[str, ...],
    language: str,
    timezone: str | None,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Make a person known. Without a password one is invented and printed once.

    The first administrator: dougong user add ann --role administrator
    """
    from dougong.companies.queries import all_companies, company_named
    from dougong.people.roles.service import declare_roles, give_role
    from dougong.people.users.service import add_user

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None

    def act(uow: UnitOfWork) -> tuple[int, str]:
        declare_roles(uow)
        companies = (
            [company_named(uow.session, code) for code in codes]
            if codes
            else all_companies(uow.session)
        )
        user, initial = add_user(
            uow,
            login,
            name or login,
            email=email,
            companies=[c.id for c in companies],
            password=password,
            language=language,
            timezone=timezone,
        )
        uow.flush()
        for role in roles:
            give_role(uow, user.id, role)
        return user.id, initial

    user_id, initial = _run(act)
    if as_json:
        print_json({"id": user_id, "login": login.lower(), "password": initial or None})
        return
    click.echo(str(_("%(login)s can log in now.", login=login.lower())))
    _show(initial)


def _show(initial: str) -> None:
    if initial:
        click.echo(
            str(_("Password for the first log-in, shown only now: %(password)s", password=initial))
        )


@command.command("list")
@reading
def list_(as_json: bool) -> None:
    """List who can log in, and with which roles."""
    from dougong.people.users.queries import people

    runtime = open_runtime()
    with runtime.house.read(the_house(runtime, "user list")) as session:
        rows = people(session)
    runtime.close()
    if as_json:
        print_json(rows)
        return
    print_table(
        (_("Log-in"), _("Name"), _("Active"), _("Second factor"), _("Companies"), _("Roles")),
        [
            (
                row["login"],
                row["name"],
                _("yes") if row["active"] else _("no"),
                _("yes") if row["second_factor"] else _("no"),
                ", ".join(row["companies"]),
                ", ".join(row["roles"]),
            )
            for row in rows
        ],
    )


@command.command()
@click.argument("login")
def disable(login: str) -> None:
    """Shut a person out at once."""
    from dougong.people.users.service import disable_users

    _run(lambda uow: disable_users(uow, [_named(uow, login).id]))
    click.echo(str(_("%(login)s is shut out; their log-ins and tokens have ended.", login=login)))


@command.command()
@click.argument("login")
def enable(login: str) -> None:
    """Let a person in again."""
    from dougong.people.users.service import enable_users

    _run(lambda uow: enable_users(uow, [_named(uow, login).id]))
    click.echo(str(_("%(login)s can log in again.", login=login)))


@command.command()
@click.argument("login")
def password(login: str) -> None:
    """Give a person a new password for one log-in; it is printed once."""
    from dougong.people.users.service import reset_password

    _show(_run(lambda uow: reset_password(uow, _named(uow, login).id)))


@command.group()
def role() -> None:
    """Give a person roles, and take them away."""


@role.command("add")
@click.argument("login")
@click.argument("role")
@click.option("--company", default=None, metavar="CODE", help="Only in this company.")
def add_role(login: str, role: str, company: str | None) -> None:
    """Give a person a role."""
    from dougong.people.roles.service import give_role

    _run(lambda uow: _nothing(give_role(uow, _named(uow, login).id, role, _company(uow, company))))
    click.echo(str(_("%(login)s is %(role)s now.", login=login, role=role)))


@role.command("remove")
@click.argument("login")
@click.argument("role")
@click.option("--company", default=None, metavar="CODE", help="Only in this company.")
def remove_role(login: str, role: str, company: str | None) -> None:
    """Take a role away from a person."""
    from dougong.people.roles.service import take_role

    _run(lambda uow: take_role(uow, _named(uow, login).id, role, _company(uow, company)))
    click.echo(str(_("%(login)s is not %(role)s any more.", login=login, role=role)))


@command.command()
@click.argument("login")
@click.argument("scopes", nargs=-1, required=True, metavar="RIGHT...")
@click.option("--name", default="command line", show_default=True, help="What the token is for.")
@click.option("--days", default=90, show_default=True, help="How long it lasts.")
@click.option(
    "--company", default=None, metavar="CODE", help="In which company; the person's own first."
)
def token(login: str, scopes: tuple[str, ...], name: str, days: int, company: str | None) -> None:
    """Make a token for a program that acts as this person; it is printed once.

    RIGHT is a right or a pattern: crm.order.read, crm.*, *.read
    """
    from dougong.people.tokens.service import create_token

    def act(uow: UnitOfWork) -> str:
        owner = _named(uow, login)
        where = _company(uow, company) or owner.company_id
        return create_token(uow, name, scopes, days=days, user_id=owner.id, company_id=where)[1]

    click.echo(_run(act))


def _nothing(_anything: Any) -> None:
    return None
