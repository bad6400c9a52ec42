"""A supplier's bill beside what the goods were booked at when they came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from dougong import rounded
from dougong_base import exchanged
from dougong_finance.accounts.uses import account_uses
from dougong_finance.entries.postings import PostingLine

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong_finance.invoices.models import Invoice
    from dougong_finance.invoices.parts import InvoiceLine


def price_differences(
    uow: UnitOfWork, invoice: Invoice, booked: Sequence[PostingLine]
) -> list[PostingLine]:
    """What clears the accounts on which goods wait for their bill, to the last cent.

    The bill's lines were booked at the bill's price; the difference to what the receipt had booked
    leaves the clearing account for the one of price differences.
    """
    own = str(invoice.company_currency)
    waiting = {line.account_id for line in invoice.lines if line.accrued_cost is not None}
    wanted: dict[int, Decimal] = defaultdict(Decimal)
    for line in invoice.lines:
        if line.account_id in waiting:
            wanted[line.account_id] -= invoice.sign * _waits(line, invoice.rate, own)
    found = []
    for account, expected in wanted.items():
        gap = sum((line.amount for line in booked if line.account_id == account), -expected)
        if gap:
            difference = account_uses(uow).of(invoice.company_id, "price_difference")
            found += [PostingLine(account, -gap), PostingLine(difference, gap)]
    return found


def _waits(line: InvoiceLine, rate: Decimal, own: str) -> Decimal:
    """What stands on the clearing account for this line; what nobody accrued is cleared as billed."""
    if line.accrued_cost is None:
        return exchanged(line.untaxed, rate, own)
    return rounded(line.accrued_cost * line.quantity, own)
