"""Labels for products: the code to scan, with or without the price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dougong import _
from dougong.companies.models import Company
from dougong.printing import Code, Desk, Print, Sheet, Words
from dougong.printing.codes import NotABarCode, bars
from dougong.printing.sheets import Part
from dougong_base.products.models import Product


def lay_out_labels(desk: Desk, products: Sequence[Product]) -> Iterator[Sheet]:
    """Name, code and bars."""
    for product in products:
        yield Sheet(title="", parts=_label(product), head=False, foot=False)


def lay_out_prices(desk: Desk, products: Sequence[Product]) -> Iterator[Sheet]:
    """The same with the price, where the reader may see it."""
    company = desk.session.get(Company, desk.actor.company_id)
    currency = company.currency if company else None
    for product in products:
        parts = _label(product)
        if desk.sees("sales_price"):
            price = desk.money(product.sales_price, currency)
            parts.insert(1, Words(price, size=2, strong=True, centre=True))
        yield Sheet(title="", parts=parts, head=False, foot=False)


def _label(product: Product) -> list[Part]:
    return [
        Words(product.name, strong=True, size=1.2, centre=True),
        scanned(product.barcode or product.code),
    ]


def scanned(content: str) -> Part:
    """Bars, or the square code where the words are none that bars can say."""
    try:
        bars(content)
    except NotABarCode:
        return Code(content, square=True, width=22, centre=True)
    return Code(content, width=52, height=14, centre=True)


PRODUCT_PRINTS = [
    Print(
        name="base.label", label=_("Label"), resource="base.products", paper="roll",
        layout=lay_out_labels, label_only=True, order=10,
    ),
    Print(
        name="base.price-label", label=_("Price label"), resource="base.products", paper="roll",
        layout=lay_out_prices, label_only=True, order=20,
    ),
]  # fmt: skip
