"""Dashboards as people use them: cards from where they are, arranged by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hands import draw, settled

Open = Callable[..., Any]
Look = Callable[[Any], None]


def drawn(page: Any) -> None:
    """Every card has its figure."""
    page.wait_for_function("() => !document.querySelector('.dash-wait')")


def titles(page: Any) -> list[str]:
    """The cards in their order, as their names are entered."""
    return page.eval_on_selector_all("[data-card]", "all => all.map(one => one.dataset.title)")


@pytest.fixture
def board(server: Any) -> str:
    """A dashboard of three cards; returns its address."""
    from dougong.actors import Actor
    from dougong.dashboards.service import add_card, make_dashboard

    def act(uow: Any) -> int:
        made = make_dashboard(uow, "Everyday")
        uow.flush()
        for title, kind, query in (
            ("Products", "number", ""), ("By kind", "chart", "rows=kind"), ("Newest", "rows", ""),
        ):  # fmt: skip
            values = {"title": title, "kind": kind, "source": "list", "target": "base.products",
                      "query": query, "measure": ""}  # fmt: skip
            add_card(uow, made.id, values)
        return made.id

    return f"/core/dashboards/{server.runtime.house.run(Actor.system(name='Ana Ruiz'), act)}"


def test_a_card_comes_from_the_list_where_one_is_and_leads_back_to_it(
    open_page: Open, look: Look
) -> None:
    page = open_page("/base/products")
    # The list is narrowed after it was drawn; the card is of what is seen.
    page.locator("#q").fill("Oak")
    page.wait_for_function("() => location.search.includes('q=Oak')")
    page.locator("main details[data-menu] > summary").first.press("Enter")
    page.locator("[data-dialog*='dashboards/add']").press("Enter")
    page.locator("#add-title").wait_for()
    look(page)
    page.locator("#add-board").select_option("")
    page.locator("#add-new").fill("Oak things")
    page.locator("#add-title").fill("Oak")
    page.keyboard.press("Enter")
    toast = page.locator("#toasts a[href*='/core/dashboards/']")
    toast.wait_for()
    assert page.locator("#ask[open]").count() == 0
    assert page.url.endswith("q=Oak")

    toast.click()
    drawn(page)
    assert page.locator(".dash-value").inner_text() == "1"
    look(page)
    page.locator(".dash-title a").press("Enter")
    page.wait_for_selector("#bulk")
    assert page.locator("#bulk tbody tr").count() == 1


def test_a_graph_becomes_a_chart_and_its_bars_are_walked_by_keyboard(
    open_page: Open, look: Look
) -> None:
    page = open_page("/base/products?board=graph&rows=kind&show=bar")
    page.locator("main details[data-menu] > summary").first.click()
    page.locator("[data-dialog*='dashboards/add']").click()
    page.locator("#add-by").wait_for()
    assert page.locator("[name=kind]:checked").get_attribute("value") == "chart"
    assert page.locator("#add-by").input_value() == "kind"
    page.locator("#add-board").select_option("")
    page.locator("#ask [type=submit]").click()
    page.locator("#toasts a[href*='/core/dashboards/']").click()
    page.wait_for_selector("[data-chart] svg")

    first = page.locator("[data-piece]").first
    first.focus()
    assert page.locator(".tip").inner_text().splitlines()[0] in first.get_attribute("aria-label")
    look(page)
    page.keyboard.press("End")
    page.keyboard.press("Home")
    way = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#bulk")
    assert "kind=" in way
    assert page.url.endswith(way)
    assert page.locator("#bulk tbody tr").count() == 3


def test_a_bar_is_clicked_and_its_list_opens(open_page: Open, board: str) -> None:
    page = open_page(board)
    page.wait_for_selector("[data-chart] svg")
    box = page.locator("[data-chart] svg").bounding_box()

    # The whole room of a bar leads on, also above a low one.
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 2)
    assert page.locator(".tip").is_visible()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 2)

    page.wait_for_selector("#bulk")
    assert "kind=goods" in page.url


def test_cards_are_arranged_by_keyboard_and_taken_back(
    open_page: Open, look: Look, board: str
) -> None:
    page = open_page(f"{board}?arrange=1")
    drawn(page)
    look(page)

    card = page.locator("[data-title='Newest']")
    card.locator("[data-move=left]").press("Enter")
    assert titles(page) == ["Products", "Newest", "By kind"]
    assert "2" in page.locator("#dash-said").inner_text()
    # The focus stays where it was, so that a card is moved on.
    page.keyboard.press("Enter")
    assert titles(page) == ["Newest", "Products", "By kind"]
    page.locator("[data-title='Products'] [data-size='1']").press("Enter")
    page.locator("[data-title='By kind'] [data-remove]").press("Enter")
    assert titles(page) == ["Newest", "Products"]
    page.locator("[data-undo]").press("Enter")
    assert titles(page) == ["Newest", "Products", "By kind"]
    page.locator("[data-undo]").press("Enter")
    assert page.locator("[data-title='Products'] [data-width]").input_value() == "3"
    page.locator("[data-title='Products'] [name$='.title']").fill("All of them")
    page.locator("[data-title='Products'] [data-move=down]").press("Enter")
    page.locator("[data-title='Products'] [name$='.alert']").select_option("above")
    page.locator("[data-title='Products'] [name$='.threshold']").fill("2")
    page.locator("#arrange [type=submit]").press("Enter")

    page.wait_for_selector("[role=status].alert-success")
    drawn(page)
    assert page.locator(".dash-title").all_inner_texts() == ["Newest", "By kind", "All of them"]
    # Colour alone says nothing: the mark has words.
    assert page.locator(".dash-mark").inner_text().strip() != ""
    look(page)


def test_cards_are_dragged_and_a_refusal_loses_nothing(
    open_page: Open, board: str, server: Any, look: Look
) -> None:
    page = open_page(f"{board}?arrange=1")
    drawn(page)
    grip = page.locator("[data-title='By kind'] [data-handle]")
    grip.evaluate("grip => grip.scrollIntoView({block: 'end'})")
    handle, target = grip.bounding_box(), page.locator("[data-title='Products']").bounding_box()
    draw(
        page,
        (handle["x"] + 5, handle["y"] + 5),
        (target["x"] + 40, target["y"] + 60),
        (target["x"] + 12, target["y"] + 40),
    )
    page.wait_for_function(
        "() => document.querySelector('[data-card]').dataset.title === 'By kind'"
    )

    # Somebody else was faster: it is told, and the arrangement stands as it was.
    from dougong.actors import Actor
    from dougong.dashboards.models import Dashboard

    def touch(uow: Any) -> None:
        uow.get(Dashboard, int(board.rpartition("/")[2])).name = "Other"

    server.runtime.house.run(Actor.system(name="Ana Ruiz"), touch)
    page.locator("#arrange [type=submit]").click()
    page.wait_for_selector(".toast-bad")
    assert titles(page)[0] == "By kind"
    look(page)


MOVED = """() => {
    window.moved = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { window.moved += entry.value; }))
        .observe({type: "layout-shift", buffered: true});
}"""


def test_figures_come_without_moving_anything(open_page: Open, board: str) -> None:
    for address in ("/", board):
        page = open_page(address)
        page.evaluate(MOVED)
        drawn(page)
        settled(page)
        assert page.evaluate("window.moved") == 0, address


@pytest.mark.parametrize(
    "address", ["/", "/core/dashboards", "/core/dashboards/overview", "/core/dashboards/crm.sales",
                "/core/dashboards/finance.overview?arrange=1"],
)  # fmt: skip
def test_every_page_of_dashboards_is_readable_by_everyone(
    open_page: Open, look: Look, address: str
) -> None:
    page = open_page(address)
    drawn(page)

    look(page)
    assert page.locator("h1").count() == 1


def choose(page: Any, way: str, *answers: str, look: Look | None = None) -> None:
    """Take a way from the menu of a dashboard, and answer what it asks."""
    page.locator("main details[data-menu] > summary").click()
    page.locator(f"[data-ask={way}]").click()
    for answer in answers:
        page.locator(f"#ask {answer}").first.check()
    if look:
        look(page)
    with page.expect_navigation():
        page.locator("#ask [type=submit]").click()


def test_a_dashboard_is_shared_and_shown_on_the_home_page_of_a_role(
    open_page: Open, look: Look, board: str, server: Any
) -> None:
    page = open_page(board)
    choose(page, "ask-share", "[value=everybody]", look=look)
    page.wait_for_selector("[role=status].alert-success")

    choose(page, "ask-begin", "[name=role]", look=look)
    page.wait_for_selector("[role=status].alert-success")
    page.goto(server.url)
    assert page.locator("#home-board").inner_text() == "Everyday"
    look(page)

    page.goto(server.url + board)
    choose(page, "ask-drop")
    page.locator("[role=status].alert-success").wait_for()
    assert page.locator(f"a[href='{board}']").count() == 0


def test_numbers_of_a_row_stand_on_one_line_whole_and_lower_than_charts(open_page: Open) -> None:
    page = open_page("/")
    for card in page.locator(".dash-card").all():
        card.scroll_into_view_if_needed()
    drawn(page)

    cards = page.eval_on_selector_all(
        ".dash-card.kind-number:has(.dash-value)",
        """all => all.map(card => {
            const box = card.getBoundingClientRect(), body = card.querySelector(".dash-body");
            const {bottom} = card.querySelector(".dash-value").getBoundingClientRect();
            const more = card.querySelector(".dash-trend, .dash-mark");
            const over = Math.max(0, body.getBoundingClientRect().bottom - box.bottom);
            return {top: Math.round(box.top + scrollY), high: Math.round(box.height),
                    line: more ? 0 : Math.round(bottom + scrollY), says: card.innerText,
                    cut: over + body.scrollHeight - body.clientHeight};
        })""",
    )  # fmt: skip

    assert len(cards) > 8
    assert [one for one in cards if one["cut"] > 1] == []
    chart = page.locator(".dash-card.kind-chart").first.bounding_box()
    assert max(one["high"] for one in cards) < chart["height"] / 2
    for top in {one["top"] for one in cards}:
        assert len({one["line"] for one in cards if one["top"] == top and one["line"]}) <= 1
