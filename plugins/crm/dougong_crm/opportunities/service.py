"""What is done with opportunities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dougong import Refused, UnitOfWork, _
from dougong_base import Party
from dougong_crm.opportunities.models import Opportunity
from dougong_crm.quotes.models import Quote


def win_opportunities(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[Opportunity]:
    """Customers said yes."""
    uow.require("crm.opportunity.write")
    opportunities = uow.load(Opportunity, ids)
    for opportunity in opportunities:
        opportunity.win(on or uow.today)
    return opportunities


def lose_opportunities(
    uow: UnitOfWork, ids: Sequence[int], reason: str | None = None, on: dt.date | None = None
) -> list[Opportunity]:
    """Customers said no, and why."""
    uow.require("crm.opportunity.write")
    opportunities = uow.load(Opportunity, ids)
    for opportunity in opportunities:
        opportunity.lose(on or uow.today, reason)
    return opportunities


def reopen_opportunities(uow: UnitOfWork, ids: Sequence[int]) -> list[Opportunity]:
    """There is hope again."""
    uow.require("crm.opportunity.write")
    opportunities = uow.load(Opportunity, ids)
    for opportunity in opportunities:
        opportunity.reopen()
    return opportunities


def start_quotes(uow: UnitOfWork, ids: Sequence[int]) -> list[Quote]:
    """Draft a quote for each opportunity; its lines are entered afterwards."""
    uow.require("crm.quote.create")
    quotes = []
    opportunities = uow.load(Opportunity, ids)
    customers = {o.customer_id for o in opportunities if o.customer_id}
    terms = {party.id: party.payment_term_id for party in uow.load(Party, sorted(customers))}
    for opportunity in opportunities:
        if opportunity.customer_id is None:
            raise Refused(
                _("%(opportunity)s has no customer yet. Choose one first.", opportunity=opportunity)
            )
        quote = Quote(
            company_id=opportunity.company_id,
            customer_id=opportunity.customer_id,
            opportunity_id=opportunity.id,
            salesperson_id=opportunity.salesperson_id,
            currency=opportunity.currency,
            payment_term_id=terms[opportunity.customer_id],
            quoted_on=uow.today,
            lines=[],
        )
        uow.add(quote)
        uow.link(opportunity, quote, "quote")
        quotes.append(quote)
    return quotes
