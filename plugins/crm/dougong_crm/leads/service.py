"""Making customers and opportunities of leads."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from dougong import Refused, UnitOfWork, _
from dougong.companies.models import Company
from dougong_base import Address, Contact, Party
from dougong_crm.leads.models import Lead
from dougong_crm.opportunities.models import Opportunity, Stage


def convert_leads(uow: UnitOfWork, ids: Sequence[int]) -> list[Opportunity]:
    """An opportunity for each lead, with the customer it belongs to: a known one, or a new one."""
    uow.require("crm.lead.convert")
    leads = uow.load(Lead, ids)
    known = _known_customers(uow, leads)
    stage = _first_stage(uow)
    own = uow.session.scalars(select(Company.currency).where(Company.id == uow.company_id)).one()
    opportunities = []
    for lead in leads:
        customer = known.get(lead.id)
        if customer is None:
            customer = _new_customer(uow, lead)
            uow.add(customer)
        lead.convert(customer.id)
        opportunity = Opportunity(
            company_id=lead.company_id,
            name=lead.interest or str(lead),
            customer_id=customer.id,
            lead_id=lead.id,
            stage_id=stage.id,
            probability=stage.probability,
            salesperson_id=lead.salesperson_id,
            currency=customer.currency or own,
            note=lead.note,
        )
        uow.add(opportunity)
        uow.link(lead, opportunity, "opportunity")
        opportunities.append(opportunity)
    return opportunities


def lose_leads(uow: UnitOfWork, ids: Sequence[int], reason: str | None = None) -> list[Lead]:
    """Give leads up."""
    uow.require("crm.lead.write")
    leads = uow.load(Lead, ids)
    for lead in leads:
        lead.lose(reason)
    return leads


def _known_customers(uow: UnitOfWork, leads: Sequence[Lead]) -> dict[int, Party]:
    """The parties that leads turn out to be: same mail address first, then the same name."""
    mails = {lead.email.lower() for lead in leads if lead.email}
    names = {str(lead).lower() for lead in leads}
    by_mail: dict[str, Party] = {}
    by_name: dict[str, Party] = {}
    parties = select(Party).where(
        Party.active, or_(func.lower(Party.email).in_(mails), func.lower(Party.name).in_(names))
    )
    for party in uow.session.scalars(parties.order_by(Party.id)):
        by_name.setdefault(party.name.lower(), party)
        if party.email:
            by_mail.setdefault(party.email.lower(), party)
    contacts = (
        select(func.lower(Contact.value), Party)
        .join(Party, Party.id == Contact.party_id)
        .where(Contact.kind == "mail", func.lower(Contact.value).in_(mails), Party.active)
        .order_by(Party.id)
    )
    for mail, party in uow.session.execute(contacts):
        by_mail.setdefault(mail, party)
    found = {}
    for lead in leads:
        match = by_mail.get((lead.email or "").lower()) or by_name.get(str(lead).lower())
        if match is not None:
            found[lead.id] = match
    return found


def _new_customer(uow: UnitOfWork, lead: Lead) -> Party:
    """A party with what the lead tells of it."""
    key = uow.id()
    contacts = []
    if lead.organisation and lead.name:
        value = lead.email or lead.phone or lead.name
        kind = "mail" if lead.email else "phone" if lead.phone else "other"
        contacts = [
            Contact(
                kind=kind, value=value, source=lead.source, consent=lead.consent, note=lead.name
            )
        ]
    addresses = [Address(city=lead.city, country=lead.country)] if lead.city else []
    return Party(
        id=key,
        code=f"C{key}",
        name=str(lead),
        kind="organisation" if lead.organisation else "person",
        is_customer=True,
        email=lead.email,
        phone=lead.phone,
        contacts=contacts,
        addresses=addresses,
    )


def _first_stage(uow: UnitOfWork) -> Stage:
    stage = uow.session.scalars(
        select(Stage)
        .where(Stage.company_id == uow.company_id, Stage.active)
        .order_by(Stage.position, Stage.id)
        .limit(1)
    ).first()
    if stage is None:
        raise Refused(_("The pipeline has no stages. Enter one under Sales, Stages."))
    return stage
