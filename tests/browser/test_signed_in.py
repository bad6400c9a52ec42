"""With a real log-in: the door, a form that proves it is ours, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import settled

from dougong.actors import Actor

PASSWORD = "seven wooden brackets"


def test_somebody_signs_in_enters_a_party_and_signs_out(
    open_page: Callable[..., Any], look: Callable[[Any], None], server: Any
) -> None:
    from dougong.people.roles.service import give_role
    from dougong.people.users.service import add_user

    def boss(uow: Any) -> None:
        user, _initial = add_user(uow, "boss", "Boss", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "administrator")

    server.runtime.house.run(Actor.system(), boss)
    server.app.config["ACT_AS"] = None
    try:
        page = open_page("/base/parties/new")
        look(page)
        page.locator("#login").fill("boss")
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/base/parties/new")

        page.locator("#f-code").fill("C-GATE")
        page.locator("#f-name").fill("Jade Gate")
        page.keyboard.press("Tab")
        settled(page)
        page.keyboard.press("Control+s")
        page.wait_for_selector("[data-saved]")

        page.locator("summary.avatar-button").click()
        look(page)
        page.locator("form[action='/logout'] button").click()
        page.wait_for_url("**/login**")
    finally:
        server.app.config["ACT_AS"] = Actor.system(name="Ana Ruiz")
