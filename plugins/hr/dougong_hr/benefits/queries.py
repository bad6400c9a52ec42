"""What benefits mean for a month's pay."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dougong import ZERO
from dougong_hr.benefits.models import BenefitEnrolment, BenefitPlan, BenefitRate


@dataclass
class Shares:
    """One person's benefits in a month."""

    employee: Decimal = ZERO
    employer: Decimal = ZERO
    #: The part of the employee's share that lowers the taxable income.
    before_tax: Decimal = ZERO
    #: The part of the employer's share that counts as income.
    taxed: Decimal = ZERO


def benefit_shares(
    session: Session, wages: Mapping[int, Decimal], first: dt.date, last: dt.date
) -> Mapping[int, Shares]:
    """The shares of these people by their monthly wage; a month that has begun counts whole."""
    found: dict[int, Shares] = defaultdict(Shares)
    rates = _rates_on(session, last)
    for enrolment, plan in _latest(session, wages, first, last):
        wage, rate = wages[enrolment.employee_id], rates.get(plan.id)
        mine, theirs = rate.shares(wage) if rate is not None else (ZERO, ZERO)
        mine = mine if enrolment.employee_share is None else enrolment.employee_share
        theirs = theirs if enrolment.employer_share is None else enrolment.employer_share
        shares = found[enrolment.employee_id]
        shares.employee += mine
        shares.employer += theirs
        shares.before_tax += mine if plan.before_tax else ZERO
        shares.taxed += theirs if plan.taxable else ZERO
    return found


def _latest(
    session: Session, people: Collection[int], first: dt.date, last: dt.date
) -> list[tuple[BenefitEnrolment, BenefitPlan]]:
    """Of each person and plan the enrolment that holds last in the month."""
    rows = session.execute(
        select(BenefitEnrolment, BenefitPlan)
        .join(BenefitPlan, BenefitPlan.id == BenefitEnrolment.plan_id)
        .where(
            BenefitEnrolment.employee_id.in_(people),
            BenefitEnrolment.from_on <= last,
            or_(BenefitEnrolment.until_on.is_(None), BenefitEnrolment.until_on >= first),
        )
        .order_by(BenefitEnrolment.from_on)
    )
    return list({(e.employee_id, e.plan_id): (e, plan) for e, plan in rows}.values())


def _rates_on(session: Session, on: dt.date) -> dict[int, BenefitRate]:
    rows = session.scalars(
        select(BenefitRate).where(BenefitRate.from_on <= on).order_by(BenefitRate.from_on)
    )
    return {row.plan_id: row for row in rows}
