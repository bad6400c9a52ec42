"""Planning a day, releasing its tours, driving them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import exists, or_, select

from dougong import ZERO, Refused, UnitOfWork, _
from dougong_logistics.routes.problem import Problem, Routes, Stop, cost
from dougong_logistics.routes.savings import savings
from dougong_logistics.routes.solver import available, improving
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.shipments.workflow import OPEN, SHIPMENT_STEPS
from dougong_logistics.tours.models import (
    PLAN_STEPS,
    TOUR_STEPS,
    PlanStop,
    PlanVehicle,
    RoutePlan,
    Tour,
    TourStop,
)
from dougong_logistics.tours.planning import problem_of, reachable, write_down

PARTS = (RoutePlan.vehicles, RoutePlan.stops)


def collect(uow: UnitOfWork, ids: Sequence[int]) -> list[RoutePlan]:
    """Add the day's shipments that travel with no carrier and stand in no plan."""
    uow.require("logistics.plan.write")
    plans = uow.load(RoutePlan, ids, *PARTS)
    for plan in plans:
        PLAN_STEPS.move(plan, "collect")
        taken = exists().where(
            PlanStop.shipment_id == Shipment.id,
            PlanStop.plan_id == RoutePlan.id,
            or_(
                RoutePlan.id == plan.id,
                RoutePlan.state != "released",
                PlanStop.vehicle_id.is_not(None),
            ),
        )
        found = uow.session.scalars(
            select(Shipment.id)
            .where(
                Shipment.state.in_(OPEN), Shipment.ship_on <= plan.day,
                Shipment.service_id.is_(None), ~taken,
            )
            .order_by(Shipment.id)
        ).all()  # fmt: skip
        start = len(plan.stops)
        for position, id in enumerate(found, start):
            uow.add(PlanStop(plan_id=plan.id, position=position, shipment_id=id))
        uow.touch(plan)
    return plans


def plan_simply(uow: UnitOfWork, ids: Sequence[int]) -> list[RoutePlan]:
    """Plan at once: by savings, which takes no library and no time."""
    uow.require("logistics.plan.write")
    plans = uow.load(RoutePlan, ids, *PARTS)
    for plan in plans:
        whole = problem_of(uow, plan)
        problem, kept, told = reachable(whole)
        routes = savings(problem)
        if routes.left:
            routes = _better(problem, routes)
        if routes.left and plan.leave_out:
            told += [_stays(problem.stops[n]) for n in routes.left]
        elif routes.left:
            names = ", ".join(problem.stops[n].name for n in routes.left)
            raise Refused(
                _("The vehicles are too few: %(stops)s would stay here. Add one.", stops=names)
            )
        PLAN_STEPS.move(plan, "plan")
        if not plan.number:
            uow.number(plan, "plan", on=plan.day)
        plan.note = "\n".join(told)[:2000] or None
        write_down(plan, whole, _renumbered(routes, kept))
    return plans


def _stays(stop: Stop) -> str:
    return str(_("%(stop)s stays here: the vehicles are too few.", stop=stop.name))


def _renumbered(routes: Routes, kept: Sequence[int]) -> Routes:
    """Routes over a part of the stops, told by the numbers of the whole."""
    by_van = [[kept[n] for n in numbers] for numbers in routes.by_van]
    return replace(routes, by_van=by_van, left=[kept[n] for n in routes.left])


def _better(problem: Problem, routes: Routes) -> Routes:
    """A short search where the simple method leaves somebody behind."""
    if not available():
        return routes
    found = list(improving(problem, rounds=1, iterations=300))
    return found[-1] if found else routes


def optimise(uow: UnitOfWork, ids: Sequence[int]) -> list[RoutePlan]:
    """Search for better routes in the background; the best so far stands in the plan meanwhile."""
    uow.require("logistics.plan.write")
    plans = uow.load(RoutePlan, ids, *PARTS)
    for plan in plans:
        if plan.state == "released":
            PLAN_STEPS.move(plan, "optimise")
        problem_of(uow, plan)
        uow.enqueue("logistics.plan_routes", plan=plan.id)
    return plans


