"""Each promise of `PluginContract`, broken once: the test fails, and its sentence says how to mend it."""

from __future__ import annotations

import importlib
import sys

import pytest

from dougong.plugins import building
from dougong.plugins.collecting import forget
from dougong.scaffolding.writing import Wish, write_plugin

METADATA = "Metadata-Version: 2.1\nName: dougong-sick\nVersion: 0.1.0\n"
ENTRY = "[dougong.plugins]\nsick = dougong_sick.plugin:plugin\n"
PLUGIN, MODELS, RESOURCE, WORKFLOW = (
    "plugin.py",
    "items/models.py",
    "items/resource.py",
    "items/workflow.py",
)
MIGRATION, WORDS = (
    "migrations/sick_0001_first.py",
    "translations/zh_Hans_CN/LC_MESSAGES/messages.po",
)
HOOK = "    @hookimpl\n    def reports(self)"
SEED = (
    "    @hookimpl\n    def seed(self, uow):\n        uow.add(Item(code={code}, name='A'))\n\n"
    + HOOK
)
PAGE = (
    """    @hookimpl
    def pages(self):
        from flask import Blueprint
        from dougong.web.rights import needs, public, signed_in
        page = Blueprint("sick", __name__)
        {view}
        return [page]

"""
    + HOOK
)
ANY = "str(uow.id())"
#: Promises that no database has a part in.
PLAIN = {"manifest", "loads_alone", "point_only", "rights_and_menus", "programs", "every_word"}

#: The promise, the file that breaks it and how, and what the author reads.
BREAKS = {
    "the manifest hides a requirement": (
        "manifest", "dougong.toml", 'requires = []', 'requires = ["base"]',
        'dougong.toml requires “base”, but the package does not: add "dougong-base" to dependencies',
    ),
    "the package hides a requirement": (
        "manifest", "METADATA", "", "Requires-Dist: dougong-base\n",
        "The package depends on the plugin “base”, but dougong.toml does not say so: add requires",
    ),
    "a column without a migration": (
        "models", MODELS, "    note: ", "    colour: Mapped[str | None]\n    note: ",
        "Models and migrations differ (add_column: sick_item colour): write a revision: dougong"
        " migrations create sick.",
    ),
    "a table without a migration": (
        "models", MIGRATION, None, None,
        "The table sick_item has no migration: run `dougong migrations create sick`.",
    ),
    "a downgrade that leaves a table": (
        "tables_go_up", MIGRATION, '    op.drop_table("sick_item")', "    pass",
        "downgrade() leaves the table sick_item: drop it there.",
    ),
    "a key that does not say what happens": (
        "point_only", MODELS, "    note: ",
        "    boss_id: Mapped[int | None] = mapped_column(ForeignKey('sick_item.id'))\n    note: ",
        "sick_item.boss_id does not say what happens when its sick_item goes: write"
        ' link_to("sick_item.id")',
    ),
    "a key to a stranger": (
        "loads_alone", MODELS, "    note: ",
        "    party_id: Mapped[int] = link_to('base_party.id')\n    note: ",
        "sick: the table sick_item points at base_party, but sick does not require “base”",
    ),
    "a resource with a wrong name": (
        "loads_alone", RESOURCE, 'columns = ["code"', 'columns = ["cdoe"',
        "It was left out: mend the name in the resource.",
    ),
    "a page that breaks": (
        "every_page", PLUGIN, HOOK,
        PAGE.format(view='page.get("/board")(needs("sick.item.read")(lambda: 1 / 0))'),
        "/sick/board answers 500 to admin: they have every right it needs; it must say 200.",
    ),
    "a page that is not there": (
        "every_page", PLUGIN, HOOK,
        PAGE.format(view='page.get("/board")(needs("sick.item.read")(lambda: ("gone", 404)))'),
        "/sick/board answers 404 to admin: they have every right it needs; it must say 200.",
    ),
    "a page that lets everybody in": (
        "every_page", PLUGIN, HOOK,
        PAGE.format(view='page.get("/board")(signed_in(lambda: ("Forbidden", 403)))'),
        "/sick/board answers 403 to admin",
    ),
    "a right that nobody declares": (
        "rights_and_menus", PLUGIN, HOOK,
        PAGE.format(view='page.get("/board")(needs("sick.item.raed")(lambda: "x"))'),
        "The page /sick/board asks for “sick.item.raed”, which nobody declares: “sick.item.read” was"
        " meant, perhaps; if not, return Permission",
    ),
    "a right that opens nothing": (
        "rights_and_menus", PLUGIN, HOOK,
        "    @hookimpl\n    def permissions(self):\n        from dougong import Permission\n"
        "        return [Permission('sick.fly', 'Fly')]\n\n" + HOOK,
        "The right “sick.fly” is declared and never asked for: ask with uow.require(\"sick.fly\")",
    ),
    "a role that gives nothing": (
        "rights_and_menus", PLUGIN, '["sick.*"]', '["sick.itme.*"]',
        "The role “sick.clerk” gives “sick.itme.*”, which matches no right",
    ),
    "a heading with nothing below it": (
        "rights_and_menus", PLUGIN, 'parent="sick"', 'parent=""',
        "The menu heading “sick” has nothing below it",
    ),
    "a field that no program understands": (
        "programs", RESOURCE, "    form = Form(",
        "    fields = {'note': Odd()}\n    form = Form(",
        "“strnig” is no type of JSON; mend the method schema() of the field",
    ),
    "a word without its translation": (
        "every_word", WORKFLOW, '_("Under way")', '_("Beyond all hills")',
        "zh_Hans_CN: 'Beyond all hills' is not translated: run `dougong i18n extract sick` and fill",
    ),
    "a translation with a fact of its own": (
        "every_word", WORDS, 'msgstr "计划中"', 'msgstr "计划%(who)s中"',
        "the translation of 'Planned' names %(who)s, which the sentence does not have",
    ),
    "a seed that adds each time": (
        "seeding_again", PLUGIN, HOOK, SEED.format(code=ANY),
        "When seed() is called twice, the rows of sick_item change: look for what is there",
    ),
    "a start that adds each time": (
        "enabling_again", PLUGIN, HOOK, SEED.format(code=ANY).replace("seed", "enabled"),
        "When it is disabled and enabled, the rows of sick_item change",
    ),
    "an end that forgets": (
        "survive", PLUGIN, HOOK,
        "    @hookimpl\n    def uninstalled(self, uow):\n"
        "        uow.session.connection().exec_driver_sql('DELETE FROM sick_item')\n\n" + HOOK,
        "When it is uninstalled and installed again, the rows of sick_item change",
    ),
    "an install that writes into others' tables": (
        "purge", PLUGIN, HOOK,
        "    @hookimpl\n    def installed(self, uow):\n        from dougong_base import Unit\n"
        "        uow.add(Unit(code='sick', name='Sick'))\n\n" + HOOK,
        "When it came and was purged, the rows of base_unit change: let it write into tables of its",
    ),
}  # fmt: skip
ODD = """
from typing import Annotated
from pydantic import Field as Said
from dougong.resources import Text

class Odd(Text):
    def schema(self):
        return Annotated[str, Said(json_schema_extra={"type": "strnig"})]


class ItemResource("""


