"""Control limits are frozen from a period, judge later points, and are kept until they are released."""

import datetime as dt

import pytest
from laboratory import DAY, Lab
from sqlalchemy import select

from dougong import Actor, Forbidden, Invalid, Refused, StepNotAllowed
from dougong.actors import EVERYTHING, Rights
from dougong.resources import documents, steps
from dougong.resources.nouns import build
from dougong.web.app import create_app
from dougong_production.charts import control
from dougong_production.charts.control import Standard, TooFewValues
from dougong_production.charts.queries import Subgroup, draw
from dougong_production.charts.views import CONTROL_CHART
from dougong_production.control_limits.models import ControlLimits
from dougong_production.control_limits.service import freeze_limits, release_limits
from dougong_production.inspections.models import Inspection
from dougong_production.quality.wiring import ROLES
from dougong_production.quality_plans.models import Characteristic

QUIET, SHIFTED = "9.97 10.03", "9.99 10.05"


@pytest.fixture
def runtime(make_runtime):
    made = make_runtime("base", "production")
    made.nouns = made.nouns or build(made.wiring)
    return made


@pytest.fixture
def lab(runtime):
    """Six quiet inspections on the second of March."""
    found = Lab(runtime.house)
    found.plan(number=2)
    measure(found, QUIET, 6)
    return found


def measure(lab, values, times, on=DAY):
    for _n in range(times):
        lab.receive()
        key = lab.enter(values)
        lab.decide(key)
        lab.run(lambda uow, key=key: setattr(uow.get(Inspection, key), "decided_on", on))


def diameter(lab, name="Diameter"):
    return lab.read(lambda s: s.scalar(select(Characteristic.id).filter_by(name=name)))


def limits(lab, *, first=DAY, last=DAY, name="Diameter", actor=None, **more):
    row = ControlLimits(characteristic_id=diameter(lab, name), from_on=first, until_on=last, **more)
    lab.run(lambda uow: uow.add(row))
    lab.run(lambda uow: freeze_limits(uow, [row.id]), actor)
    return row.id


def look(lab, key):
    return lab.read(lambda s: s.get(ControlLimits, key))


def points(lab, **parameters):
    with lab.house.read(Actor.system()) as session:
        lines = [line.values for line in CONTROL_CHART.ask(session, Actor.system(), **parameters)]
    return [line for line in lines if line["characteristic"] == "Diameter"]


def plan_of(lab):
    return lab.read(lambda s: s.scalar(select(Characteristic.plan_id).limit(1)))


def test_frozen_limits_do_not_move_and_judge_what_comes_later(lab):
    key = limits(lab)
    found = look(lab, key)
    assert (found.kind, found.size, found.inspections, found.state) == ("xbar_r", 2, 6, "valid")
    assert (float(found.centre), float(found.spread)) == pytest.approx((10, 0.06))
    measure(lab, SHIFTED, 9, DAY + dt.timedelta(days=7))
    means = points(lab, plan=plan_of(lab))[:15]
    assert {float(line["centre"]) for line in means} == {10}
    assert [bool(line["broken"]) for line in means] == [False] * 14 + [True]
    own = points(lab, plan=plan_of(lab), own=True)[:15]
    assert {float(line["centre"]) for line in own} == {10.012}


def test_freezing_anew_releases_what_held_and_the_history_stays(lab):
    first = limits(lab)
    measure(lab, SHIFTED, 3, DAY + dt.timedelta(days=7))
    second = limits(lab, first=DAY + dt.timedelta(days=7), last=DAY + dt.timedelta(days=7))
    assert (look(lab, first).state, look(lab, second).state) == ("released", "valid")
    assert look(lab, first).released_on is not None
    assert float(look(lab, second).centre) == pytest.approx(10.02)
    lab.run(lambda uow: release_limits(uow, [second]))
    assert look(lab, second).state == "released"
    assert float(points(lab, plan=plan_of(lab))[0]["centre"]) == pytest.approx(10.0067, abs=1e-4)
    with pytest.raises(StepNotAllowed):
        lab.run(lambda uow: release_limits(uow, [second]))


def test_limits_of_counts_follow_the_sample(lab):
    key = limits(lab, name="Surface")
    assert (look(lab, key).kind, look(lab, key).spread) == ("p", 0)


