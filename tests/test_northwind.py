"""A real company moves in: Northwind Traders, 830 orders, every figure to the cent."""

from __future__ import annotations

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text

from dougong.importing.plan import read_plan
from dougong.importing.running import Follower
from dougong.plugins.checking import run_checks

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "northwind"
PLAN = ROOT / "examples" / "migrations" / "northwind" / "plan.toml"

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the Northwind files are not beside the checkout"
)


@pytest.fixture
def actor():
    from dougong.actors import Actor

    return Actor.system()


def counts(runtime):
    """The number of rows of every table."""
    with runtime.engine.connect() as connection:
        return {
            name: connection.scalar(text(f"SELECT count(*) FROM {name}"))
            for name in inspect(connection).get_table_names()
        }


class Killed(BaseException):
    """The power went out."""


def test_northwind_moves_in_to_the_cent(runtime, actor):
    def pull_the_plug(step, done, of):
        if step == "ship" and done > 400:
            raise Killed

    plan = read_plan(PLAN)
    with pytest.raises(Killed):
        Follower(runtime, actor, plan, DATA).follow(pull_the_plug)

    resumed = Follower(runtime, actor, plan, DATA).follow(resume=True)

    assert [f"{f.name}: {f.source} / {f.target}" for f in resumed.figures if not f.agrees] == []
    assert resumed.clean
    figures = {f.name: f.target for f in resumed.figures}
    assert figures["revenue from goods"] == Decimal("1239855.85")
    assert figures["freight income"] == Decimal("63955.02")
    assert figures["receivable"] == Decimal("1303810.87")
    assert figures["units in stock today"] == 3119
    assert [r.sentences for r in run_checks(runtime, actor, ()) if r.sentences] == []
    _each_product_has_what_the_source_says(runtime, actor)

    before = counts(runtime)
    again = Follower(runtime, actor, plan, DATA).follow()
    assert again.clean
    assert sum(step.made for step in again.steps) == 0
    assert counts(runtime) == before


def _each_product_has_what_the_source_says(runtime, actor):
    from dougong_base import Product
    from dougong_inventory.stock.models import Stock

    with (DATA / "products.csv").open(encoding="utf-8") as file:
        wanted = {f"P{r['product_id']}": Decimal(r["units_in_stock"]) for r in csv.DictReader(file)}
    with runtime.house.read(actor) as session:
        found = dict(
            session.execute(
                select(Product.code, func.sum(Stock.on_hand))
                .join(Stock, Stock.product_id == Product.id)
                .group_by(Product.code)
            ).all()
        )
    assert {code: found.get(code, Decimal(0)) for code in wanted} == wanted


def test_ten_bad_rows_are_all_named_and_nothing_of_the_file_is_imported(runtime, actor, tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / "customers.csv"
    rows = list(csv.reader(path.open(encoding="utf-8")))
    for n in range(1, 11):
        rows[n][8] = f"Nowhere {n}"  # the country
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)

    outcome = Follower(runtime, actor, read_plan(PLAN), tmp_path / "data").follow()

    customers = outcome.steps[-1]
    assert customers.name == "customers"
    assert [(t.file, t.row, t.column) for t in customers.refused] == [
        ("customers.csv", n, "country") for n in range(2, 12)
    ]
    assert "“Nowhere 1” is not a country" in str(customers.refused[0].sentence)
    assert customers.made == 0
    from dougong_base import Party

    with runtime.house.read(actor) as session:
        assert not session.scalar(select(func.count()).where(Party.is_customer))


def test_a_rehearsal_keeps_nothing(runtime, actor):
    before = counts(runtime)

    outcome = Follower(runtime, actor, read_plan(PLAN), DATA).rehearse()

    assert [s.name for s in outcome.steps if s.refused] == []
    assert next(s.made for s in outcome.steps if s.name == "orders") == 830
    assert counts(runtime) == before
