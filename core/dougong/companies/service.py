"""Opening another company: a set of books of its own, ready for work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dougong.actors import Actor
from dougong.companies.models import Company
from dougong.errors import Invalid
from dougong.i18n import LANGUAGES, _
from dougong.people.users.models import UserCompany
from dougong.unit_of_work import UnitOfWork
from dougong.unit_of_work.session import scope_options


def open_company(
    uow: UnitOfWork,
    code: str,
    name: str,
    currency: str,
    *,
    country: str | None = None,
    timezone: str = "UTC",
    language: str = "en",
) -> Company:
    """Open a company; each enabled plugin puts in what it needs from the first day.

    Whoever opens it may work in it.
    """
    uow.require("core.company.create")
    if not (len(currency) == 3 and currency.isalpha()):
        raise Invalid({"currency": _("A currency is three letters: EUR, CNY.")})
    if language not in LANGUAGES:
        raise Invalid({"language": _("The house does not speak this language.")})
    company = Company(
        code=code,
        name=name,
        currency=currency.upper(),
        country=country.upper() if country else None,
        timezone=timezone,
        language=language,
    )
    uow.add(company)
    if uow.actor.user_id is not None:
        uow.add(UserCompany(user_id=uow.actor.user_id, company_id=company.id))
    uow.flush()
    wiring = getattr(uow.house, "wiring", None)
    with _inside(uow, company):
        for plugin in wiring.plugins.values() if wiring else ():
            plugin.seed(uow)
            uow.settle()
            uow.flush()
    return company


@contextmanager
def _inside(uow: UnitOfWork, company: Company) -> Iterator[None]:
    """The house itself works in the new company, within the same unit of work."""
    actor, scope = uow.actor, uow.session.info["scope"]
    uow.actor = Actor.system(company.id, name=actor.name)
    uow.session.info["scope"] = scope_options(uow.actor)
    try:
        yield
    finally:
        uow.actor, uow.session.info["scope"] = actor, scope
