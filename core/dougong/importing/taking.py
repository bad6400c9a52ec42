"""Taking documents along a step of their workflow, at their own dates, batch by batch."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.i18n import _
from dougong.importing.entering import Watch, known_ids
from dougong.importing.outcome import StepOutcome, Trouble
from dougong.importing.source import Source
from dougong.importing.values import WrongPlan, value
from dougong.links.models import DocumentLink
from dougong.resources import filters, steps
from dougong.resources.joins import Joins

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.actors import Actor
    from dougong.importing.plan import RowsSpec, TakeStep
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import House

Dates = dict[int, dt.date | None]


class Taking:
    """One step of a plan that moves documents along."""

    def __init__(self, plan: str, step: TakeStep, source: Source, noun: Noun, actor: Actor) -> None:
        self.plan, self.step, self.source, self.noun, self.actor = plan, step, source, noun, actor
        self.sight = noun.sight(actor.rights)
        if noun.steps is None or noun.steps.step(step.take) is None:
            raise WrongPlan(
                _(
                    "%(at)s: %(noun)s have no step “%(step)s”.",
                    at=step.name,
                    noun=noun.label,
                    step=step.take,
                )
            )
        self.outcome = StepOutcome(step.name)

    def run(self, house: House, watch: Watch) -> StepOutcome:
        """Take them all; what is refused is listed with its reason, the rest goes on."""
        with house.read(self.actor) as session:
            dates = self._chosen(session)
        self.outcome.rows = len(dates)
        for on, keys in _batches(dates, self.step.batch):
            asked: dict[str, Any] = {"on": on} if on else {}
            answers = house.run(
                self.actor,
                partial(
                    steps.run,
                    noun=self.noun,
                    sight=self.sight,
                    name=self.step.take,
                    keys=keys,
                    **asked,
                ),
            )
            for key, sentence in answers.items():
                if sentence:
                    self.outcome.refused.append(Trouble(self.noun.name, key, "", sentence))
                else:
                    self.outcome.made += 1
            watch(self.outcome.name, self.outcome.made, len(dates))
        return self.outcome

    def _chosen(self, session: Session) -> Dates:
        joins = Joins(self.noun.model)
        conditions = [
            filters.to_sql(node, joins) for node in filter_nodes(self.step.filter, self.sight)
        ]
        picked = [self.noun.model.id]
        if self.step.on and self.step.rows is None:
            picked.append(joins.column(self._field(self.step.on)))
        statement = joins.onto(select(*picked).where(*conditions).order_by(self.noun.model.id))
        found = {row[0]: row[1] if len(row) > 1 else None for row in session.execute(statement)}
        if self.step.rows is None:
            return found
        return self._by_rows(session, self.step.rows, list(found))

    def _by_rows(self, session: Session, spec: RowsSpec, keys: Sequence[int]) -> Dates:
        """Those documents whose ancestor was imported from a chosen row, with that row's date."""
        at = f"{self.step.name}.rows"
        table = self.source.table(spec.file, at)
        where = self.source.condition(spec.where, table.columns, f"{at}.where")
        read_id = value(spec.id, self.source, table.columns, f"{at}.id")
        on = {"column": self.step.on, "as": "date"}
        read_on = value(on, self.source, table.columns, at) if self.step.on else None
        rows = {str(read_id(row)): row for row in table.rows if where(row)}
        origins = self._origins(session, spec.through, keys)
        return {
            key: read_on(rows[origins[key]]) if read_on else None
            for key in keys
            if origins.get(key) in rows
        }

    def _origins(self, session: Session, through: str, keys: Sequence[int]) -> Mapping[int, str]:
        """By document, the external id of the imported document that it is or descends from."""
        imported = known_ids(session, self.plan, through, self.actor.company_id)
        names = {document: external for external, document in imported.items()}
        if through == self.noun.name:
            return {key: names[key] for key in keys if key in names}
        statement = select(DocumentLink.to_id, DocumentLink.from_id).where(
            DocumentLink.to_kind == self.noun.name, DocumentLink.from_kind == through
        )
        return {to: names[start] for to, start in session.execute(statement) if start in names}

    def _field(self, name: str) -> Any:
        field = self.sight.queryable.get(name)
        if field is None:
            raise WrongPlan(
                _(
                    "%(at)s: %(noun)s have no field “%(name)s”.",
                    at=self.step.name,
                    noun=self.noun.label,
                    name=name,
                )
            )
        return field


def filter_nodes(given: Mapping[str, Any], sight: Any) -> list[Any]:
    """Conditions of a plan (``{state = "draft", "total.ge" = "100"}``) as the engine's filters."""
    nodes = []
    for key, wanted in given.items():
        name, dot, operator = key.rpartition(".")
        if not dot or operator not in filters.OPERATORS:
            name, operator = key, "in" if isinstance(wanted, list) else "eq"
        nodes.append(filters.condition(name, operator, wanted, sight))
    return nodes


def _batches(dates: Dates, size: int) -> Iterator[tuple[dt.date | None, list[int]]]:
    """The documents of each date, oldest first, so many at a time."""
    by_date: dict[dt.date | None, list[int]] = defaultdict(list)
    for key, on in dates.items():
        by_date[on].append(key)
    for on in sorted(by_date, key=lambda day: day or dt.date.min):
        rest = iter(by_date[on])
        while batch := list(islice(rest, size)):
            yield on, batch
