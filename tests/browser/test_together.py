"""Two people work on one order: followed, mentioned, tagged, planned, done; by mouse and by keyboard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from corners import Corner
from hands import snap
from sqlalchemy import select

from dougong.activities.models import ActivityKind
from dougong.activities.service import Plan
from dougong.activities.service import plan as plan_steps
from dougong.actors import EVERYTHING, Actor
from dougong.people.roles.models import Role, UserRole
from dougong.people.users.models import User, UserCompany
from dougong.tags.service import tag_documents
from dougong_base import Unit
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import create_orders

Opened, Looked, Said = Callable[..., Any], Callable[[Any], None], Callable[..., str]


@pytest.fixture(scope="module")
def team(server: Any, corner: Corner) -> Iterator[dict[str, Actor]]:
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
    people = {name: Actor(id, name, EVERYTHING, (1,), 1) for name, id in ids.items()}
    yield {name: replace(actor, language=corner.language) for name, actor in people.items()}
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


def plan(page: Any, say: Said, summary: str, who: str) -> None:
    """Plan a next step for somebody, in the dialog that is open."""
    dialog = page.locator("#ask[open]")
    if summary:
        dialog.get_by_label(say("Summary")).fill(summary)
    dialog.get_by_role("combobox", name=say("Assigned to")).fill(who)
    dialog.locator("[role=option][data-id]").first.wait_for()
    page.keyboard.press("Enter")


def test_an_order_is_followed_tagged_and_planned_by_mouse_and_keyboard(
    server: Any, team: dict[str, Actor], order: int, open_page: Opened, look: Looked, say: Said
) -> None:
    server.app.config["ACT_AS"] = team["Ann"]
    page = open_page(f"/crm/orders/{order}")
    page.get_by_role("button", name=say("Follow", "document"), exact=True).click()
    page.get_by_role("button", name=say("Following", "document")).wait_for()

    page.locator("#followers summary").click()
    page.get_by_label(say("Let somebody follow")).fill("Bo")
    page.locator("#follower-options [role=option][data-id]").first.wait_for()
    look(page)
    page.keyboard.press("Enter")
    page.locator(".followers li", has_text="Bob").wait_for()
    assert page.locator("#followers").get_attribute("open") is not None
    page.keyboard.press("Escape")

    tag = page.get_by_label(say("Add a tag"))
    tag.focus()
    page.keyboard.type("Urgent")
    page.keyboard.press("Enter")
    page.locator(".tag", has_text="Urgent").wait_for()
    tag.fill("Export")
    page.keyboard.press("Enter")
    page.locator(".tag", has_text="Export").wait_for()
    page.get_by_role("button", name=say("Take the tag %(name)s off", name="Export")).click()
    page.locator(".tag", has_text="Export").wait_for(state="detached")

    page.get_by_role("button", name=say("Plan a next step", "activity")).click()
    plan(page, say, "Ask for the drawing", "Bob")
    look(page)
    page.locator("#ask[open]").get_by_role(
        "button", name=say("Plan", "activity"), exact=True
    ).click()
    page.locator(".act", has_text="Ask for the drawing").wait_for()
    look(page)


@pytest.fixture
def mentioned(
    server: Any, team: dict[str, Actor], order: int, open_page: Opened, look: Looked, say: Said
) -> int:
    """Ann has mentioned Bob in a note of the order, and planned something for him."""
    server.app.config["ACT_AS"] = team["Ann"]
    page = open_page(f"/crm/orders/{order}/notes")
    note = page.get_by_label(say("A note for colleagues"))
    note.focus()
    page.keyboard.type("Please call them @bo")
    page.locator("#mention-options [role=option][data-id]").first.wait_for()
    look(page)
    page.keyboard.press("Enter")
    assert note.input_value() == "Please call them @Bob "
    page.keyboard.type("today.")
    page.get_by_role("button", name=say("Add the note")).click()
    page.get_by_text("Please call them @Bob today.").wait_for()

    page.goto(f"{server.url}/crm/orders/{order}")
    page.get_by_role("button", name=say("Plan a next step", "activity")).click()
    plan(page, say, "", "Bob")
    page.locator("#ask[open]").get_by_role(
        "button", name=say("Plan", "activity"), exact=True
    ).click()
    page.locator(".act").first.wait_for()
    return order


def test_a_colleague_who_was_mentioned_hears_the_bell_and_does_what_was_planned(
    server: Any, team: dict[str, Actor], mentioned: int, open_page: Opened, look: Looked, say: Said
) -> None:
    server.app.config["ACT_AS"] = team["Bob"]
    page = open_page("/core/notices")
    page.locator(".bell-n").wait_for()
    assert page.get_by_text(say("%(who)s has mentioned you in a note", who="Ann")).is_visible()
    look(page)
    page.get_by_label(say("Once a day by mail", "notices")).check()
    page.get_by_role("button", name=say("Save")).click()
    page.locator("[data-saved]", has_text=say("Saved")).wait_for()

    told = say("%(who)s has assigned an activity to you: %(summary)s", who="Ann", summary="|")
    planned = page.locator(".notices li", has_text=told.partition("|")[0].rstrip(": ："))
    planned.first.locator(".notice-open button").click()
    done = say("Mark as done", "activity")
    page.get_by_role("button", name=done).wait_for()
    assert page.url.endswith("/activities")
    look(page)
    page.get_by_role("button", name=done).click()
    page.get_by_label(say("What came of it")).fill("已答复，明天下单。")
    look(page)
    page.locator("#ask[open]").get_by_role("button", name=done).click()
    page.get_by_text(say("Nothing is planned here.")).wait_for()
    assert page.get_by_text("已答复，明天下单。").is_visible()
    page.goto(f"{server.url}/crm/orders/{mentioned}")
    look(page)


def test_what_is_ticked_in_a_list_is_tagged_and_planned(
    server: Any, team: dict[str, Actor], order: int, open_page: Opened, look: Looked, say: Said
) -> None:
    server.app.config["ACT_AS"] = team["Ann"]
    page = open_page("/crm/orders?state=draft")
    dialog = page.locator("#ask[open]")
    box = page.locator(f"#bulk [name=id][value='{order}']")
    together = page.locator(".bulkbar details", has_text=say("Together", "people"))
    box.check()
    together.locator("summary").click()
    together.get_by_role("button", name=say("Tags…")).click()
    dialog.get_by_label(say("Name of a new tag")).fill("Fair")
    look(page)
    dialog.get_by_role("button", name=say("Put on")).click()
    page.get_by_text(say("%(n)s done", n=1)).first.wait_for()

    box.check()
    together.locator("summary").click()
    together.get_by_role("button", name=say("Plan a next step", "activity")).click()
    dialog.get_by_label(say("Summary")).fill("Write the offer")
    look(page)
    dialog.get_by_role("button", name=say("Plan", "activity"), exact=True).click()
    page.locator(".toast-card").nth(1).wait_for()

    page.locator("#list-beside summary").click()
    tag = page.get_by_label(say("Has the tag"), exact=True)
    tag.fill("Fair")
    look(page)
    tag.press("Enter")
    page.wait_for_url("**tags=Fair**")
    page.wait_for_function("document.querySelectorAll('#bulk tbody tr').length === 1")
    look(page)
    page.goto(f"{server.url}/crm/orders?tags=Fair&columns=number,customer,tags")
    assert page.locator("#bulk tbody .badge", has_text="Fair").is_visible()
    snap(page, "list-tagged")


@pytest.fixture
def fair(server: Any, team: dict[str, Actor], order: int) -> None:
    """The order has the tag of a fair, and something is planned for it."""
    orders = server.runtime.nouns.get("crm.orders")

    def act(uow: Any) -> None:
        tag_documents(uow, orders, [order], "Board")
        kind = uow.session.scalar(select(ActivityKind.id).order_by(ActivityKind.id))
        plan_steps(uow, orders, [order], Plan(kind, "Write the offer"))

    server.runtime.house.run(team["Ann"], act)
    server.app.config["ACT_AS"] = team["Ann"]


def test_a_tagged_list_is_seen_as_a_board_of_activities(
    server: Any, fair: None, open_page: Opened, look: Looked, say: Said
) -> None:
    page = open_page("/crm/orders?tags=Board")
    page.get_by_role("link", name=say("Activities"), exact=True).click()
    page.wait_for_url("**board=activities**")
    assert "tags=Board" in page.url
    assert page.locator(".plan-board tbody tr").count() == 1
    look(page)
    page.goto(f"{server.url}/crm/orders?view=activities&tags=Board")
    assert page.locator(".plan-board .act").count() == 1


def test_what_is_planned_is_seen_as_list_cards_calendar_and_at_home(
    server: Any, fair: None, open_page: Opened, look: Looked, say: Said
) -> None:
    page = open_page("/core/activities")
    for shape in ("", "?board=kanban", "?board=calendar"):
        page.goto(f"{server.url}/core/activities{shape}")
        look(page)
    page.goto(f"{server.url}/")
    page.locator("main").get_by_role("link", name=say("My activities")).first.wait_for()
    look(page)
