"""Whether a customer may owe us so much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select

from dougong import ZERO, Refused, UnitOfWork, _, rounded
from dougong.companies.models import Company
from dougong_base import Party, rates_on
from dougong_base.ports import CreditStanding
from dougong_crm.orders.models import Order


class OverLimit(Refused):
    """The customer would owe more than we grant."""

    def __init__(self, customer: Party, limit: Decimal, owed: Decimal, currency: str) -> None:
        super().__init__(
            _(
                "%(customer)s would owe %(owed)s %(currency)s; the credit limit is"
                " %(limit)s %(currency)s. Wait for a payment, raise the limit, or have someone"
                " with the right “crm.order.override” confirm.",
                customer=customer,
                owed=f"{owed:,.2f}",
                limit=f"{limit:,.2f}",
                currency=currency,
            )
        )


def check_credit(uow: UnitOfWork, orders: Sequence[Order], customers: Mapping[int, Party]) -> None:
    """Refuse what takes a customer over the limit: open invoices, unbilled orders and these."""
    limits = {p.id: p.credit_limit for p in customers.values() if p.credit_limit is not None}
    if not limits or uow.actor.may("crm.order.override"):
        return
    own = uow.session.scalars(select(Company.currency).where(Company.id == uow.company_id)).one()
    owed = _unbilled(uow, list(limits), own)
    standing = uow.ask(CreditStanding)
    if standing is not None:
        for party_id, known in standing.of(list(limits)).items():
            owed[party_id] += known.open
    rates = _rates(uow, {o.currency for o in orders if o.customer_id in limits}, own)
    for order in orders:
        limit = limits.get(order.customer_id)
        if limit is None:
            continue
        owed[order.customer_id] += rounded(order.total * rates[order.currency], own)
        if owed[order.customer_id] > limit:
            raise OverLimit(customers[order.customer_id], limit, owed[order.customer_id], own)


def _unbilled(uow: UnitOfWork, customer_ids: list[int], own: str) -> dict[int, Decimal]:
    """What confirmed orders will still bring onto invoices, in the company's currency."""
    owed: dict[int, Decimal] = defaultdict(lambda: ZERO)
    rows = uow.session.execute(
        select(Order.customer_id, Order.currency, func.sum(Order.unbilled))
        .where(Order.customer_id.in_(customer_ids), Order.state == "confirmed")
        .group_by(Order.customer_id, Order.currency)
    ).all()
    rates = _rates(uow, {row.currency for row in rows}, own)
    for customer_id, currency, amount in rows:
        owed[customer_id] += rounded(amount * rates[currency], own)
    return owed


def _rates(uow: UnitOfWork, currencies: set[str], own: str) -> dict[str, Decimal]:
    found = rates_on(uow.session, [(currency, uow.today) for currency in currencies], own)
    return {currency: rate for (currency, _on), rate in found.items()}
