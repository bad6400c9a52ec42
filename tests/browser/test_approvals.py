"""An order that needs a manager: asked for at its button, decided in the inbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from corners import Corner
from sqlalchemy import select

from dougong.actors import EVERYTHING, Actor
from dougong.approvals.models import ApprovalRule
from dougong.people.users.models import User, UserCompany
from dougong_base import Unit
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import create_orders


@pytest.fixture
def people(server: Any) -> Iterator[dict[str, Actor]]:
    """Ann sells, Bea agrees from 100 on; the browser acts as whoever ``become`` names."""

    def act(uow: Any) -> dict[str, int]:
        ids = {}
        for name in ("Ann", "Bea"):
            user = User(login=name.lower(), name=name)
            uow.add(user)
            uow.add(UserCompany(user_id=user.id, company_id=1))
            ids[name] = user.id
        uow.add(
            ApprovalRule(
                label="Large orders", resource="crm.orders", step="confirm", field="total",
                least=Decimal(100), user_id=ids["Bea"],
            )
        )  # fmt: skip
        return ids

    before = server.app.config["ACT_AS"]
    ids = server.runtime.house.run(Actor.system(), act)
    yield {name: Actor(id, name, EVERYTHING, (1,), 1) for name, id in ids.items()}
    server.app.config["ACT_AS"] = before


def a_draft(server: Any, seller: Actor) -> int:
    def act(uow: Any) -> int:
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        line = OrderLine(
            product_id=server.ids["beam"], quantity=Decimal(2), price=Decimal(120), unit_id=unit
        )
        order = Order(
            customer_id=server.ids["acme"], ordered_on=dt.date(2026, 3, 2), currency="EUR",
            lines=[line],
        )  # fmt: skip
        create_orders(uow, [order])
        return order.id

    found: int = server.runtime.house.run(seller, act)
    return found


def test_a_large_order_is_asked_for_and_agreed_to(
    server: Any,
    people: dict[str, Actor],
    open_page: Callable[..., Any],
    corner: Corner,
    look: Callable[[Any], None],
    say: Callable[..., str],
) -> None:
    order = a_draft(server, people["Ann"])
    server.app.config["ACT_AS"] = people["Ann"]
    page = open_page(f"/crm/orders/{order}")
    page.get_by_role("button", name=say("Confirm")).first.click()
    page.locator("dialog[open]").get_by_role("button", name=say("Confirm")).click()
    page.get_by_text(say("Approval was asked for.")).wait_for()
    waits = say("Waits for the approval of %(who)s", who="Bea")
    assert page.get_by_text(waits).is_visible()
    look(page)

    server.app.config["ACT_AS"] = replace(people["Bea"], language=corner.language)
    inbox = open_page("/core/inbox")
    look(inbox)
    assert inbox.get_by_role("link", name="Acme Timber").is_visible()
    inbox.get_by_role("button", name=say("Refuse")).click()
    inbox.get_by_text(say("Say why it is refused.")).wait_for()
    look(inbox)
    inbox.get_by_label(say("Reason or note")).press("Enter")
    inbox.get_by_text(say("Nothing is waiting for you.")).wait_for()
    look(inbox)
