"""Every paper that a department declares can be printed of the demo company, in both languages."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dougong import Actor, NotFound
from dougong.commands.demo import MODULES
from dougong.printing.making import fits, prints_of
from dougong.resources import documents

pytest.importorskip("pypdf")
#: What the demo company has nothing to print of.
NOTHING = {"inventory.lot-label", "finance.credit-note"}


@pytest.fixture
def demo(make_runtime):
    runtime = make_runtime(*MODULES)
    for plugin in runtime.wiring.plugins.values():
        with runtime.house.work(Actor.system()) as uow:
            plugin.demo(uow)
    return SimpleNamespace(runtime=runtime, house=runtime.house, nouns=runtime.nouns)


@pytest.mark.skipif("DOUGONG_TEST_URL" in os.environ, reason="once is enough")
def test_the_demo_company_prints_everything(demo, printed):
    every_paper_is_printed_in_both_languages(demo, printed)
    every_resource_prints_its_form(demo, printed)
    a_paper_of_its_own_comes_before_the_form(demo)


def every_paper_is_printed_in_both_languages(demo, printed):
    missing = set()
    for print_ in demo.runtime.wiring.prints.values():
        key = _newest(demo, print_)
        if key is None:
            missing.add(print_.name)
            continue
        english = printed(demo.house, print_.resource, key, print_.slug, "en")
        chinese = printed(demo.house, print_.resource, key, print_.slug, "zh_Hans_CN")
        assert english, print_.name
        assert chinese, print_.name
        if not print_.label_only:
            assert "Page 1 of" in english, print_.name
            assert "第 1 页" in chinese, print_.name

    assert missing == NOTHING


def every_resource_prints_its_form(demo, printed):
    for noun in demo.nouns:
        key = getattr(noun.model, noun.key)
        with demo.house.read(Actor.system()) as session:
            found = session.scalar(select(key).order_by(key.desc()).limit(1))
        if found is None:
            continue
        try:
            assert printed(demo.house, noun.name, found, "form"), noun.name
        except NotFound:
            continue  # the newest row of a table that this noun shows a part of


def _newest(demo, print_):
    """The newest document that the paper can be printed of."""
    noun = demo.nouns.get(print_.resource)
    key, sight = getattr(noun.model, noun.key), noun.sight(Actor.system().rights)
    with demo.house.read(Actor.system()) as session:
        keys = session.scalars(select(key).order_by(key.desc()).limit(1000)).all()
        found = documents.several(session, noun, sight, keys)
        return next((getattr(d, noun.key) for d in found if fits(print_, noun, d)), None)


def a_paper_of_its_own_comes_before_the_form(demo):
    noun = demo.nouns.get("crm.orders")

    offered = prints_of(demo.runtime.wiring.prints.values(), noun, Actor.system())

    assert [p.name for p in offered] == ["crm.confirmation", "crm.form"]
