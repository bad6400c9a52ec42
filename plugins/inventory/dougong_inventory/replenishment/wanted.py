"""What reorder rules reckon with: demand a week, how uncertain it is, and how long supply takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import sqrt
from statistics import fmean, pstdev
from typing import NamedTuple

from dougong import UnitOfWork
from dougong_base.ports import SupplierOffers
from dougong_inventory.forecast.history import SOLD, USED, Place, weekly_demand
from dougong_inventory.forecast.periods import WEEKS_IN
from dougong_inventory.forecast.queries import approved_figures, expected, spreads
from dougong_inventory.replenishment.models import ReorderRule

#: Half a year of weeks is looked back; a forecast is asked for at least so many days ahead.
WEEKS, AHEAD = 26, 28


class Wanted(NamedTuple):
    """Demand a week, the standard deviation by which it is missed, and where that is known from."""

    mean: float
    spread: float
    basis: str


def wanted(
    uow: UnitOfWork, rules: Sequence[ReorderRule], leads: Mapping[int, int]
) -> dict[Place, Wanted]:
    """By product and warehouse: the approved forecast with its error, else the last half year.

    A forecast tells what customers will want over the lead time; what production takes is added as
    it was (errors of the two add up as variances). Who nobody has taken is not among them.
    """
    products = {rule.product_id for rule in rules}
    sold = weekly_demand(uow.session, products, uow.today, WEEKS, SOLD)
    used = weekly_demand(uow.session, products, uow.today, WEEKS, USED)
    told = _forecast(uow, rules, leads)
    nothing, found = [0.0] * WEEKS, {}
    for rule in rules:
        place = rule.product_id, rule.warehouse_id
        taken = used.get(place, nothing)
        if place in told:
            mean, spread = told[place]
            known = Wanted(mean + fmean(taken), sqrt(spread**2 + pstdev(taken) ** 2), "forecast")
        else:
            both = [a + b for a, b in zip(sold.get(place, nothing), taken, strict=True)]
            known = Wanted(fmean(both), pstdev(both), "history")
        if known.mean > 0:
            found[place] = known
    return found


def _forecast(
    uow: UnitOfWork, rules: Sequence[ReorderRule], leads: Mapping[int, int]
) -> dict[Place, tuple[float, float]]:
    """Mean a week over the lead time and its error a week, where a forecast covers all of that."""
    products = {rule.product_id for rule in rules}
    error = spreads(uow.session, uow.company_id, products)
    if not error:
        return {}
    far = max(AHEAD, *(leads[rule.product_id] for rule in rules))
    end = uow.today + dt.timedelta(days=far - 1)
    figures = approved_figures(uow.session, uow.company_id, products, uow.today, end)
    by_place: dict[Place, list[int]] = {}
    for at, figure in enumerate(figures):
        by_place.setdefault((figure.product_id, figure.warehouse_id), []).append(at)
    found = {}
    for place, places in by_place.items():
        until = uow.today + dt.timedelta(days=max(AHEAD, leads[place[0]]) - 1)
        mine = [figures[at] for at in places]
        last = max(figure.end for figure in mine) - dt.timedelta(days=1)
        days = (min(until, last) - uow.today).days + 1
        if days <= 0 or place not in error:
            continue
        total = expected(mine, uow.today, min(until, last))[place]
        spread = float(error[place].error) / sqrt(WEEKS_IN[error[place].bucket])
        found[place] = float(total) / days * 7, spread
    return found


def lead_days(uow: UnitOfWork, rules: Sequence[ReorderRule]) -> dict[int, int]:
    """By product, how long supply takes: as the supplier we buy from says, else as the product says."""
    products = {rule.product_id: rule.product for rule in rules}
    port = uow.ask(SupplierOffers)
    wants = [(id, Decimal(1)) for id in sorted(products)]
    offers = port.best(wants, on=uow.today) if port is not None else {}
    return {
        id: max(1, offers[id].lead_days if id in offers else product.lead_days)
        for id, product in products.items()
    }
