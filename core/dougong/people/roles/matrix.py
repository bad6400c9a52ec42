"""Every right of the house in rows of nouns, and which roles give it: what may somebody do, and why?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.actors import Rights
from dougong.companies.models import Company
from dougong.i18n import Text, _
from dougong.people.actors import rights_of
from dougong.people.roles.core import CORE_ROLES
from dougong.people.roles.models import Role, UserRole

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.people.users.models import User
    from dougong.wiring import Wiring

#: The rights of every noun, in the order of their columns.
VERBS: Mapping[str, Text] = {
    "read": _("See"),
    "create": _("Enter"),
    "write": _("Change"),
    "delete": _("Delete"),
}


Group = TypeVar("Group")


@dataclass(frozen=True)
class Cell:
    """One right: its name, its words, and the roles that give it."""

    right: str
    label: Text | str
    by: tuple[str, ...]


@dataclass
class Line:
    """A noun with its four rights, and what else may be done with it."""

    label: Text | str
    verbs: list[Cell | None]
    more: list[Cell] = field(default_factory=list)

    @property
    def given(self) -> bool:
        """Whether any of it is given."""
        return any(cell and cell.by for cell in (*self.verbs, *self.more))


#: Which roles give a right.
Given = Callable[[str], tuple[str, ...]]


def matrix(wiring: Wiring, nouns: Any, given: Given) -> list[tuple[str, list[Line]]]:
    """By department: a line a noun, and one for rights that belong to none."""
    groups: dict[str, list[Line]] = {}
    told: set[str] = set()
    for noun in sorted(nouns, key=lambda n: str(n.label)):
        prefix = noun.rights.name
        if f"{prefix}.read" in told:
            continue  # shown twice under the same rights
        line = Line(noun.label, list(_verbs(noun, given)), list(_steps(noun, given)))
        told |= {cell.right for cell in (*line.verbs, *line.more) if cell}
        groups.setdefault(noun.plugin, []).append(line)
    for name, permission in sorted(wiring.permissions.items()):
        if name not in told:
            owner = name.split(".")[0]
            rest = groups.setdefault(owner, [])
            if not rest or rest[-1].verbs:
                rest.append(Line(_("More"), []))
            rest[-1].more.append(Cell(name, permission.label, given(name)))
    return by_department(wiring, groups)


def by_department(wiring: Wiring, groups: Mapping[str, Group]) -> list[tuple[str, Group]]:
    """What was gathered by plugin, in the order and under the headings of the menu."""
    headings = {item.key: item.label for item in wiring.menus if not item.parent}
    order = [*headings, *sorted(groups.keys() - headings.keys())]
    return [(str(headings.get(key, key)), groups[key]) for key in order if key in groups]


def _verbs(noun: Any, given: Given) -> Iterator[Cell | None]:
    for verb, label in VERBS.items():
        right = f"{noun.rights.name}.{verb}"
        absent = noun.rights.only_read and verb != "read"
        yield None if absent else Cell(right, label, given(right))


def _steps(noun: Any, given: Given) -> Iterator[Cell]:
    seen = {f"{noun.rights.name}.{verb}" for verb in VERBS}
    for step in noun.steps.steps if noun.steps else ():
        if step.needs and step.needs not in seen:
            seen.add(step.needs)
            yield Cell(step.needs, step.label, given(step.needs))


def role_tab(_noun: Any, session: Session, role: Role, actor: Actor) -> tuple[str, dict[str, Any]]:
    """What a role gives: the tab beside its form."""
    wiring, nouns = _house(session)
    declared = {**CORE_ROLES, **wiring.roles}
    rights = Rights(rights_of(role, declared))
    return "people/matrix.html", {
        "groups": matrix(wiring, nouns, lambda right: ("✓",) if right in rights else ()),
        "verbs": VERBS,
        "why": False,
        "actor": actor,
    }


def user_tab(_noun: Any, session: Session, user: User, actor: Actor) -> tuple[str, dict[str, Any]]:
    """What somebody may do, and which of their roles lets them."""
    wiring, nouns = _house(session)
    given = given_to(session, wiring, user.id)
    return "people/matrix.html", {
        "groups": matrix(wiring, nouns, given),
        "verbs": VERBS,
        "why": True,
        "actor": actor,
    }


def given_to(session: Session, wiring: Wiring, user_id: int) -> Given:
    """For each right the roles by which somebody has it, with the company where it is one's alone."""
    held = _held(session, wiring, user_id)

    def given(right: str) -> tuple[str, ...]:
        return tuple(label for label, rights in held if right in rights)

    return given


def _held(session: Session, wiring: Wiring, user_id: int) -> Sequence[tuple[str, Rights]]:
    declared = {**CORE_ROLES, **wiring.roles}
    rows = session.execute(
        select(Role, Company.name)
        .join(UserRole, UserRole.role_id == Role.id)
        .outerjoin(Company, Company.id == UserRole.company_id)
        .where(UserRole.user_id == user_id, Role.active)
        .order_by(Role.label, Company.name)
    )
    return [
        (
            f"{Text(role.label, {})}{f' ({company})' if company else ''}",
            Rights(rights_of(role, declared)),
        )
        for role, company in rows
    ]


def _house(session: Session) -> tuple[Wiring, Any]:
    house = session.info["house"]
    return house.wiring, house.nouns
