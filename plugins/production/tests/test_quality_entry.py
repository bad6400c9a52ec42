"""Inspections and reports as they are entered in forms and files."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, Invalid
from dougong.actors import EVERYTHING
from dougong.people.users.models import User
from dougong.resources import documents
from dougong.resources.exchange import load, read_table
from dougong_base import Party, Product, Unit
from dougong_production.inspections.models import Inspection, SamplingState
from dougong_production.inspections.service import decide_inspections
from dougong_production.ncrs.models import Ncr
from dougong_production.quality_plans.models import Characteristic, QualityPlan

D, DAY = Decimal, "2026-03-02"
SYSTEM = Actor.system()


class Desk:
    """Enters what forms, the API and files enter."""

    def __init__(self, runtime):
        self.runtime, self.house, self.nouns = runtime, runtime.house, runtime.nouns
        self.run(self._master)

    def run(self, act, actor=SYSTEM):
        return self.house.run(actor, act)

    def _master(self, uow):
        unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
        shaft = Product(code="SHAFT", name="Shaft", unit_id=unit)
        supplier = Party(code="BOLT", name="Bolt & Co", is_supplier=True)
        uow.add(shaft, supplier)
        uow.add(
            *(
                User(login=name, name=name.title(), email=f"{name}@example.com", password="-")
                for name in ("ada", "bob")
            )
        )
        plan = QualityPlan(
            code="P1", name="Shafts", stage="receipt", product_id=shaft.id, sampling="aql",
            aql="1.0", level="II",
            characteristics=[
                Characteristic(name="Diameter", lower=D("9.9"), upper=D("10.1"), unit="mm"),
                Characteristic(name="Surface", kind="yes_no", position=1),
            ],
        )  # fmt: skip
        uow.add(plan)
        self.shaft, self.supplier, self.plan = shaft.id, supplier.id, plan.id

    def enter(self, name, key=None, actor=SYSTEM, **payload):
        noun = self.nouns.get(name)
        sight = noun.sight(EVERYTHING)

        def act(uow):
            document = documents.load(uow, noun, sight, [key])[0] if key else None
            saved = documents.save(uow, noun, sight, payload, document=document)
            uow.complete()
            return saved.id

        return self.run(act, actor)

    def bring_in(self, name, text):
        table = read_table("file.csv", text.encode())
        return load(self.house, SYSTEM, self.nouns.get(name), table)

    def person(self, login):
        id = self.run(lambda uow: uow.session.scalar(select(User.id).where(User.login == login)))
        return Actor(user_id=id, name=login, rights=EVERYTHING, companies=(1,), company_id=1)

    def inspection(self, id):
        def act(uow):
            return uow.get(Inspection, id, Inspection.results)

        return self.run(act)


@pytest.fixture
def desk(make_runtime):
    return Desk(make_runtime("base", "production"))


def test_an_inspection_entered_by_hand_is_as_strict_as_its_supplier_deserves(desk):
    lot = {"plan": "P1", "product": "SHAFT", "supplier": "BOLT", "quantity": "1000"}
    first = desk.inspection(desk.enter("production.inspections", **lot))
    assert (first.sample_size, first.accept, first.reject, first.severity) == (80, 2, 3, "normal")

    state = SamplingState(
        company_id=1, plan_id=desk.plan, product_id=desk.shaft, supplier_id=desk.supplier,
        mode="tightened",
    )  # fmt: skip
    desk.run(lambda uow: uow.add(state))
    second = desk.inspection(desk.enter("production.inspections", **lot))
    assert (second.sample_size, second.accept, second.severity) == (80, 1, "tightened")
    own = desk.inspection(desk.enter("production.inspections", **(lot | {"supplier": None})))
    assert own.severity == "normal"


def test_an_inspection_entered_by_hand_has_a_line_for_all_that_its_plan_looks_at(desk):
    id = desk.enter("production.inspections", plan="P1", product="SHAFT", quantity="4")
    lines = desk.inspection(id).results
    names = desk.run(
        lambda uow: [uow.get(Characteristic, line.characteristic_id).name for line in lines]
    )
    assert names == ["Diameter", "Surface"]


def test_a_lot_that_came_with_a_receipt_is_not_made_smaller_by_hand(desk):
    id = desk.enter("production.inspections", plan="P1", product="SHAFT", quantity="1000")

    def came(uow):
        one = uow.get(Inspection, id)
        one.source_kind, one.source_id, one.reference = "inventory.receipts", 7, "GR-7"

    desk.run(came)
    with pytest.raises(Invalid, match="The lot is as it came with GR-7"):
        desk.enter("production.inspections", key=id, quantity="10")
    assert desk.inspection(id).quantity == 1000
    desk.enter("production.inspections", key=id, note="Seen")


def test_who_entered_that_an_action_is_done_has_done_it(desk):
    action = {"kind": "corrective", "text": "Train", "responsible": "Ada", "due_on": DAY}
    id = desk.enter("production.ncrs", title="Late", found_on=DAY, actions=[action])

    def read(uow):
        return uow.get(Ncr, id, Ncr.actions)

    rows = [{**action, "id": desk.run(read).actions[0].id, "done_on": DAY}]
    desk.enter("production.ncrs", key=id, actor=desk.person("bob"), actions=rows)

    ada, bob = desk.person("ada").user_id, desk.person("bob").user_id
    assert desk.run(read).workers == {ada, bob}


FILE = """number;plan;product;quantity;due_on;results.characteristic;results.values;results.nonconforming
{number};P1;SHAFT;4;2026-03-02;Diameter;9.95 10.02 10.05 {last};
;;;;;Surface;;0
"""


def test_measured_values_come_from_a_file_into_an_inspection_that_waits(desk):
    id = desk.enter("production.inspections", plan="P1", product="SHAFT", quantity="4")
    desk.run(lambda uow: uow.number(uow.get(Inspection, id), "inspection", on=dt.date(2026, 3, 2)))
    number = desk.inspection(id).number

    report = desk.bring_in("production.inspections", FILE.format(number=number, last="10.20"))

    assert (report.changed, report.created, report.errors) == (1, 0, [])
    assert [line.values for line in desk.inspection(id).results] == ["9.95 10.02 10.05 10.20", None]
    (decided,) = desk.run(lambda uow: decide_inspections(uow, [id]))
    assert (decided.state, decided.bad) == ("failed", 1)
    again = desk.bring_in("production.inspections", FILE.format(number=number, last="10.00"))
    assert not again.saved
    assert "Failed" in str(again.errors[0].sentence)


def test_a_file_with_words_among_the_values_changes_nothing_and_names_the_line(desk):
    report = desk.bring_in("production.inspections", FILE.format(number="", last="ten"))
    assert not report.saved
    assert (report.errors[0].line, report.errors[0].column) == (2, "results.values")
    assert "“ten” is not a value of Diameter" in str(report.errors[0].sentence)
    assert desk.run(lambda uow: uow.session.scalars(select(Inspection)).all()) == []
