"""Who visits: a customer by his link, his people by a log-in, or whoever holds one document's link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hmac import compare_digest
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import or_, select

from dougong import Actor, UnitOfWork, _, clock
from dougong.actors import Rights
from dougong.companies.models import Company
from dougong.i18n import speaking
from dougong.unit_of_work.session import SCOPED
from dougong_base.parties.models import Party
from dougong_base.portal.models import PortalKey, PortalLogIn

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong_base.portal.declared import PortalNoun

#: A question about one row whose company is not known yet.
ANYWHERE = {SCOPED: True}


class Shown(NamedTuple):
    """A noun of the portal: what its plugin says, and what the core knows of the resource."""

    declared: PortalNoun
    noun: Noun

    @property
    def label(self) -> Any:
        """What customers call them."""
        return self.declared.label or self.noun.label

    @property
    def one(self) -> Any:
        """What customers call one of them."""
        return self.declared.one or self.noun.one

    @property
    def path(self) -> str:
        """Its place below the portal: ``crm/quotes``."""
        return f"{self.noun.plugin}/{self.noun.slug}"


@dataclass(frozen=True)
class Visitor:
    """Whose documents are looked at, in which company, and how they came in."""

    party_id: int
    party: str
    company_id: int
    timezone: str
    language: str
    #: What the people of the house speak, who read the history.
    house_speaks: str = "en"
    #: Where their pages begin.
    root: str = "/portal"
    #: The log-in of one of the customer's people, and what they are called.
    user_id: int | None = None
    person: str = ""
    #: The day on which the key of the link was made.
    key_of: dt.date | None = None
    #: The only document that the link leads to: resource and id.
    only: tuple[str, int] | None = None
    #: A colleague who looks through these eyes: nothing is saved.
    only_reads: bool = False

    @property
    def called(self) -> str:
        """Who did it, as the history tells."""
        # The history keeps 200 signs of a name.
        return f"{self.party[:180]} (portal)"

    def reader(self, shown: Iterable[Shown]) -> Actor:
        """Who reads for them: exactly the rows that the nouns show to this customer, whoever asks."""
        rules: dict[type[Any], tuple[Any, ...]] = {
            Party: (lambda model, _actor: model.id == self.party_id,)
        }
        rights = set()
        for model, nouns in _by_model(shown).items():
            rules[model] = (self._rule(nouns),)
            rights |= {f"{one.noun.rights.name}.read" for one in nouns}
        return replace(self.actor(rights), rules=rules)

    def actor(self, rights: Iterable[str] = ()) -> Actor:
        """Who acts for them, lent these rights and no others."""
        here = self.company_id
        return Actor(
            self.user_id, self.called, Rights(rights), (here,), here, self.language, self.timezone,
            only_reads=self.only_reads,
        )  # fmt: skip

    def _rule(self, nouns: Sequence[Shown]) -> Any:
        def rule(model: Any, _actor: Actor) -> Any:
            found = or_(*(one.declared.visible(model, self.party_id) for one in nouns))
            return found if self.only is None else found & (model.id == self.only[1])

        return rule


def _by_model(shown: Iterable[Shown]) -> Mapping[type[Any], list[Shown]]:
    found: dict[type[Any], list[Shown]] = {}
    for one in shown:
        found.setdefault(one.noun.model, []).append(one)
    return found


def by_link(uow: UnitOfWork, said: Any) -> Visitor | None:
    """Who follows a link that this house signed; None when its time or its key is over."""
    match said:
        case [int(key), str(secret), int(party), int(last)]:
            return _behind(uow, key, secret, party, last)
        case _:
            return None


def by_document(uow: UnitOfWork, said: Any) -> Visitor | None:
    """Who follows a link to one document."""
    match said:
        case [int(key), str(secret), int(party), int(last), str(noun), int(document)]:
            found = _behind(uow, key, secret, party, last)
            return found and replace(found, only=(noun, document))
        case _:
            return None


def _behind(uow: UnitOfWork, key: int, secret: str, party: int, last: int) -> Visitor | None:
    row = uow.session.execute(
        _visiting(PortalKey.secret, PortalKey.renewed_on)
        .join(PortalKey, PortalKey.party_id == Party.id)
        .join(Company, Company.id == PortalKey.company_id)
        .where(PortalKey.id == key, PortalKey.party_id == party),
        execution_options=ANYWHERE,
    ).first()
    if row is None or not compare_digest(row.secret, secret):
        return None
    found = _visitor(row, key_of=row.renewed_on)
    return found if _today(found.timezone) <= _day(last) else None


def by_log_in(uow: UnitOfWork, guest: Actor) -> Visitor | None:
    """The customer of somebody who has logged in, in their company."""
    row = uow.session.execute(
        _visiting()
        .join(PortalLogIn, PortalLogIn.party_id == Party.id)
        .join(Company, Company.id == guest.company_id)
        .where(PortalLogIn.user_id == guest.user_id),
        execution_options=ANYWHERE,
    ).first()
    if row is None:
        return None
    found = _visitor(row, user_id=guest.user_id, person=guest.name, only_reads=guest.only_reads)
    return replace(found, language=guest.language)


def _visiting(*more: Any) -> Any:
    return (
        select(
            Party.id, Party.name, Party.language, Company.id.label("company"), Company.timezone,
            Company.language.label("house_speaks"), *more,
        )
        .select_from(Party)
        .where(Party.active, Company.active)
    )  # fmt: skip


def _visitor(row: Any, **more: Any) -> Visitor:
    return Visitor(
        row.id, row.name, row.company, row.timezone, row.language or row.house_speaks,
        row.house_speaks, **more,
    )  # fmt: skip


def _today(timezone: str) -> dt.date:
    with clock.within(timezone):
        return clock.today()


def _day(ordinal: int) -> dt.date:
    return dt.date.fromordinal(min(max(ordinal, 1), dt.date.max.toordinal()))


def how(visitor: Visitor, name: str, address: str) -> str:
    """Who it was and how they came in, in the words of the house: the history keeps it."""
    day = visitor.key_of.isoformat() if visitor.key_of else ""
    facts = {"who": name or visitor.person or visitor.party, "address": address, "day": day}
    with speaking(visitor.house_speaks):
        if visitor.user_id is not None:
            return str(_("%(who)s, by log-in, from %(address)s", **facts))
        if visitor.only is not None:
            said = _(
                "%(who)s, by the link to this document (key of %(day)s), from %(address)s", **facts
            )
            return str(said)
        return str(_("%(who)s, by the link (key of %(day)s), from %(address)s", **facts))
