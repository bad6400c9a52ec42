"""What the user guide names is there: every page answers, every word in bold is on the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from docs_runner import CHAIN

from dougong.actors import Actor
from dougong.i18n import speaking
from dougong.web.app import create_app

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ENGLISH = [*sorted((DOCS / "user").glob("*.md")), *sorted((DOCS / "admin").glob("*.md"))]
CHINESE = sorted((DOCS / "zh").glob("*.md"))
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
#: `/crm/orders`: a page; what begins with /api, or has a hole, is none.
PAGE = re.compile(r"`(/(?!api/|srv/|metrics|tmp)[a-z][\w/-]*|/)`")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
#: Languages call themselves by their own names, and files by their formats.
NAMES = {"English", "简体中文", "XLSX", "CSV"}


def said(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def bare(label: str) -> str:
    """A label as it is written in running text: no colon, no star, no line break."""
    return " ".join(label.split()).strip(" :：")


@pytest.fixture(scope="module")
def catalogue():
    """Every message of every package, by language."""
    english, chinese = set(NAMES), set(NAMES)
    for file in [*ROOT.glob("core/dougong/translations/**/*.po"), *ROOT.glob("plugins/*/**/*.po")]:
        with file.open("rb") as source:
            for message in read_po(source):
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                words = message.string if isinstance(message.string, tuple) else (message.string,)
                english |= set(ids)
                chinese |= set(words)
    return {"en": english, "zh": chinese}


def _is_noun(to):
    """A list, rather than a page of its own: a plugin's name has no underscore."""
    return "." in to and "_" not in to.split(".")[0]


@pytest.fixture
def runtime(make_runtime):
    return make_runtime(*CHAIN, "purchasing", "hr", "logistics", "production")


@pytest.mark.parametrize("page", [*ENGLISH, *CHINESE], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_word_in_bold_is_on_the_screen(page, catalogue):
    known = catalogue["zh" if page in CHINESE else "en"]
    unknown = [
        part
        for label in BOLD.findall(said(page))
        for part in map(bare, label.split("→"))
        if part not in known
    ]
    assert unknown == []


def test_every_page_that_is_named_answers_in_both_languages(runtime):
    named = {path for page in [*ENGLISH, *CHINESE] for path in PAGE.findall(said(page))}
    app = create_app(runtime, {**runtime.config, "ACT_AS": Actor.system()})
    assert len(named) > 40
    for code in ("en", "zh_Hans_CN"):
        with speaking(code):
            client = app.test_client()
            client.set_cookie("language", code)
            answers = {path: client.get(path).status_code for path in sorted(named)}
        wrong = {path: status for path, status in answers.items() if status not in {200, 503}}
        # `/account` belongs to somebody who signed in, and this reader is the house itself.
        wrong.pop("/account", None)
        assert wrong == {}


def test_every_list_and_report_of_the_menu_is_told_in_both_languages(runtime):
    """Nobody looks for a page in vain."""
    reports = runtime.wiring.reports
    lists = {item.to for item in runtime.wiring.menus if _is_noun(item.to)} - set(reports)
    pages = {name.replace(".", "/", 1) for name in lists}
    pages |= {name.replace(".", "/reports/", 1) for name in reports}
    for folder in (ENGLISH, CHINESE):
        text = "".join(said(page) for page in folder)
        untold = sorted(path for path in pages if f"/{path.strip('/')}`" not in text)
        assert not untold, ", ".join(untold)
