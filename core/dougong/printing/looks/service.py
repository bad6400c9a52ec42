"""Change what a company's papers say, return to a former version or to the shipped one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dougong.errors import NotFound, Refused
from dougong.i18n import _
from dougong.printing.looks.models import PaperLook
from dougong.printing.looks.queries import versions
from dougong.printing.looks.wishes import Said

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

RIGHT = "core.paper.write"


def save_look(uow: UnitOfWork, paper: str, language: str, said: Said) -> PaperLook | None:
    """Let the company's papers be so from now on; nothing where nothing differs."""
    uow.require(RIGHT)
    before = versions(uow.session, uow.company_id, paper, language)
    if said == (before[0].said if before else {}):
        return None
    look = PaperLook(
        paper=paper, language=language, said=said, by=uow.actor.name[:100], at=uow.now
    )  # fmt: skip
    uow.add(look)
    return look


def reset_look(uow: UnitOfWork, paper: str, language: str) -> PaperLook:
    """Return to the shipped paper; what was before stays among the versions."""
    look = save_look(uow, paper, language, {})
    if look is None:
        raise Refused(_("The paper is as it was shipped."))
    return look


def return_to(uow: UnitOfWork, paper: str, language: str, version: int) -> PaperLook:
    """Let a former version count again; raises `NotFound` for one of another paper."""
    uow.require(RIGHT)
    for one in versions(uow.session, uow.company_id, paper, language):
        if one.id == version:
            look = save_look(uow, paper, language, one.said)
            if look is None:
                raise Refused(_("This version counts now."))
            return look
    raise NotFound(_("version"), version)
