"""Lots are inspected, pass or fail, and who delivers badly is inspected more strictly."""

from __future__ import annotations

import pytest
from laboratory import DAY, D, Lab
from sqlalchemy import select

from dougong import Actor, DocumentRef, Invalid, Refused
from dougong_base.events import GoodsRejected, GoodsReleased, MadeLine, ProductionFinished
from dougong_production.inspections.models import Inspection, SamplingState
from dougong_production.inspections.service import (
    refuse_lots,
    release_lots,
    resume_inspection,
)
from dougong_production.ncrs.models import Ncr
from dougong_production.quality_plans.models import Characteristic, QualityPlan


@pytest.fixture
def lab(make_house):
    return Lab(make_house("base", "production"))


def test_what_a_receipt_brings_is_inspected_by_the_most_particular_plan(lab):
    lab.plan(code="ALL", product_id=None)
    lab.plan(code="METAL", product_id=None, category_id=lab.metal)
    lab.plan(code="SUPPLIER", product_id=None, category_id=lab.metal, supplier_id=lab.supplier)
    mine = lab.plan(code="SHAFT", sampling="percent", percent=D(7), number=None)

    event = lab.receive(50, lot="L1")
    lab.run(lambda uow: uow.publish(event))

    (found,) = lab.inspections()
    assert (found.plan_id, found.supplier_id, found.lot) == (mine, lab.supplier, "L1")
    assert (found.lot_size, found.sample_size, found.accept) == (50, 4, 0)
    assert found.number == "QI-2026-00001"


def test_a_category_plan_counts_for_what_lies_below_it_and_a_supplier_comes_first(lab):
    general = lab.plan(code="METAL", product_id=None, category_id=lab.metal)
    particular = lab.plan(
        code="SUPPLIER", product_id=None, category_id=lab.metal, supplier_id=lab.supplier
    )
    lab.receive()
    lab.receive(supplier=False)
    assert [one.plan_id for one in lab.inspections()] == [particular, general]


def test_what_is_made_is_inspected_at_the_end(lab):
    lab.plan(stage="final", sampling="all", number=None)
    line = MadeLine(line_id=1, product_id=lab.shaft, quantity=D("3"), cost=D(9))
    event = ProductionFinished(
        source=DocumentRef("production.orders", 5), number="MO-5", company_id=1,
        warehouse_id=None, on=DAY, lines=(line,),
    )  # fmt: skip
    lab.run(lambda uow: uow.publish(event))
    (found,) = lab.inspections()
    assert (found.stage, found.reference, found.lot_size, found.sample_size) == (
        "final", "MO-5", 3, 3,
    )  # fmt: skip


def test_a_good_lot_passes_and_nobody_is_told(lab):
    lab.plan()
    lab.receive()
    id = lab.enter("9.9 10.0; 10,1")
    assert lab.decide(id) == "passed"
    assert lab.told == []
    assert lab.inspections()[0].bad == 0


def test_a_bad_lot_fails_is_kept_apart_and_reported(lab):
    lab.plan()
    event = lab.receive(40, lot="L7")
    id = lab.enter("9.9 10.2 10.0", surface=1)

    assert lab.decide(id) == "failed"

    (told,) = lab.told
    assert isinstance(told, GoodsRejected)
    assert told.source == DocumentRef("production.inspections", id)
    assert told.subject == event.receipt
    assert [(x.product_id, x.quantity, x.lot) for x in told.lines] == [(lab.shaft, D(40), "L7")]
    assert lab.inspections()[0].bad == 2
    report = lab.read(lambda s: s.scalars(select(Ncr)).one())
    assert (report.origin, report.inspection_id, report.quantity) == ("inspection", id, D(40))


def test_bad_pieces_up_to_the_acceptance_number_do_not_fail_a_lot(lab):
    lab.plan(sampling="aql", aql="4.0", level="II", number=None)
    lab.receive(100)  # letter F: 20 pieces, 2 bad ones are accepted
    found = lab.inspections()[0]
    assert (found.letter, found.sample_size, found.accept, found.reject) == ("F", 20, 2, 3)
    id = lab.enter(" ".join(["10"] * 18 + ["11", "9"]))
    assert lab.decide(id) == "passed"


def person(id):
    return Actor(
        user_id=id, name=f"u{id}", rights=Actor.system().rights, companies=(1,), company_id=1
    )


def test_who_refused_a_lot_cannot_release_it_a_second_person_can(lab):
    from dougong.people.users.models import User

    lab.plan()
    lab.receive()
    people = lab.read(lambda s: s.scalars(select(User.id).order_by(User.id)).all())
    id = lab.enter("9 9 9")
    lab.decide(id)
    mine = people[0] if people else None

    def mark(uow):
        uow.get(Inspection, id).decided_by_id = mine

    if mine is not None:
        lab.run(mark)
        with pytest.raises(Refused, match="Who refused the lot does not release it"):
            lab.run(lambda uow: release_lots(uow, [id], "urgent"), person(mine))
    lab.run(lambda uow: release_lots(uow, [id], "Customer agrees", on=DAY))
    released = lab.inspections()[0]
    assert (released.state, released.reason) == ("conditional", "Customer agrees")
    assert isinstance(lab.told[-1], GoodsReleased)


