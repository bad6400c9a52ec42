"""Fixtures for plugin authors; pytest finds them once dougong is installed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pytest

from dougong.memory import settle

if TYPE_CHECKING:
    from dougong.plugins.registry import Runtime
    from dougong.testing_databases import Databases
    from dougong.testing_upgrades import OldHouse


def __getattr__(name: str) -> Any:
    """`PluginContract`, imported when a test asks for it: pytest loads this module in every run."""
    if name == "PluginContract":
        from dougong.testing_contract import PluginContract

        return PluginContract
    raise AttributeError(name)


#: The modules that this repository ships, in no particular order.
SHIPPED = (
    "base", "crm", "inventory", "finance", "purchasing", "production", "logistics", "hr",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """The marker ``once``: what a test proves is the same on every database.

    Whoever runs the tests on several databases leaves these out from the second on:
    ``pytest -m "not once"``.
    """
    config.addinivalue_line("markers", "once: what it proves is the same on every database")


def pytest_collection_finish() -> None:
    """All modules are imported: from now on the garbage collector need not walk through them.

    As in a process that serves (`dougong.memory`); without it a quarter of a run is spent on that.
    """
    settle()


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Passwords of tests guard nothing: hashing one costs a thousandth of what it costs a guesser."""
    from argon2 import PasswordHasher

    from dougong.people.users import passwords

    dear, passwords._hasher = passwords._hasher, PasswordHasher(1, 64, 1)
    yield
    passwords._hasher = dear


@pytest.fixture(scope="session", autouse=True)
def compiled_statements() -> Iterator[None]:
    """What one test's engine has compiled serves those of all others."""
    from dougong.testing_statements import compiled_once

    with compiled_once():
        yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Migrated, seeded databases: built once a run for each set of plugins, copied for each test."""
    from dougong.testing_databases import Databases

    stock = Databases(os.environ.get("DOUGONG_TEST_URL", ""), tmp_path_factory.mktemp("databases"))
    yield stock
    stock.close()


@pytest.fixture
def make_runtime(databases: Databases) -> Iterator[Callable[..., Runtime]]:
    """Build a running house with these plugins, by name, on a database of its own."""
    from dougong.plugins.registry import Runtime

    made: list[Runtime] = []

    def make(*names: str, seeded: bool = True, **config: Any) -> Runtime:
        url = databases.copy(names, seeded=seeded)
        runtime = Runtime(url, {"TESTING": True, "SECRET_KEY": "for tests only " * 3, **config})
        made.append(runtime)
        if runtime.failed:
            pytest.fail(" ".join(str(sentence) for sentence in runtime.failed.values()))
        return runtime

    yield make
    for runtime in made:
        runtime.close()
        databases.drop(runtime.url)


@pytest.fixture
def old_house(databases: Databases) -> Iterator[Callable[..., OldHouse]]:
    """A plugin as an earlier version left it: ``old_house("fleet", "fleet_0001")`` has its old tables.

    ``insert(table, …)`` puts rows in, ``upgrade()`` goes up to the last revision, ``rows(table)``
    are those that are there then. ``version`` is what the hook `upgraded` is told.
    """
    from dougong.plugins.discovery import discover
    from dougong.testing_upgrades import OldHouse

    made: list[OldHouse] = []

    def make(plugin: str, since: str, version: str = "0") -> OldHouse:
        url = databases.copy(discover().manifests[plugin].needs)
        made.append(OldHouse(url, plugin, since, version))
        return made[-1]

    yield make
    for house in made:
        house.close()
        databases.drop(house.url)


@pytest.fixture
def make_house(make_runtime: Callable[..., Runtime]) -> Callable[..., Any]:
    """Build a house with these plugins and what they require, migrated and seeded."""
    return lambda *names: make_runtime(*names).house


@pytest.fixture
def plugins() -> tuple[str, ...]:
    """The plugins in the house of a test: every module of this repository; say your own instead."""
    return SHIPPED


@pytest.fixture
def runtime(make_runtime: Callable[..., Runtime], plugins: tuple[str, ...]) -> Runtime:
    """The running house with the `plugins` and what they require."""
    return make_runtime(*plugins)


@pytest.fixture
def house(runtime: Runtime) -> Any:
    """The house of `runtime`: it opens units of work and reading sessions."""
    return runtime.house


@pytest.fixture
def app(runtime: Runtime) -> Any:
    """The web application of `runtime`."""
    from dougong.web.app import create_app

    return create_app(runtime, runtime.config)


@pytest.fixture
def client(app: Any) -> Any:
    """A browser without a window, not logged in."""
    return app.test_client()


@pytest.fixture
def actor_as(runtime: Runtime) -> Callable[..., Any]:
    """A person with these roles: ``actor_as("crm.seller")``; ``rights={"crm.order.read"}`` adds to them."""
    from dougong.testing_tools import somebody

    return lambda *roles, rights=(): somebody(runtime, roles, rights)


@pytest.fixture
def client_as(runtime: Runtime, actor_as: Callable[..., Any]) -> Callable[..., Any]:
    """A browser of somebody with these roles: ``client_as("crm.seller").get("/crm/orders")``."""
    from dougong.testing_tools import browser

    return lambda *roles, rights=(): browser(runtime, actor_as(*roles, rights=rights))


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


@pytest.fixture
def printed() -> Callable[..., Any]:
    """Print a document and read its paper: ``printed(house, "crm.orders", key, "confirmation")``.

    The words of all pages on one line, or page by page with ``pages=True``; ``said`` is the
    language, ``actor`` who prints. Needs pypdf.
    """
    pytest.importorskip("pypdf")
    from dougong.testing_tools import read_paper

    return read_paper


@pytest.fixture
def session(house: Any) -> Iterator[Any]:
    """A reading session as the house itself: one snapshot, as it is when the test begins."""
    from dougong.actors import Actor

    with house.read(Actor.system()) as session:
        yield session


@pytest.fixture
def uow(house: Any) -> Iterator[Any]:
    """A unit of work as the house itself, saved when the test ends; ``work()`` opens several."""
    from dougong.actors import Actor

    with house.work(Actor.system()) as uow:
        yield uow


@pytest.fixture
def events() -> Iterator[Any]:
    """What is told and kept from here on: ``events.of(SalesOrderConfirmed)``."""
    from dougong.testing_tools import recording

    with recording() as told:
        yield told


@pytest.fixture
def clock() -> Iterator[Any]:
    """The clock of the house: ``clock.at("2026-03-02")`` lets it stand."""
    from contextlib import ExitStack

    from dougong.testing_tools import Clock

    with ExitStack() as stack:
        yield Clock(stack)


@pytest.fixture
def run_cli(monkeypatch: pytest.MonkeyPatch, runtime: Runtime) -> Callable[..., Any]:
    """Run a command of ``dougong`` in this house: ``run_cli("plugin", "list").output``."""
    from click.testing import CliRunner

    from dougong.cli import main

    monkeypatch.setenv("DOUGONG_DATABASE_URL", runtime.url)
    return lambda *words, **options: CliRunner().invoke(main, words, **options)
