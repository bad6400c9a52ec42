"""Order to cash: five lines, five units of work, every plugin, every safeguard."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from bench.meter import Result, sample
from bench.site import DAY, Site
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import confirm_orders, create_orders
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries

STEPS = ("order", "confirm", "deliver + invoice", "post", "pay")


def _order(site: Site) -> Order:
    lines = [
        OrderLine(
            product_id=product, quantity=Decimal(2), price=Decimal(10), tax_id=site.tax,
            unit_id=site.unit,
        )
        for product in site.products
    ]  # fmt: skip
    return Order(
        customer_id=site.customer, ordered_on=DAY, invoice_on="delivery", currency="EUR",
        lines=lines,
    )  # fmt: skip


def order_to_cash(site: Site, count: int, results: dict[str, Result]) -> None:
    """Take this many orders to their money; each step is measured as one unit of work."""
    house, actor = site.runtime.house, site.actor

    def measured(step: str, act: object) -> object:
        with sample(site.meter, results[step]):
            return house.run(actor, act)

    def pay(uow: object) -> None:
        register_payments(
            uow,
            [
                Payment(
                    party_id=site.customer, dated_on=DAY, amount=total,
                    lines=[PaymentLine(invoice_id=key, amount=total)],
                )
                for key, total in invoices
            ],
        )  # fmt: skip

    def ordered(uow: object) -> list[int]:
        made = create_orders(uow, [_order(site) for _ in range(count)])
        return [order.id for order in made]

    orders = measured("order", ordered)
    measured("confirm", lambda uow: confirm_orders(uow, orders, on=DAY) and None)
    with house.read(actor) as session:
        deliveries = list(
            session.scalars(
                select(Delivery.id).where(Delivery.state.not_in(("done", "shipped", "cancelled")))
            )
        )
    measured("deliver + invoice", lambda uow: ship_deliveries(uow, deliveries, on=DAY) and None)
    with house.read(actor) as session:
        drafts = list(session.scalars(select(Invoice.id).where(Invoice.state == "draft")))
    measured("post", lambda uow: post_invoices(uow, drafts) and None)
    with house.read(actor) as session:
        found = session.execute(select(Invoice.id, Invoice.total).where(Invoice.id.in_(drafts)))
        invoices = [tuple(row) for row in found]
    if not len(orders) == len(deliveries) == len(invoices) == count:
        raise AssertionError(f"{len(deliveries)} deliveries, {len(invoices)} invoices of {count}")
    measured("pay", pay)
    with house.read(actor) as session:
        open_orders = session.scalars(
            select(Order.id).where(Order.id.in_(orders), Order.state != "done")
        ).all()
        if open_orders:
            raise AssertionError(f"{len(open_orders)} orders are not done")


def run(site: Site, count: int, times: int) -> list[Result]:
    """The steps and their sum, an order, for batches of this size."""
    head = "single" if count == 1 else f"batch of {count}"
    for _ in range(3 if count == 1 else 1):  # warm up
        order_to_cash(site, count, {step: Result(step) for step in STEPS})
    results = {step: Result(f"o2c {head}: {step}", each=count) for step in STEPS}
    for _ in range(times):
        order_to_cash(site, count, results)
    whole = Result(f"o2c {head}: whole order", each=count)
    for parts in zip(*(r.samples for r in results.values()), strict=True):
        whole.samples.append(
            type(parts[0])(
                sum(p.milliseconds for p in parts),
                sum(p.wall for p in parts),
                sum(p.statements for p in parts),
            )
        )
    return [*results.values(), whole]
