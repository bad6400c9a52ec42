"""Bank transfers are prepared from posted payrolls, written as files, and booked when paid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dougong import DocumentRef, NotFound, Refused, UnitOfWork, _, ref
from dougong.companies.models import Company
from dougong_base import iban_problem
from dougong_base.events import CostLine, CostsArose
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.transfers.files import (
    LONGEST,
    Account,
    Batch,
    Order,
    chinese_table,
    compact,
    iso_message,
)
from dougong_hr.transfers.models import Transfer, TransferLine

#: So many names stand in one sentence.
SOME = 5
WRITERS = {"cn": (chinese_table, "csv", "text/csv; charset=gb18030"),
           "iso": (iso_message, "xml", "application/xml")}  # fmt: skip


def prepare_transfers(uow: UnitOfWork, ids: Sequence[int]) -> list[Transfer]:
    """One transfer for each posted payroll, with everybody who gets something by the bank."""
    uow.require("hr.payroll.pay")
    payrolls = uow.load(Payroll, ids, Payroll.payslips, lock=True)
    uow.load(Payslip, [s.id for p in payrolls for s in p.payslips], Payslip.employee)
    made = [_prepared(uow, payroll) for payroll in payrolls]
    uow.add(*made)
    for transfer, payroll in zip(made, payrolls, strict=True):
        uow.link(payroll, transfer, "transfer")
        uow.number(transfer, "wage-transfer", on=transfer.pay_on)
    return made


def pay_transfers(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Transfer]:
    """The bank has paid: nothing is owed to the people any more."""
    uow.require("hr.payroll.pay")
    transfers = uow.load(Transfer, ids, Transfer.lines, lock=True)
    keys = [line.id for transfer in transfers for line in transfer.lines]
    uow.load(TransferLine, keys, TransferLine.employee)
    for transfer in transfers:
        transfer.pay(on or transfer.pay_on)
    uow.publish(cost_of_transfer(transfer) for transfer in transfers)
    return transfers


def cost_of_transfer(transfer: Transfer) -> CostsArose:
    """What was owed is paid from the bank; the lines sum to zero."""
    text = str(_("Net wages, %(number)s", number=transfer.number or transfer.id))
    paid = [
        CostLine(
            purpose="wages_payable", amount=line.amount, party_id=line.employee.party_id,
            text=line.name,
        )
        for line in transfer.lines
    ]  # fmt: skip
    return CostsArose(
        source=ref(transfer),
        number=transfer.number or "",
        company_id=transfer.company_id,
        on=transfer.paid_on or transfer.pay_on,
        key="paid",
        text=text,
        lines=(*paid, CostLine(purpose="bank", amount=-transfer.total, text=text)),
        settles=(DocumentRef("hr.payrolls", transfer.payroll_id),),
    )


def write_file(uow: UnitOfWork, id: int, format: str = "") -> tuple[bytes, str, str]:
    """The file for the bank, its name and its kind; in the usual format where none is said."""
    uow.require("hr.payroll.pay")
    transfer = uow.session.scalars(
        select(Transfer).where(Transfer.id == id).options(selectinload(Transfer.lines))
    ).one_or_none()
    if transfer is None:
        raise NotFound(_("bank transfer"), id)
    if transfer.state == "cancelled":
        raise Refused(_("The transfer is cancelled."))
    chosen = format or transfer.format
    if chosen not in WRITERS:
        raise NotFound(_("file format"), chosen[:20])
    write, ending, kind = WRITERS[chosen]
    batch = _batch(uow, transfer, chosen)
    return write(batch), f"{batch.number}.{ending}", kind


def _prepared(uow: UnitOfWork, payroll: Payroll) -> Transfer:
    if payroll.state != "posted":
        raise Refused(_("Post %(payroll)s first.", payroll=payroll))
    other = select(Transfer.number).where(
        Transfer.payroll_id == payroll.id, Transfer.state != "cancelled"
    )
    if (number := uow.session.scalar(other)) is not None:
        raise Refused(
            _(
                "%(payroll)s is paid by transfer %(number)s already.",
                payroll=payroll, number=number,
            )
        )  # fmt: skip
    slips = [slip for slip in payroll.payslips if slip.net > 0]
    if not slips:
        raise Refused(_("%(payroll)s pays nothing out.", payroll=payroll))
    _refuse_accounts([slip.employee for slip in slips])
    transfer = Transfer(
        company_id=payroll.company_id,
        payroll_id=payroll.id,
        format=_usual_format(uow.session, payroll.company_id),
        pay_on=payroll.pay_on or uow.today,
        lines=[
            TransferLine(
                position=at, employee_id=slip.employee_id, name=slip.employee.name,
                bank=slip.employee.bank, bank_code=slip.employee.bank_code,
                account=slip.employee.bank_account or "", amount=slip.net,
            )
            for at, slip in enumerate(sorted(slips, key=lambda s: s.employee.number))
        ],
    )  # fmt: skip
    transfer.add_up()
    return transfer


def _refuse_accounts(employees: Sequence[Employee]) -> None:
    """Everybody has an account, and none is mistyped as far as one can see."""
    if missing := [e.name for e in employees if not e.bank_account]:
        raise Refused(
            _(
                "%(names)s: no bank account. Enter it in the file, or pay them otherwise.",
                names=", ".join(missing[:SOME]),
            )
        )
    for employee in employees:
        _refuse_number(employee.name, employee.bank_account or "")


def _refuse_number(name: str, number: str) -> None:
    """An account number that no bank would know, or that the message has no room for."""
    if (problem := iban_problem(number)) is not None:
        raise Refused(_("%(name)s: %(problem)s", name=name, problem=problem))
    if len(compact(number)) > LONGEST:
        raise Refused(
            _(
                "%(name)s: an account number has no more than %(most)s signs.",
                name=name, most=LONGEST,
            )
        )  # fmt: skip


def _usual_format(session: Session, company_id: int) -> str:
    country = session.scalar(select(Company.country).where(Company.id == company_id))
    return "cn" if country == "CN" else "iso"


def _batch(uow: UnitOfWork, transfer: Transfer, chosen: str) -> Batch:
    company = uow.session.scalars(select(Company).where(Company.id == transfer.company_id)).one()
    number = str(uow.setting("hr.pay_account") or "")
    if not number and chosen == "iso":
        raise Refused(
            _("Say from which bank account wages are paid: Settings, “Bank account of wages”.")
        )
    if chosen == "iso":
        _refuse_number(company.name, number)
    name = transfer.number or f"WT-{transfer.id}"
    payer = Account(company.name, number, bank_code=str(uow.setting("hr.pay_bank") or ""))
    return Batch(
        number=name,
        by=payer,
        currency=company.currency,
        pay_on=transfer.pay_on,
        made_at=uow.now,
        text=str(_("Wages")),
        orders=[
            Order(
                Account(line.name, line.account, line.bank or "", line.bank_code or ""),
                line.amount,
                f"{name}-{line.position + 1}",
            )
            for line in transfer.lines
        ],
    )
