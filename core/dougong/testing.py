"""Fixtures for plugin authors; pytest finds them once dougong is installed."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def make_house(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Build a house with these plugins (by name, in dependency order) on an empty, seeded database."""
    from sqlalchemy import insert

    from dougong.actors import Actor
    from dougong.companies.models import Company
    from dougong.db import make_engine, metadata
    from dougong.series.models import IdBlock
    from dougong.unit_of_work import House
    from dougong.wiring import collect

    made = []

    def make(*names: str) -> House:
        plugins = [(n, importlib.import_module(f"dougong_{n}.plugin").plugin) for n in names]
        wiring = collect(plugins)
        url = os.environ.get("DOUGONG_TEST_URL") or f"sqlite:///{tmp_path / f'{len(made)}.db'}"
        engine = make_engine(url)
        metadata.drop_all(engine)
        metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(insert(IdBlock).values(name="house", next=1000))
            connection.execute(
                insert(Company).values(
                    id=1, version=1, code="MAIN", name="Dougong Trading", currency="EUR", country="DE",
                    timezone="UTC", language="en", active=True,
                )
            )  # fmt: skip
        defaults = {key: setting.default for key, setting in wiring.settings.items()}
        house = House(
            engine,
            wiring.reactions,
            wiring.providers,
            wiring.series,
            lambda uow, key: defaults[key],
        )
        house.wiring = wiring  # type: ignore[attr-defined]
        made.append(engine)
        for _name, plugin in plugins:
            house.run(Actor.system(), plugin.seed)
        return house

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture
def house(make_house: Callable[..., Any]) -> Any:
    """The house with every module that this repository ships."""
    return make_house("base", "crm", "inventory", "finance")


@pytest.fixture
def work(house: Any) -> Callable[..., AbstractContextManager[Any]]:
    """Open a unit of work as the house itself: ``with work() as uow: …``."""
    from dougong.actors import Actor

    return lambda actor=None: house.work(actor or Actor.system())


@pytest.fixture
def read(house: Any) -> Callable[..., AbstractContextManager[Any]]:
    """Open a reading session as the house itself: ``with read() as session: …``."""
    from dougong.actors import Actor

    return lambda actor=None: house.read(actor or Actor.system())
