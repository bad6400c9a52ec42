"""A report's answer, made ready for the page: words instead of values, links instead of keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import select

from dougong.actors import Actor
from dougong.reports.declared import Column, Line, Parameter, Report
from dougong.reports.parameters import as_text, defaults
from dougong.reports.running import Answer
from dougong.reports.showing import is_figure, shown

#: A list of choices longer than this needs a better control than a select.
MOST_OPTIONS = 1000


@dataclass(frozen=True)
class Cell:
    """One value as it is drawn."""

    text: str
    figure: bool = False
    negative: bool = False
    url: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    cells: Sequence[Cell]
    level: int = 0
    bold: bool = False


@dataclass(frozen=True)
class Table:
    """Heads, rows and the sums below."""

    heads: Sequence[Cell]
    rows: Sequence[Row]
    foot: Row | None


@dataclass(frozen=True)
class Input:
    """A parameter as a form field."""

    parameter: Parameter
    value: str
    error: str = ""
    options: Sequence[tuple[str, str]] = ()


def draw(answer: Answer, opens: Callable[[str], bool] = lambda path: True) -> Table:
    """The table a page shows; figures lead to what they are made of, where that opens for the reader."""
    columns = answer.report.columns
    heads = [Cell(str(column.label), is_figure(column)) for column in columns]
    rows = [_row(columns, line, opens) for line in answer.lines]
    foot = _row(columns, Line(answer.totals, bold=True), opens) if answer.totals else None
    return Table(heads, rows, foot)


def opener(runtime: Any, actor: Actor) -> Callable[[str], bool]:
    """Whether this reader may open what an address leads to: a noun's pages or another report."""

    @cache
    def opens(plugin: str, slug: str, rest: str) -> bool:
        if slug == "reports":
            report = runtime.wiring.reports.get(f"{plugin}.{rest}")
            return report is not None and bool(actor.may(report.needs))
        noun = runtime.nouns.get(f"{plugin}.{slug}") if runtime.nouns is not None else None
        return noun is None or bool(noun.sight(actor.rights).read)

    def asked(path: str) -> bool:
        plugin, slug, rest, *_more = [*path.partition("?")[0].strip("/").split("/"), "", "", ""]
        return opens(plugin, slug, rest if slug == "reports" else "")

    return asked


def inputs(
    runtime: Any,
    actor: Actor,
    report: Report,
    given: Mapping[str, str],
    chosen: Mapping[str, Any] | None,
    errors: Mapping[str, Any],
) -> list[Input]:
    """The form above the table: as chosen, or as typed where something is wrong."""
    values = chosen if chosen is not None else defaults(report, actor)
    typed = {name: as_text(value) for name, value in values.items()}
    if chosen is None:
        typed |= given
    return [
        Input(
            parameter,
            typed.get(parameter.name, ""),
            str(errors.get(parameter.name, "")),
            _options(runtime, actor, parameter),
        )
        for parameter in report.parameters
    ]


def _options(runtime: Any, actor: Actor, parameter: Parameter) -> list[tuple[str, str]]:
    """What can be chosen, as (value, words)."""
    if parameter.kind == "choice":
        return [(name, str(label)) for name, label in parameter.choices.items()]
    noun = runtime.nouns.get(parameter.to) if runtime.nouns is not None else None
    if parameter.kind != "link" or noun is None or not noun.sight(actor.rights).read:
        return []
    title, identity = getattr(noun.model, noun.title), getattr(noun.model, noun.identity)
    question = select(noun.model.id, identity, title).order_by(title).limit(MOST_OPTIONS)
    with runtime.house.read(actor) as session:
        rows = session.execute(question).all()
    return [
        (str(id), f"{title}" if title == code or noun.identity == "id" else f"{code} {title}")
        for id, code, title in rows
    ]


def _row(columns: Sequence[Column], line: Line, opens: Callable[[str], bool]) -> Row:
    figures = any(is_figure(column) for column in columns)
    drill = line.drill if line.drill and opens(line.drill) else ""
    cells = []
    for at, column in enumerate(columns):
        value = line.values.get(column.name)
        leads = drill and (is_figure(column) if figures else at == 0)
        cells.append(
            Cell(
                shown(column, value),
                is_figure(column),
                isinstance(value, Decimal | int) and value < 0,
                drill if leads and value is not None else "",
            )
        )
    return Row(cells, min(line.level, 4), line.bold)
