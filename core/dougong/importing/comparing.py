"""Does the source agree with what came out? Counts and sums, side by side."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from dougong.i18n import _
from dougong.importing.outcome import Agreement
from dougong.importing.plan import Comparison, Figure
from dougong.importing.source import Source
from dougong.importing.taking import filter_nodes
from dougong.importing.values import WrongPlan, value
from dougong.reports import running
from dougong.resources import filters
from dougong.resources.joins import Joins

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.plugins.registry import Runtime

ZERO = Decimal(0)


class Comparer:
    """Computes the figures of a plan."""

    def __init__(self, runtime: Runtime, actor: Actor, source: Source) -> None:
        self.runtime, self.actor, self.source = runtime, actor, source

    def compare(self, comparison: Comparison) -> Agreement:
        """Both figures of a comparison."""
        at = comparison.name
        return Agreement(
            at, self._figure(comparison.source, at), self._figure(comparison.target, at)
        )

    def _figure(self, figure: Figure, at: str) -> Decimal:
        if figure.file:
            return self._of_file(figure, at)
        if figure.resource:
            return self._of_resource(figure, at)
        if figure.report:
            return self._of_report(figure, at)
        try:
            return Decimal(figure.value)
        except InvalidOperation:
            raise WrongPlan(
                _("%(at)s: “%(text)s” is not a number.", at=at, text=figure.value)
            ) from None

    def _of_file(self, figure: Figure, at: str) -> Decimal:
        table = self.source.table(figure.file, at)
        where = self.source.condition(figure.where, table.columns, f"{at}.where")
        among = self.source.membership(figure.among, table.columns, f"{at}.among")
        rows = [row for row in table.rows if where(row) and among(row)]
        if figure.sum is None:
            return Decimal(len(rows))
        spec = (
            figure.sum if isinstance(figure.sum, dict) else {"column": figure.sum, "as": "decimal"}
        )
        read = value(spec, self.source, table.columns, f"{at}.sum")
        return sum((Decimal(read(row) or 0) for row in rows), ZERO)

    def _of_resource(self, figure: Figure, at: str) -> Decimal:
        noun = self.runtime.nouns.get(figure.resource)
        if noun is None:
            raise WrongPlan(
                _("%(at)s: there is no resource “%(name)s”.", at=at, name=figure.resource)
            )
        sight, joins = noun.sight(self.actor.rights), Joins(noun.model)
        conditions = [filters.to_sql(node, joins) for node in filter_nodes(figure.filter, sight)]
        counted: Any = func.count()
        if figure.sum is not None:
            field = noun.field(figure.sum)
            counted = func.sum(joins.column(field))
        statement = joins.onto(select(counted).select_from(noun.model).where(*conditions))
        with self.runtime.house.read(self.actor) as session:
            return Decimal(session.scalar(statement) or 0)

    def _of_report(self, figure: Figure, at: str) -> Decimal:
        """The sum of a column over the report's own lines, or over those that ``row`` picks."""
        report = running.find(self.runtime.wiring.reports, figure.report, self.actor)
        answer = running.run(self.runtime.house, self.actor, report, figure.parameters)
        lines = [
            line
            for line in answer.lines
            if (figure.row or not line.bold)
            and all(str(line.values.get(k)) == str(v) for k, v in figure.row.items())
        ]
        if figure.row and not lines:
            raise WrongPlan(_("%(at)s: the report has no such row.", at=at))
        return sum((Decimal(line.values.get(figure.sum) or 0) for line in lines), ZERO)
