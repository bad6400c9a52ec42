"""When inspection becomes stricter, milder or stops: the switching rules. Pure arithmetic.

Source: ISO 2859-1:1999, 9.3 (switching rules and procedures) with the switching score of 9.3.3.2.
Every lot is told once, in order, as it was inspected the first time; resubmitted lots do not count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from dougong_production.quality.aql import Plan, Severity, plan_of, tighter

Mode = Literal["normal", "tightened", "reduced", "discontinued"]

#: Two of five consecutive lots refused: tightened.
WINDOW, REFUSED = 5, 2
#: Five consecutive lots accepted: back to normal.
RECOVERED = 5
#: Five lots refused while tightened: no more, until the supplier has improved.
HOPELESS = 5
#: A score that allows reduced inspection.
ENOUGH = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """Where inspection of a supplier's product stands."""

    mode: Mode = "normal"
    #: The last lots on this mode, the newest last: ``+`` accepted, ``-`` refused.
    recent: str = ""
    #: Lots refused since inspection was tightened.
    refused: int = 0
    score: int = 0

    @property
    def severity(self) -> Severity:
        """The table to read; where inspection stopped, the strict one."""
        return "tightened" if self.mode == "discontinued" else self.mode


def after_lot(
    standing: Standing, plan: Plan, aql: str, bad: int, *, may_reduce: bool = True
) -> Standing:
    """Where inspection stands after a lot with so many bad pieces in its sample.

    ``may_reduce``: production is steady and whoever is responsible wants reduced inspection.
    """
    # In the gap of the reduced table a lot is accepted, but the next one is inspected normally.
    accepted = bad < plan.reject
    recent = (standing.recent + ("+" if accepted else "-"))[-WINDOW:]
    if standing.mode == "reduced":
        return replace(standing, recent=recent) if bad <= plan.accept and may_reduce else Standing()
    if standing.mode == "tightened":
        return _tightened(standing, recent, accepted)
    if standing.mode == "discontinued":
        return standing
    if recent.count("-") >= REFUSED:
        return Standing("tightened")
    # Where two or more bad pieces are accepted, a lot tells more.
    gain = 3 if plan.accept >= 2 else 2
    score = standing.score + gain if scores(plan, aql, bad) else 0
    if score >= ENOUGH and may_reduce:
        return Standing("reduced")
    return replace(standing, recent=recent, score=min(score, ENOUGH))


def _tightened(standing: Standing, recent: str, accepted: bool) -> Standing:
    refused = standing.refused + (not accepted)
    if refused >= HOPELESS:
        return Standing("discontinued", recent, refused)
    if recent == "+" * RECOVERED:
        return Standing()
    return replace(standing, recent=recent, refused=refused)


def scores(plan: Plan, aql: str, bad: int) -> bool:
    """Whether a lot speaks for reduced inspection: also by the next stricter AQL, where Ac is 2 or more."""
    if plan.accept < 2:
        return bad <= plan.accept
    stricter = tighter(aql)
    return stricter is None or bad <= plan_of(plan.letter, stricter).accept


def resumed() -> Standing:
    """The supplier has improved: inspection goes on, tightened."""
    return Standing("tightened")
