"""A wheel is looked at before it comes in: what it brings, what is against it, what it changes."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import sys

import pytest
from authoring import author as author
from click.testing import CliRunner
from wheelwright import make_wheel

from dougong.cli import main
from dougong.plugins.building import assemble
from dougong.plugins.discovery import discover
from dougong.scaffolding.writing import Wish, write_plugin
from dougong.vetting.child import look
from dougong.vetting.differing import changes, least_version, promised

pytestmark = pytest.mark.once


@pytest.fixture
def dougong(tmp_path, monkeypatch):
    """The command line, without a site."""
    monkeypatch.setenv("DOUGONG_HOME", str(tmp_path / "site"))

    def call(*words):
        return CliRunner().invoke(main, [*map(str, words)])

    return call


@pytest.fixture(scope="module", autouse=True)
def warm():
    """Every plugin of this machine is imported before the first fork."""
    found = discover()
    assemble(found, found.manifests)


@pytest.fixture(autouse=True)
def forked(monkeypatch, request):
    """The process of its own is a fork of this one, which need not import the core again.

    Tests of that process itself are marked ``real_child``.
    """
    if request.node.get_closest_marker("real_child") is None:
        monkeypatch.setattr("dougong.vetting.judging.ask_child", fork)
        monkeypatch.setattr("dougong.vetting.fetching.ask_child", fork)


def fork(name, folder, beside=()):
    """What `ask_child` does, from where this process stands."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException), os.fdopen(writer, "w") as answer:
            if folder:
                sys.path.insert(0, str(folder))
            importlib.invalidate_caches()
            json.dump(look(name, sorted(set(beside) - {name})), answer, default=str)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The package of a plugin that keeps every promise."""
    folder = tmp_path_factory.mktemp("fleet") / "dougong-fleet"
    write_plugin(Wish("fleet", "vehicle", "Fleet"), folder, {}, "0.1.0")
    return folder / "dougong_fleet"


@pytest.fixture
def fleet(written, tmp_path):
    """A copy of it, to be changed."""
    return shutil.copytree(written, tmp_path / "changed" / "dougong_fleet")


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), "utf-8")


def told(answer):
    """The answer as JSON, however the words were spoken."""
    return json.loads(answer.stdout)


# -- check ------------------------------------------------------------------------------------------


@pytest.mark.real_child
def test_a_good_wheel_may_come_in_and_tells_what_it_brings(dougong, written, tmp_path):
    done = dougong("plugin", "check", make_wheel(written, tmp_path))

    assert done.exit_code == 0, done.output
    assert "tables: fleet_vehicle\n" in done.output
    assert "fleet.vehicle.finish" in done.output
    assert "fleet.vehicle.create" in done.output
    assert done.output.endswith("It may come in.\n")
    assert not (tmp_path / "site").exists()


def test_programs_read_tables_addresses_and_fields(dougong, written, tmp_path):
    brings = told(dougong("plugin", "check", make_wheel(written, tmp_path), "--json"))["brings"]

    assert brings["tables"]["fleet_vehicle"]["code"] == {
        "type": "VARCHAR(20)", "null": False, "default": False, "to": "",
    }  # fmt: skip
    assert brings["routes"]["GET /fleet/vehicles"] == "fleet.vehicle.read"
    assert "POST /api/v1/fleet/vehicles" in brings["routes"]
    assert brings["resources"]["fleet.vehicles"]["code"]["needed"]
    assert brings["steps"]["fleet.vehicles: finish"] == "fleet.vehicle.finish"


def test_hosts_and_what_reaches_beyond_the_house_are_named_with_their_line(
    dougong, fleet, tmp_path
):
    (fleet / "spy.py").write_text(
        '"""See https://docs.example.org for more."""\nimport subprocess\n\n'
        'HOME = "https://collect.example.com/v1"\n\n\ndef run(uow):\n    """Run."""\n'
        "    subprocess.run([])\n    uow.session.commit()\n"
    )
    done = dougong("plugin", "check", make_wheel(fleet, tmp_path), "--json")

    brings = told(done)["brings"]
    assert brings["hosts"] == {"collect.example.com": "spy.py:4"}
    assert brings["reaches"] == {"subprocess": "starts programs (spy.py:2)"}
    assert any("It saves by itself (spy.py:10)" in f["sentence"] for f in told(done)["findings"])
    assert done.exit_code == 0
    assert dougong("plugin", "check", "--strict", make_wheel(fleet, tmp_path)).exit_code == 1


