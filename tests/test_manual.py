"""An empty list leads to the page of the manual that tells of its noun, where the manual stands somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from dougong.actors import Actor
from dougong.resources.manual import page_of
from dougong.settings.service import write

DOCS = Path(__file__).parents[1] / "docs"


def headings(page):
    """The anchors of a page of the manual, as mkdocs makes them."""
    titles = re.findall(r"^## (.+)$", (DOCS / "user" / f"{page}.md").read_text("utf-8"), re.M)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", t).strip().lower()) for t in titles}


def test_every_noun_names_a_page_and_a_heading_that_are_there_in_both_languages(runtime):
    named = {noun.name: noun.resource.manual for noun in runtime.nouns if noun.resource.manual}

    assert len(named) > 30
    for name, place in named.items():
        page, _hash, heading = place.partition("#")
        assert (DOCS / "zh" / f"{page}.md").is_file(), name
        assert heading in headings(page), (name, place)


def test_the_address_follows_the_language_and_a_plugin_may_have_a_manual_of_its_own():
    at = "https://docs.example/erp/"

    assert page_of(at, "sales#order", "en") == "https://docs.example/erp/user/sales/#order"
    assert page_of(at, "sales#order", "zh_Hans_CN") == "https://docs.example/erp/zh/sales/"
    assert page_of("", "https://pos.example/till", "en") == "https://pos.example/till"
    assert page_of("", "sales#order", "en") == ""
    assert page_of(at, "", "en") == ""
    assert page_of("javascript:alert(1)", "sales", "en") == ""


def test_an_empty_list_leads_there_once_the_address_is_set(runtime, client_as):
    client = client_as(rights={"crm.order.read"})
    assert "/sales/#order" not in client.get("/crm/orders").text

    house = Actor.system()
    runtime.house.run(house, lambda uow: write(uow, "core.manual", "https://docs.example"))

    page = client.get("/crm/orders").text
    assert 'href="https://docs.example/user/sales/#order"' in page
    assert "/sales/#order" not in client.get("/crm/orders?q=nothing").text