@pytest.mark.parametrize(
    ("values", "surface", "sentence"),
    [
        (None, 0, "Diameter needs 3 results and has 0"),
        ("10 10", 0, "Diameter needs 3 results and has 2"),
        ("10 10 10 10", 0, "Diameter needs 3 results and has 4"),
        ("10 10 wide", 0, "“wide” is not a value of Diameter"),
        ("10 10 NaN", 0, "“NaN” is not a value of Diameter"),
        ("10 10 10", None, "Surface needs 3 results and has 0"),
    ],
)
def test_missing_and_unreadable_results_are_refused_and_nothing_changes(
    lab, values, surface, sentence
):
    lab.plan()
    lab.receive()
    id = lab.enter(values, surface)
    with pytest.raises(Refused, match=sentence):
        lab.decide(id)
    assert lab.inspections()[0].state == "open"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {"lines": [Characteristic(name="Length", lower=D(2), upper=D(1))]},
            "lower limit lies below the upper limit",
        ),
        (
            {"lines": [Characteristic(name="Length", lower=D(1), target=D(3), upper=D(2))]},
            "target lies between the limits",
        ),
        ({"sampling": "percent", "percent": D(0)}, "above 0 %"),
        ({"sampling": "aql", "aql": None}, "needs the AQL and the inspection level"),
        ({"sampling": "number", "number": 0}, "At least one piece"),
    ],
)
def test_plans_that_make_no_sense_are_refused_with_a_sentence(lab, facts, sentence):
    with pytest.raises((Refused, Invalid), match=sentence):
        lab.plan(**facts)


def test_a_sample_above_the_lot_is_refused(lab):
    plan = lab.plan()

    def act(uow):
        uow.add(
            Inspection(
                plan_id=plan, product_id=lab.shaft, quantity=D(2), lot_size=2, sample_size=5,
                results=[],
            )
        )  # fmt: skip

    with pytest.raises((Refused, Invalid), match="not above the lot"):
        lab.run(act)


def fail(lab):
    lab.receive(1000)
    id = lab.inspections()[-1].id
    lab.run(lambda uow: refuse_lots(uow, [id], "bad", on=DAY))


def pass_one(lab):
    lab.receive(1000)
    size = lab.inspections()[-1].sample_size
    assert lab.decide(lab.enter(" ".join(["10"] * size))) == "passed"


def test_a_supplier_who_delivers_badly_is_inspected_strictly_then_not_at_all_then_again(lab):
    lab.plan(sampling="aql", aql="1.0", level="II", number=None)
    fail(lab)
    assert lab.inspections()[-1].severity == "normal"
    fail(lab)
    fail(lab)
    assert lab.inspections()[-1].severity == "tightened"
    assert (lab.inspections()[-1].accept, lab.inspections()[0].accept) == (1, 2)
    for _n in range(4):
        fail(lab)
    state = lab.read(lambda s: s.scalars(select(SamplingState)).one())
    assert (state.mode, state.supplier_id, state.refused) == ("discontinued", lab.supplier, 5)
    lab.receive(1000)
    assert lab.inspections()[-1].sample_size == 1000

    lab.run(lambda uow: resume_inspection(uow, [state.id]))
    for _n in range(5):
        pass_one(lab)
    lab.receive(1000)
    assert lab.inspections()[-1].severity == "normal"
    lab.receive(1000, supplier=False)
    assert lab.inspections()[-1].severity == "normal"


def test_the_chart_of_a_plan_marks_what_is_out_of_control_and_lists_it(lab):
    from dougong_production.charts.views import CONTROL_CHART, chart_page

    plan = lab.plan(sampling="number", number=2)
    for n in range(12):
        lab.receive()
        lab.decide(lab.enter("9.97 10.03" if n < 11 else "10.30 10.36"))

    def look(session):
        found = session.get(QualityPlan, plan)
        _template, facts = chart_page(None, session, found, Actor.system())
        lines = list(CONTROL_CHART.ask(session, Actor.system(), plan=plan))
        return facts["shown"], lines

    (diameter, surface), lines = lab.read(look)
    means, ranges = diameter["pictures"]
    beyond = [m.label for m in means.signs if "Beyond the control limits" in map(str, m.broken)]
    assert beyond == [f"QI-2026-{n:05}" for n in (12,)]
    assert len(ranges.marks) == 12
    assert diameter["indices"].cpk < diameter["indices"].cp
    assert len(surface["pictures"]) == 1
    means_only = [line.values for line in lines if line.values["chart"] == "Mean"]
    assert [x["inspection"] for x in means_only if "Beyond" in x["broken"]] == ["QI-2026-00012"]
