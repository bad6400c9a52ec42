"""What is to be posted, said by whoever knows: plain values, signed amounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from dougong import ZERO, DocumentRef


class PostingLine(NamedTuple):
    """An account and its amount in the company's currency: positive is debit, negative credit."""

    account_id: int
    amount: Decimal
    party_id: int | None = None
    text: str = ""
    due_on: dt.date | None = None
    tax_id: int | None = None
    tax_base: Decimal | None = None
    currency: str | None = None
    currency_amount: Decimal | None = None
    #: Settled by what it belongs to: nothing of it is open.
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An entry to be, from the document it is made for."""

    company_id: int
    journal_id: int
    journal_kind: str
    dated_on: dt.date
    text: str
    lines: Sequence[PostingLine]
    source: DocumentRef | None = None
    #: Posted once for each key.
    source_key: str | None = None
    reverses_id: int | None = None
    #: Moves a year's result to equity.
    closing: bool = False


def swapped(lines: Sequence[PostingLine]) -> list[PostingLine]:
    """The same lines on the other side."""
    return [
        line._replace(
            amount=-line.amount,
            tax_base=None if line.tax_base is None else -line.tax_base,
            currency_amount=None if line.currency_amount is None else -line.currency_amount,
        )
        for line in lines
    ]


def gathered(lines: Sequence[PostingLine]) -> list[PostingLine]:
    """Lines that differ in nothing but their amounts, as one."""
    sums: dict[PostingLine, list[Decimal | None]] = {}
    for line in lines:
        key = line._replace(amount=ZERO, tax_base=None, currency_amount=None)
        held = sums.setdefault(key, [ZERO, None, None])
        held[0] = (held[0] or ZERO) + line.amount
        for place, value in ((1, line.tax_base), (2, line.currency_amount)):
            if value is not None:
                held[place] = (held[place] or ZERO) + value
    return [
        key._replace(amount=amount or ZERO, tax_base=base, currency_amount=foreign)
        for key, (amount, base, foreign) in sums.items()
        if amount or foreign
    ]
