"""The request for quotation: a letter to each supplier who is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from dougong import _
from dougong.printing import Column, Desk, Print, Sheet, Signatures, Table, Words
from dougong_base import Party, Product, addressed, languages_of, receivers
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq, RfqLine


def lay_out_rfqs(desk: Desk, rfqs: Sequence[Rfq]) -> Iterator[Sheet]:
    """One letter for each supplier, in one file."""
    asked = [supplier.supplier_id for rfq in rfqs for supplier in rfq.suppliers]
    suppliers = receivers(desk.session, asked)
    products = _products(desk, [line.product_id for rfq in rfqs for line in rfq.lines])
    for rfq in rfqs:
        table = _table(desk, rfq.lines, products)
        letters = [
            _letter(desk, rfq, suppliers.get(one.supplier_id), table) for one in rfq.suppliers
        ] or [_letter(desk, rfq, None, table)]
        first, *rest = letters
        yield Sheet(**{**vars(first), "after": rest})


def lay_out_quotes(desk: Desk, quotes: Sequence[Quote]) -> Iterator[Sheet]:
    """The letter to one supplier, in his language."""
    suppliers = receivers(desk.session, (quote.supplier_id for quote in quotes))
    found = desk.session.scalars(select(Rfq).where(Rfq.id.in_({q.rfq_id for q in quotes})))
    rfqs = {rfq.id: rfq for rfq in found}
    products = _products(desk, [line.product_id for quote in quotes for line in quote.lines])
    for quote in quotes:
        table = _table(desk, quote.lines, products)
        yield _letter(desk, rfqs[quote.rfq_id], suppliers.get(quote.supplier_id), table)


def _products(desk: Desk, ids: Sequence[int]) -> dict[int, Product]:
    statement = select(Product).where(Product.id.in_(set(ids))).options(joinedload(Product.unit))
    return {product.id: product for product in desk.session.scalars(statement)}


def _table(desk: Desk, lines: Sequence[RfqLine | QuoteLine], products: dict[int, Product]) -> Table:
    """What we need, with room for prices."""
    columns = [
        Column(_("Code")), Column(_("Product"), share=3), Column(_("Quantity"), figure=True),
        Column(_("Unit")), Column(_("Your price")), Column(_("Delivery on")),
    ]  # fmt: skip
    rows = []
    for line in lines:
        product = products[line.product_id]
        rows.append([
            product.code, product.name, desk.quantity(line.quantity), product.unit.name,
            "________", "________",
        ])  # fmt: skip
    return Table(columns, rows)


def _letter(desk: Desk, rfq: Rfq, supplier: Party | None, table: Table) -> Sheet:
    until = desk.fmt.date(rfq.answer_by)
    facts = [(_("Answer until"), until)]
    if rfq.needed_on:
        facts.append((_("Needed on"), desk.fmt.date(rfq.needed_on)))
    return Sheet(
        title=f"{_('Request for quotation')} {rfq.number or ''}".strip(),
        to=addressed(desk, supplier),
        facts=facts,
        parts=[
            *([Words(rfq.name, strong=True)] if rfq.name else []),
            Words(_("Please offer us, by %(day)s:", day=until)),
            table,
            *([Words(rfq.note)] if rfq.note else []),
            Signatures([_("Place and date"), _("Signature of the supplier")]),
        ],
    )


RFQ_PRINTS = [
    Print(
        name="purchasing.rfq", label=_("Letters to the suppliers"), resource="purchasing.rfqs",
        layout=lay_out_rfqs, states=["draft", "sent"], order=10,
    ),
    Print(
        name="purchasing.rfq-letter", label=_("Request for quotation"),
        resource="purchasing.quotes", layout=lay_out_quotes, states=["asked"],
        language=languages_of("supplier_id"), order=10,
    ),
]  # fmt: skip
