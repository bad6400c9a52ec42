"""What a page weighs on the wire: the first one of a morning, and the next page of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from corners import CORNERS, PHONE, WIDE, Corner
from hands import settled

from dougong.actors import Actor

KIB = 1024


@pytest.fixture(scope="module")
def corner() -> Corner:
    """Bytes weigh the same by day and by night: they are weighed in one corner."""
    return CORNERS["wide-light-english"]


class Scales:
    """The bytes that came over the wire since they were last emptied."""

    def __init__(self, page: Any) -> None:
        self.bytes = 0
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send("Network.clearBrowserCache")
        wire.on("Network.loadingFinished", self._add)

    def _add(self, event: Any) -> None:
        self.bytes += event["encodedDataLength"]


@pytest.fixture(scope="module")
def crowd(server: Any) -> None:
    """More parties than a page shows."""
    from dougong_base import Party

    def act(uow: Any) -> None:
        uow.add(*(Party(code=f"W{n:03}", name=f"Weight {n:03}", kind="person",
                        email=f"w{n}@example.com", phone=f"+49 30 {n:06}") for n in range(90)))  # fmt: skip

    server.runtime.house.run(Actor.system(), act)


@pytest.mark.parametrize("address", ["/base/parties", "/base/parties/new", "/crm/orders/new"])
def test_a_first_page_weighs_less_than_two_hundred_kibibytes(
    open_page: Callable[..., Any], server: Any, crowd: None, address: str
) -> None:
    page = open_page("/login")
    scales = Scales(page)

    page.goto(server.url + address)
    settled(page)

    assert 100 * KIB < scales.bytes < 200 * KIB


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_moves_once_it_is_seen(
    open_page: Callable[..., Any], server: Any, crowd: None, size: Any
) -> None:
    page = open_page("/login", size=size)
    page.add_init_script(
        """window.moved = [];
        new PerformanceObserver(list => list.getEntries().forEach(shift => {
            const what = shift.sources.map(one => one.node?.outerHTML?.slice(0, 90) ?? "?");
            if (!shift.hadRecentInput) window.moved.push([shift.value, ...what]);
        })).observe({type: "layout-shift", buffered: true});"""
    )
    found = {}
    for address in (
        "/", "/base/parties", "/crm/orders/new", f"/base/parties/{server.ids['acme']}",
        "/crm/opportunities?board=kanban", "/crm/orders?board=graph&sum=records",
    ):  # fmt: skip
        page.goto(server.url + address)
        settled(page)
        page.wait_for_timeout(300)
        moved = page.evaluate("window.moved")
        if moved:
            found[address] = moved

    assert found == {}


def test_the_next_page_of_a_list_weighs_less_than_six_kibibytes(
    open_page: Callable[..., Any], crowd: None
) -> None:
    page = open_page("/base/parties?q=Weight")
    settled(page)
    scales = Scales(page)

    page.locator(".foot a").last.click()
    page.wait_for_selector(".foot a >> nth=1")
    settled(page)

    assert page.locator("#bulk tbody tr").count() == 40
    assert 500 < scales.bytes < 6 * KIB
