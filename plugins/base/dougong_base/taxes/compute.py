"""The one place that computes taxes: arithmetic, no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol

from dougong import ZERO, rounded

Rounding = Literal["document", "line"]


class Rule(Protocol):
    """What the arithmetic needs to know of a tax; `Tax` is one."""

    id: int
    kind: str
    rate: Decimal
    amount: Decimal
    included: bool
    compound: bool

    @property
    def parts(self) -> Sequence[Rule]:
        """The taxes it stands for."""
        ...


@dataclass(frozen=True, slots=True)
class TaxableLine:
    """An amount, already discounted and rounded, the quantity behind it, and its tax."""

    amount: Decimal
    tax_id: int | None = None
    quantity: Decimal = Decimal(1)


@dataclass(slots=True)
class LineTax:
    """One tax of one line: what it is computed on, and what it comes to."""

    tax_id: int
    base: Decimal
    amount: Decimal


@dataclass(slots=True)
class TaxedLine:
    """A line without tax, its taxes, and both together."""

    untaxed: Decimal
    taxes: list[LineTax] = field(default_factory=list)

    @property
    def tax(self) -> Decimal:
        """All its taxes together."""
        return sum((tax.amount for tax in self.taxes), ZERO)

    @property
    def total(self) -> Decimal:
        """What the line comes to."""
        return self.untaxed + self.tax


@dataclass(slots=True)
class Taxed:
    """The lines and totals of a document, and what each tax comes to."""

    lines: list[TaxedLine]
    taxes: dict[int, LineTax]

    @property
    def untaxed(self) -> Decimal:
        """All lines without tax."""
        return sum((line.untaxed for line in self.lines), ZERO)

    @property
    def tax(self) -> Decimal:
        """All taxes."""
        return sum((line.tax for line in self.lines), ZERO)

    @property
    def total(self) -> Decimal:
        """What the document comes to."""
        return self.untaxed + self.tax


def compute_taxes(
    lines: Iterable[TaxableLine],
    taxes: Mapping[int, Rule],
    currency: str,
    rounding: Rounding = "document",
    *,
    extract: bool = True,
) -> Taxed:
    """The taxes of a document's lines; lines, taxes and totals agree to the smallest unit.

    Included tax is taken out of the amount. ``document``: each tax is rounded once, on the sum of
    its exact shares, and the difference to the rounded shares goes to its heaviest line.
    ``line``: each line is rounded by itself, and the document is their sum. Without ``extract``
    the amounts are known to be without tax already, and included taxes are added like the others.
    """
    exact = [_exact(line, taxes, extract) for line in lines]
    done = [_rounded_line(line, untaxed, shares, currency) for line, untaxed, shares in exact]
    if rounding == "document":
        _settle_document(exact, done, currency)
    return Taxed(done, _by_tax(done))


_Share = tuple[int, Decimal, Decimal, bool]
_Exact = tuple[TaxableLine, Decimal, list[_Share]]


def _exact(line: TaxableLine, taxes: Mapping[int, Rule], extract: bool) -> _Exact:
    """The untaxed amount and the unrounded taxes of one line."""
    rule = taxes.get(line.tax_id) if line.tax_id is not None else None
    parts = list(rule.parts) if rule is not None else []
    # The amount with its included taxes is linear in the untaxed amount: total = a × untaxed + b.
    factor, fixed, part = Decimal(1), ZERO, _shares(parts, line.quantity, extract)
    ones, zeros = part(Decimal(1)), part(ZERO)
    for (_id, _base, at_one, included), (_, _, at_zero, _) in zip(ones, zeros, strict=True):
        if included:
            factor += at_one - at_zero
            fixed += at_zero
    untaxed = line.amount if factor == 1 and not fixed else (line.amount - fixed) / factor
    return line, untaxed, part(untaxed)


def _shares(
    parts: Sequence[Rule], quantity: Decimal, extract: bool
) -> Callable[[Decimal], list[_Share]]:
    def at(untaxed: Decimal) -> list[_Share]:
        base, shares = untaxed, []
        for tax in parts:
            amount = tax.amount * quantity if tax.kind == "fixed" else base * tax.rate / 100
            shares.append((tax.id, base, amount, extract and tax.included))
            if tax.compound:
                base += amount
        return shares

    return at


def _rounded_line(
    line: TaxableLine, untaxed: Decimal, shares: list[_Share], currency: str
) -> TaxedLine:
    """Rounded by itself; with included tax the line's amount stays what was agreed."""
    done = TaxedLine(
        rounded(untaxed, currency),
        [LineTax(i, rounded(b, currency), rounded(a, currency)) for i, b, a, _included in shares],
    )
    if any(included for *_rest, included in shares):
        inside = sum((t.amount for t, s in zip(done.taxes, shares, strict=True) if s[3]), ZERO)
        done.untaxed = rounded(line.amount, currency) - inside
    return done


def _settle_document(exact: Sequence[_Exact], done: Sequence[TaxedLine], currency: str) -> None:
    """Round each tax on its sum, and put the difference on its heaviest line."""
    wanted: dict[int, Decimal] = {}
    held: dict[int, list[tuple[LineTax, TaxedLine, bool]]] = {}
    for (_line, _untaxed, shares), taxed in zip(exact, done, strict=True):
        for (tax_id, _base, amount, included), share in zip(shares, taxed.taxes, strict=True):
            wanted[tax_id] = wanted.get(tax_id, ZERO) + amount
            held.setdefault(tax_id, []).append((share, taxed, included))
    for tax_id, places in held.items():
        gap = rounded(wanted[tax_id], currency) - sum((s.amount for s, _t, _i in places), ZERO)
        if gap:
            share, taxed, included = max(places, key=lambda place: abs(place[0].amount))
            share.amount += gap
            if included:
                taxed.untaxed -= gap


def _by_tax(lines: Iterable[TaxedLine]) -> dict[int, LineTax]:
    sums: dict[int, LineTax] = {}
    for line in lines:
        for tax in line.taxes:
            known = sums.setdefault(tax.tax_id, LineTax(tax.tax_id, ZERO, ZERO))
            known.base += tax.base
            known.amount += tax.amount
    return sums
