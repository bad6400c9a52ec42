"""A demo goes as a whole, with a backup kept; a site with real books stays as it is."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from dougong import Invalid, Refused
from dougong.actors import Actor
from dougong.backup import verify_backup
from dougong.companies.models import Company
from dougong.demo_removal import remove_demo, require_typed, why_it_stays
from dougong.people.users.models import User
from dougong.plugins.founding import Founding
from dougong.plugins.models import Registry
from dougong.plugins.registry import Runtime
from dougong.printing.letterheads.models import Letterhead
from dougong.web.app import create_app

ME = Actor.system()
OURS = Founding(name="Acme Timber", currency="GBP", country="GB")


@pytest.fixture
def demo(make_runtime):
    runtime = make_runtime()

    def enter(uow):
        uow.add(Letterhead(name="Blue Crane"))
        uow.add(User(login="anna", name="Anna Winter", password="the hash of hers"))

    runtime.house.run(ME, enter)
    with runtime.house.engine.begin() as connection:
        connection.execute(update(Company).values(demo=True, name="Blue Crane"))
    return runtime


def url_of(runtime):
    return runtime.house.engine.url.render_as_string(hide_password=False)


def test_the_demo_is_backed_up_and_the_company_begins_anew(demo, tmp_path):
    url = url_of(demo)
    with demo.house.engine.connect() as connection:
        before = connection.scalar(select(Registry.restart_generation)) or 0
    (tmp_path / "demo-log-ins.json").write_text("{}")
    demo.house.engine.dispose()

    done = remove_demo(url, tmp_path, OURS, "anna")

    _manifest, wrong = verify_backup(done.backup)
    assert wrong == []
    assert not (tmp_path / "demo-log-ins.json").exists()
    assert (done.login, done.password) == ("anna", "")
    fresh = Runtime(url)
    try:
        with fresh.house.read(ME) as session:
            (company,) = session.scalars(select(Company)).all()
            assert (company.name, company.currency, company.demo) == ("Acme Timber", "GBP", False)
            assert session.scalars(select(Letterhead)).all() == []
            (user,) = session.scalars(select(User)).all()
            assert (user.login, user.password) == ("anna", "the hash of hers")
            assert session.scalar(select(Registry.restart_generation)) > before
        assert "not made as a demo" in str(why_it_stays(fresh.house.engine))
    finally:
        fresh.close()


def test_without_a_name_an_administrator_is_invented(demo, tmp_path):
    url = url_of(demo)
    demo.house.engine.dispose()

    done = remove_demo(url, tmp_path, OURS)

    assert done.login == "admin"
    assert len(done.password) > 10


def test_a_real_company_beside_the_demo_keeps_it(demo, tmp_path):
    with demo.house.engine.begin() as connection:
        connection.execute(
            insert(Company).values(
                id=99, version=1, code="REAL", name="Real Ltd", currency="EUR", timezone="UTC",
                language="en", active=True, demo=False,
            )
        )  # fmt: skip

    with pytest.raises(Refused, match="Real Ltd was opened beside the demo"):
        remove_demo(url_of(demo), tmp_path, OURS)
    with demo.house.read(ME) as session:
        assert session.scalars(select(Letterhead.name)).all() == ["Blue Crane"]
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_is_no_demo_is_left_alone(make_runtime, tmp_path):
    runtime = make_runtime()

    with pytest.raises(Refused, match="not made as a demo"):
        remove_demo(url_of(runtime), tmp_path, OURS)


def test_nothing_goes_before_all_is_checked(demo, tmp_path):
    engine = demo.house.engine
    with pytest.raises(Refused, match="three letters"):
        remove_demo(url_of(demo), tmp_path, Founding(name="Acme", currency="pounds"))
    with pytest.raises(Refused, match="nobody with the log-in"):
        remove_demo(url_of(demo), tmp_path, OURS, "nobody")
    with pytest.raises(Invalid):
        require_typed(engine, "blue crane")
    require_typed(engine, " Blue Crane ")
    assert why_it_stays(engine) == ""


class TestPage:
    FORM = {  # noqa: RUF012
        "name": "Acme Timber", "currency": "GBP", "country": "gb", "timezone": "Europe/London",
        "language": "en", "typed": "Blue Crane",
    }  # fmt: skip

    @pytest.fixture
    def browser(self, demo, tmp_path):
        config = {"TESTING": True, "PROPAGATE_EXCEPTIONS": False, "ACT_AS": ME, "APART": True}
        demo.config["HOME"] = str(tmp_path)
        return create_app(demo, config).test_client()

    @pytest.mark.parametrize(
        ("wrong", "status", "words"),
        [
            ({"typed": "blue"}, 422, 'id="wrong-typed"'),
            ({"name": " "}, 422, 'id="wrong-name"'),
            ({"currency": "12"}, 409, "three letters"),
            ({"timezone": "Mars"}, 409, "no time zone"),
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_goes(self, browser, demo, wrong, status, words):
        told = browser.post("/core/demo", data={**self.FORM, **wrong})

        assert told.status_code == status
        assert words in told.text
        assert why_it_stays(demo.house.engine) == ""

    def test_the_demo_goes_when_its_name_was_typed(self, browser, demo):
        assert "Blue Crane goes with everything in it" in browser.get("/core/demo").text

        told = browser.post("/core/demo", data=self.FORM)

        assert told.status_code == 200
        assert "Acme Timber begins in a minute" in told.text
        assert "not made as a demo" in str(why_it_stays(demo.house.engine))
        assert "not made as a demo" in browser.get("/core/demo").text


@pytest.fixture
def say(demo, monkeypatch, tmp_path):
    """Say words to ``dougong demo remove``."""
    from click.testing import CliRunner

    from dougong.cli import main

    monkeypatch.setenv("DOUGONG_DATABASE_URL", url_of(demo))
    monkeypatch.setenv("DOUGONG_HOME", str(tmp_path))
    demo.house.engine.dispose()
    return lambda *words: CliRunner().invoke(main, ("demo", "remove", *words))


def companies(demo):
    with demo.house.engine.connect() as connection:
        return list(connection.scalars(select(Company.name)))


def test_the_command_tells_what_it_would_do_and_does_it_when_agreed(say, demo, tmp_path):
    tried = say("--company", "Acme Timber", "--dry-run")
    assert tried.exit_code == 0
    assert "Blue Crane would be backed up" in tried.output
    asked = say("--company", "Acme Timber")
    assert asked.exit_code == 1
    assert companies(demo) == ["Blue Crane"]
    demo.house.engine.dispose()

    done = say("--company", "Acme Timber", "--currency", "GBP", "--keep", "anna", "--yes")

    assert done.exit_code == 0, done.output
    assert "log in as anna" in done.output
    assert "Password" not in done.output
    assert companies(demo) == ["Acme Timber"]
    demo.house.engine.dispose()
    again = say("--company", "Acme Timber", "--yes")
    assert again.exit_code == 1
    assert "not made as a demo" in again.output


@pytest.mark.parametrize(
    "words",
    [
        ("--company", " "), ("--company", "Acme", "--currency", "EURO"),
        ("--company", "Acme", "--timezone", "Nowhere/There"), ("--company", "Acme", "--country", "Atlantis"),
        ("--company", "Acme", "--keep", "nobody"),
    ],
)  # fmt: skip
def test_the_command_refuses_what_would_not_do_and_the_demo_stays(say, demo, words):
    done = say(*words, "--yes")

    assert done.exit_code == 1, done.output
    assert "Traceback" not in done.output
    assert companies(demo) == ["Blue Crane"]
