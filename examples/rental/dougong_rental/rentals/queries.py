"""Questions about who has what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong_rental.rentals.models import BookedDay, Rental


def bookings(
    session: Session, asset_ids: Collection[int], start: dt.date, end: dt.date
) -> Mapping[tuple[int, dt.date], int]:
    """The rental that holds each asset on each day, both ends included; free days are absent."""
    rows = session.execute(
        select(BookedDay.asset_id, BookedDay.day, BookedDay.rental_id).where(
            BookedDay.asset_id.in_(asset_ids), BookedDay.day >= start, BookedDay.day <= end
        )
    )
    return {(row.asset_id, row.day): row.rental_id for row in rows}


def late(session: Session, today: dt.date) -> list[Rental]:
    """What is out and should be back, the longest overdue first."""
    return list(
        session.scalars(
            select(Rental)
            .where(Rental.state == "out", Rental.until_on < today)
            .order_by(Rental.until_on, Rental.id)
        )
    )
