"""A card with its figure, in the reader's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from babel.dates import format_interval

from dougong import clock
from dougong.dashboards.figures import figure, measured
from dougong.dashboards.sources import arguments, found, list_way, why_not
from dougong.errors import BadQuery
from dougong.i18n import Text, _
from dougong.reports.drawing import draw as draw_report
from dougong.reports.drawing import opener
from dougong.reports.parameters import as_text
from dougong.reports.running import Answer, run
from dougong.reports.showing import is_figure, shown
from dougong.resources import lists, pivots
from dougong.resources.documents.reading import headed
from dougong.resources.fields import Link
from dougong.resources.purses import Purse
from dougong.web.charts import Chart, Series, of_facts, of_pivot, plain
from dougong.web.resources.grouped import inside

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.actors import Actor
    from dougong.dashboards.boards import CardFacts
    from dougong.resources.formats import Formats

#: Rows of a card, columns of a list in it, bars of a report's chart.
ROWS, COLUMNS, BARS = 8, 4, 24
LAST = "last:"


@dataclass(frozen=True)
class Cell:
    """One value of a row."""

    text: str
    url: str = ""
    figure: bool = False


@dataclass(frozen=True)
class Shown:
    """What stands in a card: a number, a chart, rows, or a sentence."""

    kind: str
    number: str = ""
    hint: str = ""
    #: The stretch before: its sentence and whether it went up (1), down (-1) or neither.
    trend: str = ""
    direction: int = 0
    #: A mark: its colour and its words.
    mark: tuple[str, str] | None = None
    chart: Chart | None = None
    heads: Sequence[Cell] = ()
    rows: Sequence[Sequence[Cell]] = field(default_factory=list)
    sentence: str = ""
    #: The number itself, for programs.
    value: Any = None


@dataclass(frozen=True)
class Reader:
    """Who looks, and with what."""

    runtime: Any
    actor: Actor
    fmt: Formats


def show(reader: Reader, session: Session, card: CardFacts) -> Shown:
    """The card's figure for this reader, whose session it is; raises what its source raises."""
    refusal = why_not(reader.runtime, reader.actor, card.source, card.target)
    if refusal is not None:
        return Shown("sentence", sentence=str(refusal))
    if card.source == "report":
        return _report(reader, card)
    if card.source == "widget":
        return _widget(reader, session, card)
    return _list(reader, session, card)


# -- lists -----------------------------------------------------------------------------------------


def _list(reader: Reader, session: Session, card: CardFacts) -> Shown:
    noun = found(reader.runtime, "list", card.target)
    sight = noun.sight(reader.actor.rights)
    args = arguments(card.query)
    query = lists.parse(args, sight, size=ROWS)
    if card.kind == "number":
        return _number(reader, session, card, query)
    if card.kind == "rows":
        return _rows(reader, session, query)
    board = charted(sight, args, card.measure)
    table = pivots.pivot(session, query, board, reader.fmt)
    name = str(sight.fields[board.sums[0]].label if board.sums[0] else _("Records"))
    shape = args.get("show", "")

    def way(conditions: dict[str, Any]) -> str:
        return list_way(noun, card.query, conditions)

    if table.mixed:
        # Bars of several currencies beside one another would lie; as rows they are told apart.
        return _mixed(reader, table, way)
    return Shown("chart", chart=of_pivot(table, shape, name, reader.fmt, way))


def _mixed(reader: Reader, table: pivots.Table, way: Callable[[dict[str, Any]], str]) -> Shown:
    axis, rows = table.rows_by[0], []
    for row in table.rows:
        side = inside(axis.field, axis.cut, row.keys[0])
        figure_ = table.show(0, table.row_total(row.keys)[0], reader.fmt)
        rows.append([Cell(row.name, way(side) if side else ""), Cell(figure_, figure=True)])
    return Shown("rows", rows=rows)


def charted(sight: Any, args: Any, measure: str) -> pivots.Asked:
    """How a list is drawn: as its graph, or by the first field it can be grouped by."""
    declared = pivots.declared(sight)
    if not pivots.choices(sight, declared)[0]:
        raise BadQuery(_("This list has nothing to group by, so it cannot be drawn."))
    rows = [by for part in args.getlist("rows") for by in part.split(",")]
    rows = rows or [by for part in args.getlist("group") for by in part.split(",")]
    sums = [measure or pivots.RECORDS]
    return pivots.asked(sight, declared, rows[:1], args.get("cols") or "none", sums)


