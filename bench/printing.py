"""Papers as PDF: one invoice of five lines, a hundred labels, a hundred invoices in one file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from bench.meter import Result, repeat
from bench.site import Site
from dougong.printing import Letterhead
from dougong.printing.making import print_documents
from dougong.web.translations import learn_all
from dougong_base import Product
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.service import write_invoices

DAY = dt.date(2026, 3, 10)
TIMES, MANY = 20, 100


def _prepare(site: Site) -> tuple[list[int], list[int]]:
    """Posted invoices of five lines, and products with different codes."""

    def act(uow: object) -> tuple[list[int], list[int]]:
        invoices = [
            Invoice(
                party_id=site.customer, issued_on=DAY,
                lines=[
                    InvoiceLine(product_id=p, description=f"Product {p}, colour {n}", tax_id=site.tax,
                                quantity=Decimal(n + 1), price=Decimal("19.9"))
                    for p in site.products
                ],
            )
            for n in range(MANY + TIMES)
        ]  # fmt: skip
        write_invoices(uow, invoices)
        keys = [invoice.id for invoice in invoices]
        post_invoices(uow, keys)
        goods = [
            Product(code=f"LABEL-{n:04}", name=f"Chair number {n}", unit_id=site.unit)
            for n in range(MANY * 5)
        ]
        letterhead = Letterhead(
            name="Blue Crane", address="Way 1\n20457 Hamburg", account="DE02120300000000202051"
        )
        uow.add(letterhead, *goods)
        return keys, [one.id for one in goods]

    return site.runtime.house.run(site.actor, act)


def run(site: Site) -> list[Result]:
    """Each repetition prints documents that were not printed before: nothing is known beforehand."""
    invoices, goods = _prepare(site)
    house, nouns = site.runtime.house, site.runtime.nouns
    learn_all(site.runtime.wiring.plugins.values())

    def printer(resource: str, name: str, keys: list[int], size: int) -> Callable[[], object]:
        waiting = [keys[at : at + size] for at in range(0, len(keys), size)]
        noun = nouns.get(resource)
        return lambda: print_documents(house, site.actor, noun, waiting.pop(0), name)

    one = printer("finance.invoices", "invoice", invoices[:TIMES], 1)
    labels = printer("base.products", "label", goods, MANY)
    many = printer("finance.invoices", "invoice", invoices[TIMES:], MANY)
    return [
        repeat("print an invoice", site.meter, TIMES - 2, one),
        repeat("print 100 labels as one file", site.meter, 3, labels),
        repeat("print 100 invoices as one file", site.meter, 1, many, warm=0),
    ]
