"""What an administrator does with problems: lay them aside, open them again, try the work again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.errors import Refused
from dougong.i18n import _, pgettext
from dougong.jobs.models import QueuedJob
from dougong.jobs.service import retry_jobs
from dougong.outbox.models import OutboxMessage
from dougong.outbox.service import retry_letters
from dougong.problems.models import Problem
from dougong.workflows import State, Step, Workflow

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

#: So many pieces of work are tried again at once.
MOST = 1000


def lay_aside(uow: UnitOfWork, ids: Sequence[int]) -> list[Problem]:
    """Somebody has looked at them; they open by themselves when it goes wrong again."""
    uow.require("core.problem.done")
    found = uow.load(Problem, ids, lock=True)
    for problem in found:
        PROBLEM_STEPS.move(problem, "done")
        problem.done_at, problem.done_by = uow.now, uow.actor.name[:100]
    return found


def open_again(uow: UnitOfWork, ids: Sequence[int]) -> list[Problem]:
    """They are not done after all."""
    uow.require("core.problem.done")
    found = uow.load(Problem, ids, lock=True)
    for problem in found:
        PROBLEM_STEPS.move(problem, "reopen")
        problem.done_at = problem.done_by = None
    return found


def try_again(uow: UnitOfWork, ids: Sequence[int]) -> list[Problem]:
    """Put the work that was given up back into its queue, all pieces of its kind.

    Raises `Refused` where a problem has no work that could be tried again.
    """
    uow.require("core.problem.retry")
    found = uow.load(Problem, ids, lock=True)
    for problem in found:
        if problem.kind == "job":
            again = _dead(uow, QueuedJob, QueuedJob.name, problem.subject)
            retry_jobs(uow, again)
        elif problem.kind == "letter":
            again = _dead(uow, OutboxMessage, OutboxMessage.reaction, problem.subject)
            retry_letters(uow, again)
        else:
            raise Refused(_("This happened on a page: whoever met it tries it again there."))
        if not again:
            raise Refused(
                _("Nothing of “%(subject)s” waits to be tried again.", subject=problem.subject)
            )
        PROBLEM_STEPS.move(problem, "retry")
        problem.done_at, problem.done_by = uow.now, uow.actor.name[:100]
    return found


def _dead(uow: UnitOfWork, model: type, column: object, name: str) -> Sequence[int]:
    statement = (
        select(model.id)  # type: ignore[attr-defined]
        .where(model.state == "dead", column == name)  # type: ignore[attr-defined, arg-type]
        .order_by(model.id)  # type: ignore[attr-defined]
        .limit(MOST)
    )
    return uow.session.scalars(statement).all()


PROBLEM_STEPS = Workflow(
    "core.problems",
    states=[
        State("open", pgettext("problem", "Open"), "red"),
        State("done", pgettext("problem", "Done"), "green", aside=True),
    ],
    steps=[
        Step(
            "retry",
            _("Try the work again"),
            ["open"],
            "done",
            needs="core.problem.retry",
            effect=try_again,
            icon="refresh",
        ),
        Step(
            "done",
            _("Mark as done"),
            ["open"],
            "done",
            needs="core.problem.done",
            effect=lay_aside,
            primary=True,
            icon="check",
        ),
        Step(
            "reopen",
            _("Open again"),
            ["done"],
            "open",
            needs="core.problem.done",
            effect=open_again,
            icon="arrow-back-up",
        ),
    ],
)
