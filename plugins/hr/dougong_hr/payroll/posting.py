"""A payroll goes into the books: cost, debts to people and offices, all in one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, Refused, UnitOfWork, _, ref
from dougong_base.events import CostLine, CostsArose
from dougong_hr.advances.keeping import CODE, owed_no_more, settle_kept, settled_by
from dougong_hr.advances.models import SET_OFF, KeptBack
from dougong_hr.payroll.models import Payroll, Payslip, PayTotal

#: What is earned is cost of this kind, unless the component says otherwise.
WAGES = "wages"
ON_TOP = "social_insurance"
OWED = "wages_payable"


def post_payrolls(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Payroll]:
    """Post payrolls: payslips are final, the year's sums grow, the books owe what is to be paid."""
    uow.require("hr.payroll.post")
    payrolls = uow.load(Payroll, ids, Payroll.payslips, lock=True)
    payslips = [slip for payroll in payrolls for slip in payroll.payslips]
    keys = [slip.id for slip in payslips]
    load_parts(uow, keys)
    settle_kept(uow, payslips)
    for payroll in payrolls:
        if not payroll.payslips:
            raise Refused(_("%(payroll)s has no payslips. Compute them first.", payroll=payroll))
        payroll.post(on or payroll.span[1])
        uow.number(payroll, "payroll", on=payroll.posted_on)
        for slip in payroll.payslips:
            _sum_up(uow, slip)
        for advance in settled_by(payroll.payslips):
            uow.link(advance, payroll, SET_OFF)
    uow.publish(event for payroll in payrolls if (event := cost_of(payroll)) is not None)
    return payrolls


def cost_of(payroll: Payroll) -> CostsArose | None:
    """What a payroll means for the books; the lines sum to zero."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    owed: list[CostLine] = []
    for slip in payroll.payslips:
        for line in slip.lines:
            if line.kind == "earning":
                sums[line.purpose or WAGES] += line.amount
            elif line.code == CODE:
                continue  # told of each advance by itself
            elif line.kind == "deduction":
                sums[line.purpose or "social_payable"] -= line.amount
            elif line.kind == "employer":
                sums[ON_TOP] += line.amount
                sums[line.purpose or "social_payable"] -= line.amount
        if slip.net:
            owed.append(
                CostLine(
                    purpose=OWED,
                    amount=-slip.net,
                    party_id=slip.employee.party_id,
                    due_on=payroll.pay_on,
                    text=slip.employee.name,
                )
            )
    costs = [CostLine(purpose=purpose, amount=amount) for purpose, amount in sums.items() if amount]
    costs += owed_no_more(payroll.payslips)
    if not costs and not owed:
        return None
    return CostsArose(
        source=ref(payroll),
        number=payroll.number or payroll.period,
        company_id=payroll.company_id,
        on=payroll.posted_on or payroll.span[1],
        key="posted",
        text=str(_("Payroll %(period)s", period=payroll.period)),
        lines=(*costs, *owed),
        settles=settled_by(payroll.payslips),
    )


def load_parts(uow: UnitOfWork, payslips: Sequence[int]) -> None:
    """All that is booked of these payslips."""
    uow.load(Payslip, payslips, Payslip.lines, Payslip.employee, Payslip.kept)
    kept = select(KeptBack.id).where(KeptBack.payslip_id.in_(payslips))
    ids = uow.session.scalars(kept).all()
    if ids:
        uow.load(KeptBack, ids, KeptBack.advance)


def _sum_up(uow: UnitOfWork, slip: Payslip) -> None:
    """Every component, also those no formula asks for today: tomorrow's may."""
    for line in slip.lines:
        uow.accumulate(
            PayTotal,
            {"employee_id": slip.employee_id, "year": slip.year, "code": line.code},
            amount=line.amount,
        )
