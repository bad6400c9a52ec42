"""An account of a company's chart, and the purposes accounts serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, _, link_to, pgettext
from dougong_base import Category, Product, Tax
from dougong_finance.db import Base

if TYPE_CHECKING:
    from dougong import Text

#: What an account says about the company, and whether it grows by debit.
KINDS: dict[str, Text] = {
    "asset": _("Asset"),
    "liability": _("Liability"),
    "equity": _("Equity"),
    "income": _("Income"),
    "expense": _("Expense"),
}
GROWS_BY_DEBIT = {"asset", "expense"}
#: The kinds that the balance sheet shows; the others begin each year at nothing.
ON_BALANCE_SHEET = {"asset", "liability", "equity"}

#: What is special about an account.
NATURES: dict[str, Text] = {
    "general": _("General"),
    "receivable": _("Receivable"),
    "payable": _("Payable"),
    "bank": pgettext("account", "Bank"),
    "cash": _("Cash"),
    "card_clearing": _("Card payments on their way"),
    "cash_difference": _("Cash missing or too much"),
    "stock": pgettext("account", "Stock"),
    "fixed": _("Fixed assets"),
    "tax": _("Tax"),
    "result": _("Retained earnings"),
    "cost": _("Cost of sales"),
    "other": _("Other income and expense"),
}

#: What the program posts by itself needs an account for each of these.
PURPOSES: dict[str, Text] = {
    "receivable": _("Owed by customers"),
    "payable": _("Owed to suppliers"),
    "income": _("Sales"),
    "expense": _("Purchases and expenses"),
    "cost_of_goods": _("Cost of goods sold"),
    "stock": _("Stock of goods"),
    "goods_received": _("Goods received, not invoiced"),
    "opening": _("Opening balances"),
    "adjustment": _("Stock differences"),
    "scrap": _("Scrapped goods"),
    "production": _("Work in progress"),
    "labour_absorbed": _("Labour and overhead absorbed by production"),
    "production_variance": _("Production variances"),
    "price_difference": _("Purchase price differences"),
    "landed_cost": _("Freight and duty on purchases, to be allocated"),
    "freight_out": _("Freight to customers"),
    "freight_accrued": _("Freight not invoiced yet"),
    "wages": _("Wages and salaries"),
    "wages_payable": _("Wages owed"),
    "social_insurance": _("Social insurance and housing fund, the employer's part"),
    "social_payable": _("Social insurance owed"),
    "housing_payable": _("Housing fund owed"),
    "tax_withheld": _("Income tax withheld"),
    "employee_payable": _("Expenses owed to employees"),
    "bank": pgettext("account", "Bank"),
    "cash": _("Cash"),
    "card_clearing": _("Card payments on their way"),
    "cash_difference": _("Cash missing or too much"),
    "output_tax": _("Tax on sales"),
    "input_tax": _("Tax on purchases"),
    "rounding": _("Rounding"),
    "exchange": _("Exchange differences"),
    "discount_given": _("Cash discount given"),
    "discount_taken": _("Cash discount taken"),
    "result": _("Retained earnings"),
}


class Account(Document, Base):
    """One account of the chart: a heading that sums others, or a place where amounts are posted."""

    __tablename__ = "finance_account"
    __document__: ClassVar[str] = "finance.accounts"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        # What refers to an account together with its company cannot take another company's.
        UniqueConstraint("company_id", "id", name="uq_finance_account_company"),
        CheckConstraint(
            "kind IN ('asset', 'liability', 'equity', 'income', 'expense')", name="kind_known"
        ),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(12), index=True)
    nature: Mapped[str] = mapped_column(String(12), default="general")
    parent_id: Mapped[int | None] = link_to("finance_account.id")
    #: A heading only sums the accounts below it.
    heading: Mapped[bool] = mapped_column(default=False)
    #: Its amounts are matched against one another: receivables, payables, transit accounts.
    reconcile: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped[Account | None] = relationship(lazy="raise", remote_side="Account.id")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AccountUse(Document, Base):
    """Which account serves a purpose: for the whole company, or for a category, a product, a tax."""

    __tablename__ = "finance_account_use"
    __document__: ClassVar[str] = "finance.account-uses"
    __table_args__ = (
        Index("ix_finance_account_use_purpose", "company_id", "purpose"),
        CheckConstraint(
            "(CASE WHEN category_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN product_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN tax_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name="one_scope",
            info={"sentence": _("Choose a category, a product or a tax, not several of them.")},
        ),
    )

    purpose: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = link_to("finance_account.id")
    category_id: Mapped[int | None] = link_to("base_category.id", ondelete="CASCADE")
    product_id: Mapped[int | None] = link_to("base_product.id", ondelete="CASCADE")
    tax_id: Mapped[int | None] = link_to("base_tax.id", ondelete="CASCADE")

    account: Mapped[Account] = relationship(lazy="raise")
    category: Mapped[Category | None] = relationship(Category, lazy="raise")
    product: Mapped[Product | None] = relationship(Product, lazy="raise")
    tax: Mapped[Tax | None] = relationship(Tax, lazy="raise")

    def __str__(self) -> str:
        return str(PURPOSES.get(self.purpose, self.purpose))