@pytest.mark.real_child
def test_nothing_is_run_when_nobody_wants_it(dougong, fleet, tmp_path):
    (fleet / "plugin.py").write_text("raise SystemExit('I ran')\n")
    wheel = make_wheel(fleet, tmp_path)

    assert dougong("plugin", "check", "--no-import", wheel).exit_code == 0
    done = dougong("plugin", "check", wheel)
    assert done.exit_code == 1
    assert "I ran" in done.output


@pytest.mark.real_child
def test_a_plugin_that_ends_the_process_ends_only_the_one_that_looks(dougong, fleet, tmp_path):
    (fleet / "plugin.py").write_text("import os\nos._exit(3)\n")

    done = dougong("plugin", "check", make_wheel(fleet, tmp_path))

    assert done.exit_code == 1
    assert "fleet ended the process that imported it: exit code 3." in done.output


#: What is wrong, what is changed, what is said about it.
BROKEN = {
    "a column that no migration makes": (
        "vehicles/models.py", "    note:", "    colour: Mapped[str]\n    note:",
        "Models and migrations differ (add_column: fleet_vehicle colour)",
    ),
    "a table that is another's": (
        "vehicles/models.py", '"fleet_vehicle"', '"crm_vehicle"', "must be called fleet_…",
    ),
    "a right that nobody declares": (
        "plugin.py", '"fleet.*"', '"fleet.vehicel.read"',
        "The role “fleet.clerk” gives “fleet.vehicel.read”, which matches no right",
    ),
    "a requirement that the package hides": (
        "dougong.toml", "requires = []", 'requires = ["ghost"]', "fleet needs ghost, which is not there.",
    ),
    "hooks of another time": (
        "dougong.toml", ">=1,<2", ">=2,<3", "is written for version >=2,<3 of the hooks",
    ),
    "no Python": ("vehicles/service.py", "def finish(", "def finish((", "service.py is no Python"),
    "a field that is not there": (
        "vehicles/resource.py", '"due_on"]', '"due_onn"]', "due_onn",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_broken_promise_keeps_it_out(dougong, fleet, tmp_path, wrong):
    file, old, new, sentence = BROKEN[wrong]
    edit(fleet / file, old, new)

    done = dougong("plugin", "check", make_wheel(fleet, tmp_path))

    assert done.exit_code == 1, done.output
    assert sentence in done.output, done.output


def test_a_script_in_a_template_is_refused_as_browsers_will(dougong, fleet, tmp_path):
    page = fleet / "templates" / "fleet" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text('<p>Good</p>\n<script src="/a.js"></script>\n<p onclick="go()">Bad</p>\n')

    done = dougong("plugin", "check", make_wheel(fleet, tmp_path))

    assert done.exit_code == 1
    assert "page.html:3" in done.output
    assert "page.html:2" not in done.output


def test_a_name_that_belongs_to_another_package_is_a_conflict(dougong, author, written, tmp_path):
    author.write("fleet", distribution="elsewhere-fleet")

    done = dougong("plugin", "check", make_wheel(written, tmp_path))

    assert done.exit_code == 1
    assert "The name “fleet” belongs to the package elsewhere-fleet already" in done.output


def test_a_report_that_another_plugin_has_is_a_conflict(dougong, author, fleet, tmp_path):
    author.write(
        "other", "from dougong import Series\ndef sequences(self): return [self.Series('ride', 'R', 'R')]"
    )  # fmt: skip
    edit(
        fleet / "plugin.py",
        "    @hookimpl\n    def models",
        SERIES + "    @hookimpl\n    def models",
    )

    done = dougong("plugin", "check", make_wheel(fleet, tmp_path))

    assert done.exit_code == 1
    assert "the number series “ride” is declared already, by" in done.output


SERIES = """    @hookimpl
    def sequences(self):
        from dougong import Series

        return [Series("ride", "R", "R")]

"""


def test_an_older_version_than_the_site_has_does_not_come_in(dougong, author, fleet, tmp_path):
    author.write("fleet", version="0.3.0")
    assert dougong("init", "--company", "Test").exit_code == 0
    assert dougong("plugin", "install", "fleet", "--yes").exit_code == 0

    done = dougong("plugin", "check", make_wheel(fleet, tmp_path, version="0.2.0"))

    assert done.exit_code == 1
    assert "Version 0.3.0 of fleet is in the site; 0.2.0 is older." in done.output


#: Files that are no wheel, and what is said.
FORGED = {
    "it would write elsewhere": (
        {"more": {"../evil.py": ""}}, "would write outside its folder: ../evil.py",
    ),
    "it holds what its list does not": (
        {"more": {"dougong_fleet/extra.py": "x = 1"}}, "extra.py is not what its RECORD says",
    ),
    "its version is none": ({"version": "latest"}, "is not a wheel."),
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_wheel_is_not_even_unpacked(dougong, written, tmp_path, how):
    options, sentence = FORGED[how]

    done = dougong("plugin", "check", make_wheel(written, tmp_path, **options))

    assert done.exit_code == 1
    assert sentence in done.output
    assert not (tmp_path / "evil.py").exists()


def test_what_is_no_wheel_at_all_is_told_in_one_sentence(dougong, tmp_path):
    (tmp_path / "a.whl").write_text("no")

    assert "a.whl is not a wheel." in dougong("plugin", "check", tmp_path / "a.whl").output
    assert "There is no file" in dougong("plugin", "check", tmp_path / "b.whl").output
    assert "is not a wheel" in dougong("plugin", "check", tmp_path).output


# -- diff -------------------------------------------------------------------------------------------


def versions(written, fleet, tmp_path, new="0.1.1"):
    return make_wheel(written, tmp_path), make_wheel(fleet, tmp_path, version=new)


def test_two_wheels_that_say_the_same_differ_in_nothing(dougong, written, fleet, tmp_path):
    done = dougong("plugin", "diff", *versions(written, fleet, tmp_path))

    assert (done.exit_code, done.output) == (0, "fleet 0.1.0 → 0.1.1\nNothing changes.\n")


def test_what_is_added_breaks_nobody(dougong, written, fleet, tmp_path):
    edit(fleet / "vehicles/models.py", "    note:", "    colour: Mapped[str | None]\n    note:")
    edit(
        fleet / "vehicles/resource.py",
        '"name", "due_on", "done_on"',
        '"name", "colour", "due_on", "done_on"',
    )

    done = dougong("plugin", "diff", *versions(written, fleet, tmp_path))

    assert done.exit_code == 0, done.output
    assert "  + columns: fleet_vehicle.colour\n" in done.output
    assert "  + resources: fleet.vehicles: colour\n" in done.output
    assert "  + words: Colour\n" in done.output
    assert "!" not in done.output


def test_what_is_gone_breaks_and_the_version_must_say_so(dougong, written, fleet, tmp_path):
    edit(fleet / "vehicles/models.py", "String(120)", "String(80)")
    edit(fleet / "vehicles/workflow.py", "fleet.vehicle.start", "fleet.vehicle.begin")

    patch = dougong("plugin", "diff", *versions(written, fleet, tmp_path))
    minor = dougong("plugin", "diff", *versions(written, fleet, tmp_path, "0.2.0"))

    assert patch.exit_code == 1
    assert "! ~ columns: fleet_vehicle.name (VARCHAR(120) → VARCHAR(80))\n" in patch.output
    assert "! - rights: fleet.vehicle.start\n" in patch.output
    assert (
        "! ~ steps: fleet.vehicles: start (fleet.vehicle.start → fleet.vehicle.begin)"
        in patch.output
    )
    assert "the version must be at least 0.2.0" in patch.output
    assert minor.exit_code == 0


def test_two_plugins_are_no_two_versions(dougong, written, tmp_path):
    done = dougong("plugin", "diff", make_wheel(written, tmp_path), "base")

    assert done.exit_code == 1
    assert "are two plugins" in done.output


def test_a_version_is_fetched_by_pip_from_where_pip_looks(
    dougong, written, fleet, tmp_path, monkeypatch
):
    edit(fleet / "vehicles/workflow.py", "fleet.vehicle.start", "fleet.vehicle.begin")
    versions(written, fleet, tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))

    done = dougong("plugin", "diff", "dougong-fleet==0.1.0", "dougong-fleet==0.1.1")
    none = dougong("plugin", "diff", "dougong-fleet==0.1.0", "dougong-fleet==0.7")

    assert "! - rights: fleet.vehicle.start" in done.output
    assert none.exit_code == 1
    assert "pip does not find a wheel of dougong-fleet==0.7" in none.output


EMPTY = {
    "version": "1.0", "api": ">=1,<2", "tables": {}, "rights": [], "events": {}, "ports": {}, "requires": {},
    "conflicts": {}, "words": [], "resources": {}, "roles": {}, "steps": {}, "settings": {},
    "series": {}, "reports": {}, "papers": [], "views": [], "jobs": {}, "commands": [], "slots": [],
    "routes": {}, "checks": [], "hooks": [], "fills": [], "hosts": {}, "reaches": {},
    "capabilities": [], "answers": [], "reacts to": [],
}  # fmt: skip
FIELD = {"type": "int", "needed": True}
#: Before, after, and the changes as (sign, name, whether it breaks).
RULES = {
    "an event's field that everybody must give": (
        {"events": {"Sold": {"a": FIELD}}}, {"events": {"Sold": {"a": FIELD, "b": FIELD}}},
        [("+", "Sold.b", True)],
    ),
    "an event's field that may be left out": (
        {"events": {"Sold": {}}}, {"events": {"Sold": {"b": {"type": "int", "needed": False}}}},
        [("+", "Sold.b", False)],
    ),
    "an event's field of another kind": (
        {"events": {"Sold": {"a": FIELD}}}, {"events": {"Sold": {"a": {**FIELD, "type": "str"}}}},
        [("~", "Sold.a", True)],
    ),
    "a question more": ({"ports": {"P": {}}}, {"ports": {"P": {"of": "()"}}}, [("+", "P.of", True)]),
    "a right more": ({}, {"rights": ["a.b"]}, [("+", "a.b", False)]),
    "a setting less": ({"settings": {"a.b": {"kind": "flag", "default": 1}}}, {}, [("-", "a.b", True)]),
    "a setting's other default": (
        {"settings": {"a.b": {"kind": "flag", "default": 1}}},
        {"settings": {"a.b": {"kind": "flag", "default": 0}}}, [("~", "a.b", False)],
    ),
    "a page for others": ({"routes": {"GET /a": "x"}}, {"routes": {"GET /a": "y"}}, [("~", "GET /a", True)]),
    "a word less": ({"words": ["Old"]}, {"words": ["New"]}, [("-", "Old", False), ("+", "New", False)]),
    "a plugin more that it stands on": ({}, {"requires": {"crm": ">=1"}}, [("+", "crm>=1", True)]),
    "a host more": ({}, {"hosts": {"a.example": "x.py:1"}}, [("+", "a.example", False)]),
    "a report's column less": (
        {"reports": {"r": {"a": "text"}}}, {"reports": {"r": {}}}, [("-", "r: a", True)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_what_breaks_and_what_does_not(rule):
    before, after, expected = RULES[rule]

    found = changes({**EMPTY, **before}, {**EMPTY, **after})

    assert sorted((c.sign, c.name, c.breaking) for c in found) == sorted(expected)


@pytest.mark.parametrize(
    ("old", "new", "may"),
    [
        ("1.2.0", "1.3.0", False), ("1.2.0", "2.0.0", True), ("0.1.0", "0.1.9", False),
        ("0.1.0", "0.2.0", True), ("0.9", "1.0", True),
    ],
)  # fmt: skip
def test_a_version_says_whether_something_may_break(old, new, may):
    assert promised(old, new) is may
    assert least_version("1.2.0") == "2.0.0"
    assert least_version("0.1.5") == "0.2.0"


# -- levels -----------------------------------------------------------------------------------------


def test_info_finds_out_how_good_a_plugin_is_and_what_is_lacking(dougong, author, tmp_path):
    author.write("thin")
    assert dougong("init", "--company", "Test").exit_code == 0

    said = told(dougong("plugin", "info", "thin", "--json"))

    assert said["level"] == "bronze"
    assert "dougong-core" in said["to_mend"][0]


def test_tables_without_a_history_are_less_than_bronze(dougong, author, tmp_path):
    from test_plugins import MODELS_HOOK, models

    author.write("thin", MODELS_HOOK.replace("sick", "thin"), files=models("thin"))
    assert dougong("init", "--company", "Test").exit_code == 0

    said = told(dougong("plugin", "info", "thin", "--json"))

    assert said["level"] == "none"
    assert "Models and migrations differ (add_table: thin_thing)" in said["to_mend"][0]
