"""The demo company: every plugin brings its part to life, and its people can log in."""

from __future__ import annotations

import json
import os
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select

from dougong.actors import Actor
from dougong.companies.models import Company
from dougong.i18n import speaking
from dougong.people.roles.authority import declared_roles
from dougong.people.roles.service import declare_roles, give_role
from dougong.people.users.models import User
from dougong.people.users.passwords import invented
from dougong.people.users.service import add_user
from dougong.plugin import Role
from dougong.plugins.registry import Runtime
from dougong.unit_of_work import UnitOfWork

#: What one plugin tells the others in the first round, they answer in the second.
ROUNDS = 2
#: Where the site keeps the log-ins of its demo people, readable by its owner only.
LOG_INS = "demo-log-ins.json"


@dataclass(frozen=True)
class Person:
    """Somebody of the demo company, with a role of the core or of a plugin."""

    login: str
    name: str
    native: str
    role: str
    #: Whether plugins find this log-in when they bring the company to life; the others come last.
    early: bool = False
    #: Whether they come from outside, for a customer: without a role.
    guest: bool = False


PEOPLE = (
    Person("admin", "Anna Winter", "温安娜", "administrator"),
    Person("sales", "Jonas Berg", "白俊", "crm.manager"),
    Person("warehouse", "Lena Hof", "何丽娜", "inventory.manager"),
    Person("accountant", "Paul Stein", "石保罗", "finance.accountant"),
    Person("buyer", "Mara Lind", "林美华", "purchasing.manager"),
    Person("planner", "Erik Thal", "谭立新", "production.manager"),
    Person("dispatcher", "Nils Brandt", "白立民", "logistics.manager"),
    Person("driver", "Kim Roder", "金小路", "logistics.driver", early=True),
    Person("people", "Clara Roth", "罗晓兰", "hr.manager"),
    Person("lead", "Rita Falk", "方瑞", "hr.lead", early=True),
    Person("employee", "Ben Ruiz", "阮斌", "hr.employee", early=True),
    Person("customer", "Tom Hart", "韩涛", "", early=True, guest=True),
)


def bring_to_life(runtime: Runtime, actor: Actor, language: str) -> None:
    """Let every enabled plugin put in its part, those that others stand on first."""
    with speaking(language):
        for _round in range(ROUNDS):
            for plugin in runtime.wiring.plugins.values():
                runtime.house.run(actor, plugin.demo)


def people_of(roles: Mapping[str, Role]) -> list[Person]:
    """Everybody of the demo company: the house's own, then those that plugins name with a role."""
    people = {person.login: person for person in PEOPLE}
    for role in roles.values():
        if role.demo is not None:
            one = role.demo
            people.setdefault(one.login, Person(one.login, one.name, one.native, role.name))
    return list(people.values())


class LeftOut(NamedTuple):
    """Nobody shows this role in the demo: somebody else goes by the log-in that was meant for it."""

    login: str
    role: str


def left_out(roles: Mapping[str, Role], known: Container[str]) -> list[LeftOut]:
    """Whom `let_people_in` leaves out where these log-ins are there already, or two roles name the same."""
    people = people_of(roles)
    meant = {(p.login, p.role) for p in people}
    return [
        *(
            LeftOut(p.login, p.role)
            for p in people
            if p.login in known and (p.guest or p.role in roles)
        ),
        *(
            LeftOut(role.demo.login, role.name)
            for role in roles.values()
            if role.demo is not None and (role.demo.login, role.name) not in meant
        ),
    ]


def those_let_in(runtime: Runtime, actor: Actor) -> list[str]:
    """The log-in names of the demo people who are there; they come last, in the order of `people_of`."""
    with runtime.house.read(actor) as session:
        known = set(session.scalars(select(User.login)))
    return [person.login for person in people_of(runtime.wiring.roles) if person.login in known]


def let_people_in(
    uow: UnitOfWork, log_ins: dict[str, str], language: str, timezone: str, *, early: bool = False
) -> Sequence[Person]:
    """Make the demo people known whose role somebody declares, and guests, once; ``early`` only those."""
    declare_roles(uow)
    uow.flush()
    roles = declared_roles(uow)
    companies = list(uow.session.scalars(select(Company.id)))
    known = set(uow.session.scalars(select(User.login)))
    added = [
        p for p in people_of(roles)
        if (p.guest or p.role in roles) and p.login not in known and p.early >= early
    ]  # fmt: skip
    for person in added:
        user, _initial = add_user(
            uow,
            person.login,
            person.native if language == "zh_Hans_CN" else person.name,
            companies=companies,
            password=log_ins[person.login],
            language=language,
            timezone=timezone,
            guest=person.guest,
        )
        uow.flush()
        if not person.guest:
            give_role(uow, user.id, person.role)
    return added


def log_ins_of(home: Path, people: Iterable[Person] = PEOPLE) -> dict[str, str]:
    """Log-in name and password of each demo person; invented for this site when first asked."""
    path = home / LOG_INS
    kept = dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}
    made = {person.login: invented() for person in people if person.login not in kept}
    if made:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(kept | made, indent=2) + "\n")
    return kept | made
