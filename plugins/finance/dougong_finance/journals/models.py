"""A journal: one of the books in which entries are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, _, link_to, pgettext
from dougong_finance.accounts.models import Account
from dougong_finance.db import Base

if TYPE_CHECKING:
    from dougong import Text

KINDS: dict[str, Text] = {
    "general": _("General"),
    "sales": _("Sales"),
    "purchase": _("Purchases"),
    "bank": pgettext("journal", "Bank"),
    "cash": _("Cash"),
    "stock": pgettext("account", "Stock"),
}


class Journal(Document, Base):
    """A book: sales, purchases, each bank account, cash, stock, and everything else."""

    __tablename__ = "finance_journal"
    __document__: ClassVar[str] = "finance.journals"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint(
            "kind NOT IN ('bank', 'cash') OR account_id IS NOT NULL",
            name="money_has_account",
            info={"sentence": _("A bank or cash journal needs the account its money lies on.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(10))
    #: Where the money of a bank or cash journal lies.
    account_id: Mapped[int | None] = link_to("finance_account.id")
    currency: Mapped[str | None] = link_to("base_currency.code", type_=String(3))
    active: Mapped[bool] = mapped_column(default=True)

    account: Mapped[Account | None] = relationship(lazy="raise")

    def __str__(self) -> str:
        return self.name
