"""What purchasing does by itself, again and again; each company has settings of its own."""

from __future__ import annotations

import datetime as dt

from dougong import Job, _
from dougong_purchasing.matches.service import compare_open
from dougong_purchasing.requests.automatic import order_daily
from dougong_purchasing.scores.service import score_monthly

DAILY = dt.timedelta(days=1)
JOBS = [
    Job(
        "purchasing.compare", compare_open, _("Compare bills with orders"),
        every=dt.timedelta(minutes=15), each_company=True,
    ),
    Job(
        "purchasing.orders", order_daily, _("Order approved requests"), every=DAILY,
        each_company=True,
    ),
    Job(
        "purchasing.scores", score_monthly, _("Score suppliers"), every=DAILY, each_company=True,
    ),
]  # fmt: skip
