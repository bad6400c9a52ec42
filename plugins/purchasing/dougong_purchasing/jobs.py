"""What purchasing does by itself, again and again; each company has settings of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from dougong import Job, UnitOfWork, _
from dougong.jobs.acting import of_company
from dougong_purchasing.matches.service import compare_open
from dougong_purchasing.requests.automatic import order_daily
from dougong_purchasing.scores.service import score_monthly


def in_each_company(act: Callable[[UnitOfWork], None]) -> Callable[[Any], None]:
    """The same in one company after another, each by itself."""

    def do(run: Any) -> None:
        for company in sorted(run.actor.companies):
            run.house.run(of_company(run.house, company), act)

    return do


JOBS = [
    Job(
        "purchasing.compare", in_each_company(compare_open), _("Compare bills with orders"),
        every=dt.timedelta(minutes=15), long=True,
    ),
    Job(
        "purchasing.orders", in_each_company(order_daily), _("Order approved requests"),
        every=dt.timedelta(days=1), long=True,
    ),
    Job(
        "purchasing.scores", in_each_company(score_monthly), _("Score suppliers"),
        every=dt.timedelta(days=1), long=True,
    ),
]  # fmt: skip
