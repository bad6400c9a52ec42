"""What was measured, in the order in which it was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Refused, _
from dougong_production.charts import control
from dougong_production.charts.control import Chart, Standard
from dougong_production.inspections.models import Inspection, Result, read_values
from dougong_production.quality_plans.models import Characteristic

KINDS = {
    "auto": _("As it suits"),
    "xbar_r": _("Means and ranges"),
    "xbar_s": _("Means and standard deviations"),
    "i_mr": _("Single values and moving ranges"),
    "p": _("Part of bad pieces (p)"),
    "np": _("Number of bad pieces (np)"),
    "c": _("Number of faults (c)"),
    "u": _("Faults a piece (u)"),
}
#: Subgroups from this size on are described by their standard deviation.
LARGE = 10
DECIDED = ("passed", "failed", "partial", "conditional")


class Subgroup(NamedTuple):
    """The values of one inspection."""

    id: int
    number: str
    on: dt.date | None
    values: list[float]
    bad: int
    size: int


def subgroups(
    session: Session,
    characteristic: Characteristic,
    start: dt.date | None = None,
    end: dt.date | None = None,
    last: int | None = None,
) -> list[Subgroup]:
    """What was found for a characteristic, one subgroup for each decided inspection, the newest last.

    ``last``: no more than so many, the newest.
    """
    query = (
        select(
            Inspection.id, Inspection.number, Inspection.decided_on, Result.values,
            Result.nonconforming, Inspection.sample_size,
        )
        .join(Result, Result.inspection_id == Inspection.id)
        .where(
            Result.characteristic_id == characteristic.id,
            Inspection.state.in_(DECIDED),
            Result.nonconforming.is_not(None),
        )
        .order_by(Inspection.decided_on.desc(), Inspection.id.desc())
        .limit(last)
    )  # fmt: skip
    if start is not None:
        query = query.where(Inspection.decided_on >= start)
    if end is not None:
        query = query.where(Inspection.decided_on <= end)
    return [
        Subgroup(
            id,
            number or "",
            on,
            [float(x) for x in read_values(values, characteristic)],
            bad or 0,
            size,
        )
        for id, number, on, values, bad, size in reversed(session.execute(query).all())
    ]


def draw(
    groups: Sequence[Subgroup],
    kind: str = "auto",
    *,
    numeric: bool = True,
    counted: bool = False,
    given: Standard | None = None,
) -> list[Chart]:
    """The charts of that kind; refuses with a sentence where there are too few values.

    ``counted``: faults were counted, of which a piece may have many. ``given`` are frozen limits;
    a chart of another kind has its own.
    """
    if kind == "auto":
        suiting = _suiting(groups, numeric=numeric, counted=counted)
        kind = suiting if given is None else given.kind
    if given is not None and given.kind != kind:
        given = None
    if kind in ("p", "np", "c", "u"):
        return [_of_counts(groups, kind, given)]
    if not numeric:
        raise Refused(_("This characteristic is not measured. Choose p, np, c or u."))
    values = [group.values for group in groups if group.values]
    if kind == "i_mr":
        single = [value for group in values for value in group]
        return list(control.single_values(single, given))
    chart = control.mean_range if kind == "xbar_r" else control.mean_deviation
    return list(chart(values, given))


def _of_counts(groups: Sequence[Subgroup], kind: str, given: Standard | None) -> Chart:
    bad, sizes = [group.bad for group in groups], [group.size for group in groups]
    uneven = given is not None and len(set(sizes)) > 1
    if kind == "p" or (kind == "np" and uneven):
        return control.fraction(bad, sizes, given)
    if kind == "np":
        return control.number_bad(bad, sizes, given)
    if kind == "u" or uneven:
        return control.faults_each(bad, sizes, given)
    return control.faults(bad, None if given is None or not sizes else given.centre * sizes[0])


def drawn(
    line: Characteristic,
    groups: Sequence[Subgroup],
    kind: str = "auto",
    given: Standard | None = None,
) -> list[Chart]:
    """The charts of a characteristic, by what is known of it."""
    numeric, counted = line.kind == "numeric", line.kind == "count"
    return draw(groups, kind, numeric=numeric, counted=counted, given=given)


def standard_of(line: Characteristic, groups: Sequence[Subgroup], kind: str = "auto") -> Standard:
    """Centre and spread of these inspections; refuses where they make no chart."""
    numeric, counted = line.kind == "numeric", line.kind == "count"
    if kind == "auto":
        kind = _suiting(groups, numeric=numeric, counted=counted)
    charts = draw(groups, kind, numeric=numeric, counted=counted)
    centre = charts[0].points[0].centre
    if len(charts) > 1:
        size = 1 if kind == "i_mr" else _longest(groups)
        return Standard(kind, size, centre, charts[1].points[0].centre)
    size = groups[0].size
    return Standard(kind, size, centre / size if kind in ("np", "c") else centre)


def _suiting(groups: Sequence[Subgroup], *, numeric: bool, counted: bool) -> str:
    """Faults of equal samples c, of unequal ones u; bad pieces p; values by the size of subgroups.

    Ranges tell less the larger a subgroup is: from ten values on, standard deviations are taken
    (Montgomery, 6.3).
    """
    if counted:
        return "c" if len({group.size for group in groups}) == 1 else "u"
    if not numeric:
        return "p"
    longest = _longest(groups)
    return "i_mr" if longest < 2 else "xbar_r" if longest < LARGE else "xbar_s"


def _longest(groups: Sequence[Subgroup]) -> int:
    return max((len(group.values) for group in groups), default=0)
