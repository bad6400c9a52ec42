"""What must be true of rentals."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import Check, _
from dougong_rental.rentals.models import BookedDay, Rental


def days_agree(session: Session) -> Iterable[str]:
    """Whatever is reserved or out holds each of its days, and no other."""
    held = select(BookedDay.rental_id, func.count().label("days")).group_by(BookedDay.rental_id)
    days = {row.rental_id: row.days for row in session.execute(held)}
    found = select(Rental).where(Rental.state.in_(("reserved", "out")))
    for rental in session.scalars(found):
        wanted = len(list(rental.booked()))
        if days.get(rental.id, 0) != wanted:
            yield str(
                _(
                    "%(rental)s holds %(held)s days instead of %(wanted)s.",
                    rental=rental,
                    held=days.get(rental.id, 0),
                    wanted=wanted,
                )
            )


CHECKS = [Check("rental.days", _("Rentals hold their days"), days_agree)]
