"""The one place that knows what suppliers ask for.

A supplier's price list in force counts before what is written on the product. Of a list the price
with the highest minimum that the quantity reaches counts. Lists of smaller priority come first,
then the cheapest, then the fastest; products nobody lists are bought from the first supplier
written on them. Where quotas are agreed, a quantity is shared out by them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from dougong import UnitOfWork, rounded_to
from dougong.companies.currency import currency_of
from dougong_base import NoRate, Party, SupplierItem, rates_on
from dougong_base.ports import Offer
from dougong_purchasing.quotas.queries import had, parts_on
from dougong_purchasing.scores.service import blocked
from dougong_purchasing.terms.lots import Ranked, Share, Source, lot, share_out
from dougong_purchasing.terms.models import SupplierList, SupplierPrice

#: After every list: what is written on the product.
LAST = 1_000_000
Want = tuple[int, Decimal]


class SupplierBook:
    """All offers of a company."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self._rates: dict[tuple[str, dt.date], Decimal | None] = {}

    def best(self, wants: Sequence[Want], *, on: dt.date) -> Mapping[int, Offer]:
        """The preferred offer for each product in that quantity; products nobody offers are missing."""
        open_to_us = self._open(wants, on)
        return {
            product: self._preferred(several, quantity, on)
            for product, quantity in wants
            if (several := open_to_us[product])
        }

    def sources(self, wants: Sequence[Want], *, on: dt.date) -> list[list[Source]]:
        """Where to buy each of these quantities, in whole lots; nowhere where nobody offers it.

        Shared out by the quotas in force on that day; otherwise all from the preferred offer.
        """
        offers = self._open(wants, on)
        products = {product for product, _quantity in wants}
        parts = parts_on(self.uow.session, self.uow.company_id, products, on)
        got = had(self.uow.session, self.uow.company_id, parts, on)
        found = []
        for product, quantity in wants:
            agreed = {
                supplier: part
                for supplier, part in parts.get(product, {}).items()
                if any(r.offer.supplier_id == supplier for r in offers[product])
            }
            if agreed:
                found.append(self._shared(product, quantity, agreed, offers[product], got, on))
            elif offers[product]:
                found.append([self._source(offers[product], quantity, on)])
            else:
                found.append([])
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
        theirs, ours = self._rate(offer.currency, on), self._rate(currency, on)
        if offer.currency == currency:
            price = offer.price
        elif theirs is None or ours is None:
            return None
        else:
            price = rounded_to(offer.price * theirs / ours)
        return Offer(supplier_id, price, currency, offer.lead_days, offer.minimum, offer.multiple)

    def source_of(
        self, supplier_id: int, product_id: int, quantity: Decimal, on: dt.date
    ) -> Source | None:
        """How this supplier sells so much of a product, in his own currency and lots."""
        mine = [r for r in self._offers({product_id}, on)[product_id]
                if r.offer.supplier_id == supplier_id]  # fmt: skip
        return self._source(mine, quantity, on) if mine else None

    def _shared(
        self,
        product: int,
        quantity: Decimal,
        agreed: Mapping[int, Decimal],
        several: Sequence[Ranked],
        got: dict[tuple[int, int], Decimal],
        on: dt.date,
    ) -> list[Source]:
        """By quota; what is given now counts as had for the next want of the same product."""
        theirs = {s: [r for r in several if r.offer.supplier_id == s] for s in agreed}
        shares = [
            Share(part, got.get((product, s), Decimal(0)), self._preferred(theirs[s], quantity, on))
            for s, part in agreed.items()
        ]
        found = []
        for supplier, part in zip(agreed, share_out(quantity, shares), strict=True):
            if part:
                found.append(self._source(theirs[supplier], part, on))
                got[product, supplier] = got.get((product, supplier), Decimal(0)) + part
        return found

    def _source(self, several: Sequence[Ranked], quantity: Decimal, on: dt.date) -> Source:
        """In whole lots; where these reach a better price of the same supplier, at that price."""
        offer = self._preferred(several, quantity, on)
        whole = lot(quantity, offer.minimum, offer.multiple)
        mine = [r for r in several if r.offer.supplier_id == offer.supplier_id]
        offer = self._preferred(mine, whole, on)
        return Source(offer, lot(whole, offer.minimum, offer.multiple))

    def _preferred(self, several: Sequence[Ranked], quantity: Decimal, on: dt.date) -> Offer:
        """Of what the quantity reaches the best; when it reaches nothing, the lowest threshold."""
        reached: dict[tuple[int, int, str], Ranked] = {}
        for ranked in several:
            key = ranked.offer.supplier_id, ranked.priority, ranked.offer.currency
            known = reached.get(key)
            if ranked.reaches(quantity) and (
                known is None or ranked.offer.minimum >= known.offer.minimum
            ):
                reached[key] = ranked
        if not reached:
            return min(several, key=lambda r: (r.priority, r.offer.minimum)).offer
        worth = {
            ranked: ranked.offer.price * rate
            for ranked in reached.values()
            if (rate := self._rate(ranked.offer.currency, on)) is not None
        }
        chosen = worth or {ranked: ranked.offer.price for ranked in reached.values()}
        return min(chosen, key=lambda r: (r.priority, chosen[r], r.offer.lead_days)).offer

    def _rate(self, currency: str, on: dt.date) -> Decimal | None:
        """What the currency is worth in ours, or None where nobody entered a rate."""
        if (currency, on) not in self._rates:
            own = currency_of(self.uow, self.uow.company_id)
            try:
                rates = rates_on(self.uow.session, [(currency, on)], own)
                self._rates[currency, on] = rates[currency, on]
            except NoRate:
                self._rates[currency, on] = None
        return self._rates[currency, on]

    def _open(self, wants: Sequence[Want], on: dt.date) -> dict[int, list[Ranked]]:
        """What is offered by suppliers of whom we buy."""
        offers = self._offers({product for product, _quantity in wants}, on)
        shut = blocked(
            self.uow, {r.offer.supplier_id for several in offers.values() for r in several}
        )
        found: dict[int, list[Ranked]] = defaultdict(list)
        for product, several in offers.items():
            found[product] = [r for r in several if r.offer.supplier_id not in shut]
        return found

    def _offers(self, products: Collection[int], on: dt.date) -> dict[int, list[Ranked]]:
        """Everything that is offered for these products, in two statements."""
        found: dict[int, list[Ranked]] = defaultdict(list)
        listed: set[tuple[int, int]] = set()
        for row in self.uow.session.execute(_listed(products, self.uow.company_id, on)):
            offer = Offer(
                row.supplier_id, row.price, row.currency, row.lead_days, row.minimum, row.multiple
            )
            found[row.product_id].append(Ranked(offer, row.priority))
            listed.add((row.product_id, row.supplier_id))
        written = self.uow.session.execute(
            select(SupplierItem, Party.currency)
            .join(Party, Party.id == SupplierItem.supplier_id)
            .where(SupplierItem.product_id.in_(products), Party.active)
            .order_by(SupplierItem.position, SupplierItem.id)
        ).all()
        own = currency_of(self.uow, self.uow.company_id) if written else ""
        for item, usual in written:
            if (item.product_id, item.supplier_id) not in listed:
                offer = Offer(
                    item.supplier_id, item.price, item.currency or usual or own,
                    item.lead_days, item.minimum,
                )  # fmt: skip
                found[item.product_id].append(Ranked(offer, LAST + item.position))
        return found


def _listed(products: Collection[int], company_id: int, on: dt.date) -> Any:
    return (
        select(
            SupplierPrice.product_id,
            SupplierList.supplier_id,
            SupplierPrice.price,
            SupplierList.currency,
            SupplierPrice.lead_days,
            SupplierPrice.minimum,
            SupplierPrice.multiple,
            SupplierList.priority,
        )
        .join(SupplierList, SupplierList.id == SupplierPrice.list_id)
        .join(Party, Party.id == SupplierList.supplier_id)
        .where(
            SupplierPrice.product_id.in_(products),
            SupplierList.company_id == company_id,
            SupplierList.active,
            Party.active,
            or_(SupplierList.starts_on.is_(None), SupplierList.starts_on <= on),
            or_(SupplierList.ends_on.is_(None), SupplierList.ends_on >= on),
        )
        .order_by(SupplierPrice.id)
    )
