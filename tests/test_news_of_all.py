"""Every module that we ship tells what its version has brought, in every language."""

from __future__ import annotations

import json
from importlib.metadata import version

import pytest

from dougong.guiding.news import languages_of, notes_in
from dougong.i18n import LANGUAGES
from dougong.testing import SHIPPED
from dougong.web.translations import package_folder


@pytest.mark.parametrize("plugin", SHIPPED)
def test_a_module_tells_its_own_version_in_every_language(plugin):
    folder = package_folder(f"dougong_{plugin}")
    latest, sentences = notes_in(folder, "en")[0]

    assert latest == version(f"dougong-{plugin}")
    assert languages_of(folder, latest) == set(LANGUAGES)
    for code in LANGUAGES:
        assert len(notes_in(folder, code)[0][1]) == len(sentences)


@pytest.fixture
def plugins():
    return ("base", "crm")


def test_modules_that_are_off_say_nothing(runtime):
    from dougong.guiding.news import all_news

    assert {one.package for one in all_news(runtime, "en")} == {"core", "base", "crm"}


def test_the_command_tells_the_latest_notes(run_cli):
    told = json.loads(run_cli("plugin", "info", "crm", "--json").stdout)

    assert told["news"] == list(notes_in(package_folder("dougong_crm"), "en")[0][1])
