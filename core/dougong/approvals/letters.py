"""Letters to those who are asked, and to whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from typing import TYPE_CHECKING

from dougong.approvals.events import ApprovalAsked, ApprovalDecided
from dougong.approvals.models import Approval
from dougong.approvals.people import asked_people
from dougong.approvals.rules import rules_in_force
from dougong.i18n import _, speaking
from dougong.mail.links import page_of
from dougong.mail.service import mail_is_set, send_mail
from dougong.people.users.models import User

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


def ask_by_letter(uow: UnitOfWork, events: Sequence[ApprovalAsked]) -> None:
    """Everybody who is asked hears of it, in their own language; a house without mail stays quiet."""
    if not mail_is_set(uow):
        return
    letters = []
    for event in events:
        approval = uow.get(Approval, event.approval_id)
        if approval.state != "waiting":
            continue
        rules = rules_in_force(uow).get((approval.resource, approval.step), [])
        now = [rule for rule in rules if rule.id in event.rules]
        for person in asked_people(uow.session, now, approval.company_id):
            with speaking(person.language):
                letters.append(
                    _letter(
                        person,
                        str(_("%(what)s waits for your approval", what=approval.title)),
                        page_of(uow, "/core/inbox"),
                    )
                )
    send_mail(uow, [letter for letter in letters if letter is not None])


def tell_by_letter(uow: UnitOfWork, events: Sequence[ApprovalDecided]) -> None:
    """Whoever asked hears what came of it."""
    if not mail_is_set(uow):
        return
    letters = []
    for event in events:
        approval = uow.get(Approval, event.approval_id, Approval.asked_by)
        person = approval.asked_by
        if person is None:
            continue
        with speaking(person.language):
            said = (
                _("%(what)s was approved", what=approval.title)
                if event.state == "approved"
                else _("%(what)s was refused", what=approval.title)
            )
            letters.append(_letter(person, str(said), page_of(uow, "/core/inbox")))
    send_mail(uow, [letter for letter in letters if letter is not None])


def _letter(person: User, subject: str, page: str) -> EmailMessage | None:
    if not person.email:
        return None
    letter = EmailMessage()
    letter["To"], letter["Subject"] = person.email, subject
    letter.set_content(f"{subject}.\n\n{page}\n")
    return letter
