"""The noun in one file of the author guide, as it is printed: short, whole, and without HTML."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from docs_runner import BLOCK

from dougong.plugins.collecting import forget

PAGE = Path(__file__).parents[1] / "docs" / "author" / "index.md"
#: What an author may be asked to type for a noun with everything.
MOST_LINES = 60
MANIFEST = '[plugin]\nname = "pond"\nlabel = "Pond"\napi = ">=1,<2"\n'


@pytest.fixture
def printed_code():
    blocks = {title: body for _kind, title, body in BLOCK.findall(PAGE.read_text("utf-8"))}
    return blocks["dougong_pond/plugin.py"]


@pytest.fixture
def plugins():
    return ("pond",)


@pytest.fixture
def pond(printed_code, tmp_path, monkeypatch):
    package = tmp_path / "dougong_pond"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "plugin.py").write_text(printed_code, "utf-8")
    (package / "dougong.toml").write_text(MANIFEST)
    info = tmp_path / "dougong_pond-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dougong-pond\nVersion: 0.1.0\n")
    entry = "[dougong.plugins]\npond = dougong_pond.plugin:plugin\n"
    (info / "entry_points.txt").write_text(entry)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield
    forget("pond", "dougong_pond")


def test_a_noun_takes_less_than_sixty_lines_and_the_page_says_how_many(printed_code):
    lines = printed_code.count("\n")

    assert lines < MOST_LINES
    assert f"$ wc -l dougong_pond/plugin.py\n{lines} dougong_pond/plugin.py\n" in PAGE.read_text(
        "utf-8"
    )


def test_it_has_list_form_kanban_steps_api_import_and_print(pond, make_runtime, tmp_path, run_cli):
    (tmp_path / "boats.csv").write_text("Name,Built on\nSwan,2020-05-01\nHeron,\n")
    assert "2 created" in run_cli("import", "pond.boats", str(tmp_path / "boats.csv")).output
    assert run_cli("step", "pond.boats", "launch", "--filter", "name=Swan").exit_code == 0


def test_its_pages_open(pond, client_as, work):
    from dougong_pond.plugin import Boat

    with work() as uow:
        boat = Boat(name="Swan", state="out")
        uow.add(boat)
    browser = client_as(rights={"pond.*"})

    assert "Swan" in browser.get("/pond/boats").text
    assert "Ashore" in browser.get("/pond/boats?board=kanban").text
    assert 'name="name"' in browser.get("/pond/boats/new").text
    assert "Land" in browser.get(f"/pond/boats/{boat.id}").text
    assert browser.get("/api/v1/pond/boats").json["items"][0]["name"] == "Swan"
    pytest.importorskip("typst")
    paper = browser.get(f"/pond/boats/{boat.id}/prints/form")
    assert paper.data.startswith(b"%PDF")
