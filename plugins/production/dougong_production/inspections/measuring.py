"""Results are entered one after another, as they are read off an instrument."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from dougong import NotFound, Refused, UnitOfWork, _
from dougong_production.inspections.models import Inspection, Result

#: More does not fit on a tablet.
MOST = 60


class NoValue(Refused):
    """Nothing was entered."""

    def __init__(self) -> None:
        super().__init__(_("Enter a value, or several with blanks between them."))


class TooManyValues(Refused):
    """More values than pieces in the sample."""

    def __init__(self, result: Result, left: int) -> None:
        super().__init__(
            _(
                "%(characteristic)s: only %(left)s more values are needed.",
                characteristic=result.characteristic,
                left=left,
            )
        )


class NotOfTheSample(Refused):
    """More bad pieces than were looked at."""

    def __init__(self, result: Result, sample: int) -> None:
        super().__init__(
            _(
                "%(characteristic)s: the number of bad pieces lies between 0 and %(sample)s.",
                characteristic=result.characteristic,
                sample=sample,
            )
        )


def add_values(uow: UnitOfWork, id: int, result_id: int, text: str) -> Result:
    """Put values behind those that are there; what is no number changes nothing."""
    inspection, result = _open(uow, id, result_id)
    before, fresh = result.numbers(), result.read(text)
    if not fresh:
        raise NoValue
    left = inspection.sample_size - len(before)
    if len(fresh) > left:
        raise TooManyValues(result, max(left, 0))
    result.keep([*before, *fresh])
    uow.touch(inspection)
    return result


def take_back(uow: UnitOfWork, id: int, result_id: int) -> Result:
    """The last value was wrong; of counted pieces, the number."""
    inspection, result = _open(uow, id, result_id)
    if result.characteristic.kind == "numeric":
        result.keep(result.numbers()[:-1])
    else:
        result.nonconforming = None
    uow.touch(inspection)
    return result


def count_bad(uow: UnitOfWork, id: int, result_id: int, bad: int) -> Result:
    """So many pieces are bad, or so many faults were found."""
    inspection, result = _open(uow, id, result_id)
    most = inspection.sample_size if result.characteristic.kind == "yes_no" else 10**6
    if result.characteristic.kind == "numeric" or not 0 <= bad <= most:
        raise NotOfTheSample(result, most)
    result.nonconforming = bad
    uow.touch(inspection)
    return result


def _open(uow: UnitOfWork, id: int, result_id: int) -> tuple[Inspection, Result]:
    uow.require("production.inspection.write")
    inspection = uow.get(Inspection, id, Inspection.results, lock=True)
    inspection.must_be_open()
    if result_id not in {result.id for result in inspection.results}:
        raise NotFound("result", result_id)
    return inspection, uow.get(Result, result_id, Result.characteristic)


def to_measure(session: Session) -> Sequence[Inspection]:
    """Lots that wait for somebody to look at them, the most urgent first."""
    return session.scalars(
        select(Inspection)
        .where(Inspection.state == "open")
        .options(
            joinedload(Inspection.product),
            joinedload(Inspection.plan),
            joinedload(Inspection.supplier),
        )
        .order_by(Inspection.due_on, Inspection.id)
        .limit(MOST)
    ).all()


def one(session: Session, id: int) -> Inspection | None:
    """A lot with everything its page shows."""
    return session.scalar(
        select(Inspection)
        .where(Inspection.id == id)
        .options(
            joinedload(Inspection.product),
            joinedload(Inspection.plan),
            joinedload(Inspection.supplier),
            selectinload(Inspection.results).joinedload(Result.characteristic),
        )
    )
