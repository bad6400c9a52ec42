"""Plugins: found without being imported, put in order, and never able to stop the house."""

from __future__ import annotations

import sys

import pytest
from authoring import author as author

from dougong.plugins.building import assemble
from dougong.plugins.discovery import discover
from dougong.plugins.order import Circle, dependents, in_order, with_requirements
from dougong.plugins.registry import Runtime

MODELS = """
    from sqlalchemy.orm import Mapped, relationship
    from dougong import Row, link_to
    from dougong_{name}.db import Base

    class Thing(Row, Base):
        __tablename__ = "{table}"
        {column}
"""


def models(name, column="label: Mapped[str]", table=""):
    return {"models.py": MODELS.format(name=name, column=column, table=table or f"{name}_thing")}


MODELS_HOOK = """
def models(self):
    from dougong_sick.models import Thing
    return [Thing]
"""

#: What is wrong, how it is written, and the sentence that says so.
MANIFESTS = {
    "no manifest": (
        {"manifest": None},
        "The package dougong_sick has no dougong.toml beside its __init__.py.",
    ),
    "no TOML": ({"manifest": "[plugin\n"}, "dougong.toml of dougong_sick is not valid TOML: "),
    "no table": ({"manifest": "name = 'sick'"}, "dougong.toml of “sick” has no [plugin] table."),
    "a bad name": (
        {"manifest": "[plugin]\nname='si_ck'\nlabel='S'\napi='>=1'"},
        "“si_ck” cannot be a plugin's name: take 2 to 24 small letters and digits",
    ),
    "a word of the core": (
        {"manifest": "[plugin]\nname='core'\nlabel='S'\napi='>=1'"},
        "“core” cannot be a plugin's name",
    ),
    "another name": (
        {"manifest": "[plugin]\nname='sock'\nlabel='S'\napi='>=1'"},
        "The entry point is called “sick”, but dougong.toml says “sock”: they must agree.",
    ),
    "a number for a text": (
        {"manifest": "[plugin]\nname='sick'\nlabel=3\napi='>=1'"},
        "dougong.toml of “sick”: “label” must be a text.",
    ),
    "a text for a list": (
        {"manifest": "[plugin]\nname='sick'\nlabel='S'\napi='>=1'\nrequires='base'"},
        "dougong.toml of “sick”: “requires” must be a list of texts.",
    ),
    "a key nobody knows": (
        {"manifest": "[plugin]\nname='sick'\nlabel='S'\napi='>=1'\nrequire=[]"},
        "dougong.toml of “sick”: there is no key “require”; “requires” was meant, perhaps.",
    ),
    "hooks of the future": (
        {"manifest": "[plugin]\nname='sick'\nlabel='S'\napi='>=2'"},
        "sick is written for version >=2 of the hooks; this core has 1.",
    ),
    "no range": (
        {"manifest": "[plugin]\nname='sick'\nlabel='S'\napi='newest'"},
        "“api” must be a version range like >=1,<2, not “newest”.",
    ),
    "no requirement": (
        {"manifest": "[plugin]\nname='sick'\nlabel='S'\napi='>=1'\nrequires=['base ~!']"},
        "“base ~!” in “requires” is not a plugin's name with an optional version range.",
    ),
    "no package": (
        {"entry": "sick = dougong_gone.plugin:plugin"},
        "The package dougong_gone cannot be found; install it again.",
    ),
}


@pytest.mark.parametrize("what", MANIFESTS)
def test_a_fault_in_a_manifest_is_told_in_one_sentence(author, what):
    how, sentence = MANIFESTS[what]
    author.write("sick", **how)
    author.write("sound")

    found = discover()

    assert sentence in str(found.problems["sick"])
    assert "sound" in found.manifests
    assert "dougong_sick" not in sys.modules


def test_two_packages_with_one_name_are_both_left_out(author):
    author.write("sick")
    author.tell("sick", "2.0", "rival-sick")

    found = discover()

    assert "sick" not in found.manifests
    assert str(found.problems["sick"]) == (
        "Several packages call themselves “sick”: dougong-sick, rival-sick. Remove all but one."
    )


