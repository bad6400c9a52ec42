"""The pages, files and answers of a report."""

from __future__ import annotations

import dataclasses
import io
from types import SimpleNamespace

import pytest
from test_reports import TAKINGS
from test_reports import shop as shop  # a fixture

from dougong import MenuItem, Plugin
from dougong.web.app import create_app
from dougong.wiring import collect


class Till(Plugin):
    """A plugin with one report."""

    def reports(self):
        return [TAKINGS]

    def menus(self):
        return [MenuItem(key="till", label="Till")]


@pytest.fixture
def browser(shop, me):
    """A browser of somebody with these rights."""

    def make(*rights):
        actor = dataclasses.replace(me, rights=frozenset(rights)) if rights else me
        runtime = SimpleNamespace(
            house=shop, wiring=collect([("till", Till())]), nouns=None, failed={}
        )
        app = create_app(runtime, {"TESTING": True, "PROPAGATE_EXCEPTIONS": False, "ACT_AS": actor})
        return app.test_client()

    return make


def test_a_report_is_a_page_whose_figures_lead_on(browser):
    page = browser().get("/till/reports/takings")

    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "1,234,567.25" in text
    assert 'href="/till/receipts/' in text
    assert "1,234,577.75" in text
    assert 'value="2026-01-01"' in text


def test_a_report_stands_in_the_menu_of_its_department(browser):
    assert 'href="/till/reports/takings"' in browser().get("/").get_data(as_text=True)
    assert "takings" not in browser("other.right").get("/").get_data(as_text=True)


def test_a_wrong_choice_is_shown_at_its_field(browser):
    page = browser().get("/till/reports/takings?since=yesterday")

    assert page.status_code == 422
    assert 'id="e-since"' in page.get_data(as_text=True)
    assert 'value="yesterday"' in page.get_data(as_text=True)


@pytest.mark.parametrize("query", ["?until=1", "?since=2026-01-01&since=2026-02-01"])
def test_a_question_nobody_understands_is_refused(browser, query):
    assert browser().get(f"/till/reports/takings{query}").status_code == 422
    assert browser().get(f"/api/v1/till/reports/takings{query}").status_code == 422


def test_a_report_is_a_file(browser):
    sheet = browser().get("/till/reports/takings/xlsx")
    text = browser().get("/till/reports/takings/csv?least=100")

    assert sheet.data[:2] == b"PK"
    assert "takings.csv" in text.headers["Content-Disposition"]
    assert b"'=1+1" in text.data
    assert b"R-1" not in text.data


def test_a_report_is_a_paper(browser):
    pypdf = pytest.importorskip("pypdf")

    answer = browser().get("/till/reports/takings/pdf?since=2026-01-01&least=100")

    found = " ".join(pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())
    assert answer.headers["Content-Disposition"] == "inline; filename=takings.pdf"
    assert "Takings" in found
    assert "Jan 1, 2026" in found
    assert "=1+1" in found
    assert "R-1" not in found
    assert browser("other.right").get("/till/reports/takings/pdf").status_code == 403
    assert browser().get("/till/reports/takings/pdf?since=yesterday").status_code == 422


def test_a_report_that_is_too_long_is_not_put_on_paper(browser, monkeypatch):
    monkeypatch.setattr("dougong.reports.printing.MOST_LINES", 1)

    answer = browser().get("/till/reports/takings/pdf")

    assert answer.status_code == 409
    assert "take it as XLSX" in answer.text


def test_a_program_reads_lines_and_what_can_be_asked(browser):
    told = browser().get("/api/v1/till/reports/takings").get_json()
    listed = browser().get("/api/v1/till/reports").get_json()

    assert [line["number"] for line in told["lines"]] == ["R-1", "=1+1"]
    assert [p["name"] for p in listed["reports"][0]["parameters"]] == ["since", "state", "least"]


@pytest.mark.parametrize(
    "path", ["/till/reports/takings", "/till/reports/takings/csv", "/api/v1/till/reports/takings"]
)
def test_without_the_right_nothing_is_told(browser, path):
    assert browser("other.right").get(path).status_code == 403


def test_a_list_names_only_what_may_be_asked(browser):
    assert "Takings" in browser().get("/till/reports").get_data(as_text=True)
    assert "Takings" not in browser("other.right").get("/till/reports").get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/till/reports/nothing", "/nobody/reports", "/api/v1/x/reports/y"]
)
def test_what_is_not_there_is_not_found(browser, path):
    assert browser().get(path).status_code == 404
