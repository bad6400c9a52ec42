"""The demo company, a browser and a program that ask it for what it must refuse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dougong import Actor
from dougong.demo_site import bring_to_life
from dougong.testing import SHIPPED
from dougong.web.app import create_app

#: East of Greenwich the calendar ends earlier than in the database.
BOSS = replace(Actor.system(name="Boss"), timezone="Asia/Shanghai")


@pytest.fixture(scope="module")
def runtime(databases):
    """All modules and their demo company: links have something to lead to."""
    from dougong.plugins.registry import Runtime

    url = databases.copy(SHIPPED)
    config = {"TESTING": True, "SECRET_KEY": "for tests only " * 3, "ACT_AS": BOSS}
    runtime = Runtime(url, config)
    bring_to_life(runtime, BOSS, "en")
    yield runtime
    runtime.close()
    databases.drop(url)


@pytest.fixture(scope="module")
def client(runtime):
    return create_app(runtime, runtime.config).test_client()


def form_of(document):
    """What a browser sends for a document that a program would send as JSON."""
    form = {"_was": "{}"}
    for name, value in document.items():
        if isinstance(value, list):
            for at, line in enumerate(line for line in value if isinstance(line, dict)):
                form[f"{name}.n{at}._"] = "1"
                form |= {f"{name}.n{at}.{part}": text(one) for part, one in line.items()}
        else:
            form[name] = text(value)
    return form


def text(value):
    return "" if value is None else str(value).encode("utf-8", "replace").decode()
