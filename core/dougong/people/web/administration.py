"""The buttons beside a person: roles, password, in or out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong.keys import whole
from dougong.people.roles.service import give_role, take_role
from dougong.people.users.service import disable_users, enable_users, reset_password
from dougong.unit_of_work import UnitOfWork
from dougong.web.rights import needs

pages = Blueprint("administration", __name__, url_prefix="/core/people/<int:user_id>")


@pages.post("/give-role")
@needs("core.role.give")
def give(user_id: int) -> ResponseReturnValue:
    """Let somebody hold a role."""
    role, company = request.form.get("role", ""), whole(request.form.get("company"))
    return _do(user_id, lambda uow: _nothing(give_role(uow, user_id, role, company)))


@pages.post("/take-role")
@needs("core.role.give")
def take(user_id: int) -> ResponseReturnValue:
    """Take a role away."""
    role, company = request.form.get("role", ""), whole(request.form.get("company"))
    return _do(user_id, lambda uow: take_role(uow, user_id, role, company))


@pages.post("/disable")
@needs("core.user.disable")
def disable(user_id: int) -> ResponseReturnValue:
    """Shut somebody out."""
    return _do(user_id, lambda uow: _nothing(disable_users(uow, [user_id])))


@pages.post("/enable")
@needs("core.user.disable")
def enable(user_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    return _do(user_id, lambda uow: _nothing(enable_users(uow, [user_id])))


@pages.post("/password")
@needs("core.user.password")
def password(user_id: int) -> ResponseReturnValue:
    """Give somebody a password for one log-in, shown once."""
    house = current_app.extensions["dougong"].house
    given = house.run(g.actor, lambda uow: reset_password(uow, user_id))
    return render_template("people/new_password.html", password=given, user_id=user_id)


def _do(user_id: int, act: Callable[[UnitOfWork], None]) -> ResponseReturnValue:
    current_app.extensions["dougong"].house.run(g.actor, act)
    return redirect(f"/core/users/{user_id}/access", 303)


def _nothing(_anything: Any) -> None:
    return None
