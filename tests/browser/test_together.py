"""Two people work on one order: followed, mentioned, tagged, planned, done; by mouse and by keyboard."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dougong.actors import EVERYTHING, Actor
from dougong.people.roles.models import Role, UserRole
from dougong.people.users.models import User, UserCompany
from dougong_base import Unit
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import create_orders

PHONE = {"width": 390, "height": 844}
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def team(server: Any) -> Iterator[dict[str, Actor]]:
    """Ann and Bob may everything; the browser acts as whoever ``ACT_AS`` names."""

    def act(uow: Any) -> dict[str, int]:
        role = Role(name="everything", label="Everything", rights=["*"])
        uow.add(role)
        ids = {}
        for name in ("Ann", "Bob"):
            user = User(login=f"t-{name.lower()}", name=name)
            uow.add(user)
            uow.add(UserCompany(user_id=user.id, company_id=1))
            uow.add(UserRole(user_id=user.id, role_id=role.id))
            ids[name] = user.id
        return ids

    before = server.app.config["ACT_AS"]
    ids = server.runtime.house.run(Actor.system(), act)
    yield {name: Actor(id, name, EVERYTHING, (1,), 1) for name, id in ids.items()}
    server.app.config["ACT_AS"] = before


@pytest.fixture
def order(server: Any, team: dict[str, Actor]) -> int:
    """A draft of Ann's."""

    def act(uow: Any) -> int:
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        line = OrderLine(
            product_id=server.ids["beam"], quantity=Decimal(2), price=Decimal(120), unit_id=unit
        )
        made = Order(
            customer_id=server.ids["acme"], ordered_on=dt.date(2026, 3, 2), currency="EUR",
            lines=[line],
        )  # fmt: skip
        create_orders(uow, [made])
        return made.id

    found: int = server.runtime.house.run(team["Ann"], act)
    return found


def snap(page: Any, name: str) -> None:
    """Keep a picture where somebody asked for pictures."""
    if folder := os.environ.get("DOUGONG_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_an_order_is_followed_tagged_and_planned_by_mouse_and_keyboard(
    server: Any,
    team: dict[str, Actor],
    order: int,
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
) -> None:
    server.app.config["ACT_AS"] = team["Ann"]
    page = open_page(f"/crm/orders/{order}")
    page.get_by_role("button", name="Follow", exact=True).click()
    page.get_by_role("button", name="Following").wait_for()

    page.locator("#followers summary").click()
    page.get_by_label("Let somebody follow").fill("Bo")
    page.locator("#follower-options [role=option][data-id]").first.wait_for()
    page.keyboard.press("Enter")
    page.locator(".followers li", has_text="Bob").wait_for()
    assert page.locator("#followers").get_attribute("open") is not None
    page.keyboard.press("Escape")

    page.get_by_label("Add a tag").focus()
    page.keyboard.type("Urgent")
    page.keyboard.press("Enter")
    page.locator(".tag", has_text="Urgent").wait_for()
    page.get_by_label("Add a tag").fill("Export")
    page.keyboard.press("Enter")
    page.locator(".tag", has_text="Export").wait_for()
    page.get_by_role("button", name="Take the tag Export off").click()
    page.locator(".tag", has_text="Export").wait_for(state="detached")

    page.get_by_role("button", name="Plan a next step").click()
    dialog = page.locator("#ask[open]")
    dialog.get_by_label("Summary").fill("Ask for the drawing")
    dialog.get_by_role("combobox", name="Assigned to").fill("Bob")
    dialog.locator("[role=option][data-id]").first.wait_for()
    page.keyboard.press("Enter")
    assert axe(page) == []
    snap(page, "plan")
    dialog.get_by_role("button", name="Plan", exact=True).click()
    page.locator(".act", has_text="Ask for the drawing").wait_for()
    assert axe(page) == []
    snap(page, "order")


