"""Looking for people: openings, applications, offers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_hr.recruitment.interviews import Offer
from dougong_hr.recruitment.models import Applicant, ApplicantStage, Opening
from dougong_hr.recruitment.workflow import OFFER_STEPS


def publish_openings(uow: UnitOfWork, ids: Sequence[int]) -> list[Opening]:
    """Everybody may read them on the careers page."""
    uow.require("hr.opening.publish")
    openings = uow.load(Opening, ids)
    for opening in openings:
        opening.publish(uow.today)
    return openings


def refuse_applicants(
    uow: UnitOfWork, ids: Sequence[int], reason: str | None = None
) -> list[Applicant]:
    """Not this time."""
    uow.require("hr.applicant.write")
    applicants = uow.load(Applicant, ids)
    for applicant in applicants:
        applicant.refuse(reason)
    return applicants


def accept_offers(uow: UnitOfWork, ids: Sequence[int]) -> list[Offer]:
    """The applicants have said yes; of each only one offer can be accepted."""
    uow.require("hr.offer.send")
    offers = uow.load(Offer, ids, Offer.applicant)
    people = [offer.applicant_id for offer in offers]
    taken = set(
        uow.session.scalars(
            select(Offer.applicant_id).where(
                Offer.applicant_id.in_(people), Offer.state == "accepted"
            )
        )
    )
    for offer in offers:
        if offer.applicant_id in taken:
            raise Refused(
                _("%(applicant)s has accepted another offer already.", applicant=offer.applicant)
            )
        OFFER_STEPS.move(offer, "accept")
        taken.add(offer.applicant_id)
    return offers


def apply_online(uow: UnitOfWork, opening_id: int, name: str, email: str, letter: str) -> Applicant:
    """Somebody answers a published opening on the careers page."""
    opening = uow.get(Opening, opening_id)
    if opening.state != "published":
        raise Refused(_("This opening is no longer published."))
    if not name.strip() or "@" not in email:
        raise Refused(_("Enter your name and an e-mail address."))
    twice = select(Applicant.id).where(
        Applicant.opening_id == opening_id, Applicant.email == email.strip().lower()
    )
    if uow.session.scalar(twice) is not None:
        raise Refused(_("You have applied for this already. We will write to you."))
    applicant = Applicant(
        company_id=opening.company_id,
        name=name.strip()[:120],
        email=email.strip().lower()[:200],
        letter=letter.strip()[:4000] or None,
        opening_id=opening_id,
        stage_id=first_stage(uow, opening.company_id),
        source=str(_("Careers page")),
        applied_on=uow.today,
    )
    uow.add(applicant)
    return applicant


def first_stage(uow: UnitOfWork, company_id: int) -> int:
    """Where a new applicant begins."""
    found = uow.session.scalar(
        select(ApplicantStage.id)
        .where(ApplicantStage.company_id == company_id, ApplicantStage.active)
        .order_by(ApplicantStage.position, ApplicantStage.id)
        .limit(1)
    )
    if found is None:
        raise Refused(_("There are no stages for applicants. Enter one under People, Stages."))
    return found