def _number(reader: Reader, session: Session, card: CardFacts, query: lists.Query) -> Shown:
    fmt, field_ = reader.fmt, measured(query.sight, card.measure)

    def say(value: Any) -> str:
        if isinstance(value, Purse):
            return value.show(fmt)
        return field_.show(value, fmt) if field_ is not None else fmt.number(value, 0)

    found_ = figure(session, query, card.measure)
    trend, direction = "", 0
    if found_.earlier is not None:
        trend, direction = _compared(found_.value, found_.before, say, found_.earlier, fmt)
    return Shown(
        "number", say(found_.value), trend=trend, direction=direction,
        mark=_mark(card, found_.value, say), value=found_.value,
    )  # fmt: skip


def _when(first: dt.date, last: dt.date, fmt: Formats) -> str:
    """Days in words as short as a card is narrow: the year only where it is another one."""
    if first.year == last.year == clock.today().year:
        return str(format_interval(first, last, "MMMd", locale=fmt.locale))
    return fmt.days(first, last)


def _compared(
    value: Any, before: Any, say: Callable[[Any], str], days: tuple[Any, Any], fmt: Formats
) -> tuple[str, int]:
    """``12 % more than Oct 1 – 29: 40,112.00``."""
    when = _when(*days, fmt)
    facts = {"when": when, "before": say(before)}
    if isinstance(value, Purse) or isinstance(before, Purse):
        # What is of several currencies is neither more nor less.
        return f"{when}: {say(before)}", 0
    if value == before:
        return str(_("as much as %(when)s: %(before)s", **facts)), 0
    direction = 1 if value > before else -1
    if not before:
        return f"{when}: {say(before)}", direction
    percent = fmt.number(abs(Decimal(value - before) / abs(Decimal(before)) * 100), 0)
    words = (
        _("%(percent)s %% more than %(when)s: %(before)s", percent=percent, **facts)
        if direction > 0
        else _("%(percent)s %% less than %(when)s: %(before)s", percent=percent, **facts)
    )
    return str(words), direction


def _mark(card: CardFacts, value: Any, say: Callable[[Any], str]) -> tuple[str, str] | None:
    if not card.alert or card.threshold is None or not isinstance(value, int | Decimal):
        return None
    threshold = card.threshold
    # A count is told without decimals; a limit between two whole numbers keeps them.
    whole = isinstance(value, int) and threshold == threshold.to_integral_value()
    limit = say(int(threshold) if whole else threshold)
    over = value > threshold if card.alert == "above" else value < threshold
    if not over:
        return "green", str(_("within the limit of %(limit)s", limit=limit))
    words = (
        _("above the limit of %(limit)s", limit=limit)
        if card.alert == "above"
        else _("below the limit of %(limit)s", limit=limit)
    )
    return "red", str(words)


def _rows(reader: Reader, session: Session, query: lists.Query) -> Shown:
    query.columns = query.columns[:COLUMNS]
    found_, _next, _before = lists.rows(session, query)
    fmt, noun = reader.fmt, query.noun
    base, plan, at = f"/{noun.plugin}/{noun.slug}/", [], 1
    for one in query.columns:
        link = isinstance(one, Link)
        plan.append((one, at + 1 if link else at, link))
        at += 2 if link else 1
    heads = [Cell(str(one.label), figure=bool(one.align)) for one, _at, _link in plan]
    rows = []
    for row in found_:
        cells = []
        for n, (one, index, link) in enumerate(plan):
            value = row[index]
            text = str(value or "") if link else one.show(value, fmt) if value is not None else ""
            url = f"{base}{row[0]}" if n == 0 else ""
            cells.append(Cell(text or (headed(None) if n == 0 else ""), url, bool(one.align)))
        rows.append(cells)
    return Shown("rows", heads=heads, rows=rows)


# -- reports ---------------------------------------------------------------------------------------


def report_measures(report: Any) -> list[tuple[str, str]]:
    """What of a report can be a figure: its totals, and what its last line says."""
    figures = [c for c in report.columns if is_figure(c)]
    totals = [(c.name, str(c.label)) for c in figures if c.total]
    last = [
        (LAST + c.name, str(_("%(column)s, last line", column=c.label)))
        for c in figures
        if not c.total
    ]
    return totals + last


