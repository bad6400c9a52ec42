"""Which account serves which purpose: the most particular rule wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong import Refused, _
from dougong_finance.accounts.models import PURPOSES, AccountUse

if TYPE_CHECKING:
    from dougong import UnitOfWork

Scope = tuple[int, str, str, int]


class NoAccount(Refused):
    """Nobody has said which account serves this purpose."""

    def __init__(self, purpose: str) -> None:
        super().__init__(
            _(
                "No account is chosen for “%(purpose)s”. Choose one under Account determination.",
                purpose=PURPOSES.get(purpose, purpose),
            )
        )


class AccountUses:
    """The account of each purpose."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.rules: dict[Scope, int] = {}
        columns = (
            AccountUse.company_id,
            AccountUse.purpose,
            AccountUse.category_id,
            AccountUse.product_id,
            AccountUse.tax_id,
            AccountUse.account_id,
        )
        for company, purpose, category, product, tax, account in uow.look(
            select(*columns).order_by(AccountUse.id)
        ):
            scope = (
                ("product", product)
                if product
                else ("category", category)
                if category
                else ("tax", tax)
                if tax
                else ("", 0)
            )
            self.rules[company, purpose, *scope] = account

    def of(
        self,
        company: int,
        purpose: str,
        *,
        product: int | None = None,
        category: int | None = None,
        tax: int | None = None,
    ) -> int:
        """The account for this purpose; a product's own before its category's before the company's."""
        for scope, key in (("product", product), ("category", category), ("tax", tax), ("", 0)):
            if key is not None:
                found = self.rules.get((company, purpose, scope, key))
                if found is not None:
                    return found
        raise NoAccount(purpose)


def account_uses(uow: UnitOfWork) -> AccountUses:
    """The account determination."""
    return uow.remembered("finance.account_uses", [AccountUse], lambda: AccountUses(uow))