@pytest.fixture
def sick(tmp_path, monkeypatch):
    """A new plugin, whole, that is found like an installed one."""
    write_plugin(Wish("sick", label="Sick"), tmp_path / "sick", {}, "0.1.0")
    info = tmp_path / "dougong_sick-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(METADATA + "Requires-Dist: dougong-core\n")
    (info / "entry_points.txt").write_text(ENTRY)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path / "sick"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    importlib.invalidate_caches()
    yield tmp_path
    forget("sick", "dougong_sick")
    building._seen.discard("sick")


def mutate(folder, file, old, new):
    path = folder / "sick" / "dougong_sick" / file
    if file == "METADATA":
        path = folder / "dougong_sick-0.1.0.dist-info" / file
        path.write_text(path.read_text() + new)
        return
    if old is None:
        path.unlink()
        return
    text = path.read_text("utf-8")
    assert old in text
    if "dougong_base" in new:
        mutate(folder, "dougong.toml", "requires = []", 'requires = ["base"]')
    if "Odd()" in new:
        text = text.replace("class ItemResource(", ODD)
    if "ForeignKey(" in new or "link_to(" in new:
        text = text.replace("import String", "import ForeignKey, String")
        text = text.replace("import Document", "import Document, link_to")
    path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def contract(sick, capfd):
    """Run one promise of the contract; its exit code and what it prints."""

    def run(promise):
        file = sick / "test_sick_contract.py"
        file.write_text(
            "from dougong.testing import PluginContract\n\n\n"
            "class TestContract(PluginContract):\n    plugin = 'sick'\n"
        )
        # In this process: a fresh one would import the whole house for each promise.
        code = pytest.main(
            ["-q", "-k", promise, "-p", "no:cacheprovider", str(file), f"--rootdir={sick}"]
        )
        sys.modules.pop("test_sick_contract", None)
        return code, capfd.readouterr().out

    return run


@pytest.mark.parametrize(
    "what",
    [
        pytest.param(what, marks=pytest.mark.once if promise in PLAIN else ())
        for what, (promise, *_rest) in BREAKS.items()
    ],
)
def test_a_broken_promise_is_told_with_how_to_mend_it(sick, contract, what):
    promise, file, old, new, sentence = BREAKS[what]
    mutate(sick, file, old, new)

    code, said = contract(promise)

    assert code == 1
    assert sentence in said, said


def test_a_whole_plugin_keeps_every_promise(contract):
    code, said = contract("test_")

    assert code == 0, said
    assert " passed" in said


def test_every_promise_was_broken_once():
    from dougong.testing_contract import PluginContract

    promises = [name for name in vars(PluginContract) if name.startswith("test_")]
    broken = {promise for promise, *_rest in BREAKS.values()}
    unbroken = [p for p in promises if not any(part in p for part in broken)]

    # Loading beside everything fails as loading alone does; a name that will go is only a warning.
    assert unbroken == ["test_it_loads_with_everything", "test_what_it_uses_stays"]
