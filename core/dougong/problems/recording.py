"""Write down what went wrong, in a transaction of its own: the failing one has been undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from dougong.errors import DougongError
from dougong.logger import structlog
from dougong.problems.models import Problem, ProblemCase
from dougong.problems.telling import Told, module_of, place_of, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dougong.unit_of_work import House, UnitOfWork

log = structlog.get_logger()

#: Of a problem that comes again and again the latest cases are kept.
CASES = 50


def record_error(
    house: House, error: BaseException, kind: str, subject: str, **case: object
) -> None:
    """Write down an error: ``record_error(house, error, "job", "crm.remind", job_id=7)``."""
    told = Told(
        kind, title_of(error), subject[:200], module_of(error, packages(house)), place_of(error),
        **case,  # type: ignore[arg-type]
    )  # fmt: skip
    record(house, told)


def record(house: House, told: Told) -> None:
    """Write it down; what prevents that is logged and never makes things worse."""
    from dougong.jobs.acting import of_all_companies

    try:
        actor = of_all_companies(house)
        try:
            house.run(actor, lambda uow: _note(uow, told))
        except DougongError:
            # Another process has just met the same for the first time.
            house.run(actor, lambda uow: _note(uow, told))
    except Exception as error:
        log.warning("problem not written down", title=told.title, reason=type(error).__name__)


def packages(house: House) -> Mapping[str, str]:
    """The modules of the house by the package their code is in."""
    wiring = getattr(house, "wiring", None)
    plugins = wiring.plugins if wiring is not None else {}
    return {type(p).__module__.partition(".")[0]: name for name, p in plugins.items()}


def _note(uow: UnitOfWork, told: Told) -> None:
    problem = uow.session.scalar(select(Problem).where(Problem.fingerprint == told.fingerprint))
    if problem is None:
        problem = Problem(
            fingerprint=told.fingerprint, kind=told.kind, title=told.title[:300],
            subject=told.subject[:200], module=told.module[:24], place=told.place,
            first_at=uow.now, last_at=uow.now,
        )  # fmt: skip
        uow.add(problem)
    else:
        problem = uow.get(Problem, problem.id, lock=True)
    problem.times = (problem.times or 0) + 1
    problem.last_at, problem.state = uow.now, "open"
    problem.done_at = problem.done_by = None
    problem.job_id = told.job_id or problem.job_id
    problem.letter_id = told.letter_id or problem.letter_id
    uow.add(
        ProblemCase(
            problem_id=problem.id, at=uow.now, request_id=told.request_id[:64],
            who=told.who[:100], page=told.page[:200],
        )
    )  # fmt: skip
    if problem.times > CASES:
        uow.flush()
        kept = (
            select(ProblemCase.id)
            .where(ProblemCase.problem_id == problem.id)
            .order_by(ProblemCase.at.desc(), ProblemCase.id.desc())
            .limit(CASES)
        )
        old = delete(ProblemCase).where(
            ProblemCase.problem_id == problem.id, ProblemCase.id.not_in(kept)
        )
        uow.session.connection().execute(old)
