"""Deleting documents with their parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from dougong.activities.models import Activity
from dougong.errors import Forbidden
from dougong.files.service import files_of
from dougong.following.models import Follower
from dougong.notices.models import Notice
from dougong.resources.documents.applying import rows_of
from dougong.resources.documents.checking import locked
from dougong.resources.documents.saving import NotEditable
from dougong.tags.models import DocumentTag

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import UnitOfWork


def remove(uow: UnitOfWork, noun: Noun, sight: Sight, documents: Sequence[Any]) -> None:
    """Delete loaded documents with their lines; refused where their state forbids editing."""
    if not sight.delete:
        raise Forbidden(f"{noun.rights.name}.delete")
    for document in documents:
        if locked(noun, document):
            assert noun.steps is not None
            state = noun.steps.state(getattr(document, noun.steps.field))
            raise NotEditable(noun.one, state.label)
        uow.remove(*rows_of(noun, document), document)
    if noun.key == "id":
        ids = [document.id for document in documents]
        uow.remove(*files_of(uow.session, noun, ids))
        forget(uow, noun.document or noun.name, ids)


def forget(uow: UnitOfWork, kind: str, ids: Sequence[int]) -> None:
    """What colleagues put beside documents goes with them: followers, notices, activities, tags."""
    for model in (Follower, Notice, Activity, DocumentTag):
        uow.session.execute(
            delete(model).where(model.document == kind, model.document_id.in_(ids)),
            execution_options={"synchronize_session": False},
        )