def search_routes(
    run: Any, plan: int, rounds: int = 6, seconds: float = 5.0, iterations: int = 0
) -> None:
    """The job: savings first, then the better method round by round; each best is kept at once."""
    run.do(lambda uow: plan_simply(uow, [plan]))
    if not available():
        run.progress(
            100,
            _("Planned by savings. For better routes install the extra: dougong-logistics[routes]"),
        )
        return
    whole, problem, kept, best = run.do(lambda uow: _known(uow, plan))
    run.progress(5, _("First routes by savings"))
    found = improving(problem, rounds=rounds, seconds=seconds, iterations=iterations)
    for number, routes in enumerate(found, 1):
        price = cost(problem, routes)
        if price < best:
            best = price
            told = _renumbered(routes, kept)
            run.do(lambda uow, told=told: _keep(uow, plan, whole, told))
        run.progress(5 + 95 * number // rounds, _("Round %(n)s of %(all)s", n=number, all=rounds))


def _known(uow: UnitOfWork, id: int) -> tuple[Problem, Problem, list[int], float]:
    """The day as it was planned simply: whole, the part that is driven, and what that costs."""
    plan = uow.get(RoutePlan, id, *PARTS)
    whole = problem_of(uow, plan)
    driven = {n for n, stop in enumerate(plan.stops) if stop.vehicle_id is not None}
    problem, kept, _told = reachable(whole)
    part = [i for i, n in enumerate(kept) if n in driven]
    problem = replace(problem, stops=[problem.stops[i] for i in part])
    simple = savings(problem)
    known = cost(problem, simple) if not simple.left else math.inf
    return whole, problem, [kept[i] for i in part], known


def _keep(uow: UnitOfWork, id: int, problem: Problem, routes: Routes) -> None:
    plan = uow.get(RoutePlan, id, *PARTS)
    write_down(plan, problem, routes)


def release(uow: UnitOfWork, ids: Sequence[int]) -> list[Tour]:
    """Each vehicle that drives gets its tour; the shipments know that they go with us."""
    uow.require("logistics.plan.release")
    plans = uow.load(RoutePlan, ids, *PARTS)
    tours: list[Tour] = []
    for plan in plans:
        if not plan.leave_out and any(stop.vehicle_id is None for stop in plan.stops):
            raise Refused(_("Plan the routes again: a stop has no vehicle yet."))
        PLAN_STEPS.move(plan, "release")
        _with_us(uow, plan)
        rows = [v.id for v in plan.vehicles]
        for row in uow.load(PlanVehicle, rows, PlanVehicle.vehicle, PlanVehicle.depot):
            if (tour := _tour(plan, row)) is not None:
                uow.add(tour)
                uow.number(tour, "tour", on=plan.day)
                uow.link(plan, tour, "tour")
                tours.append(tour)
    return tours


def _with_us(uow: UnitOfWork, plan: RoutePlan) -> None:
    """What is in the plan goes with no carrier, unless a carrier has it already."""
    ids = [stop.shipment_id for stop in plan.stops if stop.vehicle_id is not None]
    for shipment in uow.load(Shipment, ids) if ids else []:
        if shipment.state in OPEN:
            shipment.own, shipment.service_id, shipment.carrier_id = True, None, None
            shipment.cost = ZERO


def _tour(plan: RoutePlan, row: PlanVehicle) -> Tour | None:
    mine = sorted(
        (s for s in plan.stops if s.vehicle_id == row.vehicle_id), key=lambda s: s.turn or 0
    )
    if not mine:
        return None
    return Tour(
        company_id=plan.company_id,
        state="planned",
        day=plan.day,
        plan_id=plan.id,
        vehicle_id=row.vehicle_id,
        driver_id=row.vehicle.driver_id,
        depot_id=row.depot_id,
        distance=row.distance,
        stops=[
            TourStop(position=n, shipment_id=s.shipment_id, arrives=s.arrives)
            for n, s in enumerate(mine)
        ],
    )


def start_tours(uow: UnitOfWork, ids: Sequence[int]) -> list[Tour]:
    """The vehicle leaves: what is with us and handed over is under way."""
    uow.require("logistics.tour.drive")
    tours = uow.load(Tour, ids, Tour.stops)
    for tour in tours:
        TOUR_STEPS.move(tour, "start")
    for shipment in _shipments(uow, tours):
        if shipment.state in OPEN:
            raise Refused(
                _("%(shipment)s has not been handed over yet: pack it, or ship it from the"
                  " warehouse.", shipment=shipment)
            )  # fmt: skip
        if shipment.state == "handed_over":
            SHIPMENT_STEPS.move(shipment, "depart")
    return tours


def finish_tours(uow: UnitOfWork, ids: Sequence[int]) -> list[Tour]:
    """The vehicle is back; each stop was delivered or was not."""
    uow.require("logistics.tour.drive")
    tours = uow.load(Tour, ids, Tour.stops)
    for shipment in _shipments(uow, tours):
        if shipment.state == "under_way":
            raise Refused(
                _("Say of %(shipment)s first whether it was delivered.", shipment=shipment)
            )
    for tour in tours:
        TOUR_STEPS.move(tour, "finish")
    return tours


def _shipments(uow: UnitOfWork, tours: Sequence[Tour]) -> list[Shipment]:
    return uow.load(Shipment, [stop.shipment_id for tour in tours for stop in tour.stops])
