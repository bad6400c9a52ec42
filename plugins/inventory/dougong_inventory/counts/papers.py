"""The sheet on which somebody writes what lies at a place, without knowing what should."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dougong import _
from dougong.printing import Code, Column, Desk, Print, Sheet, Signatures, Table
from dougong_inventory.counts.models import Count
from dougong_inventory.deliveries.papers import products_of

#: Lines for what lies there though the books know nothing of it.
SPARE = 5


def lay_out_counts(desk: Desk, counts: Sequence[Count]) -> Iterator[Sheet]:
    """A line for each product and lot, and room for the quantity; the books' figure is not told."""
    products = products_of(desk, (line.product_id for count in counts for line in count.lines))
    columns = [
        Column(_("Code")), Column(_("Product"), share=3), Column(_("Lot")), Column(_("Unit")),
        Column(_("Counted")),
    ]  # fmt: skip
    for count in counts:
        rows = []
        for line, lot in zip(count.lines, desk.cells(count, "lines", "lot"), strict=True):
            product = products[line.product_id]
            done = desk.quantity(line.counted) if count.state == "done" else "__________"
            rows.append([product.code, product.name, lot, product.unit.name, done])
        if count.state == "draft":
            rows += [["__________"] * len(columns)] * SPARE
        yield Sheet(
            title=f"{_('Count sheet')} {count.number or ''}".strip(),
            facts=desk.facts(count, "location", "reason", "counted_on"),
            dated=count.counted_on,
            parts=[
                *([Code(count.number)] if count.number else []),
                Table(columns, rows),
                Signatures([_("Counted by"), _("Date"), _("Checked by")]),
            ],
        )


COUNT_PRINTS = [
    Print(
        name="inventory.count-sheet", label=_("Count sheet"), resource="inventory.counts",
        layout=lay_out_counts, states=["draft", "done"], marked=False, order=10,
    )
]  # fmt: skip
