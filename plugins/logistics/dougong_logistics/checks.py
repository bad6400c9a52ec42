"""What must always be true of goods on their way."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import ZERO, Check, _
from dougong_logistics.freight.models import BilledShipment, Statement, StatementLine
from dougong_logistics.returns.models import Return, ReturnLine
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.shipments.workflow import OPEN
from dougong_logistics.tours.models import Tour, TourStop


def inspected_returns_add_up(session: Session) -> Iterable[str]:
    """Good, damaged and missing are what was expected, once the inspection is closed."""
    rows = session.execute(
        select(Return.number, ReturnLine)
        .join(ReturnLine, ReturnLine.return_id == Return.id)
        .where(Return.state == "done")
        .order_by(Return.id, ReturnLine.position)
    )
    for number, line in rows:
        if line.good + line.damaged + line.missing != max(line.quantity, line.received):
            yield str(
                _("Return %(number)s, line %(line)s does not add up.", number=number, line=line.position + 1)
            )  # fmt: skip


def finished_tours_are_told(session: Session) -> Iterable[str]:
    """Of each stop of a finished tour somebody said what came of it."""
    rows = session.execute(
        select(Tour.number, Shipment.number)
        .join(TourStop, TourStop.tour_id == Tour.id)
        .join(Shipment, Shipment.id == TourStop.shipment_id)
        .where(Tour.state == "done", Shipment.state.in_([*OPEN, "handed_over", "under_way"]))
        .order_by(Tour.id, TourStop.position)
    )
    for tour, shipment in rows:
        yield str(
            _("Tour %(tour)s is done, but %(shipment)s is still under way.", tour=tour, shipment=shipment)
        )  # fmt: skip


def statements_are_their_lines(session: Session) -> Iterable[str]:
    """A statement's charge is the sum of its lines, and each accepted line was paid once."""
    rows = session.execute(
        select(Statement, func.coalesce(func.sum(StatementLine.charged), ZERO))
        .outerjoin(StatementLine, StatementLine.statement_id == Statement.id)
        .group_by(Statement.id)
        .order_by(Statement.id)
    ).all()
    paid = session.execute(
        select(BilledShipment.statement_id, func.count()).group_by(BilledShipment.statement_id)
    )
    counted = {row[0]: row[1] for row in paid}
    lines = session.execute(
        select(StatementLine.statement_id, func.count()).group_by(StatementLine.statement_id)
    )
    asked = {row[0]: row[1] for row in lines}
    for statement, charged in rows:
        odd = statement.state == "accepted" and counted.get(statement.id) != asked.get(statement.id)
        if charged != statement.charged or odd:
            yield str(_("%(statement)s is not the sum of its lines.", statement=statement))


CHECKS = [
    Check("logistics.returns", _("Inspected returns add up"), inspected_returns_add_up),
    Check("logistics.tours", _("Finished tours are told"), finished_tours_are_told),
    Check("logistics.statements", _("Freight statements add up"), statements_are_their_lines),
]
