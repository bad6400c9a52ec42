"""Looking for people: openings, applications, offers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from sqlalchemy import select

from dougong import Invalid, Refused, Text, UnitOfWork, _
from dougong_hr.recruitment.interviews import Offer
from dougong_hr.recruitment.models import Applicant, ApplicantStage, Opening
from dougong_hr.recruitment.workflow import OFFER_STEPS

#: The most signs of each field of an application.
LIMITS = {"name": 120, "email": 200, "phone": 40, "letter": 4000}
#: What comes before and after the @ of an address.
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Application:
    """What a stranger has typed on the careers page."""

    name: str
    email: str
    phone: str = ""
    letter: str = ""
    consent: bool = False

    @property
    def address(self) -> str:
        """The e-mail address as it is kept."""
        return self.email.strip().lower()

    def errors(self) -> dict[str, Text | str]:
        """What is wrong with it, by field."""
        found: dict[str, Text | str] = {}
        for name, most in LIMITS.items():
            said: str = getattr(self, name)
            if len(said.strip()) > most:
                found[name] = _("At most %(most)s characters.", most=most)
            elif any(ord(sign) < 32 and sign not in "\n\r\t" for sign in said):
                found[name] = _("It contains a sign that cannot be shown.")
        if not self.name.strip() or not ADDRESS.fullmatch(self.address):
            found.setdefault("email", _("Enter your name and an e-mail address."))
        return found


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


def apply_online(uow: UnitOfWork, opening_id: int, said: Application) -> Applicant:
    """Somebody answers a published opening on the careers page; raises `Invalid` for what is wrong."""
    opening = uow.get(Opening, opening_id)
    if opening.state != "published":
        raise Refused(_("This opening is no longer published."))
    if errors := said.errors():
        raise Invalid(errors, HTTPStatus.UNPROCESSABLE_ENTITY)
    twice = select(Applicant.id).where(
        Applicant.opening_id == opening_id, Applicant.email == said.address
    )
    if uow.session.scalar(twice) is not None:
        raise Refused(_("You have applied for this already. We will write to you."))
    applicant = Applicant(
        company_id=opening.company_id,
        name=said.name.strip(),
        email=said.address,
        phone=said.phone.strip() or None,
        letter=said.letter.strip() or None,
        consent=said.consent,
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
