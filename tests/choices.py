"""The business modules, and every choice of them that a company can make."""

from __future__ import annotations

import os
from itertools import combinations

import pytest

DEPARTMENTS = (
    "crm", "inventory", "finance", "purchasing", "production", "logistics", "hr",
)  # fmt: skip
#: All 128, the smallest first.
CHOICES = tuple(
    chosen for size in range(len(DEPARTMENTS) + 1) for chosen in combinations(DEPARTMENTS, size)
)
#: None and all.
ENDS = (CHOICES[0], CHOICES[-1])
SINGLES = tuple(chosen for chosen in CHOICES if len(chosen) == 1)
PAIRS = tuple(chosen for chosen in CHOICES if len(chosen) == 2)
ALL_BUT_ONE = tuple(chosen for chosen in CHOICES if len(chosen) == len(DEPARTMENTS) - 1)
EDGES = (*ENDS, *SINGLES, *ALL_BUT_ONE)
#: Every two meet, and everybody is missed once.
COVERING = (*EDGES, *PAIRS)
#: Which departments there are is no question of the database: on a server, where a copy costs
#: more, fewer choices are walked.
ON_SERVER = bool(os.environ.get("DOUGONG_TEST_URL"))


def every(choices, on_server):
    """A parameter `chosen` that is each of these choices, or of these on a database server."""
    return pytest.mark.parametrize(
        "chosen",
        on_server if ON_SERVER else choices,
        ids=lambda chosen: "+".join(chosen) or "base",
    )


@pytest.fixture
def open_house(databases):
    """A running house with these departments: installed where they cover, else the others switched off."""
    from dougong.plugins.lifecycle import Lifecycle
    from dougong.plugins.registry import Runtime

    opened = []

    def opens(chosen):
        if chosen in COVERING:
            url = databases.copy(("base", *chosen))
        else:
            url = databases.copy(("base", *DEPARTMENTS))
            life = Lifecycle(url)
            life.disable(set(DEPARTMENTS) - set(chosen))
            life.close()
        runtime = Runtime(url, {"TESTING": True, "SECRET_KEY": "for tests only " * 3})
        opened.append(runtime)
        return runtime

    yield opens
    for runtime in opened:
        runtime.close()
        databases.drop(runtime.url)
