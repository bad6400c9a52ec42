"""Somebody checks in on their own page, and says where, or does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from dougong.actors import EVERYTHING, Actor
from dougong.people.users.models import User, UserCompany
from dougong.settings.service import write
from dougong_hr.attendance.models import Attendance
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import create_employees, join_employees


@pytest.fixture
def lin(server: Any) -> Iterator[int]:
    """Lin, who works here; the company asks where people check in."""

    def act(uow: Any) -> tuple[int, int]:
        user = User(login=f"lin{uow.id()}", name="Lin")
        uow.add(user)
        uow.add(UserCompany(user_id=user.id, company_id=1))
        employee = Employee(number=user.login, name="Lin", user_id=user.id)
        create_employees(uow, [employee])
        uow.flush()
        join_employees(uow, [employee.id])
        write(uow, "hr.ask_where", True)
        return user.id, employee.id

    before = server.app.config["ACT_AS"]
    user, employee = server.runtime.house.run(Actor.system(), act)
    server.app.config["ACT_AS"] = Actor(user, "Lin", EVERYTHING, (1,), 1)
    yield employee
    server.app.config["ACT_AS"] = before


def attendance(server: Any, employee: int) -> Attendance:
    with server.runtime.house.read(Actor.system()) as session:
        question = select(Attendance).where(Attendance.employee_id == employee)
        found: Attendance = session.scalars(question).one()
        return found


def test_the_place_is_told_by_who_lets_the_browser_and_nobody_is_kept_out(
    server: Any,
    lin: int,
    open_page: Callable[..., Any],
    look: Callable[[Any], None],
    say: Callable[..., str],
) -> None:
    page = open_page("/hr/my")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 52.5163, "longitude": 13.3777, "accuracy": 12})
    look(page)

    page.get_by_role("button", name=say("Come"), exact=True).press("Enter")
    page.get_by_role("button", name=say("Go"), exact=True).wait_for()
    came = attendance(server, lin)
    assert (came.came_where, came.left_at) == ("52.51630, 13.37770 ±12 m", None)

    # The browser answers as it does when somebody declines.
    declined = (
        "navigator.geolocation.getCurrentPosition = (_yes, no) => setTimeout(no, 0, { code: 1 });"
    )
    page.add_init_script(declined)
    page.reload()
    page.get_by_role("button", name=say("Go"), exact=True).click()
    page.get_by_role("button", name=say("Come"), exact=True).wait_for()
    gone = attendance(server, lin)
    assert gone.left_at is not None
    assert gone.left_where is None
    page.goto(f"{server.url}/hr/attendances/{gone.id}")
    look(page)
