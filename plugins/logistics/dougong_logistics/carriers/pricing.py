"""What a tariff asks for a load: arithmetic without a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dougong import ZERO, rounded

#: Cubic centimetres in a cubic metre.
CM3 = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Load:
    """What is to travel: kilograms, cubic metres, its value, and the heaviest parcel."""

    weight: Decimal
    volume: Decimal = ZERO
    amount: Decimal = ZERO
    heaviest: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Price:
    """One tariff as the arithmetic needs it; steps are (up to, base, rate), the lowest first."""

    service_id: int
    carrier_party_id: int
    service: str
    name: str
    days: int
    divisor: int | None
    parcel_limit: Decimal | None
    country: str
    postcode: str
    basis: str
    valid_from: dt.date
    valid_until: dt.date | None
    fuel: Decimal
    minimum: Decimal
    steps: tuple[tuple[Decimal, Decimal, Decimal], ...]

    def serves(self, country: str, postcode: str, on: dt.date) -> bool:
        """Whether the zone and the time of the tariff hold the address and the day."""
        return (
            self.country in ("", country)
            and postcode.replace(" ", "").upper().startswith(self.postcode)
            and self.valid_from <= on
            and (self.valid_until is None or on <= self.valid_until)
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """What a service asks for a load."""

    price: Price
    amount: Decimal


def billable_weight(load: Load, divisor: int | None) -> Decimal:
    """The weight that counts: the real one, or the volume over the divisor when that is more."""
    if divisor is None:
        return load.weight
    return max(load.weight, load.volume * CM3 / divisor)


def freight(price: Price, load: Load, currency: str) -> Decimal | None:
    """What the tariff asks for the load; None when no step reaches so far."""
    counted = load.amount if price.basis == "amount" else billable_weight(load, price.divisor)
    step = next((s for s in price.steps if counted <= s[0]), None)
    if step is None:
        return None
    plain = max(price.minimum, step[1] + step[2] * counted)
    return rounded(plain * (1 + price.fuel / 100), currency)


def quotes(
    prices: Iterable[Price], load: Load, country: str, postcode: str, on: dt.date, currency: str
) -> list[Quote]:
    """A quote of each service that takes the load there, the cheapest first.

    Of the tariffs of a service the most exact zone counts: a country before none, then the
    longest beginning of the postcode.
    """
    best: dict[int, Price] = {}
    for price in prices:
        if not price.serves(country, postcode, on):
            continue
        known = best.get(price.service_id)
        if known is None or _exact(known) < _exact(price):
            best[price.service_id] = price
    found = []
    for price in best.values():
        if price.parcel_limit is not None and load.heaviest > price.parcel_limit:
            continue
        amount = freight(price, load, currency)
        if amount is not None:
            found.append(Quote(price, amount))
    return sorted(found, key=lambda q: (q.amount, q.price.days, q.price.service))


def fastest(found: Sequence[Quote]) -> Quote | None:
    """The quote that is there first; of equals the cheapest."""
    return min(found, key=lambda q: (q.price.days, q.amount), default=None)


def _exact(price: Price) -> tuple[bool, int]:
    return bool(price.country), len(price.postcode)
