"""What was posted to an account in a month, kept beside the entries."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from dougong import Amount, Id
from dougong.db import Owned
from dougong_finance.db import Base


class Balance(Owned, Base):
    """Debits and credits of one account in one month: a trial balance reads nothing else."""

    __tablename__ = "finance_balance"
    __table_args__ = (CheckConstraint("debit >= 0 AND credit >= 0", name="not_negative"),)

    company_id: Mapped[int] = mapped_column(
        Id,
        ForeignKey("core_company.id", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
    )
    account_id: Mapped[int] = mapped_column(
        Id,
        ForeignKey("finance_account.id", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
    )
    month: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    debit: Mapped[Decimal] = mapped_column(Amount)
    credit: Mapped[Decimal] = mapped_column(Amount)
