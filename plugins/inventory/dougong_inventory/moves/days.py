"""On which day goods moved."""

from __future__ import annotations

import datetime as dt

from dougong import Refused, UnitOfWork, _


class NotYet(Refused):
    """Goods do not move in the future."""

    def __init__(self, on: dt.date) -> None:
        super().__init__(
            _("%(on)s is still to come: goods move today or have moved earlier.", on=on.isoformat())
        )


def past_or_today(uow: UnitOfWork, on: dt.date | None) -> dt.date:
    """The day that was named, or today; never a day to come."""
    if on is not None and on > uow.today:
        raise NotYet(on)
    return on or uow.today
