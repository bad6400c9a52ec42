"""The one place that finds a price.

Of the rules that hold, the most particular one counts: for the customer before for the group
before for everyone; then for the product before for its nearest category before for all; then the
highest minimum quantity; then the latest start; then the order of entry. Without a rule the sales
price on the product counts, at the day's rate where the currency differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import rounded_to
from dougong.companies.models import Company
from dougong_base import Category, NoRate, Party, Product, rates_on
from dougong_crm.prices.models import PriceList, PriceRule


@dataclass
class PriceBook:
    """All prices of a company; the rules are read once, when they are first asked for."""

    session: Session
    company_id: int

    def __post_init__(self) -> None:
        self._rules: list[Any] | None = None
        self._parents: dict[int, int | None] = {}
        self._currency = ""
        self._rates: dict[tuple[str, dt.date], Decimal | None] = {}

    def of(
        self,
        product_ids: Collection[int],
        *,
        customer_id: int | None,
        quantity: Decimal,
        currency: str,
        on: dt.date,
    ) -> Mapping[int, Decimal]:
        """Price of one own unit of each product; one that cannot be told is left out."""
        if self._rules is None:
            self._read()
        customer = self.session.get(Party, customer_id) if customer_id else None
        found = {}
        for product in self._products(product_ids):
            price = self._price(product, customer, quantity, currency, on)
            if price is not None:
                found[product.id] = price
        return found

    def knows(self, price: Decimal, product: Product, currency: str, on: dt.date) -> bool:
        """Whether this is a price of the book, for whomever and from whichever quantity on.

        A price that somebody typed is not; it must stay when the quantity changes.
        """
        if self._rules is None:
            self._read()
        usual = self._exchanged(product.sales_price, currency, on)
        if price == usual:
            return True
        for rule in self._rules or ():
            if rule.currency != currency:
                continue
            if rule.kind == "fixed" and rule.product_id == product.id and rule.price == price:
                return True
            if rule.kind == "percent" and usual is not None and _less(usual, rule.percent) == price:
                return True
        return False

    def _price(
        self,
        product: Product,
        customer: Party | None,
        quantity: Decimal,
        currency: str,
        on: dt.date,
    ) -> Decimal | None:
        best: tuple[Any, ...] | None = None
        chosen = None
        ancestors = self._ancestors(product.category_id)
        for order, rule in enumerate(self._rules or ()):
            if not _holds(rule, quantity, currency, on):
                continue
            whom, what = _whom(rule, customer), _what(rule, product, ancestors)
            if whom is None or what is None:
                continue
            rank = (whom, what, rule.minimum, rule.starts_on or dt.date.min, -order)
            if best is None or rank > best:
                best, chosen = rank, rule
        if chosen is not None and chosen.kind == "fixed":
            return Decimal(chosen.price)
        price = self._exchanged(product.sales_price, currency, on)
        if chosen is None or price is None:
            return price
        return _less(price, chosen.percent)

    def _read(self) -> None:
        """All rules of all lists, and the tree of categories where a rule asks for it."""
        self._rules = list(
            self.session.execute(
                select(
                    PriceRule.customer_id,
                    PriceRule.group,
                    PriceRule.product_id,
                    PriceRule.category_id,
                    PriceRule.minimum,
                    PriceRule.starts_on,
                    PriceRule.ends_on,
                    PriceRule.kind,
                    PriceRule.price,
                    PriceRule.percent,
                    PriceList.currency,
                )
                .join(PriceList, PriceList.id == PriceRule.list_id)
                .where(PriceList.active, PriceList.company_id == self.company_id)
                .order_by(PriceList.code, PriceRule.position, PriceRule.id)
            )
        )
        if any(rule.category_id for rule in self._rules):
            rows = self.session.execute(select(Category.id, Category.parent_id))
            self._parents = {row.id: row.parent_id for row in rows}
        self._currency = self.session.scalars(
            select(Company.currency).where(Company.id == self.company_id)
        ).one()

    def _products(self, ids: Collection[int]) -> list[Product]:
        """Those the session knows cost no statement."""
        known = [self.session.identity_map.get(_key(Product, i)) for i in ids]
        missing = [i for i, product in zip(ids, known, strict=True) if product is None]
        if missing:
            self.session.scalars(select(Product).where(Product.id.in_(missing))).all()
        found = [self.session.get(Product, i) for i in ids]
        return [product for product in found if product is not None]

    def _ancestors(self, category_id: int | None) -> list[int]:
        chain: list[int] = []
        while category_id is not None and category_id not in chain:
            chain.append(category_id)
            category_id = self._parents.get(category_id)
        return chain

    def _exchanged(self, price: Decimal, currency: str, on: dt.date) -> Decimal | None:
        if currency == self._currency:
            return price
        if (currency, on) not in self._rates:
            try:
                known = rates_on(self.session, [(self._currency, on)], currency)
                self._rates[currency, on] = known[self._currency, on]
            except NoRate:
                self._rates[currency, on] = None
        rate = self._rates[currency, on]
        return None if rate is None else rounded_to(price * rate)


def _less(price: Decimal, percent: Decimal) -> Decimal:
    return rounded_to(price * (100 - percent) / 100)


def _key(model: type[Any], id: int) -> Any:
    from sqlalchemy.orm import Mapper
    from sqlalchemy.orm.util import identity_key

    assert isinstance(model.__mapper__, Mapper)
    return identity_key(model, id)


def _holds(rule: Any, quantity: Decimal, currency: str, on: dt.date) -> bool:
    return bool(
        rule.currency == currency
        and quantity >= rule.minimum
        and (rule.starts_on is None or rule.starts_on <= on)
        and (rule.ends_on is None or on <= rule.ends_on)
    )


def _whom(rule: Any, customer: Party | None) -> int | None:
    """How particular the rule is about the customer; None when it is about others."""
    if rule.customer_id is not None:
        return 2 if customer is not None and customer.id == rule.customer_id else None
    if rule.group:
        return 1 if customer is not None and customer.group == rule.group else None
    return 0


def _what(rule: Any, product: Product, ancestors: list[int]) -> int | None:
    """How particular the rule is about the product; a near category beats a far one."""
    if rule.product_id is not None:
        return 1000 if rule.product_id == product.id else None
    if rule.category_id is not None:
        if rule.category_id not in ancestors:
            return None
        return 999 - ancestors.index(rule.category_id)
    return 0
