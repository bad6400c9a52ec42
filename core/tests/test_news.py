"""After an upgrade each person is told once what is new, by notes that the packages carry."""

from __future__ import annotations

import dataclasses

import pytest

from dougong.actors import Actor
from dougong.guiding import news
from dougong.people.users.models import User
from dougong.web.app import create_app

ME = Actor.system(name="Ana")


@pytest.fixture
def runtime(make_runtime):
    return make_runtime()


@pytest.fixture
def browser(runtime):
    def make(login, **more):
        def enter(uow):
            user = User(login=login, name=login)
            uow.add(user)
            return user.id

        actor = dataclasses.replace(ME, user_id=runtime.house.run(ME, enter), **more)
        config = {"TESTING": True, "PROPAGATE_EXCEPTIONS": False, "ACT_AS": actor}
        return create_app(runtime, config).test_client()

    return make


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of the core's with notes of its own, which grow."""
    monkeypatch.setattr(news, "_folders", lambda _runtime: [("core", tmp_path)])
    (tmp_path / "news").mkdir()

    def write(version, text, code="en"):
        (tmp_path / "news" / f"{version}.{code}.md").write_text(text, "utf-8")
        news.notes_in.cache_clear()

    yield write
    news.notes_in.cache_clear()


def marked(client):
    return "something new" in client.get("/core/notices/count").text


def test_each_person_is_told_once_and_again_after_the_next_version(package, browser):
    package("0.9.0", "- Lists are faster.\n")
    ana, ben = browser("ana"), browser("ben")
    assert marked(ana)
    assert "Lists are faster." in ana.get("/core/news").text

    for _time in range(2):
        assert ana.post("/core/news/seen").status_code == 204
    assert not marked(ana)
    assert marked(ben)

    package("0.10.0", "- Forms are faster.\n")
    assert marked(ana)
    page = ana.get("/core/news").text
    assert page.index("Forms are faster.") < page.index("Lists are faster.")


def test_a_reader_has_their_language_or_english(package, browser):
    package("1.0.0", "- Lists are faster.\n- More.\n")
    package("1.0.0", "- 列表更快了。\n", "zh_Hans_CN")
    package("1.1.0", "- Only in English.\n")
    page = browser("wei", language="zh_Hans_CN")
    page.set_cookie("language", "zh_Hans_CN")
    text = page.get("/core/news").text

    assert "列表更快了。" in text
    assert "Lists are faster." not in text
    assert "Only in English." in text


def test_a_package_without_notes_and_files_that_are_none_say_nothing(package, browser):
    package("not a version", "- Nonsense.\n")
    ana = browser("ana")

    assert not marked(ana)
    assert "No package tells of its versions." in ana.get("/core/news").text


def test_the_core_tells_its_own_version_in_every_language(runtime):
    from importlib.metadata import version

    from dougong.i18n import LANGUAGES
    from dougong.web.translations import package_folder

    folder = package_folder("dougong")
    latest, sentences = news.notes_in(folder, "en")[0]
    assert latest == version("dougong-core")
    assert news.languages_of(folder, latest) == set(LANGUAGES)
    assert len(news.notes_in(folder, "zh_Hans_CN")[0][1]) == len(sentences)
