"""Quotes in the customers' portal: to read, to accept, to decline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from dougong import Text, UnitOfWork, _, pgettext
from dougong_base import PortalAction, PortalNoun, Waits
from dougong_crm.orders.models import Order
from dougong_crm.orders.service import confirm_orders
from dougong_crm.quotes.models import Quote
from dougong_crm.quotes.service import accept_quotes, reject_quotes

CONFIRM = "crm.orders", "confirm"
ANSWERED = {
    "accepted": _("You have accepted this quote."),
    "rejected": _("You have declined this quote."),
    "replaced": _("A newer quote stands in place of this one. Please ask us for it."),
}


def why_not(quote: Quote, today: dt.date) -> Text | None:
    """Why a customer cannot answer it any more, in a sentence for him."""
    if quote.state in ANSWERED:
        return ANSWERED[quote.state]
    if quote.state == "expired" or (quote.valid_until is not None and quote.valid_until < today):
        return _("This quote is no longer valid. Please ask us for a new one.")
    return None


def said(quote: Quote, today: dt.date) -> tuple[Text, str] | None:
    """A quote whose last day has passed is expired, though the nightly job has yet to say so."""
    if quote.state == "sent" and why_not(quote, today) is not None:
        return pgettext("quote", "Expired"), "orange"
    return None


def accept_for_customers(uow: UnitOfWork, ids: Sequence[int], words: str) -> None:
    """An order of each quote, as the button makes it; confirmed at once where the company wants it so.

    What an employee has to decide first (credit, discount, an approval) leaves the order a draft,
    and its history says why: the customer has accepted all the same.
    """
    orders = accept_quotes(uow, ids)
    if not uow.setting("crm.portal_confirms"):
        return
    uow.flush()
    for key in [order.id for order in orders]:
        refusal = _lacking(uow, key) or uow.attempt(partial(confirm_orders, uow, [key]))
        if refusal is not None:
            order = uow.get(Order, key)
            uow.explain([order], str(_("Not confirmed by itself: %(why)s", why=str(refusal))))


def decline_for_customers(uow: UnitOfWork, ids: Sequence[int], words: str) -> None:
    """Customers said no, and why."""
    reject_quotes(uow, ids, words[:200] or None)


def _lacking(uow: UnitOfWork, key: int) -> Exception | None:
    """The approval that an order lacks before it can be confirmed."""
    oversight = uow.house.oversight
    return oversight.lacking(uow, *CONFIRM, [key]).get(key) if oversight else None


QUOTES = PortalNoun(
    name="crm.quotes",
    party="customer_id",
    states={
        "sent": pgettext("quote", "Waits for your answer"),
        "accepted": pgettext("quote", "Accepted"),
        "rejected": pgettext("quote", "Declined"),
        "expired": pgettext("quote", "Expired"),
        "replaced": pgettext("quote", "Replaced"),
    },
    columns=["quoted_on", "valid_until", "total"],
    facts=["quoted_on", "valid_until", ("reference", _("Your reference")), "payment_term"],
    lines=["description", "quantity", "unit", "price", "discount", "amount"],
    sums=["untaxed", "tax_total", "total"],
    papers=["quote"],
    said=said,
    keeper="salesperson_id",
    waits=Waits(
        label=_("Quotes that wait for your answer"),
        states=["sent"],
        only=lambda model, today: model.valid_until.is_(None) | (model.valid_until >= today),
        day="valid_until",
    ),
    actions=[
        PortalAction(
            name="accept",
            label=_("Accept this quote"),
            act=accept_for_customers,
            needs=["crm.order.create", "crm.order.confirm"],
            ready=why_not,
            means=_("You order what stands here, at these prices."),
            kept=_("Accepted in the portal"),
            done=_("Thank you. Your order has arrived."),
            primary=True,
        ),
        PortalAction(
            name="decline",
            label=_("Decline this quote"),
            act=decline_for_customers,
            needs=["crm.quote.send"],
            ready=why_not,
            asks=_("Why not? It helps us to make you a better one."),
            kept=_("Declined in the portal"),
            done=_("Thank you. We have noted that you decline."),
        ),
    ],
    order=10,
)
