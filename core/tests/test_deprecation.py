"""A name that will go still works, and everybody who uses it is told what to write instead."""

from __future__ import annotations

import json
import warnings

import pluggy
import pytest
from authoring import author as author
from click.testing import CliRunner

import dougong
from dougong import Deprecated, deprecated
from dougong.actors import Actor
from dougong.cli import main
from dougong.deprecation import RENAMED, forget_uses, uses_of
from dougong.hookspecs import Hooks
from dougong.plugins.building import assemble
from dougong.plugins.checking import run_checks
from dougong.plugins.discovery import discover
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.registry import Runtime
from dougong.testing_contract import PluginContract

OLD = Deprecated("dougong.key_to", instead="dougong.link_to", gone="2.0")
ME = __name__.split(".")[0]
USES_OLD = "from dougong import key_to\ndef menus(self): return []"


@pytest.fixture
def renamed(monkeypatch):
    """`dougong.key_to` was once the name of `dougong.link_to`."""
    monkeypatch.setitem(RENAMED, "dougong.key_to", OLD)


def quietly(act):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Deprecated)
        return act()


def load(name):
    return quietly(lambda: assemble(discover(), {name}))


def test_an_old_name_is_the_new_one_and_says_so_where_it_is_used(renamed):
    with pytest.warns(Deprecated, match=r"key_to goes with version 2\.0: write dougong\.link_to"):
        from dougong import key_to

    assert key_to is dougong.link_to
    assert [use.where.partition(":")[0] for use in uses_of(ME)] == ["test_deprecation.py"]
    forget_uses(ME)


def test_a_name_that_never_was_is_still_an_error(renamed):
    with pytest.raises(AttributeError, match="no attribute 'key_too'"):
        _ = dougong.key_too


def test_a_function_and_a_class_that_will_go_work_and_name_their_caller():
    @deprecated(instead="twice", gone="2.0", name="shop.double")
    def double(number):
        return number * 2

    @deprecated(instead="Bag", gone="2.0", name="shop.Basket")
    class Basket:
        def __init__(self, size):
            self.size = size

    with pytest.warns(Deprecated, match=r"shop\.double goes with version 2\.0: write twice"):
        assert double(3) == 6
    with pytest.warns(Deprecated, match=r"shop\.Basket"):
        assert Basket(5).size == 5
    assert {use.name for use in uses_of(ME)} == {"shop.double", "shop.Basket"}
    forget_uses(ME)


def test_a_plugin_that_uses_an_old_name_loads_and_its_page_of_facts_tells(
    author, renamed, tmp_path, monkeypatch
):
    author.write("late", USES_OLD)
    monkeypatch.setenv("DOUGONG_HOME", str(tmp_path / "site"))
    runner = CliRunner()
    assert runner.invoke(main, ["init", "--company", "Test"]).exit_code == 0

    said = quietly(lambda: runner.invoke(main, ["plugin", "info", "late", "--json"]))

    assert said.exit_code == 0, said.output
    told = json.loads(said.stdout)
    assert told["state"] == "available"
    assert told["old_names"] == [
        "dougong.key_to goes with version 2.0: write dougong.link_to. (plugin.py:5)"
    ]


def test_dougong_check_warns_of_it_and_does_not_fail(author, renamed, databases):
    author.write("late", USES_OLD)
    url = databases.copy([])
    life = Lifecycle(url, discover())
    quietly(lambda: life.install(["late"], enable=True))
    life.close()
    runtime = quietly(lambda: Runtime(url))

    (result,) = [r for r in run_checks(runtime, Actor.system()) if r.name == "core.old-names"]

    assert result.sentences == []
    assert result.warnings == [
        "late: dougong.key_to goes with version 2.0: write dougong.link_to. (plugin.py:5)"
    ]
    runtime.close()
    databases.drop(url)


def test_the_tests_of_that_plugin_warn(author, renamed, make_runtime):
    author.write("late", USES_OLD)
    load("late")

    class Contract(PluginContract):
        plugin = "late"

    with pytest.warns(Deprecated, match=r"key_to \(plugin\.py:5\) goes with version 2\.0"):
        Contract().test_what_it_uses_stays(None, discover().manifests["late"])


def test_a_hook_that_will_go_is_called_and_told(author, monkeypatch):
    said = Deprecated("the hook “widgets”", instead="cards", gone="2.0")
    old = pluggy.HookspecMarker("dougong")(warn_on_impl=said)(lambda self: ())
    old.__name__ = "widgets"
    monkeypatch.setattr(Hooks, "widgets", old)
    author.write("late", "@__import__('dougong').hookimpl\ndef widgets(self): return []")

    with pytest.warns(Deprecated, match="hook “widgets” goes with version 2.0"):
        built = assemble(discover(), {"late"})

    assert not built.failed
    assert str(uses_of("dougong_late")[0]).startswith("the hook “widgets” goes")


@pytest.fixture
def newer_core(monkeypatch):
    """A core of the hooks' version 1.4, where `widgets` goes and another hook comes in its place."""
    said = Deprecated("the hook “widgets”", instead="cards", gone="2.0")
    old = pluggy.HookspecMarker("dougong")(warn_on_impl=said)(lambda self: ())
    old.__name__ = "widgets"
    monkeypatch.setattr(Hooks, "widgets", old)
    monkeypatch.setattr("dougong.plugins.manifest.API_VERSION", "1.4")


def test_a_plugin_of_an_older_version_works_as_before_and_is_told_what_to_write(
    author, newer_core, databases
):
    manifest = "[plugin]\nname = 'late'\nlabel = 'Late'\napi = '>=1.0,<2'\n"
    author.write(
        "late",
        "from dougong import Widget, hookimpl\n@hookimpl\n"
        "def widgets(self): return [self.Widget('late.sold', 'Sold', lambda session, actor: 1234)]",
        manifest=manifest,
    )
    url = databases.copy([])
    life = Lifecycle(url, discover())
    quietly(lambda: life.install(["late"], enable=True))
    life.close()
    runtime = quietly(lambda: Runtime(url))

    (cards,) = [r for r in run_checks(runtime, Actor.system()) if r.name == "core.cards"]

    assert not runtime.failed
    assert "late.sold" in [widget.name for widget in runtime.wiring.widgets]
    assert cards.sentences == []
    (use,) = uses_of("dougong_late")
    assert str(use).startswith("the hook “widgets” goes with version 2.0: write cards. (plugin.py:")
    runtime.close()
    databases.drop(url)


@pytest.mark.parametrize("api", [">=1.5,<2", ">=2"])
def test_a_plugin_that_needs_a_newer_core_is_refused_with_a_sentence(
    author, newer_core, api, tmp_path, monkeypatch
):
    author.write("early", manifest=f"[plugin]\nname = 'early'\nlabel = 'Early'\napi = '{api}'\n")
    monkeypatch.setenv("DOUGONG_HOME", str(tmp_path / "site"))
    runner = CliRunner()
    runner.invoke(main, ["init", "--company", "Test"])

    refused = runner.invoke(main, ["plugin", "install", "early", "--yes"])

    assert refused.exit_code == 1
    assert f"early is written for version {api} of the hooks; this core has 1.4." in refused.output
    assert "Install a version of one that fits the other. (dougong.toml:4)" in refused.output


def test_what_is_gone_with_this_version_is_gone():
    major = int(dougong.API_VERSION.split(".")[0])
    for name, old in RENAMED.items():
        assert int(old.gone.split(".")[0]) > major, f"{name} was to go: take it out of RENAMED"
