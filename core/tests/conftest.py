"""A house with nothing but the core and a till, on an empty database of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from dougong import Series
from dougong.actors import EVERYTHING, Actor
from dougong.companies.models import Company
from dougong.db import make_engine, metadata
from dougong.people.users.models import User
from dougong.series.models import IdBlock
from dougong.testing_databases import Databases
from dougong.unit_of_work import House


@pytest.fixture
def till(databases: Databases) -> Iterator[House]:
    """A house that sells over the counter, in two companies."""
    from till import Base

    ours = [t for t in metadata.sorted_tables if t.name.startswith("core_")]
    tables = [*ours, *(m.local_table for m in Base.registry.mappers)]
    for engine in _two_companies(databases, "till", tables):
        yield House(engine, series={"till.receipt": Series("till.receipt", "Receipts", "R")})


def _two_companies(databases: Databases, name: str, tables: list[Any]) -> Iterator[Engine]:
    """A database with these tables, made once a run and copied for each test."""

    def prepare(url: str) -> None:
        engine = make_engine(url)
        metadata.create_all(engine, tables=tables)
        with engine.begin() as connection:
            connection.execute(insert(IdBlock).values(name="house", next=1000))
            for key, code in ((1, "MAIN"), (2, "OTHER")):
                connection.execute(insert(Company).values(id=key, version=1, code=code, name=code))
            connection.execute(insert(User).values(id=7, version=1, login="ana", name="Ana"))
        engine.dispose()

    engine = make_engine(databases.prepared((name, len(tables)), prepare))
    yield engine
    engine.dispose()
    databases.drop(engine.url.render_as_string(hide_password=False))


@pytest.fixture
def me() -> Actor:
    """The house itself, in the first company."""
    return Actor.system()


@pytest.fixture
def shop(databases: Databases) -> Iterator[House]:
    """A house with a shop, whose customers a club extends."""
    import shop as rooms

    from dougong.activities.sight import SeenActivities
    from dougong.approvals.guarding import Guard
    from dougong.core_plugin import core
    from dougong.following.watching import Watch
    from dougong.people.actors import restorer
    from dougong.resources.nouns import build
    from dougong.wiring import collect

    list(core.models())
    wiring = collect([("shop", rooms.ShopPlugin()), ("club", rooms.ClubPlugin())])
    tables = [t for t in metadata.sorted_tables if t.name.split("_")[0] in ("core", "shop", "club")]
    for engine in _two_companies(databases, "shop", tables):
        house = House(engine, series=wiring.series)
        house.wiring = wiring  # type: ignore[attr-defined]
        house.nouns = build(wiring)  # type: ignore[attr-defined]
        house.oversight = Guard(wiring)
        house.watch = Watch(wiring)
        house.restore_actor = restorer(house, wiring)
        house.narrow = SeenActivities(house.nouns)  # type: ignore[attr-defined]
        yield house


@pytest.fixture
def stock(shop: House, me: Actor) -> SimpleNamespace:
    """A customer, two products, and a draft for two tenon sets."""
    from shop import Customer, Order, OrderLine, Product

    def fill(uow):
        acme = Customer(code="C1", name="Acme Timber", city="London")
        beam = Product(code="P1", name="Oak beam", price=Decimal(10))
        tenon = Product(code="P2", name="Tenon set", price=Decimal(24))
        order = Order(customer_id=0, ordered_on=dt.date(2026, 3, 1), total=Decimal(48))
        uow.add(acme, beam, tenon)
        order.customer_id = acme.id
        order.lines = [
            OrderLine(
                product_id=tenon.id, quantity=Decimal(2), price=Decimal(24), amount=Decimal(48)
            )
        ]
        uow.add(order)
        return SimpleNamespace(
            acme=acme.id, beam=beam.id, tenon=tenon.id, order=order.id, line=order.lines[0].id
        )

    return shop.run(me, fill)


@pytest.fixture
def visit(shop: House) -> Callable[..., Any]:
    """A browser of somebody: ``visit()`` of one who may everything, ``visit(rights)`` of others."""

    from dougong.web.app import create_app

    def open_for(rights=EVERYTHING, language="en"):
        actor = Actor(7, "Ana", rights, (1,), 1, language=language)
        runtime = SimpleNamespace(house=shop, wiring=shop.wiring, nouns=shop.nouns, failed={})
        settings = {"TESTING": True, "SECRET_KEY": "x" * 32, "ACT_AS": actor}
        return create_app(runtime, settings).test_client()

    return open_for
