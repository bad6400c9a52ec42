"""A plugin that is enabled later acts on what it has missed, once."""

from __future__ import annotations

import pytest
from authoring import author as author
from orchard import (
    labels,
    write_apple,
)
from orchard import orchard as orchard

from dougong.errors import PluginProblem
from dougong.plugins.catching_up import catch_up
from dougong.plugins.registry import Runtime

TELLER = """
from dataclasses import dataclass
from dougong import Event, Plugin, Reaction, Replay

@dataclass(frozen=True, slots=True, kw_only=True)
class ApplePicked(Event):
    weight: int

class Apple(Plugin):
    def models(self):
        from dougong_apple.models import Thing
        return [Thing]
    def replays(self):
        return [Replay(ApplePicked, missed)]

def missed(uow):
    from sqlalchemy import select
    from dougong_apple.models import Thing
    told = set(uow.session.scalars(select(Thing.label)))
    return [ApplePicked(weight=w) for w in (1, 2, 3) if str(w) not in told]

plugin = Apple()
"""

LISTENER = """
from dougong import Plugin, Reaction
from dougong_apple.plugin import ApplePicked

def weigh(uow, events):
    from decimal import Decimal
    from dougong_apple.models import Thing
    for event in events:
        uow.add(Thing(label=str(event.weight), price=Decimal(event.weight)))

class Scales(Plugin):
    def reactions(self):
        return [Reaction(ApplePicked, weigh)]

plugin = Scales()
"""


def test_a_plugin_enabled_later_acts_on_what_it_has_missed_and_only_once(orchard, author):
    write_apple(author, code=TELLER)
    author.write("scales", code=LISTENER, requires=["apple"])
    life = orchard()
    life.install(["scales"], enable=True, seed=False)
    runtime = Runtime(life.url)

    seen = catch_up(runtime, "scales", [1], dry_run=True)
    assert [(m.event, m.count) for m in seen] == [("ApplePicked", 3)]
    assert labels(life) == []
    catch_up(runtime, "scales", [1])
    again = catch_up(runtime, "scales", [1])

    assert labels(life) == ["1", "2", "3"]
    assert again == []
    with pytest.raises(PluginProblem, match=r"cherry is not enabled."):
        catch_up(runtime, "cherry", [1])
    runtime.close()


CHOOSY = (
    LISTENER.replace("weigh)]", "weigh, news=heavy)]")
    + """

def heavy(uow, events):
    from sqlalchemy import select
    from dougong_apple.models import Thing
    known = set(uow.session.scalars(select(Thing.label)))
    return [event for event in events if event.weight > 1 and str(event.weight) not in known]
"""
)
FORGETFUL = TELLER.replace("if str(w) not in told", "")


def test_who_reacts_leaves_out_what_it_has_acted_on_though_the_teller_does_not_know(
    orchard, author
):
    write_apple(author, code=FORGETFUL)
    author.write("scales", code=CHOOSY, requires=["apple"])
    life = orchard()
    life.install(["scales"], enable=True, seed=False)
    runtime = Runtime(life.url)

    first = catch_up(runtime, "scales", [1])
    again = catch_up(runtime, "scales", [1])

    assert [m.count for m in first] == [2]
    assert again == []
    assert labels(life) == ["2", "3"]
    runtime.close()
