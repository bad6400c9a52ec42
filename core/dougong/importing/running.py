"""Following a plan from its first step to its last figure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.errors import Refused
from dougong.i18n import _
from dougong.importing.comparing import Comparer
from dougong.importing.documents import Describer
from dougong.importing.entering import Entering, Watch, known_ids
from dougong.importing.models import FinishedStep
from dougong.importing.outcome import Outcome, StepOutcome
from dougong.importing.plan import ImportStep, Plan, TakeStep
from dougong.importing.source import Source
from dougong.importing.taking import Taking
from dougong.importing.values import WrongPlan

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.plugins.registry import Runtime
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork


class GivenUp(Exception):
    """A rehearsal ends here: nothing of it is kept."""


class MissingModule(Refused):
    """The plan needs a module that is not enabled."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "This plan needs the module %(name)s. Enable it first:"
                " dougong plugin install %(name)s --enable.",
                name=name,
            )
        )


class Follower:
    """Follows one plan for one actor."""

    def __init__(self, runtime: Runtime, actor: Actor, plan: Plan, folder: Path) -> None:
        self.runtime, self.actor, self.plan = runtime, actor, plan
        if not folder.is_dir():
            raise WrongPlan(_("There is no data folder “%(folder)s”.", folder=folder))
        self.source = Source(folder, plan.encoding, self._imported)
        for name in plan.modules:
            if name not in runtime.loaded:
                raise MissingModule(name)
        self._session: Any = None

    def follow(self, watch: Watch = lambda *_given: None, *, resume: bool = False) -> Outcome:
        """Take every step; stop at a file with wrong rows; compare in the end."""
        outcome = Outcome(self.plan.name)
        finished = self._finished() if resume else set()
        for step in self.plan.step:
            if step.name in finished:
                outcome.steps.append(StepOutcome(step.name, skipped=True))
                continue
            taken = self._step(step).run(self.runtime.house, watch)
            outcome.steps.append(taken)
            if taken.refused and isinstance(step, ImportStep):
                return outcome
            if not taken.refused:
                self.runtime.house.run(self.actor, self._note(step.name, taken.made))
        return self._compared(outcome)

    def rehearse(self) -> Outcome:
        """Import everything in one unit of work and give it up: every wrong row of every file is told."""
        outcome = Outcome(self.plan.name, dry=True)
        try:
            with self.runtime.house.work(self.actor) as uow:
                self._session = uow.session
                for step in self.plan.step:
                    if isinstance(step, ImportStep):
                        outcome.steps.append(self._entering(step).rehearse(uow))
                        uow.flush()
                raise GivenUp
        except GivenUp:
            self._session = None
        return outcome

    def _step(self, step: ImportStep | TakeStep) -> Entering | Taking:
        if isinstance(step, ImportStep):
            return self._entering(step)
        return Taking(self.plan.name, step, self.source, self._noun(step.of, step.name), self.actor)

    def _entering(self, step: ImportStep) -> Entering:
        noun = self._noun(step.import_, step.name)
        return Entering(self.plan.name, Describer(step, self.source), noun, self.actor)

    def _noun(self, name: str, at: str) -> Noun:
        noun = self.runtime.nouns.get(name)
        if noun is None:
            raise WrongPlan(_("%(at)s: there is no resource “%(name)s”.", at=at, name=name))
        found: Noun = noun
        return found

    def _imported(self, resource: str) -> dict[str, int]:
        if self._session is not None:
            return known_ids(self._session, self.plan.name, resource, self.actor.company_id)
        with self.runtime.house.read(self.actor) as session:
            return known_ids(session, self.plan.name, resource, self.actor.company_id)

    def _finished(self) -> set[str]:
        statement = select(FinishedStep.step).where(
            FinishedStep.plan == self.plan.name, FinishedStep.company_id == self.actor.company_id
        )
        with self.runtime.house.read(self.actor) as session:
            return set(session.scalars(statement))

    def _note(self, name: str, made: int) -> Callable[[UnitOfWork], None]:
        def note(uow: UnitOfWork) -> None:
            known = uow.session.scalars(
                select(FinishedStep).where(
                    FinishedStep.plan == self.plan.name,
                    FinishedStep.step == name,
                    FinishedStep.company_id == uow.company_id,
                )
            ).first()
            if known is None:
                uow.add(
                    FinishedStep(
                        plan=self.plan.name,
                        step=name,
                        company_id=uow.company_id,
                        finished_at=uow.now,
                        made=made,
                    )
                )

        return note

    def _compared(self, outcome: Outcome) -> Outcome:
        comparer = Comparer(self.runtime, self.actor, self.source)
        outcome.figures = [comparer.compare(comparison) for comparison in self.plan.compare]
        return outcome
