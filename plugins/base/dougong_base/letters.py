"""Papers that go to a party: how they are addressed, and in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from babel import Locale
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dougong.printing import Desk
from dougong_base.parties.models import Address, Party


def receivers(session: Session, ids: Iterable[int | None]) -> dict[int, Party]:
    """The parties of these ids with their addresses, in two statements."""
    wanted = {id for id in ids if id is not None}
    statement = select(Party).where(Party.id.in_(wanted)).options(selectinload(Party.addresses))
    return {party.id: party for party in session.scalars(statement)} if wanted else {}


def languages_of(column: str) -> Callable[[Desk, Sequence[Any]], Mapping[Any, str | None]]:
    """For `Print.language`: what the party in that column (``customer_id``) speaks, by document."""

    def ask(desk: Desk, documents: Sequence[Any]) -> Mapping[Any, str | None]:
        wanted = {getattr(document, column) for document in documents}
        statement = select(Party.id, Party.language).where(Party.id.in_(wanted))
        spoken = {row.id: row.language for row in desk.session.execute(statement)}
        return {document.id: spoken.get(getattr(document, column)) for document in documents}

    return ask


def addressed(
    desk: Desk, party: Party | None, role: str = "main", address: Address | None = None
) -> list[str]:
    """The lines of an address field: who, and where; ``address`` goes before the party's own."""
    if party is None:
        return []
    where = address or party.address_for(role)
    return [party.display, *(address_lines(where, desk.language, desk.home) if where else [])]


def address_lines(address: Address, language: str, home: str | None = None) -> list[str]:
    """Street, place and country as the reader writes them; within ``home`` the country is not named."""
    place = " ".join(part for part in (address.postcode, address.city) if part)
    country = country_name(address.country, language) if address.country != home else ""
    if address.country == "CN" and language.startswith("zh"):
        parts = [address.postcode, f"{address.region or ''}{address.city or ''}"]
        lines = [*parts, address.street, address.street2, address.name]
    else:
        lines = [address.name, address.street, address.street2, place, address.region, country]
    return [line for line in lines if line]


def kept_lines(address: str | None, language: str, home: str | None = None) -> list[str]:
    """An address that was kept as one line, as lines; a country other than ``home`` by its name."""
    lines = [line.strip() for line in (address or "").split(", ") if line.strip()]
    if lines and len(lines[-1]) == 2 and lines[-1].isupper():
        country = lines.pop()
        lines += [country_name(country, language)] if country != home else []
    return lines


@lru_cache(maxsize=512)
def country_name(code: str | None, language: str) -> str:
    """What a country of two letters is called in a language."""
    return str(Locale.parse(language).territories.get(code, code)) if code else ""
