"""Measuring suppliers, and refusing to buy from those that are not good enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _, rounded_to
from dougong_base import Party
from dougong_base.ports import RefusedGoods
from dougong_purchasing.scores.models import PARTS, Score
from dougong_purchasing.scores.queries import (
    Facts,
    active_suppliers,
    facts_of,
    last_scores,
)
from dougong_purchasing.settings import number_of

HUNDRED = Decimal(100)


class SupplierBlocked(Refused):
    """The supplier is not good enough."""

    def __init__(self, supplier: Party, score: Score) -> None:
        super().__init__(
            _(
                "%(supplier)s has the grade %(grade)s since %(on)s; we do not buy there. Choose"
                " another supplier, or have someone with the right “purchasing.order.override”"
                " confirm.",
                supplier=supplier,
                grade=score.grade,
                on=score.ends_on,
            )
        )


def measure_scores(uow: UnitOfWork, ids: Sequence[int]) -> list[Score]:
    """Set quality, price and delivery from what has happened; service stays as entered."""
    uow.require("purchasing.score.write")
    scores = uow.load(Score, ids)
    measure(uow, scores)
    return scores


def measure(uow: UnitOfWork, scores: Sequence[Score]) -> None:
    """The points of loaded or new scores."""
    weights = {part: number_of(uow, f"purchasing.weight_{part}") for part in PARTS}
    laboratory = uow.ask(RefusedGoods)
    for score in scores:
        period = score.supplier_id, score.starts_on, score.ends_on
        facts = facts_of(uow.session, *period)
        if laboratory is not None:
            facts = facts.refused(laboratory.of(*period))
        score.quality, score.delivery = quality(facts), delivery(facts)
        score.price = prices(facts)
        score.weigh(weights)


def publish_scores(uow: UnitOfWork, ids: Sequence[int]) -> list[Score]:
    """They count from now on."""
    uow.require("purchasing.score.publish")
    scores = uow.load(Score, ids)
    measure(uow, scores)
    for score in scores:
        score.publish()
    return scores


def score_suppliers(uow: UnitOfWork, start: dt.date, end: dt.date) -> list[Score]:
    """Draft a score of the period for every supplier who was due or delivered in it; each once."""
    uow.require("purchasing.score.create")
    if end < start:
        raise Refused(_("The period ends on or after the day it starts."))
    known = set(
        uow.session.scalars(
            select(Score.supplier_id).where(
                Score.company_id == uow.company_id,
                Score.starts_on == start,
                Score.ends_on == end,
            )
        )
    )
    scores = [
        Score(supplier_id=supplier, starts_on=start, ends_on=end)
        for supplier in active_suppliers(uow.session, uow.company_id, start, end)
        if supplier not in known
    ]
    uow.add(*scores)
    measure(uow, scores)
    return scores


def score_monthly(uow: UnitOfWork) -> None:
    """Score the year up to the end of last month, where the company wants it."""
    wanted = uow.setting("purchasing.score_monthly")
    if wanted == "never":
        return
    end = uow.today.replace(day=1) - dt.timedelta(days=1)
    scores = score_suppliers(uow, end - dt.timedelta(days=364), end)
    if wanted == "valid":
        for score in scores:
            score.publish()


def blocked(uow: UnitOfWork, supplier_ids: Iterable[int]) -> dict[int, Score]:
    """The suppliers whose last valid score is below what we accept."""
    return _from_grade(uow, "purchasing.block_grade", supplier_ids)


def warned(uow: UnitOfWork, supplier_ids: Iterable[int]) -> dict[int, Score]:
    """The suppliers whose last valid score is one the house wants to be warned of."""
    return _from_grade(uow, "purchasing.warn_grade", supplier_ids)


def _from_grade(uow: UnitOfWork, key: str, supplier_ids: Iterable[int]) -> dict[int, Score]:
    grade = uow.setting(key)
    if not grade or grade == "never":
        return {}
    last = last_scores(uow.session, supplier_ids)
    return {id: score for id, score in last.items() if score.grade and score.grade >= grade}


def refuse_blocked(uow: UnitOfWork, supplier_ids: Sequence[int]) -> None:
    """Nobody buys from a blocked supplier, unless a manager says so."""
    if uow.actor.user_id is not None and uow.actor.may("purchasing.order.override"):
        return
    for id, score in blocked(uow, supplier_ids).items():
        raise SupplierBlocked(uow.get(Party, id), score)


def quality(facts: Facts) -> Decimal | None:
    """The part of what has come that did not have to go back."""
    if not facts.received:
        return None
    return points(HUNDRED * (facts.received - facts.rejected) / facts.received)


def delivery(facts: Facts) -> Decimal | None:
    """The part of the lines that came in full by the day that was agreed."""
    return points(HUNDRED * facts.on_time / facts.due) if facts.due else None


def prices(facts: Facts) -> Decimal | None:
    """A point less for each percent above what was paid before."""
    if not facts.price_changes:
        return None
    mean = sum(facts.price_changes, Decimal(0)) / len(facts.price_changes)
    return points(HUNDRED - HUNDRED * mean)


def points(number: Decimal) -> Decimal:
    """From 0 to 100."""
    return rounded_to(min(max(number, Decimal(0)), HUNDRED), 2)
