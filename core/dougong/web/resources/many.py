"""What is done beside many documents at once: plan a next step with them, tag and untag them, follow them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from flask import request

from dougong.activities.service import plan
from dougong.following.service import follow
from dougong.keys import whole
from dougong.tags.service import tag_documents, tag_documents_with, untag_documents
from dougong.web.resources.planning import plan_from_form

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork

Act = Callable[["UnitOfWork", Sequence[Any]], None]


def act_beside(noun: Noun, do: str) -> Act | None:
    """What ``_do`` asks for with a whole portion; None for what is done with the documents themselves."""
    if not noun.beside:
        return None
    if do == "plan":
        wanted = plan_from_form()
        return lambda uow, some: _nothing(plan(uow, noun, some, wanted))
    if do == "follow":
        return lambda uow, some: _nothing([follow(uow, noun, id) for id in some])
    known, name = whole(request.form.get("tag", "")), request.form.get("name", "").strip()
    if do == "tag" and (known is None or name):
        return lambda uow, some: _nothing(tag_documents(uow, noun, some, name))
    if do == "tag" and known is not None:
        return lambda uow, some: _nothing(tag_documents_with(uow, noun, some, known))
    if do == "untag":
        return lambda uow, some: untag_documents(uow, noun, some, known or 0)
    return None


def _nothing(_done: Any) -> None:
    return None
