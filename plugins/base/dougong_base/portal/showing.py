"""Documents as customers see them: the same words, amounts and days that the house's own pages say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, null, select
from sqlalchemy.orm import Session

from dougong import NotFound
from dougong.i18n import language
from dougong.printing import Desk
from dougong.resources import documents
from dougong_base.portal.declared import Named, PortalAction, PortalNoun, Waits
from dougong_base.portal.visitors import Shown, Visitor

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.printing.sheets import Table
    from dougong.resources.formats import Formats
    from dougong.resources.nouns import Nouns
    from dougong.wiring import Wiring

#: Documents on one page of a list, and of one kind on the first page.
PAGE, FEW = 20, 5


@dataclass(frozen=True)
class Cell:
    """One field in words."""

    label: Any
    text: str
    figure: bool = False


@dataclass(frozen=True)
class Seen:
    """A document in a list: where it is, what it is called, its state and its columns."""

    path: str
    title: str
    state: Any
    colour: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Waiting:
    """Documents of one kind that wait for the customer."""

    label: Any
    path: str
    number: int
    amounts: Sequence[str]
    rows: Sequence[tuple[str, str, str, str, bool]]


@dataclass(frozen=True)
class Whole:
    """One document with everything that its customer may see."""

    seen: Seen
    facts: Sequence[Cell]
    table: Table | None
    sums: Sequence[Cell]
    paper: str
    actions: Sequence[PortalAction]
    version: int


def shown_in(wiring: Wiring, nouns: Nouns) -> dict[str, Shown]:
    """The nouns of the portal by their place in it, in order; those whose resource is there."""
    declared = sorted(wiring.contributed(PortalNoun), key=lambda one: (one.order, one.name))
    found = (Shown(one, noun) for one in declared if (noun := nouns.all.get(one.name)) is not None)
    return {shown.path: shown for shown in found}


class Showing:
    """What one visitor sees, read in one session of his own."""

    def __init__(
        self, session: Session, visitor: Visitor, actor: Actor, fmt: Formats, today: dt.date
    ) -> None:
        self.session, self.visitor, self.actor = session, visitor, actor
        self.fmt, self.today = fmt, today

    # -- lists --------------------------------------------------------------------------------

    def page(self, shown: Shown, number: int) -> tuple[list[Seen], bool]:
        """The documents of one page of the list, the latest first, and whether there are more."""
        found = self.session.scalars(
            self._ids(shown).order_by(*_order(shown)).offset((number - 1) * PAGE).limit(PAGE + 1)
        ).all()
        return self.rows(shown, found[:PAGE]), len(found) > PAGE

    def rows(self, shown: Shown, ids: Sequence[int]) -> list[Seen]:
        """These documents as lines of a list."""
        if not ids:
            return []
        desk, found = self._laid_out(shown, ids)
        return [self._seen(desk, shown, one, shown.declared.columns) for one in found]

    def count(self, shown: Shown) -> int:
        """How many documents there are."""
        return (
            self.session.scalar(select(func.count()).select_from(self._ids(shown).subquery())) or 0
        )

    def waiting(self, shown: Shown) -> Waiting | None:
        """What waits for the customer, or None where nothing does."""
        waits, model = shown.declared.waits, shown.noun.model
        if waits is None:
            return None
        here = self._ids(shown).where(self._waits(shown, waits))
        day = getattr(model, waits.day) if waits.day else model.id
        ids = self.session.scalars(here.order_by(day.is_(None), day, model.id).limit(FEW)).all()
        if not ids:
            return None
        amount, currency = getattr(model, waits.amount), self._currency(shown)
        asked = select(currency, func.sum(amount), func.count(model.id)).where(model.id.in_(here))
        if hasattr(model, shown.declared.currency):  # PostgreSQL groups by no constant
            asked = asked.group_by(currency).order_by(currency)
        sums = self.session.execute(asked).all()
        desk, found = self._laid_out(shown, ids)
        return Waiting(
            waits.label, self._at(shown), sum(row[2] for row in sums),
            [desk.money(total, code) for code, total, _number in sums],
            [self._waiting_row(desk, shown, waits, one) for one in found],
        )  # fmt: skip

    def _waiting_row(
        self, desk: Desk, shown: Shown, waits: Waits, document: Any
    ) -> tuple[str, str, str, str, bool]:
        day = getattr(document, waits.day) if waits.day else None
        return (
            f"{self._at(shown)}/{document.id}", str(document),
            self._say(desk, shown, document, waits.amount),
            self.fmt.date(day) if day else "", bool(day and day < self.today),
        )  # fmt: skip

    # -- one document -------------------------------------------------------------------------

    def whole(self, shown: Shown, document_id: int, papers: Mapping[str, Any]) -> Whole:
        """One document; raises `NotFound` for what is not this customer's, or not for his eyes."""
        if self.session.scalar(self._ids(shown).where(shown.noun.model.id == document_id)) is None:
            raise NotFound(shown.one, document_id)
        desk, (document,) = self._laid_out(shown, [document_id])
        declared = shown.declared
        table = desk.table(document, "lines", *declared.lines) if declared.lines else None
        seen = self._seen(desk, shown, document, ())
        return Whole(
            seen, self._cells(desk, shown, document, declared.facts), table,
            self._cells(desk, shown, document, declared.sums),
            paper_of(shown, document, papers),
            [a for a in declared.actions if a.ready(document, self.today) is None],
            document.version,
        )  # fmt: skip

    # -- inside -------------------------------------------------------------------------------

    def _ids(self, shown: Shown) -> Any:
        model = shown.noun.model
        found = select(model.id).where(shown.declared.visible(model, self.visitor.party_id))
        rule = shown.noun.resource.rule
        return found.where(rule(model)) if rule else found

    def _waits(self, shown: Shown, waits: Waits) -> Any:
        model = shown.noun.model
        here = model.state.in_(list(waits.states))
        return here & waits.only(model, self.today) if waits.only else here

    def _currency(self, shown: Shown) -> Any:
        return getattr(shown.noun.model, shown.declared.currency, null())

    def _at(self, shown: Shown) -> str:
        return f"{self.visitor.root}/{shown.path}"

    def _laid_out(self, shown: Shown, ids: Sequence[int]) -> tuple[Desk, list[Any]]:
        noun = shown.noun
        sight = noun.sight(self.actor.rights)
        found = documents.several(self.session, noun, sight, ids)
        desk = Desk(self.session, noun, sight, self.actor, language(), self.fmt)
        desk.lay_out(found)
        return desk, found

    def _seen(self, desk: Desk, shown: Shown, document: Any, names: Sequence[Named]) -> Seen:
        said = shown.declared.said(document, self.today) if shown.declared.said else None
        word, colour = said or (shown.declared.states[document.state], _colour(shown, document))
        cells = self._cells(desk, shown, document, names, empty=True)
        return Seen(f"{self._at(shown)}/{document.id}", str(document), word, colour, cells)

    def _cells(
        self,
        desk: Desk,
        shown: Shown,
        document: Any,
        names: Sequence[Named],
        *,
        empty: bool = False,
    ) -> list[Cell]:
        found = []
        for named in names:
            name, label = (named, "") if isinstance(named, str) else named
            text = self._say(desk, shown, document, name)
            if (text or empty) and desk.sees(name):
                field = desk.noun.fields[name]
                found.append(Cell(label or field.label, text, bool(field.align)))
        return found

    def _say(self, desk: Desk, shown: Shown, document: Any, name: str) -> str:
        field = desk.noun.fields[name]
        if field.kind == "money" and desk.sees(name):
            value = getattr(document, field.key)
            return desk.money(value, getattr(document, shown.declared.currency, None))
        return desk.say(document, name)


def paper_of(shown: Shown, document: Any, papers: Mapping[str, Any]) -> str:
    """The name of the first of the noun's papers that can be opened of a document; empty for none."""
    for name in shown.declared.papers:
        paper = papers.get(f"{shown.noun.plugin}.{name}")
        if paper is None or (paper.states and document.state not in paper.states):
            continue
        if paper.fits is None or paper.fits(document):
            return name
    return ""


def _order(shown: Shown) -> list[Any]:
    model, found = shown.noun.model, []
    for name in str(shown.noun.resource.sort).split(","):
        column = getattr(model, name.lstrip("-"))
        found.append(column.desc() if name.startswith("-") else column)
    return [*found, model.id.desc()]


def _colour(shown: Shown, document: Any) -> str:
    steps = shown.noun.steps
    return steps.state(document.state).colour if steps else "secondary"