def test_a_period_without_inspections_is_refused_and_nothing_is_released(lab):
    key = limits(lab)
    day = DAY + dt.timedelta(days=30)
    with pytest.raises(TooFewValues):
        limits(lab, first=day, last=day)
    assert look(lab, key).state == "valid"


def test_who_only_inspects_cannot_freeze(lab):
    rights = Rights(frozenset(next(r for r in ROLES if r.name == "production.inspector").rights))
    with pytest.raises(Forbidden):
        limits(lab, actor=Actor(7, "Ina", rights, (1,), 1))


def test_days_in_the_wrong_order_and_frozen_figures_cannot_be_entered(runtime, lab):
    noun = runtime.nouns.get("production.control_limits")
    sight = noun.sight(EVERYTHING)

    def save(**payload):
        def act(uow):
            entry = documents.Entry(payload)
            documents.save_all(uow, noun, sight, [entry])
            if entry.errors:
                raise Invalid(entry.errors)
            uow.complete()
            return entry.document.id

        return lab.run(act)

    given = {"characteristic": diameter(lab), "from_on": "2026-03-02", "until_on": "2026-03-02"}
    with pytest.raises((Invalid, Refused)):
        save(**given | {"until_on": "2026-03-01"})
    with pytest.raises(Invalid):
        save(**given, centre="5")
    key = save(**given)
    lab.run(lambda uow: steps.run_one(uow, noun, sight, "freeze", key))
    assert look(lab, key).state == "valid"


def test_pages_say_what_a_chart_is_judged_by(runtime, lab):
    client = create_app(runtime, {**runtime.config, "ACT_AS": Actor.system()}).test_client()
    plan = plan_of(lab)
    before = client.get(f"/production/quality_plans/{plan}/charts").text
    assert "Limits follow the points shown" in before
    assert f"/production/control_limits/new?characteristic={diameter(lab)}" in before
    key = limits(lab)
    after = client.get(f"/production/quality_plans/{plan}/charts").text
    assert "Limits of 6 inspections" in after
    assert f"/production/control_limits/{key}" in after
    assert f"/production/control_limits/{key}" in client.get("/production/charts").text
    assert client.get(f"/production/control_limits/{key}").status_code == 200
    menu = client.get("/production/charts").text
    first = menu.index('href="/production/lab"')
    for report in ("control-chart", "held-back"):
        assert menu.index(f'href="/production/reports/{report}"') > first


@pytest.mark.once
def test_standards_are_carried_over_to_other_sizes():
    given = Standard("xbar_r", 2, 10.0, 1.128)
    mean, spread = control.mean_range([[9.0, 11.0, 10.0]], given)
    assert spread.points[0].centre == pytest.approx(1.693, abs=1e-3)
    assert mean.points[0].upper == pytest.approx(10 + 3 / 3**0.5, abs=1e-3)
    deviation = control.mean_deviation([[9.0, 11.0]], Standard("xbar_s", 2, 10.0, 0.7979))
    assert deviation[0].points[0].upper == pytest.approx(10 + 3 / 2**0.5, abs=1e-3)
    single, _ranges = control.single_values([1.0, 2.0], Standard("i_mr", 1, 5.0, 1.128))
    assert single.points[0].lower == pytest.approx(2, abs=1e-2)


@pytest.mark.once
@pytest.mark.parametrize(
    ("kind", "sizes", "name", "centre"),
    [
        ("np", [50, 50], "Number of bad pieces (np)", 5), ("np", [50, 20], "Part of bad pieces (p)", 0.1),
        ("c", [10, 10], "Number of faults (c)", 1), ("c", [10, 20], "Faults a piece (u)", 0.1),
        ("p", [50, 20], "Part of bad pieces (p)", 0.1), ("u", [10, 20], "Faults a piece (u)", 0.1),
    ],
)  # fmt: skip
def test_frozen_counts_hold_for_samples_of_any_size(kind, sizes, name, centre):
    groups = [Subgroup(n, str(n), DAY, [], 1, size) for n, size in enumerate(sizes)]
    (chart,) = draw(groups, numeric=False, counted=kind in "cu", given=Standard(kind, 50, 0.1))
    assert (str(chart.name), chart.points[0].centre) == (name, pytest.approx(centre))
