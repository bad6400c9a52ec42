"""The command line: light to start, one sentence for an error, truthful exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from authoring import author as author
from click.testing import CliRunner
from test_plugins import MODELS_HOOK, models

from dougong.cli import main
from dougong.site import find_site

pytestmark = pytest.mark.once


@pytest.fixture
def dougong(tmp_path, monkeypatch):
    """Run a command in a site of its own."""
    monkeypatch.setenv("DOUGONG_HOME", str(tmp_path / "site"))
    monkeypatch.delenv("DOUGONG_DATABASE_URL", raising=False)
    monkeypatch.setenv("DOUGONG_LANGUAGE", "en")
    return lambda *words: CliRunner().invoke(main, words)


@pytest.mark.parametrize("words", [["--help"], ["plugin", "--help"], ["--version"]])
def test_help_imports_neither_flask_nor_sqlalchemy(words):
    code = (
        "import sys\nfrom dougong.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        "heavy = {'flask', 'sqlalchemy', 'alembic', 'babel', 'pydantic'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    environment = {**os.environ, "DOUGONG_LANGUAGE": "en"}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment)
    assert ran.returncode == 0, ran.stderr.decode()


def test_every_command_has_a_sentence():
    from dougong.cli import core_commands

    for name, sentence in core_commands().items():
        assert sentence.endswith((".", "…")), name


def test_a_new_site_has_secrets_nobody_else_reads_and_a_company(dougong, tmp_path):
    first = dougong("init", "--company", "Oak & Sons", "--currency", "cny", "--country", "cn")
    secrets = (tmp_path / "site/secrets.json").read_text()
    again = dougong("init", "--company", "Other", "--json")

    assert first.exit_code == 0, first.output
    assert "The first company is Oak & Sons." in first.output
    for name in ("secrets.json", "site.toml"):
        assert (tmp_path / "site" / name).stat().st_mode & 0o777 == 0o600
    assert json.loads(again.stdout)["company_made"] is False
    assert (tmp_path / "site/secrets.json").read_text() == secrets
    assert all(len(value) >= 32 for value in json.loads(secrets).values())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--currency", "EURO"], "A currency has three letters"),
        (["--timezone", "Moon/Far"], "There is no time zone “Moon/Far”"),
        (["--language", "xx"], "The house speaks en, zh_Hans_CN"),
    ],
)
def test_what_could_not_be_mended_later_is_refused(dougong, tmp_path, words, sentence):
    refused = dougong("init", *words)

    assert refused.exit_code == 1
    assert sentence in refused.stderr
    assert not (tmp_path / "site").exists()


def test_before_init_every_command_says_what_to_do(dougong):
    for words in (["plugin", "list"], ["check"], ["migrations", "status"]):
        refused = dougong(*words)
        assert refused.exit_code == 1
        assert refused.stderr.strip().endswith("run `dougong init`.")
        assert refused.stderr.count("\n") == 1


def test_a_database_that_is_away_is_told_in_one_sentence(dougong, monkeypatch):
    monkeypatch.setenv("DOUGONG_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")

    refused = dougong("plugin", "list")

    assert refused.exit_code == 1
    assert refused.stderr.startswith("The database cannot be reached: ")
    assert refused.stderr.count("\n") == 1


def test_wrong_usage_is_another_exit_code(dougong):
    assert dougong("plugin", "install").exit_code == 2
    assert dougong("fly").exit_code == 2


def test_a_plugin_is_led_through_its_life(dougong, author, tmp_path):
    author.write("plum")
    dougong("init")

    assert dougong("plugin", "install", "plum").exit_code == 1
    installed = dougong("plugin", "install", "plum", "--yes", "--json")
    assert json.loads(installed.stdout)["plugins"] == ["plum"]
    assert dougong("plugin", "enable", "plum").stdout.strip() == "Enabled: plum."
    listed = dougong("plugin", "list", "--json")
    (plum,) = [p for p in json.loads(listed.stdout) if p["name"] == "plum"]
    assert (plum["state"], listed.exit_code) == ("enabled", 0)
    assert dougong("plugin", "doctor").output.startswith("Nothing is wrong.")
    assert json.loads(dougong("plugin", "info", "plum", "--json").stdout)["version"] == "1.0"
    assert dougong("plugin", "uninstall", "plum", "--yes").stderr == "Disable plum first.\n"
    assert dougong("plugin", "disable", "plum", "--yes").exit_code == 0
    assert dougong("plugin", "uninstall", "plum", "--yes").exit_code == 0
    unknown = dougong("plugin", "enable", "pear")
    assert "There is no plugin “pear” on this machine" in unknown.stderr


def test_a_failed_plugin_makes_list_and_check_and_doctor_fail(dougong, author):
    author.write("plum")
    dougong("init", "--with", "plum")
    author.restart()
    author.write("plum", code="1 / 0")

    for words in (["plugin", "list"], ["plugin", "doctor"], ["check"]):
        found = dougong(*words)
        assert found.exit_code == 1, words
        assert "plum cannot be imported: ZeroDivisionError" in found.stdout


def write_things(author, filters):
    """A plugin with one noun, which is left out when it filters by what is not there."""
    hook = "def resources(self):\n    from dougong_sick.nouns import Things\n    return [Things]"
    noun = f"""
        from dougong.resources import Resource, Rights
        from dougong_sick.models import Thing

        class Things(Resource):
            name, model, label, rights = "sick.things", Thing, "Things", Rights("sick.thing")
            columns, filters = ["label"], {filters}
    """
    author.write("sick", f"{MODELS_HOOK}\n{hook}", files={**models("sick"), "nouns.py": noun})
    return "which Thing does not have. Did you mean “label”? (nouns.py:5)"


def test_switching_on_says_which_parts_are_left_out(dougong, author):
    told = write_things(author, ["labbel"])
    dougong("init")
    dougong("plugin", "install", "sick", "--yes")

    switched = dougong("plugin", "enable", "sick")

    assert switched.exit_code == 0
    assert told in switched.stderr
    assert "Enabled: sick." in switched.stdout
    dougong("plugin", "disable", "sick", "--yes")
    machine = json.loads(dougong("plugin", "enable", "sick", "--json").stdout)
    assert [told in sentence for sentence in machine["left_out"]["sick"]] == [True]


def test_a_part_that_was_left_out_makes_list_and_check_and_doctor_fail_and_no_strict_start(
    dougong, author
):
    write_things(author, ["label"])
    dougong("init", "--with", "sick")
    assert dougong("plugin", "list").exit_code == 0
    author.restart()
    told = write_things(author, ["labbel"])
    for words in (["plugin", "list"], ["plugin", "doctor"], ["check"]):
        found = dougong(*words)
        assert found.exit_code == 1, words
        assert told in found.stdout, words
        assert "Nothing is wrong" not in found.stdout
    strict = dougong("serve", "--strict", "--port", "0")
    assert strict.exit_code == 1
    assert told in strict.stderr
    assert "part of a plugin left out" in strict.stderr


def test_checks_are_run_by_name_and_a_broken_check_has_found_something(dougong, author):
    author.write(
        "plum",
        code="""
        from dougong import Check, Plugin
        def stones(session): yield "One plum has no stone."
        def broken(session): raise RuntimeError("boom")
        class Plum(Plugin):
            def checks(self):
                return [Check("plum.stones", "Every plum has a stone", stones),
                        Check("plum.broken", "Nothing is broken", broken)]
        plugin = Plum()
        """,
    )
    dougong("init", "--with", "plum")

    checked = dougong("check", "plum", "--json")

    assert checked.exit_code == 1
    said = {c["name"]: c["found"] for c in json.loads(checked.stdout)["checks"]}
    assert said["plum.stones"] == ["One plum has no stone."]
    assert "RuntimeError: boom" in said["plum.broken"][0]
    assert dougong("check", "core.registry").exit_code == 0
    assert "There is no check “pear”." in dougong("check", "pear").stderr


def test_a_plugins_own_commands_stand_under_its_name(dougong, author):
    author.write(
        "plum",
        "def commands(self):\n    import click\n"
        "    return [click.Command('shake', callback=lambda: click.echo('plums fall'))]",
    )

    assert dougong("plum", "shake").output == "plums fall\n"
    assert "Plum" in dougong("--help").output


def test_every_address_names_its_right_and_its_owner(dougong):
    dougong("init")

    routes = json.loads(dougong("routes", "--json").stdout)

    assert routes
    assert all(route["right"] for route in routes), [r for r in routes if not r["right"]]
    assert {"rule", "methods", "right", "owner", "endpoint"} == set(routes[0])


def test_the_addresses_of_a_noun_are_listed_with_its_steps(dougong):
    dougong("init")

    routes = {r["rule"]: r for r in json.loads(dougong("routes", "--json").stdout)}

    assert routes["/core/users"]["right"] == "core.user.read"
    assert routes["/api/v1/core/users/<key>"]["methods"] == ["DELETE", "GET", "PATCH"]
    assert routes["/api/v1/core/jobs/<key>/cancel"]["methods"] == ["POST"]


def test_secrets_are_masked(dougong, tmp_path):
    dougong("init")

    shown = dougong("config", "show").output

    key = json.loads((tmp_path / "site/secrets.json").read_text())["SECRET_KEY"]
    assert key not in shown
    assert str(tmp_path / "site") in shown


def test_nobody_serves_with_a_short_key(dougong, monkeypatch):
    dougong("init")
    monkeypatch.setenv("DOUGONG_SECRET_KEY", "short")

    refused = dougong("serve", "--port", "8119")

    assert refused.exit_code == 1
    assert "SECRET_KEY is missing or too short" in refused.stderr


def test_people_may_write_postgresql_in_an_address(monkeypatch):
    monkeypatch.setenv("DOUGONG_DATABASE_URL", "postgresql://me@host/house")
    assert find_site().url == "postgresql+psycopg://me@host/house"


def test_whoever_has_read_enough_is_not_told_of_a_mistake(dougong):
    dougong("init")
    code = "import sys; from dougong.cli import main; sys.argv[0] = 'dougong'; main()"

    ran = subprocess.run(
        f'"{sys.executable}" -c "{code}" routes | true', shell=True, capture_output=True, text=True
    )

    assert "unexpected" not in ran.stderr
    assert "Broken pipe" not in ran.stderr
