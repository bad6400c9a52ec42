"""Asking what it costs to send goods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dougong import ZERO, Refused, UnitOfWork, _
from dougong.companies.currency import currency_of
from dougong_base import Address, Product
from dougong_base.ports import FreightQuote
from dougong_logistics.carriers.models import Carrier, Service, Tariff, TariffStep
from dougong_logistics.carriers.pricing import Load, Price, Quote, quotes

Wants = Sequence[tuple[int, Decimal]]


class NoService(Refused):
    """Nobody takes the goods there."""

    def __init__(self, address: object, weight: Decimal) -> None:
        super().__init__(
            _(
                "No tariff takes %(weight)s kg to %(address)s: enter one for this zone and weight,"
                " or choose another carrier.",
                weight=f"{weight.normalize():f}",
                address=address,
            )
        )


def all_prices(uow: UnitOfWork) -> list[Price]:
    """The tariffs of all services in use, as this process remembers them."""
    models = (Tariff, TariffStep, Service, Carrier)
    return uow.remembered("logistics.prices", models, lambda: prices(uow.session))


def prices(session: Session) -> list[Price]:
    """The tariffs of all services in use; two statements."""
    query = (
        select(Tariff, Service, Carrier.party_id)
        .join(Service, Service.id == Tariff.service_id)
        .join(Carrier, Carrier.id == Service.carrier_id)
        .where(Service.active, Carrier.active)
        .options(selectinload(Tariff.steps))
        .order_by(Tariff.id)
    )
    return [_price(*row) for row in session.execute(query)]


def _price(tariff: Tariff, service: Service, party_id: int) -> Price:
    return Price(
        service_id=service.id,
        carrier_party_id=party_id,
        service=service.code,
        name=service.name,
        days=service.days,
        divisor=service.divisor,
        parcel_limit=service.parcel_limit,
        country=(tariff.country or "").upper(),
        postcode=(tariff.postcode or "").replace(" ", "").upper(),
        basis=tariff.basis,
        valid_from=tariff.valid_from,
        valid_until=tariff.valid_until,
        fuel=tariff.fuel,
        minimum=tariff.minimum,
        steps=tuple((step.up_to, step.base, step.rate) for step in tariff.steps),
    )


def products_of(session: Session, ids: Iterable[int]) -> dict[int, Product]:
    """The products by id."""
    rows = session.scalars(select(Product).where(Product.id.in_(set(ids))))
    return {product.id: product for product in rows}


def load_of(lines: Wants, products: Mapping[int, Product], amount: Decimal = ZERO) -> Load:
    """Weight and volume of some products; without an amount, what they are sold for."""
    weight = volume = value = heaviest = ZERO
    for product_id, quantity in lines:
        product = products.get(product_id)
        if product is None or product.kind != "goods":
            continue
        weight += (product.weight or ZERO) * quantity
        volume += (product.volume or ZERO) * quantity
        value += product.sales_price * quantity
        # The heaviest single piece: goods are parcelled, a piece is not cut.
        heaviest = max(heaviest, product.weight or ZERO)
    return Load(weight, volume, amount or value, heaviest)


def quotes_for(
    uow: UnitOfWork, lines: Wants, address: Address, *, amount: Decimal, on: dt.date, currency: str
) -> list[Quote]:
    """What each service asks for these products to this address, the cheapest first."""
    load = load_of(lines, products_of(uow.session, (id for id, _quantity in lines)), amount)
    return quotes(
        all_prices(uow), load, (address.country or "").upper(), address.postcode or "", on,
        currency,
    )  # fmt: skip


class Rates:
    """What it costs to send goods, for departments that ask."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def quotes(
        self, lines: Wants, *, address_id: int, amount: Decimal, on: dt.date
    ) -> Sequence[FreightQuote]:
        """The services that take these products to that address, the cheapest first."""
        session, currency = self.uow.session, currency_of(self.uow, self.uow.company_id)
        address = session.get(Address, address_id)
        if address is None:
            return []
        found = quotes_for(self.uow, lines, address, amount=amount, on=on, currency=currency)
        return [
            FreightQuote(
                q.price.carrier_party_id, q.price.service, q.amount, currency, q.price.days
            )
            for q in found
        ]
