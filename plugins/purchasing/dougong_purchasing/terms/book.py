"""The one place that knows what suppliers ask for.

A supplier's price list in force counts before what is written on the product. Of a list the price
with the highest minimum that the quantity reaches counts. Lists of smaller priority come first,
then the cheapest, then the fastest; products nobody lists are bought from the first supplier
written on them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import or_, select

from dougong import UnitOfWork, rounded_to
from dougong.companies.models import Company
from dougong_base import NoRate, Party, SupplierItem, rates_on
from dougong_base.ports import Offer
from dougong_purchasing.scores.service import blocked
from dougong_purchasing.terms.models import SupplierList, SupplierPrice

#: After every list: what is written on the product.
LAST = 1_000_000


@dataclass(frozen=True)
class Ranked:
    """An offer and how much we like it; the smaller, the more."""

    offer: Offer
    priority: int

    def reaches(self, quantity: Decimal) -> bool:
        """Whether so much is enough for this price."""
        return quantity >= self.offer.minimum


class SupplierBook:
    """All offers of a company."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def best(self, wants: Sequence[tuple[int, Decimal]], *, on: dt.date) -> Mapping[int, Offer]:
        """The preferred offer for each product in that quantity; products nobody offers are missing."""
        offers = self._offers({product for product, _quantity in wants}, on)
        suppliers = {r.offer.supplier_id for several in offers.values() for r in several}
        shut = blocked(self.uow, suppliers)
        found = {}
        for product, quantity in wants:
            several = [r for r in offers[product] if r.offer.supplier_id not in shut]
            if several:
                found[product] = self._preferred(several, quantity, on)
        return found

    def of_supplier(
        self, supplier_id: int, product_id: int, quantity: Decimal, currency: str, on: dt.date
    ) -> Offer | None:
        """What this supplier asks for so much of a product, in this currency."""
        mine = [r for r in self._offers({product_id}, on)[product_id]
                if r.offer.supplier_id == supplier_id]  # fmt: skip
        if not mine:
            return None
        offer = self._preferred(mine, quantity, on)
        try:
            own = self._own
            rates = rates_on(self.uow.session, [(offer.currency, on), (currency, on)], own)
        except NoRate:
            return None
        price = offer.price * rates[offer.currency, on] / rates[currency, on]
        return Offer(offer.supplier_id, rounded_to(price), currency, offer.lead_days, offer.minimum)

    @property
    def _own(self) -> str:
        company = self.uow.company_id
        return self.uow.session.scalars(select(Company.currency).where(Company.id == company)).one()

    def _preferred(self, several: Sequence[Ranked], quantity: Decimal, on: dt.date) -> Offer:
        """Of what the quantity reaches the best; when it reaches nothing, the lowest threshold."""
        reached: dict[tuple[int, int], Ranked] = {}
        for ranked in several:
            key = ranked.offer.supplier_id, ranked.priority
            known = reached.get(key)
            if ranked.reaches(quantity) and (
                known is None or ranked.offer.minimum >= known.offer.minimum
            ):
                reached[key] = ranked
        if not reached:
            return min(several, key=lambda r: (r.priority, r.offer.minimum)).offer
        own, worth = self._own, {}
        for ranked in reached.values():
            currency = ranked.offer.currency
            try:
                rate = rates_on(self.uow.session, [(currency, on)], own)[currency, on]
            except NoRate:
                continue
            worth[ranked] = ranked.offer.price * rate
        chosen = worth or {ranked: ranked.offer.price for ranked in reached.values()}
        return min(chosen, key=lambda r: (r.priority, chosen[r], r.offer.lead_days)).offer

    def _offers(self, products: Collection[int], on: dt.date) -> dict[int, list[Ranked]]:
        """Everything that is offered for these products, in two statements."""
        found: dict[int, list[Ranked]] = defaultdict(list)
        listed: set[tuple[int, int]] = set()
        rows = self.uow.session.execute(
            select(
                SupplierPrice.product_id,
                SupplierList.supplier_id,
                SupplierPrice.price,
                SupplierList.currency,
                SupplierPrice.lead_days,
                SupplierPrice.minimum,
                SupplierList.priority,
            )
            .join(SupplierList, SupplierList.id == SupplierPrice.list_id)
            .join(Party, Party.id == SupplierList.supplier_id)
            .where(
                SupplierPrice.product_id.in_(products),
                SupplierList.company_id == self.uow.company_id,
                SupplierList.active,
                Party.active,
                or_(SupplierList.starts_on.is_(None), SupplierList.starts_on <= on),
                or_(SupplierList.ends_on.is_(None), SupplierList.ends_on >= on),
            )
            .order_by(SupplierPrice.id)
        )
        for product, supplier, price, currency, days, minimum, priority in rows:
            offer = Offer(supplier, price, currency, days, minimum)
            found[product].append(Ranked(offer, priority))
            listed.add((product, supplier))
        written = self.uow.session.execute(
            select(SupplierItem, Party.currency)
            .join(Party, Party.id == SupplierItem.supplier_id)
            .where(SupplierItem.product_id.in_(products), Party.active)
            .order_by(SupplierItem.position, SupplierItem.id)
        ).all()
        own = self._own if written else ""
        for item, usual in written:
            if (item.product_id, item.supplier_id) not in listed:
                offer = Offer(
                    item.supplier_id, item.price, item.currency or usual or own,
                    item.lead_days, item.minimum,
                )  # fmt: skip
                found[item.product_id].append(Ranked(offer, LAST + item.position))
        return found
