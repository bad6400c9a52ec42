"""The job: series by series, told how far it is, written once; stopped, what is done is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from dougong import DougongError, UnitOfWork, _
from dougong_inventory.forecast import library
from dougong_inventory.forecast.choosing import BY_CLASS, Outlook, forecast
from dougong_inventory.forecast.history import Place, sold
from dougong_inventory.forecast.models import Forecast
from dougong_inventory.forecast.periods import SEASONS
from dougong_inventory.forecast.workflow import UNDERWAY
from dougong_inventory.forecast.writing import clear, write

#: Seconds between two reports.
PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """What a forecast is asked: the past of each product in a warehouse, how far, by which method."""

    past: Mapping[Place, Sequence[float]]
    ahead: int
    season: int
    method: str


def make_forecast(run: Any, forecast_id: int) -> None:
    """The job. Doing it twice changes nothing."""
    run.progress(2, _("Reading what was sold"))
    try:
        with run.house.look(run.actor) as uow:
            here = uow.get(Forecast, forecast_id)
            if here.state not in UNDERWAY:
                return
            question = ask(uow, here)
        started = time.monotonic()
        found = answer(question, _Reporter(run, forecast_id))
        run.progress(95, _("Writing the forecast"))
        run.do(lambda uow: _keep(uow, forecast_id, question, found, time.monotonic() - started))
    except DougongError as refusal:
        sentence = str(refusal)[:400]
        run.do(lambda uow: _failed(uow, forecast_id, sentence))
        raise
    run.progress(100, _("Forecast"))


def forecast_now(uow: UnitOfWork, forecast_id: int) -> Forecast | None:
    """Forecast in this unit of work; None when it is no longer wanted."""
    here = uow.get(Forecast, forecast_id, lock=True)
    if here.state not in UNDERWAY:
        return None
    started, question = time.monotonic(), ask(uow, here)
    _keep(uow, forecast_id, question, answer(question), time.monotonic() - started)
    return here


def ask(uow: UnitOfWork, here: Forecast) -> Question:
    """Read the past that a forecast is made from."""
    past = sold(
        uow.session,
        here.company_id,
        here.periods.before(here.past),
        category_id=here.category_id,
        product_id=here.product_id,
        warehouse_id=here.warehouse_id,
    )
    return Question(past, here.horizon, SEASONS[here.bucket], here.method)


def answer(
    question: Question, go_on: Callable[[int, int], bool] = lambda _done, _all: True
) -> dict[Place, Outlook]:
    """Forecast every series, or as many as there are before somebody says stop."""
    found: dict[Place, Outlook] = {}
    for place, past in question.past.items():
        if not go_on(len(found), len(question.past)):
            break
        found[place] = forecast(past, question.ahead, question.season, question.method)
    return found


class _Reporter:
    """Tells now and then how far it is, and learns whether somebody said stop."""

    def __init__(self, run: Any, forecast_id: int) -> None:
        self.run, self.id, self.last = run, forecast_id, -PAUSE

    def __call__(self, done: int, all: int) -> bool:
        """Whether to go on. Who cancelled ends the job here."""
        now = time.monotonic()
        if now - self.last < PAUSE:
            return True
        self.last = now
        note = _("%(done)s of %(all)s", done=done, all=all)
        self.run.progress(5 + 90 * done // max(1, all), note)
        with self.run.read() as session:
            state = session.scalar(select(Forecast.state).where(Forecast.id == self.id))
        return bool(state == "running")


def _keep(
    uow: UnitOfWork, id: int, question: Question, found: Mapping[Place, Outlook], seconds: float
) -> None:
    """Write what was found, unless nobody wants it any more."""
    here = uow.get(Forecast, id, lock=True)
    if here.state not in UNDERWAY:
        return
    clear(uow, here)
    write(uow, here, found)
    here.finished_at = uow.now
    here.end("done", str(_message(question, len(found), seconds)))


def _message(question: Question, done: int, seconds: float) -> object:
    if done < len(question.past):
        return _("Stopped: %(done)s of %(all)s are forecast.", done=done, all=len(question.past))
    if not done:
        return _("Nobody took any of these products in that past.")
    if question.method in BY_CLASS and not library.available():
        return _(
            "%(done)s forecast by simple methods. For better ones: pip install"
            " “dougong-inventory[forecast]”.",
            done=done,
        )
    return _("%(done)s forecast in %(seconds)s s.", done=done, seconds=f"{seconds:.1f}")


def _failed(uow: UnitOfWork, id: int, sentence: str) -> None:
    here = uow.get(Forecast, id, lock=True)
    if here.state in UNDERWAY:
        here.end("failed", sentence)