#: What is wrong, how it is written, and the sentence that says so.
SICK = {
    "an error while importing": (
        {"code": "1 / 0"},
        "sick cannot be imported: ZeroDivisionError: division by zero (plugin.py:1).",
    ),
    "an exit while importing": (
        {"code": "import sys; sys.exit('enough')"},
        "sick cannot be imported: SystemExit: enough (plugin.py:1).",
    ),
    "no plugin object": (
        {"code": "plugin = object()"},
        "The entry point dougong_sick.plugin:plugin of sick is not a Plugin object.",
    ),
    "no attribute": ({"code": "pass"}, "sick cannot be imported: AttributeError"),
    "an error in a hook": (
        {"body": "def menus(self): raise RuntimeError('boom')"},
        "sick: the hook “menus” failed: RuntimeError: boom (plugin.py:",
    ),
    "an error late in a hook": (
        {"body": "def menus(self):\n    yield from ()\n    raise RuntimeError('boom')"},
        "sick: the hook “menus” failed: RuntimeError: boom",
    ),
    "an exit in a hook": (
        {"body": "def reports(self): raise SystemExit(3)"},
        "sick: the hook “reports” failed: SystemExit: 3",
    ),
    "a hook that does not exist": (
        {"body": "from dougong import hookimpl\n@hookimpl\ndef menues(self): return []"},
        "sick: there is no hook “menues”; “menus” was meant, perhaps.",
    ),
    "a hook without its mark that does not exist": (
        {"body": "def permissons(self): return []"},
        "sick: there is no hook “permissons”; “permissions” was meant, perhaps.",
    ),
    "an argument nobody gives": (
        {"body": "from dougong import hookimpl\n@hookimpl\ndef menus(self, request): return []"},
        "sick does not fit its hooks:",
    ),
    "a text for a list": (
        {"body": "def slots(self): return 'here'"},
        "sick: the hook “slots” must return a list.",
    ),
    "something else in the list": (
        {"body": "def menus(self): return ['here']"},
        "sick: the hook “menus” returned 'here', not a MenuItem.",
    ),
    "another's right": (
        {
            "body": "from dougong import Permission\n"
            "def permissions(self): return [self.Permission('crm.all', 'All')]"
        },
        "sick: the right “crm.all” must begin with “sick.”.",
    ),
    "a name twice": (
        {
            "body": "from dougong import Setting\n"
            "def settings(self): return [self.Setting('sick.a', 'A', 1)] * 2"
        },
        "sick: the setting “sick.a” is declared already, by sick.",
    ),
    "a name of the core": (
        {
            "body": "from dougong import Check\n"
            "def checks(self): return [self.Check('core.registry', 'R', list)]"
        },
        "sick: the check “core.registry” is declared already, by core.",
    ),
    "a paper of nothing": (
        {
            "body": "from dougong.printing import Print\n"
            "def prints(self): return [self.Print(name='sick.a', label='A', resource='sick.things',"
            " layout=list)]"
        },
        "sick: the paper “sick.a” is of “sick.things”, which does not exist.",
    ),
    "a paper without a size": (
        {
            "body": "from dougong.printing import Print\n"
            "def prints(self): return [self.Print(name='sick.a', label='A', layout=list,"
            " resource='core.companies', paper='B3')]"
        },
        "sick: the paper “sick.a” has no size that is known: A4,",
    ),
    "a paper that has the name of every form": (
        {
            "body": "from dougong.printing import Print\n"
            "def prints(self): return [self.Print(name='sick.form', label='A', layout=list,"
            " resource='core.companies')]"
        },
        "sick: the paper “sick.form” is printed of “core.companies” already.",
    ),
    "a table with another's name": (
        {"body": MODELS_HOOK, "files": models("sick", table="crm_thing")},
        "sick: the hook “models” failed: WrongTable:",
    ),
    "a foreign key to a stranger": (
        {
            "body": MODELS_HOOK,
            "files": models("sick", 'party_id: Mapped[int] = link_to("base_party.id")'),
        },
        "sick: the table sick_thing points at base_party, but sick does not require “base”.",
    ),
    "a foreign key to nothing": (
        {
            "body": MODELS_HOOK,
            "files": models("sick", 'party_id: Mapped[int] = link_to("core_nothing.id")'),
        },
        "sick: the table sick_thing points at core_nothing, which does not exist.",
    ),
    "a relationship to nothing": (
        {
            "body": MODELS_HOOK,
            "files": models("sick", 'other: Mapped["Nothing"] = relationship("Nothing")'),
        },
        "sick: its models do not fit together:",
    ),
    "a blueprint with another's name": (
        {
            "body": "def pages(self):\n    from flask import Blueprint\n"
            "    return [Blueprint('crm', __name__)]"
        },
        "sick: the blueprint “crm” must be called “sick” or “sick_…”.",
    ),
    "a page open to nobody knows whom": (
        {
            "body": "def pages(self):\n    from flask import Blueprint\n"
            "    page = Blueprint('sick', __name__)\n"
            "    page.add_url_rule('/x', 'x', lambda: 'x')\n    return [page]"
        },
        "sick: The page sick.x does not say who may open it",
    ),
    "two pages with one name": (
        {
            "body": "def pages(self):\n    from flask import Blueprint\n"
            "    return [Blueprint('sick', __name__), Blueprint('sick', __name__)]"
        },
        "sick: the blueprint “sick” cannot be mounted: ",
    ),
    "a menu that leads nowhere": (
        {
            "body": "from dougong import MenuItem\n"
            "def menus(self): return [self.MenuItem(key='sick.a', label='A', to='sick.nothing')]"
        },
        "sick: the menu entry “sick.a” leads to “sick.nothing”, which does not exist.",
    ),
    "a menu under nothing": (
        {
            "body": "from dougong import MenuItem\n"
            "def menus(self): return [self.MenuItem(key='sick.a', label='A', parent='gone')]"
        },
        "sick: the menu entry “sick.a” stands under “gone”, which does not exist.",
    ),
    "a guard of nothing": (
        {
            "body": "from dougong import StepGuard\n"
            "def extensions(self): return [self.StepGuard('crm.orders', 'fly', lambda d: None)]"
        },
        "sick: there is no step “fly” of “crm.orders” to guard.",
    ),
    "a contribution with another's name": (
        {
            "body": "from dougong import Contribution\n"
            "def extensions(self): return [self.Contribution(name='crm.orders')]"
        },
        "sick: the Contribution “crm.orders” must begin with “sick.”.",
    ),
    "a contribution that is there twice": (
        {
            "body": "from dougong import Contribution\n"
            "def extensions(self): return [self.Contribution(name='sick.a')] * 2"
        },
        "sick: the Contribution “sick.a” is declared already, by sick.",
    ),
    "a reaction to nothing": (
        {
            "code": "from dougong import Plugin, Reaction\n"
            "def act(uow, events): ...\n"
            "class It(Plugin):\n    def reactions(self): return [Reaction('news', act)]\n"
            "plugin = It()"
        },
        "sick: the reaction dougong_sick.plugin:act does not name an event.",
    ),
}