def _report(reader: Reader, card: CardFacts) -> Shown:
    report = found(reader.runtime, "report", card.target)
    answer = run(reader.runtime.house, reader.actor, report, dict(parse_qsl(card.query)))
    if card.kind == "number":
        return _report_number(card, answer)
    opens = opener(reader.runtime, reader.actor)
    if card.kind == "chart":
        return _report_chart(card, answer, opens)
    table = draw_report(answer, opens)
    plan = _few(table.heads)
    rows = [
        [Cell(row.cells[n].text, row.cells[n].url, row.cells[n].figure) for n in plan]
        for row in table.rows[:ROWS]
    ]
    heads = [Cell(table.heads[n].text, figure=table.heads[n].figure) for n in plan]
    return Shown("rows", heads=heads, rows=rows)


def _few(heads: Sequence[Any]) -> list[int]:
    """The first column and the last ones: a report begins with names and ends with sums."""
    every = list(range(len(heads)))
    return every if len(every) <= COLUMNS else [0, *every[-(COLUMNS - 1) :]]


def _column(answer: Answer, measure: str) -> Any:
    offered = dict(report_measures(answer.report))
    if measure not in offered:
        raise BadQuery(_("This report has no figure %(name)s.", name=measure[:60]))
    name = measure.removeprefix(LAST)
    return next(c for c in answer.report.columns if c.name == name)


def _report_number(card: CardFacts, answer: Answer) -> Shown:
    column = _column(answer, card.measure)
    if card.measure.startswith(LAST):
        value = answer.lines[-1].values.get(column.name) if answer.lines else None
    else:
        value = answer.totals.get(column.name)
    value = Decimal(0) if value is None else value
    return Shown(
        "number", shown(column, value), hint=_chosen(answer),
        mark=_mark(card, value, lambda one: shown(column, one)), value=value,
    )  # fmt: skip


def _chosen(answer: Answer) -> str:
    """The days that a report was asked for; the rest stands on its page."""
    dates = [p for p in answer.report.parameters if p.kind == "date"]
    said = [as_text(answer.parameters.get(p.name)) for p in dates]
    return " – ".join(text for text in said if text)


def _report_chart(card: CardFacts, answer: Answer, opens: Callable[[str], bool]) -> Shown:
    column = _column(answer, card.measure or next(iter(dict(report_measures(answer.report))), ""))
    names = [c for c in answer.report.columns if not is_figure(c)]
    lines = [line for line in answer.lines if not line.bold and line.values.get(column.name)]
    labels = [
        " ".join(filter(None, (shown(c, ln.values.get(c.name)) for c in names[:2])))
        for ln in lines[:BARS]
    ]
    values = [line.values[column.name] for line in lines[:BARS]]
    ways = [line.drill if line.drill and opens(line.drill) else "" for line in lines[:BARS]]
    series = [Series(str(column.label), values, ways)]
    return Shown("chart", chart=plain(labels, series, "bar", lambda value: shown(column, value)))


# -- widgets ---------------------------------------------------------------------------------------


def _widget(reader: Reader, session: Session, card: CardFacts) -> Shown:
    widget = found(reader.runtime, "widget", card.target)
    answer = widget.ask(session, reader.actor)
    if widget.kind == "list":
        return Shown("rows", rows=[_line(reader, row) for row in answer])
    if widget.kind == "chart":
        return Shown("chart", chart=of_facts(answer, reader.fmt))
    value, hint = answer if isinstance(answer, tuple) else (answer, "")
    return Shown(
        "number", _text(reader, value), hint=str(hint),
        mark=_mark(card, value, lambda one: _text(reader, one)), value=value,
    )  # fmt: skip


def _line(reader: Reader, row: Any) -> list[Cell]:
    if isinstance(row, str | Text):
        return [Cell(str(row))]
    text, value, *rest = row
    url = str(rest[0]) if rest else ""
    return [Cell(_text(reader, text), url), Cell(_text(reader, value), figure=True)]


def _text(reader: Reader, value: Any) -> str:
    """A figure, a date or a word in the reader's language."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, Decimal):
        return reader.fmt.number(value, 2)
    if isinstance(value, int):
        return reader.fmt.number(value, 0)
    return reader.fmt.date(value) if hasattr(value, "isoformat") else str(value)
