"""A customer answers, by the services behind the office's own buttons, in one unit of work."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from sqlalchemy import select

from dougong import DougongError, Invalid, NotFound, Refused, UnitOfWork, _, ref
from dougong.following.service import keep_following
from dougong.i18n import speaking
from dougong_base.portal.declared import PortalAction
from dougong_base.portal.visitors import Shown, Visitor, how

log = structlog.get_logger()

LONGEST, LONGEST_NAME = 2000, 80


class HasChanged(Refused):
    """What the customer looked at is not what is there now."""

    def __init__(self) -> None:
        super().__init__(
            _("This document has changed since you opened it. Look at it again, then answer.")
        )


class NotNow(Refused):
    """It was answered already, or too late; the sentence is for the customer."""


class CannotAnswer(Refused):
    """Something in the house is in the way; what it is, is not for customers."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be answered here now. Please write to us or call us."))


@dataclass(frozen=True)
class Said:
    """What a customer sends: the version he saw, who he is, and what he wrote."""

    version: int | None
    name: str = ""
    words: str = ""
    address: str = ""


def find_action(shown: Shown, name: str) -> PortalAction:
    """The action of that name; raises `NotFound`."""
    action = shown.declared.action(name)
    if action is None:
        raise NotFound(_("answer"), name[:40])
    return action


def answer(
    uow: UnitOfWork, visitor: Visitor, shown: Shown, document_id: int, name: str, said: Said
) -> None:
    """Do what the customer asks for, or say why not; the history tells who it was and by which link.

    Raises `NotFound`, `Invalid`, `HasChanged`, `NotNow` with the action's own sentence, and
    `CannotAnswer` for every other refusal.
    """
    action = find_action(shown, name)
    model = shown.noun.model
    document = uow.get(model, document_id, lock=True)
    mine = select(model.id).where(
        model.id == document_id, shown.declared.visible(model, visitor.party_id)
    )
    if uow.session.scalar(mine) is None:
        raise NotFound(shown.one, document_id)
    if sentence := action.ready(document, uow.today):
        raise NotNow(sentence)
    if said.version != document.version:
        raise HasChanged
    words, person = _checked(action, said)
    with speaking(visitor.house_speaks):
        kept = f"{action.kept or action.label}: {how(visitor, person, said.address)}"
    uow.explain([document], f"{kept}. {words}" if words else kept)
    if shown.declared.keeper:
        # Who follows a document hears of its steps; whoever looks after this one does from now on.
        keep_following(uow, ref(document), [getattr(document, shown.declared.keeper)])
    try:
        action.act(uow, [document_id], words)
        uow.complete()
    except DougongError as refusal:
        log.warning("a customer could not answer", document=str(document), why=str(refusal))
        raise CannotAnswer from refusal


def _checked(action: PortalAction, said: Said) -> tuple[str, str]:
    words, name = said.words.strip(), " ".join(said.name.split())
    if not name:
        raise Invalid({"name": _("Enter your name.")})
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(
            {"name": _("Enter your name with at most %(most)s characters.", most=LONGEST_NAME)}
        )
    if action.required and not words:
        raise Invalid({"words": _("Write something first.")})
    if len(words) > LONGEST:
        raise Invalid({"words": _("At most %(most)s characters.", most=LONGEST)})
    if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in words):
        raise Invalid({"words": _("It contains a sign that cannot be shown.")})
    return words, name