def test_what_plugins_contribute_is_collected_by_kind_those_that_others_stand_on_first(author):
    kind = """
    from dataclasses import dataclass
    from dougong import Contribution, Plugin

    @dataclass(frozen=True, kw_only=True)
    class Dish(Contribution):
        price: int = 1

    class Kitchen(Plugin):
        def extensions(self): return [Dish(name="kitchen.soup")]

    plugin = Kitchen()
    """
    author.write("kitchen", code=kind)
    author.write(
        "bakery",
        "def extensions(self):\n    from dougong_kitchen.plugin import Dish\n"
        "    return [Dish(name='bakery.bread', price=3)]",
        requires=["kitchen"],
    )

    built = assemble(discover(), {"kitchen", "bakery"})

    from dougong_kitchen.plugin import Dish

    found = built.wiring.contributed(Dish)
    assert [(dish.name, dish.price) for dish in found] == [("kitchen.soup", 1), ("bakery.bread", 3)]
    assert assemble(discover(), {"kitchen"}).wiring.contributed(Dish) == found[:1]


@pytest.mark.parametrize("what", SICK)
def test_a_sick_plugin_is_told_in_one_sentence_and_nothing_of_it_lives(author, what):
    from dougong.db import metadata

    how, sentence = SICK[what]
    author.write("sick", how.get("body", "pass"), code=how.get("code", ""), files=how.get("files"))
    author.write("needy", requires=["sick"])
    author.write("sound")

    built = assemble(discover(), {"sick", "needy", "sound"})

    assert sentence in str(built.failed["sick"])
    assert str(built.failed["needy"]) == "needy needs sick, which failed."
    assert list(built.loaded) == ["sound"]
    assert "sick" not in built.wiring.plugins
    assert not set(built.wiring.owners.values()) & {"sick", "needy"}
    assert not [t for t in metadata.tables if t.startswith("sick_")]
    assert not [m for m in sys.modules if m.startswith("dougong_sick")]


