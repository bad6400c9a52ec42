"""Kilometres and minutes that somebody has measured: read from pasted lines, no map asked."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from dougong import Refused, _

#: From, to: metres and seconds.
Roads = Mapping[tuple[str, str], tuple[int, int]]
MOST_KM = Decimal(100_000)


def read_roads(text: str, kmh: int) -> Roads:
    """The roads of a pasted table, as ``from, to, km, minutes`` or as a square of kilometres.

    A comma, semicolon or tab parts the columns. Minutes that are missing follow from the speed.
    A road that is given in one direction only counts for both. A square begins with an empty
    cell and the names of the places; a second square after an empty line holds minutes.
    """
    rows = _rows(text)
    if not rows:
        return {}
    roads = _square(rows, kmh) if not rows[0][1][0] else _listed(rows, kmh)
    return {(b, a): road for (a, b), road in roads.items()} | roads


def between(roads: Roads, names: Sequence[str]) -> tuple[list[list[int]], list[list[int]]]:
    """Metres and seconds between these places; refused where a road is missing."""
    metres = [[0] * len(names) for _name in names]
    seconds = [[0] * len(names) for _name in names]
    for i, a in enumerate(names):
        for j, b in enumerate(names):
            if a == b:
                continue
            if (a, b) not in roads:
                raise Refused(
                    _(
                        "The distances do not say how far it is from %(one)s to %(other)s: add a"
                        " line, or empty the table to use the coordinates.",
                        one=a,
                        other=b,
                    )
                )
            metres[i][j], seconds[i][j] = roads[a, b]
    return metres, seconds


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Lines that say something, with their numbers."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = next((m for m in "\t;," if m in first), ",")
    table = csv.reader(text.splitlines(), delimiter=mark)
    rows = [(n, [cell.strip() for cell in row]) for n, row in enumerate(table, 1)]
    return [(n, row) for n, row in rows if any(row)]


def _listed(
    rows: Sequence[tuple[int, list[str]]], kmh: int
) -> dict[tuple[str, str], tuple[int, int]]:
    roads: dict[tuple[str, str], tuple[int, int]] = {}
    for number, row in rows:
        headed = number == rows[0][0] and len(rows) > 1 and len(row) > 2
        if headed and not any(c.isdigit() for c in row[2]):
            continue  # the names of the columns
        if len(row) < 3 or not row[0] or not row[1]:
            raise Refused(
                _("Line %(line)s of the distances is not “from, to, km, minutes”.", line=number)
            )
        minutes = row[3] if len(row) > 3 else ""
        roads[row[0], row[1]] = _road(number, row[2], minutes, kmh)
    return roads


def _square(
    rows: Sequence[tuple[int, list[str]]], kmh: int
) -> dict[tuple[str, str], tuple[int, int]]:
    starts = [n for n, (_line, row) in enumerate(rows) if not row[0]]
    km = _cells(rows[starts[0] : starts[1] if len(starts) > 1 else None])
    minutes = _cells(rows[starts[1] :]) if len(starts) > 1 else {}
    return {
        pair: _road(line, cell, minutes.get(pair, (line, ""))[1], kmh)
        for pair, (line, cell) in km.items()
        if pair[0] != pair[1]
    }


def _cells(rows: Sequence[tuple[int, list[str]]]) -> dict[tuple[str, str], tuple[int, str]]:
    names = rows[0][1][1:]
    found = {}
    for line, row in rows[1:]:
        for name, cell in zip(names, row[1:], strict=False):
            if cell:
                found[row[0], name] = line, cell
    return found


def _road(line: int, km: str, minutes: str, kmh: int) -> tuple[int, int]:
    length = _number(line, km)
    if length > MOST_KM:
        raise Refused(_("Line %(line)s of the distances: no road is that long.", line=line))
    lasts = _number(line, minutes) * 60 if minutes else length * 3600 / kmh
    return round(length * 1000), round(lasts)


def _number(line: int, text: str) -> Decimal:
    try:
        number = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or number < 0:
        raise Refused(
            _("Line %(line)s of the distances: “%(text)s” is not a distance.", line=line, text=text)
        )
    return number
