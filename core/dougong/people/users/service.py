"""Making people known, shutting them out, and their passwords."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from dougong.companies.models import Company
from dougong.errors import Invalid, NotFound, Refused
from dougong.i18n import LANGUAGES, _
from dougong.people.roles.authority import require_another_administrator, require_as_much
from dougong.people.sessions.service import close_log_ins
from dougong.people.tokens.service import revoke_tokens_of
from dougong.people.users import passwords
from dougong.people.users.models import User, UserCompany
from dougong.unit_of_work import UnitOfWork

THEMES = ("auto", "light", "dark")


def add_user(
    uow: UnitOfWork,
    login: str,
    name: str,
    *,
    companies: Iterable[int],
    email: str | None = None,
    password: str | None = None,
    language: str = "en",
    timezone: str | None = None,
    guest: bool = False,
) -> tuple[User, str]:
    """Make a person known, in the time zone of their first company unless another is named.

    Without a password one is invented, returned once, and good for one log-in. A ``guest`` comes
    from outside: they hold no role, and no page of the office opens to them.
    """
    uow.require("core.user.create")
    companies = list(companies)
    if uow.actor.user_id is not None and not set(companies) <= set(uow.actor.companies):
        raise NotFound(_("company"), min(set(companies) - set(uow.actor.companies)))
    user = User(
        login=login,
        name=name,
        email=email,
        language=language,
        timezone=timezone or _zone_of(uow, companies),
        company_id=companies[0] if companies else None,
        guest=guest,
        companies=[UserCompany(company_id=company) for company in companies],
        roles=[],
    )
    initial = "" if password else passwords.invented()
    uow.add(user)
    _keep(uow, user, password or initial, once=not password)
    return user, initial


def disable_users(uow: UnitOfWork, ids: Sequence[int]) -> list[User]:
    """Shut people out at once: their log-ins and tokens end."""
    uow.require("core.user.disable")
    users = uow.load(User, ids)
    if uow.actor.user_id in ids:
        raise Refused(_("You cannot disable yourself."))
    require_as_much(uow, users)
    require_another_administrator(uow, ids)
    for user in users:
        user.active = False
    close_log_ins(uow, ids)
    revoke_tokens_of(uow, ids)
    return users


def enable_users(uow: UnitOfWork, ids: Sequence[int]) -> list[User]:
    """Let people in again."""
    uow.require("core.user.disable")
    users = uow.load(User, ids)
    require_as_much(uow, users)
    for user in users:
        user.active = True
    return users


def reset_password(uow: UnitOfWork, user_id: int, password: str | None = None) -> str:
    """Give somebody a password for one log-in; returns it. Their second factor goes with it."""
    uow.require("core.user.password")
    user = uow.get(User, user_id)
    require_as_much(uow, [user])
    given = password or passwords.invented()
    _keep(uow, user, given, once=True)
    user.totp, user.has_totp, user.recovery = None, False, []
    close_log_ins(uow, [user_id])
    return given


def change_own_password(uow: UnitOfWork, old: str, new: str, *, keep: int | None = None) -> None:
    """Change one's own password; every other log-in than ``keep`` ends."""
    user = own_account(uow)
    if not passwords.matches(user.password, old):
        raise Invalid({"old": _("This is not your present password.")})
    if old == new:
        raise Invalid({"password": _("Choose another password than the present one.")})
    _keep(uow, user, new, once=False)
    close_log_ins(uow, [user.id], keep=keep)


def change_preferences(uow: UnitOfWork, language: str, timezone: str, theme: str) -> User:
    """How the house looks and speaks to me."""
    from zoneinfo import available_timezones

    if language not in LANGUAGES:
        raise Invalid({"language": _("The house does not speak this language.")})
    if timezone not in available_timezones():
        raise Invalid({"timezone": _("There is no such time zone.")})
    if theme not in THEMES:
        raise Invalid({"theme": _("There is no such theme.")})
    user = own_account(uow)
    user.language, user.timezone, user.theme = language, timezone, theme
    return user


def own_account(uow: UnitOfWork) -> User:
    """The person who acts; refuses where it is the house itself."""
    if uow.actor.user_id is None:
        raise Refused(_("Only a person has an account."))
    return uow.get(User, uow.actor.user_id)


def _zone_of(uow: UnitOfWork, companies: Sequence[int]) -> str:
    """Where the first of these companies is: what is today, is asked there."""
    zones = select(Company.timezone).where(Company.id.in_(companies[:1]))
    return uow.session.scalars(zones).first() or "UTC"


def _keep(uow: UnitOfWork, user: User, password: str, *, once: bool) -> None:
    passwords.check(password, user.login, user.name, user.email or "")
    user.password = passwords.hash_of(password)
    user.must_change, user.password_at = once, uow.now