def test_a_plugin_that_was_mended_loads_without_a_new_process(author):
    author.write("sick", code="1 / 0")
    assert "sick" in assemble(discover(), {"sick"}).failed

    author.write("sick", MODELS_HOOK, files=models("sick"))
    built = assemble(discover(), {"sick"})

    assert not built.failed
    assert [model.__tablename__ for model in built.wiring.owned("models", "sick")] == ["sick_thing"]


def test_the_house_stands_when_every_plugin_fails(author, make_runtime):
    author.write("sick", code="raise SystemExit(1)")
    house = make_runtime()

    sick = Runtime(house.url, only={"sick", "gone"})

    assert set(sick.failed) == {"sick", "gone"}
    assert "is not on this machine" in str(sick.failed["gone"]) or "no plugin" in str(
        sick.failed["gone"]
    )
    assert not sick.loaded
    sick.close()


def test_a_strict_start_is_refused_with_the_reason(author, make_runtime):
    author.write("sick", code="1 / 0")
    house = make_runtime()

    with pytest.raises(Exception, match="Some plugins failed: sick cannot be imported"):
        Runtime(house.url, only={"sick"}, strict=True)


def test_safe_mode_loads_no_plugin(author, make_runtime, monkeypatch):
    author.write("sound")
    house = make_runtime()
    monkeypatch.setenv("DOUGONG_SAFE_MODE", "1")

    safe = Runtime(house.url, only={"sound"})

    assert not safe.loaded
    assert not safe.failed
    assert "dougong_sound" not in sys.modules
    safe.close()


def test_required_plugins_come_first_and_helpful_ones_when_they_are_there(author):
    author.write("cherry", requires=["apple"])
    author.write("apple", enhances=["banana"])
    author.write("banana")
    manifests = discover().manifests

    assert in_order({"cherry", "apple", "banana"}, manifests) == ["banana", "apple", "cherry"]
    assert in_order({"cherry", "apple"}, manifests) == ["apple", "cherry"]
    assert with_requirements(["cherry"], manifests) == {"cherry", "apple"}
    assert dependents("apple", manifests, manifests) == ["cherry"]


def test_a_circle_is_named_and_only_those_in_it_fail(author):
    author.write("apple", requires=["banana"])
    author.write("banana", requires=["apple"])
    author.write("sound")
    found = discover()

    with pytest.raises(Circle, match="apple → banana → apple"):
        in_order({"apple", "banana"}, found.manifests)
    built = assemble(found, {"apple", "banana", "sound"})

    assert set(built.failed) == {"apple", "banana"}
    assert list(built.loaded) == ["sound"]


