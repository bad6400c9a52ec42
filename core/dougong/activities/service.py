"""Plan a next step with documents, change it, do it, give it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.activities.kinds import said
from dougong.activities.models import Activity, ActivityKind
from dougong.activities.workflow import ACTIVITY_STEPS
from dougong.errors import Invalid, NotFound
from dougong.events import DocumentRef
from dougong.following.service import keep_following
from dougong.i18n import _
from dougong.notes.service import write_note
from dougong.notices.service import tell
from dougong.resources.documents.beside import (
    named,
    noun_of,
    place_of,
    require_reader,
    require_seen,
)
from dougong.resources.titles import titles
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.i18n import Text
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork

#: Open activities of one document.
MOST = 50
LONGEST = 200


@dataclass(frozen=True)
class Plan:
    """What is to be done; what is left out follows from the kind and from whoever plans."""

    kind_id: int
    summary: str = ""
    due_on: dt.date | None = None
    assignee_id: int | None = None


def plan(uow: UnitOfWork, noun: Noun, ids: Sequence[int], wanted: Plan) -> list[Activity]:
    """Plan the same next step with each of these documents, which the actor may read.

    Raises `MayNotRead` where it is assigned to somebody for whom a document is not.
    """
    ids = list(dict.fromkeys(ids))
    require_seen(uow.session, noun, uow.actor, ids)
    kind = _kind(uow, wanted.kind_id)
    who = wanted.assignee_id if wanted.assignee_id is not None else uow.actor.user_id
    if who is None:
        raise Invalid({"assignee": _("Say who does it.")})
    if who != uow.actor.user_id:
        require_reader(uow.session, noun, who, ids)
    summary = _summary(wanted.summary) or said(kind.name)
    due_on = wanted.due_on or uow.today + dt.timedelta(days=kind.days)
    _room_for_more(uow, noun, ids)
    made = []
    for id, (title, company_id) in _titles(uow, noun, ids).items():
        activity = Activity(
            document=named(noun), document_id=id, about=title[:200], kind_id=kind.id,
            summary=summary, due_on=due_on, assignee_id=who, planned_by_id=uow.actor.user_id,
            company_id=company_id,
        )  # fmt: skip
        uow.add(activity)
        _assigned(uow, activity)
        made.append(activity)
    return made


def finish_activities(
    uow: UnitOfWork, ids: Sequence[int], feedback: str | None = None
) -> list[Activity]:
    """They are done; what came of each becomes a note on its document."""
    feedback = _feedback(feedback)
    done = uow.load(Activity, ids, Activity.kind, lock=True)
    for activity in done:
        noun = _noun(uow, activity)
        require_seen(uow.session, noun, uow.actor, [activity.document_id])
        activity.finish(feedback, uow.now)
        text = f"{said(activity.kind.name)}: {activity.summary}"
        if feedback:
            write_note(uow, noun, activity.document_id, f"{text}\n{feedback}")
    return done


def finish_and_go_on(
    uow: UnitOfWork, noun: Noun, document_id: int, id: int, feedback: str, following: Plan | None
) -> None:
    """One is done, and the next one is planned with the same document."""
    require_here(uow, noun, document_id, id)
    finish_activities(uow, [id], feedback)
    if following is not None:
        plan(uow, noun, [document_id], following)


def cancel_activities(uow: UnitOfWork, ids: Sequence[int]) -> list[Activity]:
    """Nobody will do them."""
    given_up = uow.load(Activity, ids, lock=True)
    for activity in given_up:
        activity.cancel()
    return given_up


def change_activities(
    uow: UnitOfWork,
    ids: Sequence[int],
    due_on: dt.date | None = None,
    assignee: int | None = None,
    summary: str | None = None,
) -> list[Activity]:
    """Do them another day, or let somebody else do them who may read the documents."""
    changed = uow.load(Activity, ids, lock=True)
    for activity in changed:
        ACTIVITY_STEPS.move(activity, "change")
        activity.due_on = due_on or activity.due_on
        activity.summary = _summary(summary or "") or activity.summary
        if assignee is not None and assignee != activity.assignee_id:
            require_reader(uow.session, _noun(uow, activity), assignee, [activity.document_id])
            activity.assignee_id = assignee
            _assigned(uow, activity)
    return changed


def move_to_kind(uow: UnitOfWork, id: int, kind_id: int) -> None:
    """A card was put into the lane of another kind."""
    activity = uow.get(Activity, id, lock=True)
    ACTIVITY_STEPS.move(activity, "change")
    activity.kind_id = _kind(uow, kind_id).id


def require_here(uow: UnitOfWork, noun: Noun, document_id: int, id: int) -> Activity:
    """An activity of this document; raises `NotFound` where it is another's."""
    require_seen(uow.session, noun, uow.actor, [document_id])
    activity = uow.get(Activity, id)
    if (activity.document, activity.document_id) != place_of(noun, document_id):
        raise NotFound(_("activity"), id)
    return activity


def _assigned(uow: UnitOfWork, activity: Activity) -> None:
    here = DocumentRef(activity.document, activity.document_id)
    keep_following(uow, here, [activity.assignee_id])
    who, summary = uow.actor.name, activity.summary
    tell(uow, "assigned", here, [activity.assignee_id], who=who, summary=summary)


def _kind(uow: UnitOfWork, id: int) -> ActivityKind:
    kind = uow.session.scalar(select(ActivityKind).where(ActivityKind.id == id))
    if kind is None or not kind.active:
        raise NotFound(_("kind of activity"), id)
    return kind


def _noun(uow: UnitOfWork, activity: Activity) -> Noun:
    nouns: Any = uow.house.nouns  # type: ignore[attr-defined]
    noun = noun_of(nouns, uow.actor, activity.document)
    if noun is None:
        raise NotFound(_("activity"), activity.id)
    return noun


def _titles(uow: UnitOfWork, noun: Noun, ids: Sequence[int]) -> Mapping[int, tuple[str, int]]:
    """What the documents are called, and the company of each; shared ones are planned in one's own."""
    model, known = noun.model, titles(uow.session, noun, noun.sight(uow.actor.rights), ids)
    companies: dict[int, int] = {}
    if noun.owned:
        rows = uow.session.execute(select(model.id, model.company_id).where(model.id.in_(ids)))
        companies = {id: company for id, company in rows}  # noqa: C416
    return {id: (known[id], companies.get(id, uow.company_id)) for id in sorted(known)}


def _room_for_more(uow: UnitOfWork, noun: Noun, ids: Sequence[int]) -> None:
    rows = uow.session.scalars(
        select(Activity.document_id).where(
            Activity.document == named(noun),
            Activity.document_id.in_(ids),
            Activity.state == "planned",
        ),
        execution_options={SCOPED: True},
    ).all()
    if any(rows.count(id) >= MOST for id in set(rows)):
        raise Invalid({"": _("A document has at most %(most)s open activities.", most=MOST)})


def _summary(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise Invalid({"summary": _("At most %(most)s characters.", most=LONGEST)})
    if not text.isprintable():
        raise Invalid({"summary": _sign()})
    return text


def _feedback(text: str | None) -> str | None:
    text = (text or "").strip()
    if len(text) > 2000:
        raise Invalid({"feedback": _("At most %(most)s characters.", most=2000)})
    if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text):
        raise Invalid({"feedback": _sign()})
    return text or None


def _sign() -> Text:
    return _("It contains a sign that cannot be shown.")
