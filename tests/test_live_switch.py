"""A house under gunicorn, while people use it: departments go and come back, processes end."""

from __future__ import annotations

import os
import signal

import pytest

from bench.crowd import Crowd
from bench.served import served
from dougong import Actor
from dougong.plugins.catching_up import catch_up

pytest.importorskip("gunicorn", reason="gunicorn is not installed")

#: What a client sees of a process that is gone in the middle of an answer.
BROKEN = {"RemoteDisconnected", "ConnectionResetError", "IncompleteRead", "BrokenPipeError"}


@pytest.fixture
def house(runtime, tmp_path):
    with served(runtime, tmp_path) as made:
        yield made


def everywhere(house, path):
    """What the processes answer: with so many requests each has its turn."""
    return {house.page(path).status for _turn in range(8)}


def wrong(runtime):
    """What the house's own checks find."""
    with runtime.house.read(Actor.system()) as session:
        return [said for check in runtime.wiring.checks for said in check.run(session)]


def test_nobody_notices_that_a_department_goes_and_comes_back(house, runtime):
    processes = set(house.served())
    with Crowd(house, pause=0.1, moving=["inventory"]) as crowd:
        house.command("plugin", "disable", "inventory", "--yes")
        off = everywhere(house, "/inventory/deliveries")
        house.command("plugin", "enable", "inventory", "--yes")
        on = everywhere(house, "/inventory/deliveries")

    assert crowd.failed == []
    # When a command has come back, every process shows the house as it is.
    assert (off, on) == ({404}, {200})
    assert set(house.served()) == processes
    assert crowd.confirmed
    assert crowd.lost() == []
    catch_up(runtime, "inventory", [1])
    assert catch_up(runtime, "inventory", [1]) == []
    assert wrong(runtime) == []


def test_what_was_acknowledged_outlives_a_killed_process_and_a_stop(house, runtime):
    with Crowd(house, pause=0.05) as crowd:
        house.until(lambda: len(crowd.confirmed) > 1)
        victim = next(iter(house.served())).split(":")[1]
        os.kill(int(victim), signal.SIGKILL)
        house.until(lambda: len(crowd.confirmed) > 3)
    # Whom the killed process was answering knows that nothing came back; nobody else fails.
    assert {said.split(":")[0] for said in crowd.failed} <= BROKEN
    assert len(crowd.failed) <= crowd.people
    assert crowd.lost() == []

    with Crowd(house, pause=0.0) as crowd:
        house.until(lambda: len(crowd.confirmed) > 1)
        crowd.stopping()
        house.stop()
    # Who still waited at the door when it was closed was answered nothing; nobody hears of a failure.
    assert {said.split(":")[0] for said in crowd.failed} <= BROKEN
    assert len(crowd.failed) <= crowd.people
    assert crowd.lost() == []
    assert wrong(runtime) == []
