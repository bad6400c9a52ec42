"""What must be true of the books; read only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, or_, select

from dougong import ZERO, Check, _
from dougong_finance.balances.models import Balance
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine, InvoiceTax
from dougong_finance.items.models import Allocation, Item
from dougong_finance.payments.models import Payment
from dougong_finance.periods.models import Period

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def entries_balance(session: Session) -> Iterable[str]:
    """Debits equal credits in every posted entry, and its lines add up to it."""
    debit, credit = func.sum(EntryLine.debit), func.sum(EntryLine.credit)
    rows = session.execute(
        select(Entry.id, Entry.number, debit, credit)
        .join(EntryLine, EntryLine.entry_id == Entry.id)
        .where(Entry.state == "posted")
        .group_by(Entry.id, Entry.number, Entry.debit, Entry.credit)
        .having(or_(debit != credit, debit != Entry.debit, credit != Entry.credit))
    )
    for id, number, debits, credits in rows:
        yield f"Entry {number} ({id}): debits {debits}, credits {credits}."
    empty = session.execute(
        select(Entry.number).where(
            Entry.state == "posted",
            ~select(EntryLine.id).where(EntryLine.entry_id == Entry.id).exists(),
        )
    )
    for (number,) in empty:
        yield f"Entry {number} has no lines."


def balances_agree(session: Session) -> Iterable[str]:
    """Balances are the sums of the posted lines, month by month."""
    kept = {
        (row.company_id, row.account_id, row.month): (row.debit, row.credit)
        for row in session.scalars(select(Balance))
    }
    rows = session.execute(
        select(
            EntryLine.company_id, EntryLine.account_id, Entry.month,
            func.sum(EntryLine.debit), func.sum(EntryLine.credit),
        )
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(EntryLine.posted)
        .group_by(EntryLine.company_id, EntryLine.account_id, Entry.month)
    )  # fmt: skip
    told = {(company, account, month): (d, c) for company, account, month, d, c in rows}
    for key in sorted(kept.keys() | told.keys()):
        if kept.get(key, (ZERO, ZERO)) != told.get(key, (ZERO, ZERO)):
            yield f"Balance {key}: kept {kept.get(key)}, lines say {told.get(key)}."


def open_amounts_agree(session: Session) -> Iterable[str]:
    """What is open of an item is its total less what was settled."""
    settled: dict[int, list[Any]] = defaultdict(lambda: [ZERO, ZERO])
    for a in session.scalars(select(Allocation)):
        for key, booked in ((a.debit_id, a.debit_booked), (a.credit_id, a.credit_booked)):
            settled[key][0] += a.amount
            settled[key][1] += booked
    columns = (Item.id, Item.total, Item.open, Item.booked, Item.booked_open)
    for id, total, open, booked, booked_open in session.execute(select(*columns)):
        done, share = settled.get(id, (ZERO, ZERO))
        if open != total - done or booked_open != booked - share:
            yield f"Open item {id}: open {open} of {total}, but {done} are settled."


def documents_follow(session: Session) -> Iterable[str]:
    """What is open of invoices and payments is what is open of their items."""
    sums = dict(
        session.execute(
            select(Item.source_id, func.sum(Item.open))
            .where(Item.source_id.is_not(None))
            .group_by(Item.source_id)
        ).all()
    )
    for id, number, open in session.execute(
        select(Invoice.id, Invoice.number, Invoice.open).where(Invoice.number.is_not(None))
    ):
        if open != sums.get(id, ZERO):
            yield f"Invoice {number}: {open} open, its items say {sums.get(id, ZERO)}."
    for id, number, open in session.execute(
        select(Payment.id, Payment.number, Payment.open).where(Payment.state == "posted")
    ):
        if open != sums.get(id, ZERO):
            yield f"Payment {number}: {open} open, its items say {sums.get(id, ZERO)}."


def invoice_totals(session: Session) -> Iterable[str]:
    """The total of a posted invoice is the sum of its lines and taxes, and is what was booked."""
    lines = dict(
        session.execute(
            select(InvoiceLine.invoice_id, func.sum(InvoiceLine.untaxed)).group_by(
                InvoiceLine.invoice_id
            )
        ).all()
    )
    taxes = dict(
        session.execute(
            select(InvoiceTax.invoice_id, func.sum(InvoiceTax.amount)).group_by(
                InvoiceTax.invoice_id
            )
        ).all()
    )
    rows = session.execute(
        select(Invoice.id, Invoice.number, Invoice.untaxed, Invoice.tax, Invoice.total).where(
            Invoice.number.is_not(None)
        )
    )
    for id, number, untaxed, tax, total in rows:
        said = lines.get(id, ZERO), taxes.get(id, ZERO)
        if said != (untaxed, tax) or untaxed + tax != total:
            yield f"Invoice {number}: {untaxed} + {tax} = {total}, its lines and taxes say {said}."


def periods_known(session: Session) -> Iterable[str]:
    """Every entry lies in its month, and every month has its period."""
    rows = session.execute(
        select(Entry.number, Entry.dated_on, Entry.month, Period.id)
        .outerjoin(Period, and_(Period.company_id == Entry.company_id, Period.month == Entry.month))
        .where(
            Entry.state == "posted",
            or_(Period.id.is_(None), ~Entry.dated_on.between(Period.starts_on, Period.ends_on)),
        )
    )
    for number, on, month, _period in rows:
        yield f"Entry {number} of {on} is kept in {month}."


def one_side(session: Session) -> Iterable[str]:
    """A line has a debit or a credit, neither negative."""
    wrong = case((and_(EntryLine.debit != 0, EntryLine.credit != 0), 1), else_=0)
    rows = session.execute(
        select(EntryLine.id).where(or_(wrong == 1, EntryLine.debit < 0, EntryLine.credit < 0))
    )
    for (id,) in rows:
        yield f"Entry line {id} has two sides or a negative one."


CHECKS = [
    Check("finance.entries", _("Every entry balances"), entries_balance),
    Check("finance.lines", _("Every line has one side"), one_side),
    Check("finance.balances", _("Balances are the sums of their lines"), balances_agree),
    Check("finance.items", _("Open amounts are totals less settlements"), open_amounts_agree),
    Check(
        "finance.documents", _("Invoices and payments follow their open items"), documents_follow
    ),
    Check("finance.invoices", _("Invoice totals are their lines and taxes"), invoice_totals),
    Check("finance.periods", _("Entries lie in their periods"), periods_known),
]
