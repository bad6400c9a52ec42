"""A new house: the core's tables and the first company."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import available_timezones

from sqlalchemy import insert, select

from dougong.activities.kinds import FIRST
from dougong.activities.models import ActivityKind
from dougong.companies.models import Company
from dougong.core_plugin import core
from dougong.db import make_engine
from dougong.errors import Refused
from dougong.i18n import LANGUAGES, _, speaking
from dougong.migrations.migrator import Migrator
from dougong.migrations.views import create_views


@dataclass(frozen=True, kw_only=True)
class Founding:
    """What is known of the first company."""

    code: str = "MAIN"
    name: str = "My Company"
    currency: str = "EUR"
    country: str | None = None
    timezone: str = "UTC"
    language: str = "en"
    #: Whether all that will be in it is invented.
    demo: bool = False


def found_house(url: str, company: Founding) -> bool:
    """Make the core's tables and the first company; a house that stands already is left as it is.

    Says whether there was a company to make.
    """
    migrator = Migrator(url)
    migrator.upgrade(["core"])
    migrator.close()
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            create_views(connection, dict(core.views()))
            if connection.scalar(select(Company.id).limit(1)) is not None:
                return False
            connection.execute(
                insert(Company).values(
                    id=1,
                    version=1,
                    code=company.code,
                    name=company.name,
                    currency=company.currency,
                    country=company.country,
                    timezone=company.timezone,
                    language=company.language,
                    active=True,
                    demo=company.demo,
                )
            )
            with speaking(company.language):
                kinds = [
                    {
                        "id": 2 + at, "version": 1, "name": str(text), "icon": icon, "days": days,
                        "position": at, "active": True,
                    }
                    for at, (text, icon, days) in enumerate(FIRST)
                ]  # fmt: skip
            connection.execute(insert(ActivityKind), kinds)
        return True
    finally:
        engine.dispose()


def check_founding(company: Founding) -> None:
    """Refuse what could not be corrected easily later; raises `Refused` with the sentence."""
    if not company.name.strip():
        raise Refused(_("A company has a name."))
    if len(company.currency) != 3 or not company.currency.isalpha():
        raise Refused(
            _(
                "A currency has three letters, like EUR or CNY; not “%(said)s”.",
                said=company.currency,
            )
        )
    if company.country and (len(company.country) != 2 or not company.country.isalpha()):
        raise Refused(
            _("A country has two letters, like DE or CN; not “%(said)s”.", said=company.country)
        )
    if company.language not in LANGUAGES:
        raise Refused(
            _(
                "The house speaks %(known)s; not “%(said)s”.",
                known=", ".join(LANGUAGES),
                said=company.language,
            )
        )
    if company.timezone not in available_timezones():
        raise Refused(
            _(
                "There is no time zone “%(said)s”; take one like Europe/Berlin.",
                said=company.timezone,
            )
        )
