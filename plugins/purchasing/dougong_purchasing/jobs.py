"""What purchasing does by itself, again and again."""

from __future__ import annotations

import datetime as dt

from dougong import Job, _
from dougong_purchasing.matches.service import compare_open
from dougong_purchasing.scores.service import score_monthly

JOBS = [
    Job(
        "purchasing.compare", compare_open, _("Compare bills with orders"),
        every=dt.timedelta(minutes=15),
    ),
    Job(
        "purchasing.scores", score_monthly, _("Score suppliers"), every=dt.timedelta(days=1)
    ),
]  # fmt: skip