def test_a_colleague_is_mentioned_hears_the_bell_and_does_what_was_planned(
    server: Any,
    team: dict[str, Actor],
    order: int,
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
) -> None:
    server.app.config["ACT_AS"] = team["Ann"]
    page = open_page(f"/crm/orders/{order}/notes")
    note = page.get_by_label("A note for colleagues")
    note.focus()
    page.keyboard.type("Please call them @bo")
    page.locator("#mention-options [role=option][data-id]").first.wait_for()
    snap(page, "mention")
    assert axe(page) == []
    page.keyboard.press("Enter")
    assert note.input_value() == "Please call them @Bob "
    page.keyboard.type("today.")
    page.get_by_role("button", name="Add the note").click()
    page.get_by_text("Please call them @Bob today.").wait_for()

    page.goto(f"{server.url}/crm/orders/{order}")
    page.get_by_role("button", name="Plan a next step").click()
    page.locator("#ask[open]").get_by_role("combobox", name="Assigned to").fill("Bob")
    page.locator("#ask [role=option][data-id]").first.wait_for()
    page.keyboard.press("Enter")
    page.locator("#ask[open]").get_by_role("button", name="Plan", exact=True).click()
    page.locator(".act").first.wait_for()

    server.app.config["ACT_AS"] = replace(team["Bob"], language="zh_Hans_CN")
    phone = open_page("/core/notices", language="zh_Hans_CN", theme="dark", size=PHONE)
    phone.locator(".bell-n").wait_for()
    assert phone.get_by_text("Ann 在备注中提到了您").is_visible()
    assert axe(phone) == []
    assert phone.evaluate(WIDTH) <= PHONE["width"]
    snap(phone, "notices-phone")
    phone.get_by_label("每天汇总发邮件").check()
    phone.get_by_role("button", name="保存").click()
    phone.get_by_text("已保存").wait_for()

    phone.locator(".notices li", has_text="给您安排了待办").first.locator(
        ".notice-open button"
    ).click()
    phone.get_by_role("button", name="标为完成").wait_for()
    assert phone.url.endswith("/activities")
    assert axe(phone) == []
    assert phone.evaluate(WIDTH) <= PHONE["width"]
    snap(phone, "activities-phone")
    phone.get_by_role("button", name="标为完成").click()
    phone.get_by_label("办理结果").fill("已答复，明天下单。")
    snap(phone, "done-phone")
    phone.locator("#ask[open]").get_by_role("button", name="标为完成").click()
    phone.get_by_text("暂无待办。").wait_for()
    assert phone.get_by_text("已答复，明天下单。").is_visible()
    phone.goto(f"{server.url}/crm/orders/{order}")
    assert axe(phone) == []
    assert phone.evaluate(WIDTH) <= PHONE["width"]
    snap(phone, "order-phone")


def test_a_list_is_tagged_planned_and_seen_as_a_board_of_activities(
    server: Any,
    team: dict[str, Actor],
    order: int,
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
) -> None:
    server.app.config["ACT_AS"] = team["Ann"]
    page = open_page("/crm/orders?state=draft")
    box = page.locator(f"#bulk [name=id][value='{order}']")
    box.check()
    together = page.locator(".bulkbar details", has_text="Together")
    together.locator("summary").click()
    together.get_by_role("button", name="Tags…").click()
    page.locator("#ask[open]").get_by_label("Name of a new tag").fill("Fair")
    page.locator("#ask[open]").get_by_role("button", name="Put on").click()
    page.get_by_text("1 done").first.wait_for()

    page.locator(f"#bulk [name=id][value='{order}']").check()
    together.locator("summary").click()
    together.get_by_role("button", name="Plan a next step").click()
    page.locator("#ask[open]").get_by_label("Summary").fill("Write the offer")
    assert axe(page) == []
    page.locator("#ask[open]").get_by_role("button", name="Plan", exact=True).click()
    page.locator(".toast-card").nth(1).wait_for()

    page.locator("#list-beside summary").click()
    page.get_by_label("Has the tag").fill("Fair")
    page.get_by_label("Has the tag").press("Enter")
    page.wait_for_url("**tags=Fair**")
    page.wait_for_function("document.querySelectorAll('#bulk tbody tr').length === 1")
    assert axe(page) == []
    page.goto(f"{server.url}/crm/orders?tags=Fair&columns=number,customer,tags")
    assert page.locator("#bulk tbody .badge", has_text="Fair").is_visible()
    snap(page, "list")

    page.get_by_role("link", name="Activities", exact=True).click()
    page.wait_for_url("**board=activities**")
    assert "tags=Fair" in page.url
    assert page.locator(".plan-board tbody tr").count() == 1
    assert axe(page) == []
    snap(page, "board")
    page.goto(f"{server.url}/crm/orders?view=activities&tags=Fair")
    assert page.locator(".plan-board .act").count() == 1

    phone = open_page(
        "/crm/orders?board=activities", size=PHONE, theme="dark", language="zh_Hans_CN"
    )
    assert axe(phone) == []
    assert phone.evaluate(WIDTH) <= PHONE["width"]
    snap(phone, "board-phone")
    shapes = [f"/core/activities{shape}" for shape in ("", "?board=kanban", "?board=calendar")]
    for address in (*shapes, "/"):
        phone.goto(server.url + address)
        assert axe(phone) == [], address
        assert phone.evaluate(WIDTH) <= PHONE["width"], address
        snap(phone, "all" + address.replace("/", "-").replace("?", "-"))
    page.goto(f"{server.url}/core/activities?board=kanban")
    snap(page, "kanban")
    page.goto(f"{server.url}/")
    assert page.get_by_role("link", name="My activities").first.is_visible()
    snap(page, "home")
