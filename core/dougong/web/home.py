"""The home page: the cards that plugins offer, a tile for each department; and the palette that finds all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import structlog
from flask import Blueprint, current_app, g, render_template, request

from dougong.i18n import Text
from dougong.resources.formats import Formats
from dougong.web.formatting import fmt
from dougong.web.rights import signed_in
from dougong.web.shell import menu_for

log = structlog.get_logger()

pages = Blueprint("home", __name__)

#: So many found records of one kind, and in all.
FEW, MOST = 4, 12


@dataclass(frozen=True)
class Card:
    """One widget with its answer, ready to be drawn."""

    name: str
    label: Text | str
    kind: str
    url: str
    number: str = ""
    hint: str = ""
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    chart: str = ""
    table: list[tuple[str, list[str]]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


@pages.get("/")
@signed_in
def index() -> str:
    """What matters today, and the way to everything else."""
    return render_template("core/home.html", cards=_cards())


@pages.get("/shortcuts")
@signed_in
def shortcuts() -> str:
    """What the keyboard does, for the sheet that a question mark opens."""
    return render_template("core/_shortcuts.html")


@pages.get("/palette")
@signed_in
def palette() -> str:
    """Pages and records that answer to what is being typed."""
    text = request.args.get("q", "").strip()[:80].replace("\x00", "")
    return render_template(
        "core/_palette.html", text=text, places=_places(text), records=_records(text)
    )


def _cards() -> list[Card]:
    """Ask every widget this person may see; one that fails is left out and logged."""
    runtime = current_app.extensions["dougong"]
    mine = [w for w in runtime.wiring.widgets if not w.needs or g.actor.may(w.needs)]
    cards: list[Card] = []
    if not mine:
        return cards
    with runtime.house.read(g.actor) as session:
        for widget in sorted(mine, key=lambda w: w.order):
            try:
                cards.append(card(widget, widget.ask(session, g.actor), fmt()))
            except Exception:
                log.exception("a widget was left out", widget=widget.name)
    return cards


def card(widget: Any, found: Any, shown: Formats) -> Card:
    """What a widget has answered, ready to be drawn; raises where it answers in another form."""
    url = where(widget.to)
    if widget.kind == "list":
        rows = [_row(row, shown) for row in found]
        return Card(widget.name, widget.label, "list", url, rows=rows)
    if widget.kind == "chart":
        labels, series = [_named(label, shown) for label in found["labels"]], found["series"]
        plain = {
            "labels": labels,
            "type": found.get("type", "bar"),
            "series": [
                {"name": str(s["name"]), "data": [float(v) for v in s["data"]]} for s in series
            ],
        }
        table = [
            (label, [_text(s["data"][at], shown) for s in series])
            for at, label in enumerate(labels)
        ]
        return Card(
            widget.name, widget.label, "chart", url, chart=json.dumps(plain, ensure_ascii=False),
            table=table, heads=[str(s["name"]) for s in series],
        )  # fmt: skip
    value, hint = found if isinstance(found, tuple) else (found, "")
    return Card(
        widget.name, widget.label, "number", url, number=_text(value, shown), hint=str(hint)
    )


def _named(label: Any, shown: Formats) -> str:
    """A label of a chart; a month is told as a number, 202611, and read in the reader's way."""
    return str(shown.month(label)) if isinstance(label, int) else str(label)


def _row(row: Any, shown: Formats) -> tuple[str, str, str]:
    if isinstance(row, str | Text):
        return str(row), "", ""
    text, value, *rest = row
    return _text(text, shown), _text(value, shown), str(rest[0]) if rest else ""


def _text(value: Any, shown: Formats) -> str:
    """A figure, a date or a word in the reader's language."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, Decimal):
        return shown.number(value, 2)
    if isinstance(value, int):
        return shown.number(value, 0)
    return shown.date(value) if hasattr(value, "isoformat") else str(value)


def where(to: str) -> str:
    """The address of a resource (``crm.orders?state=draft``), of a page, or none."""
    if not to or to.startswith("/"):
        return to
    name, _mark, query = to.partition("?")
    plugin, _dot, slug = name.partition(".")
    return f"/{plugin}/{slug}" + (f"?{query}" if query else "")


def _places(text: str) -> list[tuple[str, str, str, str]]:
    """Menu entries: label, group, icon, address."""
    wanted = text.casefold()
    found = [
        (str(entry.label), str(group.label), entry.icon, entry.url)
        for group in menu_for(g.actor)
        for entry in group.entries
        if wanted in str(entry.label).casefold() or wanted in str(group.label).casefold()
    ]
    return found[:MOST]


def _records(text: str) -> list[tuple[str, str, str, str]]:
    """Records that are called so: title, kind, icon, address."""
    runtime = current_app.extensions["dougong"]
    if len(text) < 2:
        return []
    from dougong.web.resources.links import named_like

    found: list[tuple[str, str, str, str]] = []
    with runtime.house.read(g.actor) as session:
        for noun in runtime.nouns.all.values():
            sight = noun.sight(g.actor.rights)
            if not sight.read or len(found) >= MOST:
                continue
            for key, title, _code in named_like(session, sight, text, FEW):
                found.append(
                    (str(title), str(noun.one), noun.icon, f"/{noun.plugin}/{noun.slug}/{key}")
                )
    return found[:MOST]
