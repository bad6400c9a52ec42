"""The page that says how the house stands: what is wrong, and where to go about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, current_app, g, render_template
from sqlalchemy import func, select

from dougong.demo_removal import demo_name
from dougong.i18n import Text, _, ngettext
from dougong.jobs.models import QueuedJob
from dougong.operations.health import look
from dougong.outbox.models import OutboxMessage
from dougong.plugins.telling import workers
from dougong.problems.models import Problem
from dougong.web.rights import needs

pages = Blueprint("problems", __name__)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: how it is called, what is wrong with it, where it is mended."""

    label: Text | str
    wrong: Text | str = ""
    to: str = ""


def open_room(app: Flask) -> None:
    """Hang the page up."""
    app.register_blueprint(pages)


@pages.get("/core/health")
@needs("core.health.read")
def show() -> str:
    """Everything that was looked at; what is wrong comes first."""
    runtime = current_app.extensions["dougong"]
    found = sorted(_findings(runtime), key=lambda one: not one.wrong)
    return render_template(
        "core/health.html",
        findings=found,
        wrong=sum(bool(one.wrong) for one in found),
        demo=demo_name(runtime.house.engine) if g.actor.may("core.demo.remove") else "",
        processes=[w for w in workers(runtime.house.engine) if w["alive"]],
    )


def _findings(runtime: Any) -> Iterator[Finding]:
    health = look(runtime)
    yield Finding(_("The database answers"), health.problems.get("database", ""))
    yield Finding(_("The database fits the packages"), health.problems.get("migrations", ""))
    yield Finding(_("There is room on the disk"), health.problems.get("disk", ""))
    yield from _modules(runtime)
    with runtime.house.read(g.actor) as session:
        for label, statement, words, to in _QUESTIONS:
            many = session.scalar(statement) or 0
            wrong = words(many) if many else ""
            yield Finding(label, wrong, to)


def _modules(runtime: Any) -> Iterator[Finding]:
    """Modules that failed, and parts that were left out, each with its sentence."""
    wrong = False
    for name, sentence in runtime.failed.items():
        wrong = True
        yield Finding(_("Module %(name)s", name=name), sentence, f"/core/modules/{name}")
    for name, sentences in runtime.nouns.left_out().items():
        for sentence in sentences:
            wrong = True
            told = _("Left out: %(sentence)s", sentence=sentence)
            yield Finding(_("Module %(name)s", name=name), told, f"/core/modules/{name}")
    if not wrong:
        yield Finding(_("All modules run, and nothing of them was left out"), to="/core/modules")


_QUESTIONS: tuple[tuple[Text, Any, Callable[[int], Text], str], ...] = (
    (
        _("No job was given up"),
        select(func.count()).select_from(QueuedJob).where(QueuedJob.state == "dead"),
        lambda many: ngettext(
            "%(number)s job was given up.", "%(number)s jobs were given up.", many
        ),
        "/core/jobs?state=dead",
    ),
    (
        _("Every letter was delivered"),
        select(func.count()).select_from(OutboxMessage).where(OutboxMessage.state == "dead"),
        lambda many: ngettext(
            "%(number)s letter could not be delivered.",
            "%(number)s letters could not be delivered.",
            many,
        ),
        "/core/outbox?state=dead",
    ),
    (
        _("Nobody met a problem"),
        select(func.count()).select_from(Problem).where(Problem.state == "open"),
        lambda many: ngettext("%(number)s problem is open.", "%(number)s problems are open.", many),
        "/core/problems?state=open",
    ),
)
