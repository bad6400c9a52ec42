"""Balance sheet, and profit and loss: with levels, beside an earlier period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from dougong import ZERO, _
from dougong.reports import Column, Line, Parameter, Report
from dougong_finance.accounts.models import GROWS_BY_DEBIT, ON_BALANCE_SHEET
from dougong_finance.balances.queries import NOTHING, Sides, earned, net, turnover, year_around
from dougong_finance.reports.common import AT, FROM, TO, Place, chart, ledger
from dougong_finance.reports.tree import Pair, branch, sum_line

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import Actor

COMPARE = Parameter(
    "compare",
    _("Beside it"),
    "choice",
    default="year",
    choices={"year": _("A year before"), "period": _("The period before"), "none": _("Nothing")},
)
SIDES = {"asset": _("Assets"), "liability": _("Liabilities"), "equity": _("Equity")}
COLUMNS = (
    Column("account", _("Account")),
    Column("amount", _("Amount"), "amount"),
    Column("previous", _("Before"), "amount"),
)


def balance_sheet_lines(
    session: Session, actor: Actor, at: dt.date, compare: str = "year"
) -> Iterable[Line]:
    """What the company has, and whom it belongs to; both sides come to the same."""
    company = actor.company_id
    then = {"year": _year_before(at), "period": at.replace(day=1) - dt.timedelta(days=1)}.get(
        compare
    )
    places = chart(session, company)
    own = _figures(
        places,
        turnover(session, company, None, at),
        turnover(session, company, None, then) if then else {},
    )
    year = year_around(session, company, at)
    totals = {}
    for kind, label in SIDES.items():
        mine = [place for place in places if place.kind == kind]
        figures = {place.id: own[place.id] for place in mine if place.id in own}
        pairs = list(figures.values())
        yield sum_line(label, pairs if kind != "equity" else [*pairs, _result(places, own)])
        yield from branch(mine, figures, lambda place: ledger(place.id, year, at), base=1)
        totals[kind] = pairs
    result = _result(places, own)
    yield Line(
        {
            "account": str(_("Result not yet distributed")),
            "amount": result[0],
            "previous": result[1],
        },
        drill="",
        level=1,
    )
    yield sum_line(_("Liabilities and equity"), [*totals["liability"], *totals["equity"], result])


def profit_and_loss_lines(
    session: Session, actor: Actor, start: dt.date, end: dt.date, compare: str = "year"
) -> Iterable[Line]:
    """What was earned, what it cost, and what is left."""
    company = actor.company_id
    before: tuple[dt.date, dt.date] | None = None
    if compare == "year":
        before = (_year_before(start), _year_before(end))
    elif compare == "period":
        before = (start - (end - start) - dt.timedelta(days=1), start - dt.timedelta(days=1))
    places = chart(session, company)
    own = _figures(
        places,
        earned(session, company, start, end),
        earned(session, company, *before) if before else {},
    )

    def part(label: object, mine: list[Place]) -> tuple[list[Line], list[Pair]]:
        figures = {place.id: own[place.id] for place in mine if place.id in own}
        pairs = list(figures.values())
        lines = list(branch(mine, figures, lambda place: ledger(place.id, start, end), base=1))
        return [sum_line(label, pairs), *lines] if lines else [], pairs

    income = [p for p in places if p.kind == "income" and p.nature != "other"]
    cost = [p for p in places if p.kind == "expense" and p.nature == "cost"]
    spent = [p for p in places if p.kind == "expense" and p.nature not in {"cost", "other"}]
    other_in = [p for p in places if p.kind == "income" and p.nature == "other"]
    other_out = [p for p in places if p.kind == "expense" and p.nature == "other"]
    left: list[Pair] = []
    for label, mine, sign, after in (
        (_("Income"), income, 1, ""),
        (_("Cost of sales"), cost, -1, _("Gross profit")),
        (_("Expenses"), spent, -1, _("Operating profit")),
        (_("Other income"), other_in, 1, ""),
        (_("Other expenses"), other_out, -1, _("Net profit")),
    ):
        lines, pairs = part(label, mine)
        yield from lines
        left += [(sign * now, sign * then) for now, then in pairs]
        if after:
            yield sum_line(after, left)


def _figures(
    places: list[Place], mine: dict[int, Sides], theirs: dict[int, Sides]
) -> dict[int, Pair]:
    """Each account's figure as its kind grows, now and before."""
    found = {}
    for place in places:
        sign = 1 if place.kind in GROWS_BY_DEBIT else -1
        pair = (
            sign * net(mine.get(place.id, NOTHING)),
            sign * net(theirs.get(place.id, NOTHING)),
        )
        if any(pair):
            found[place.id] = pair
    return found


def _result(places: list[Place], own: dict[int, Pair]) -> Pair:
    """Income less expenses that no closing entry has moved to equity yet."""
    now = then = ZERO
    for place in places:
        if place.kind not in ON_BALANCE_SHEET and place.id in own:
            sign: Decimal = Decimal(1 if place.kind == "income" else -1)
            now, then = now + sign * own[place.id][0], then + sign * own[place.id][1]
    return now, then


def _year_before(day: dt.date) -> dt.date:
    leap = day.month == 2 and day.day == 29
    if leap:
        return dt.date(day.year - 1, 2, 28)
    # The end of a February stays the end of a February.
    if day.month == 2 and day.day == 28 and (day.year - 1) % 4 == 0:
        return dt.date(day.year - 1, 2, 29)
    return day.replace(year=day.year - 1)


balance_sheet = Report(
    name="finance.balance-sheet",
    label=_("Balance sheet"),
    needs="finance.report.read",
    columns=COLUMNS,
    ask=balance_sheet_lines,
    parameters=(AT, COMPARE),
    icon="building-bank",
    order=30,
)
profit_and_loss = Report(
    name="finance.profit-and-loss",
    label=_("Profit and loss"),
    needs="finance.report.read",
    columns=COLUMNS,
    ask=profit_and_loss_lines,
    parameters=(FROM, TO, COMPARE),
    icon="chart-line",
    order=40,
)
