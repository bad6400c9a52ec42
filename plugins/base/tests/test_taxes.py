"""Taxes agree to the smallest unit, whatever is sold."""

from dataclasses import dataclass, field
from decimal import Decimal as D  # noqa: N817

from hypothesis import given
from hypothesis import strategies as st

from dougong import Actor, digits_of
from dougong_base import Tax, TaxableLine, TaxMember, compute_taxes


@dataclass
class Rule:
    id: int
    kind: str = "percent"
    rate: D = D(0)
    amount: D = D(0)
    included: bool = False
    compound: bool = False
    members: list = field(default_factory=list)

    @property
    def parts(self):
        return self.members or [self]


def test_tax_is_added_and_rounded_once_for_the_document():
    taxes = {1: Rule(1, rate=D(19))}

    taxed = compute_taxes([TaxableLine(D("0.03"), 1)] * 3, taxes, "EUR")

    # 0.0171, not three times 0.01
    assert (taxed.untaxed, taxed.tax, taxed.total) == (D("0.09"), D("0.02"), D("0.11"))


def test_tax_is_rounded_for_each_line_where_that_is_asked():
    taxed = compute_taxes([TaxableLine(D("0.03"), 1)] * 3, {1: Rule(1, rate=D(19))}, "EUR", "line")

    assert taxed.tax == D("0.03")


def test_included_tax_is_taken_out_of_the_price():
    taxed = compute_taxes(
        [TaxableLine(D("113.00"), 1)], {1: Rule(1, rate=D(13), included=True)}, "CNY"
    )

    assert (taxed.untaxed, taxed.tax, taxed.total) == (D("100.00"), D("13.00"), D("113.00"))


def test_a_compound_tax_is_taxed_by_the_next_one():
    group = Rule(3, "group", members=[Rule(1, rate=D(10), compound=True), Rule(2, rate=D(5))])

    taxed = compute_taxes([TaxableLine(D(100), 3)], {3: group}, "EUR")

    assert {k: (t.base, t.amount) for k, t in taxed.taxes.items()} == {
        1: (D(100), D(10)),
        2: (D(110), D("5.50")),
    }


def test_a_fixed_tax_counts_units():
    taxed = compute_taxes(
        [TaxableLine(D(100), 1, D(4))], {1: Rule(1, "fixed", amount=D("0.25"))}, "EUR"
    )

    assert taxed.tax == D(1)


def test_a_group_of_taxes_knows_its_parts(make_house):
    house = make_house("base")

    def add(uow):
        first, second = Tax(code="A", name="A", rate=D(5)), Tax(code="B", name="B", rate=D(2))
        uow.add(first, second)
        group = Tax(code="G", name="G", kind="group")
        group.members = [TaxMember(tax_id=first.id), TaxMember(tax_id=second.id)]
        uow.add(group)
        return group.id

    key = house.run(Actor.system(), add)

    with house.work(Actor.system()) as uow:
        group = uow.get(Tax, key)
        assert [tax.code for tax in group.parts] == ["A", "B"]
        assert compute_taxes([TaxableLine(D(100), key)], {key: group}, "EUR").tax == D(7)


@st.composite
def documents(draw):
    currency = draw(st.sampled_from(["EUR", "JPY", "BHD"]))
    cents = D(1).scaleb(-digits_of(currency))
    rate = st.integers(0, 3000).map(lambda n: D(n) / 100)
    parts = [
        Rule(
            n,
            draw(st.sampled_from(["percent", "fixed"])),
            draw(rate),
            draw(st.integers(0, 500)) * cents,
            draw(st.booleans()),
            draw(st.booleans()),
        )
        for n in (1, 2, 3)
    ]
    taxes = {p.id: p for p in parts} | {9: Rule(9, "group", members=parts)}
    line = st.builds(
        TaxableLine,
        st.integers(-(10**7), 10**7).map(lambda n: n * cents),
        st.sampled_from([None, 1, 2, 3, 9]),
        st.integers(-50, 50).map(D),
    )
    return currency, taxes, draw(st.lists(line, max_size=8))


@given(documents(), st.sampled_from(["document", "line"]))
def test_lines_taxes_and_totals_agree(document, rounding):
    currency, taxes, lines = document

    taxed = compute_taxes(lines, taxes, currency, rounding)

    assert len(taxed.lines) == len(lines)
    assert taxed.total == taxed.untaxed + taxed.tax == sum((x.total for x in taxed.lines), D(0))
    assert taxed.tax == sum((t.amount for t in taxed.taxes.values()), D(0))
    least = D(1).scaleb(-digits_of(currency))
    for line, given_ in zip(taxed.lines, lines, strict=True):
        assert line.untaxed % least == 0
        assert all(t.amount % least == 0 for t in line.taxes)
        rules = {p.id: p for p in taxes[given_.tax_id].parts} if given_.tax_id else {}
        inside = sum((t.amount for t in line.taxes if rules[t.tax_id].included), D(0))
        assert line.untaxed + inside == given_.amount
