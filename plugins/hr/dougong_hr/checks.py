"""What must be true of people and pay; read only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from dougong import Check, _
from dougong_hr.advances.models import Advance, KeptBack
from dougong_hr.claims.models import Claim
from dougong_hr.employees.models import Employee
from dougong_hr.leave.models import AbsenceDay, LeaveRequest
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine, PayTotal
from dougong_hr.transfers.models import Transfer, TransferLine


def payslips(session: Session) -> Iterable[str]:
    """A payslip comes to what its lines come to."""
    sums: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for key, kind, amount in session.execute(
        select(PayslipLine.payslip_id, PayslipLine.kind, func.sum(PayslipLine.amount)).group_by(
            PayslipLine.payslip_id, PayslipLine.kind
        )
    ):
        sums[key][kind] = amount
    for slip in session.scalars(select(Payslip)):
        mine = sums[slip.id]
        net = mine.get("earning", Decimal(0)) - mine.get("deduction", Decimal(0))
        if net != slip.net:
            told = _(
                "Payslip %(id)s: %(net)s net, but its lines come to %(lines)s.",
                id=slip.id, net=slip.net, lines=net,
            )  # fmt: skip
            yield str(told)


def year_totals(session: Session) -> Iterable[str]:
    """What somebody has earned in a year is what the posted payslips of the year say."""
    rows = session.execute(
        select(Payslip.employee_id, Payslip.year, PayslipLine.code, func.sum(PayslipLine.amount))
        .join(Payslip, Payslip.id == PayslipLine.payslip_id)
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .where(Payroll.state == "posted")
        .group_by(Payslip.employee_id, Payslip.year, PayslipLine.code)
    )
    said = {(employee, year, code): amount for employee, year, code, amount in rows}
    kept = {(t.employee_id, t.year, t.code): t.amount for t in session.scalars(select(PayTotal))}
    for key in sorted({*said, *kept}):
        mine, theirs = kept.get(key, Decimal(0)), said.get(key, Decimal(0))
        if mine != theirs:
            told = _(
                "Employee %(id)s: %(code)s of %(year)s is kept as %(kept)s, the payslips say %(said)s.",
                id=key[0], code=key[2], year=key[1], kept=mine, said=theirs,
            )  # fmt: skip
            yield str(told)


def absences(session: Session) -> Iterable[str]:
    """Leave that was asked for or approved stands day by day in the calendar, and nothing else does."""
    rows = session.execute(
        select(LeaveRequest.id, LeaveRequest.state, LeaveRequest.days, func.sum(AbsenceDay.part))
        .outerjoin(AbsenceDay, AbsenceDay.request_id == LeaveRequest.id)
        .group_by(LeaveRequest.id, LeaveRequest.state, LeaveRequest.days)
    )
    for key, state, days, kept in rows:
        wanted = days if state in ("asked", "approved") else Decimal(0)
        if (kept or Decimal(0)) != wanted:
            told = _(
                "Request for leave %(id)s: %(days)s days, but %(kept)s stand in the calendar.",
                id=key, days=wanted, kept=kept or Decimal(0),
            )  # fmt: skip
            yield str(told)


def managers(session: Session) -> Iterable[str]:
    """Nobody is led by somebody who has left, nor in a circle."""
    people = {e.id: e for e in session.scalars(select(Employee))}
    for person in people.values():
        seen, above = {person.id}, people.get(person.manager_id or 0)
        if person.state == "active" and above is not None and above.state == "left":
            yield str(_("%(name)s: the manager has left.", name=person.name))
        while above is not None and above.id not in seen:
            seen.add(above.id)
            above = people.get(above.manager_id or 0)
        if above is not None and above.id == person.id:
            yield str(_("%(name)s is led in a circle.", name=person.name))


def transfers(session: Session) -> Iterable[str]:
    """A transfer comes to what its lines come to, and each line to the payslip's net."""
    rows = session.execute(
        select(Transfer.id, Transfer.total, func.sum(TransferLine.amount).label("lines"))
        .outerjoin(TransferLine, TransferLine.transfer_id == Transfer.id)
        .group_by(Transfer.id, Transfer.total)
    )
    for key, total, lines in rows:
        if (lines or Decimal(0)) != total:
            told = _("Bank transfer %(id)s: %(total)s, but its lines come to %(lines)s.",
                     id=key, total=total, lines=lines or 0)  # fmt: skip
            yield str(told)
    wrong = session.execute(
        select(Transfer.id, TransferLine.name)
        .join(TransferLine, TransferLine.transfer_id == Transfer.id)
        .outerjoin(
            Payslip,
            (Payslip.payroll_id == Transfer.payroll_id)
            & (Payslip.employee_id == TransferLine.employee_id),
        )
        .where(Transfer.state != "cancelled")
        .where(or_(Payslip.id.is_(None), Payslip.net != TransferLine.amount))
    )
    for key, name in wrong:
        yield str(_("Bank transfer %(id)s pays %(name)s another amount.", id=key, name=name))


def advances(session: Session) -> Iterable[str]:
    """What claims have set off and payrolls have kept back is what advances have lost."""
    rows = session.execute(
        select(
            Advance.employee_id, func.sum(Advance.settled).label("used"),
            func.sum(Advance.repaid).label("repaid"),
        ).group_by(Advance.employee_id)
    )  # fmt: skip
    used = {row.employee_id: row.used - row.repaid for row in rows}
    set_off: dict[int, Decimal] = defaultdict(Decimal)
    for query in (
        select(Claim.employee_id, func.sum(Claim.set_off).label("amount")).group_by(
            Claim.employee_id
        ),
        select(Payslip.employee_id, func.sum(KeptBack.amount).label("amount"))
        .join(KeptBack, KeptBack.payslip_id == Payslip.id)
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .where(Payroll.state == "posted")
        .group_by(Payslip.employee_id),
    ):
        for row in session.execute(query):
            set_off[row.employee_id] += row.amount
    for key in sorted({*used, *set_off}):
        mine, theirs = used.get(key, Decimal(0)), set_off[key]
        if mine != theirs:
            told = _(
                "Employee %(id)s: claims and wages have set off %(others)s,"
                " advances say %(advances)s.",
                id=key, others=theirs, advances=mine,
            )  # fmt: skip
            yield str(told)


CHECKS = [
    Check("hr.payslips", _("Payslips come to what their lines come to"), payslips),
    Check("hr.year-totals", _("Sums of the year are those of the payslips"), year_totals),
    Check("hr.absences", _("Leave stands in the calendar day by day"), absences),
    Check("hr.transfers", _("Bank transfers pay what payslips say"), transfers),
    Check("hr.advances", _("Advances are used by claims and wages"), advances),
    Check("hr.managers", _("Everybody's manager works here"), managers),
]