def test_a_requirement_of_another_version_is_named(author):
    author.write("apple", version="1.2")
    author.write("cherry", requires=["apple>=2"])

    built = assemble(discover(), {"apple", "cherry"})

    assert str(built.failed["cherry"]) == "cherry needs apple>=2, but version 1.2 is there."


def test_plugins_that_exclude_each_other_do_not_both_run(author):
    manifest = "[plugin]\nname='cherry'\nlabel='C'\napi='>=1'\nconflicts=['apple<2']"
    author.write("apple")
    author.write("cherry", manifest=manifest)

    built = assemble(discover(), {"apple", "cherry"})

    assert list(built.loaded) == ["apple"]
    assert str(built.failed["cherry"]) == "cherry cannot stand beside apple 1.0."


SIDE = """
    from sqlalchemy.orm import Mapped, mapped_column
    from dougong import Id, link_to
    from dougong_{side}.db import Base

    class Extra(Base):
        __tablename__ = "{side}_thing_ext"
        thing_id: Mapped[int] = link_to(
            "host_thing.id", ondelete="CASCADE", primary_key=True, autoincrement=False, index=False
        )
        colour: Mapped[str | None]
"""


def test_a_side_table_gives_its_target_a_relationship_and_survives_a_rebuild(author):
    hook = "def models(self):\n    from dougong_host.models import Thing\n    return [Thing]"
    author.write("host", hook, files=models("host"))
    author.write(
        "guest",
        "def models(self):\n    from dougong_guest.models import Extra\n    return [Extra]\n"
        "def extensions(self):\n    from dougong import SideTable\n"
        "    from dougong_guest.models import Extra\n    from dougong_host.models import Thing\n"
        "    return [SideTable(Thing, Extra)]",
        requires=["host"],
        files={"models.py": SIDE.format(side="guest")},
    )

    for _rebuild in range(2):
        built = assemble(discover(), {"host", "guest"})
        assert not built.failed

    (thing,) = built.wiring.owned("models", "host")
    it = thing(label="A", guest_colour="red")
    assert it.guest_ext.colour == "red"


def test_a_guard_of_a_batch_may_ask_the_database_and_refuses_the_step():
    from dougong import Refused, State, Step, Workflow

    asked = []

    def no_more_than_two(uow, documents):
        asked.append(uow)
        return "Two at a time." if len(documents) > 2 else None

    steps = Workflow(
        "host.things", [State("a", "A")], [Step("go", "Go", ["a"], "a", needs="host.thing.go")]
    )
    steps.added_batch_guards["go"] = [no_more_than_two]

    steps.allow("work", [1, 2], "go")
    steps.allow("work", [1, 2, 3], "stay")
    with pytest.raises(Refused, match="Two at a time"):
        steps.allow("work", [1, 2, 3], "go")

    assert asked == ["work", "work"]


def test_guards_of_a_disabled_plugin_are_gone_after_a_rebuild(author):
    author.write(
        "host",
        code="""
        from dougong import Plugin, State, Step, Workflow
        STEPS = Workflow("host.things", [State("a", "A"), State("b", "B")],
                         [Step("go", "Go", ["a"], "b", needs="host.thing.go")])
        class Host(Plugin):
            def workflows(self): return [STEPS]
        plugin = Host()
        """,
    )
    author.write(
        "guest",
        "def extensions(self):\n    from dougong import StepGuard\n"
        "    return [StepGuard('host.things', 'go', lambda document: 'no')]",
        requires=["host"],
    )

    both = assemble(discover(), {"host", "guest"})
    guarded = len(both.wiring.workflows["host.things"].added_guards["go"])
    again = assemble(discover(), {"host", "guest"})
    still = len(again.wiring.workflows["host.things"].added_guards["go"])
    alone = assemble(discover(), {"host"})

    assert (guarded, still) == (1, 1)
    assert not alone.wiring.workflows["host.things"].added_guards
