"""A dashboard as it is for one reader, whether people made it or a module ships it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dougong.dashboards.models import PRIVATE
from dougong.dashboards.sources import kept_query

if TYPE_CHECKING:
    from dougong.dashboards.models import Card
    from dougong.plugin import Dashboard as Declared
    from dougong.plugin import DashboardCard, Widget


@dataclass(frozen=True)
class CardFacts:
    """A card, from a row or from a module's declaration."""

    #: The id of its row, or its name in the declaration.
    key: str
    title: str
    source: str
    target: str
    query: str
    kind: str
    measure: str
    width: int
    alert: str
    threshold: Decimal | None
    shipped: str


@dataclass(frozen=True)
class Board:
    """A dashboard with its cards in their order."""

    #: Its id, or the name of a module's own: ``crm.sales``.
    key: str
    title: str
    cards: Sequence[CardFacts]
    #: 0 of a module's own that nobody has changed.
    version: int = 0
    sharing: str = PRIVATE
    roles: tuple[str, ...] = ()
    owner: str = ""
    mine: bool = False
    shipped: str = ""
    #: Whether the reader may arrange it.
    may_change: bool = False
    icon: str = "layout-dashboard"

    @property
    def id(self) -> int:
        """The id of its row; 0 where it has none."""
        return int(self.key) if self.key.isdecimal() else 0

    @property
    def changed(self) -> bool:
        """Whether somebody has changed what a module ships."""
        return bool(self.shipped and self.version)

    def card(self, key: str) -> CardFacts | None:
        """The card of that key."""
        return next((card for card in self.cards if card.key == key), None)


def from_row(card: Card) -> CardFacts:
    """A card that people made or changed."""
    return CardFacts(
        str(card.id), card.title, card.source, card.target, card.query, card.kind, card.measure,
        card.width, card.alert, card.threshold, card.shipped,
    )  # fmt: skip


def from_declared(board: Declared, card: DashboardCard) -> CardFacts:
    """A card as its module ships it."""
    target, _mark, query = card.to.partition("?")
    limit = Decimal(card.limit) if card.alert else None
    return CardFacts(
        card.name, "", card.of, target, kept_query(query), card.kind, card.measure, card.width,
        card.alert, limit, f"{board.name}/{card.name}",
    )  # fmt: skip


def from_widget(widget: Widget) -> CardFacts:
    """A widget as a card of its own."""
    kind = "rows" if widget.kind == "list" else widget.kind
    width = {"number": 3, "chart": 6, "rows": 4}[kind]
    return CardFacts(
        widget.name, "", "widget", widget.name, "", kind, "", width, "", None, ""
    )  # fmt: skip


def as_values(card: CardFacts) -> dict[str, Any]:
    """What a new row of the same card holds."""
    return {
        "title": card.title, "source": card.source, "target": card.target, "query": card.query,
        "kind": card.kind, "measure": card.measure, "width": card.width, "alert": card.alert,
        "threshold": card.threshold, "shipped": card.shipped,
    }  # fmt: skip
