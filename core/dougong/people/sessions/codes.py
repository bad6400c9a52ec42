"""The second factor: codes of the minute from a person's telephone, and ten for the day it is lost."""

from __future__ import annotations

import hmac
import secrets

import pyotp

from dougong.errors import Invalid, Refused
from dougong.i18n import _
from dougong.people.secrets import Sealer, hashed
from dougong.people.sessions.service import close_log_ins
from dougong.people.users.models import User
from dougong.people.users.service import own_account
from dougong.unit_of_work import UnitOfWork

ISSUER = "Dougong"
STEP = 30
SPARE_CODES = 10


def begin_second_factor(uow: UnitOfWork, sealer: Sealer) -> None:
    """Choose a new shared secret; it counts once its first code was right."""
    user = own_account(uow)
    if user.has_totp:
        raise Refused(_("You already have a second factor. Remove it before you set up another."))
    user.totp = sealer.seal(pyotp.random_base32(), _place(user))


def address_for(user: User, sealer: Sealer) -> str:
    """What the telephone reads from the picture."""
    if user.totp is None:
        raise Refused(_("Begin the set-up of the second factor anew."))
    secret = sealer.open(user.totp, _place(user))
    return pyotp.TOTP(secret).provisioning_uri(name=user.login, issuer_name=ISSUER)


def confirm_second_factor(
    uow: UnitOfWork, sealer: Sealer, code: str, *, keep: int | None = None
) -> list[str]:
    """From now on each log-in asks for a code. Returns the spare codes, which are shown once."""
    user = own_account(uow)
    if user.has_totp or user.totp is None or not _of_the_minute(uow, user, sealer, code):
        raise Invalid({"code": _("This is not the code your telephone shows now.")})
    spare = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _n in range(SPARE_CODES)]
    user.has_totp, user.recovery = True, [hashed(one) for one in spare]
    close_log_ins(uow, [user.id], keep=keep)
    return spare


def remove_second_factor(uow: UnitOfWork) -> None:
    """Log in with the password alone again."""
    user = own_account(uow)
    user.totp, user.has_totp, user.recovery = None, False, []


def take_code(uow: UnitOfWork, user: User, sealer: Sealer, code: str) -> bool:
    """Whether a code opens the log-in; no code, spare or not, is taken twice."""
    typed = code.strip().lower().replace(" ", "")
    if _of_the_minute(uow, user, sealer, typed):
        return True
    kept = hashed(typed)
    left = [one for one in user.recovery if not hmac.compare_digest(one, kept)]
    if len(left) == len(user.recovery):
        return False
    user.recovery = left
    return True


def _of_the_minute(uow: UnitOfWork, user: User, sealer: Sealer, code: str) -> bool:
    if user.totp is None:
        return False
    clock = pyotp.TOTP(sealer.open(user.totp, _place(user)))
    now = int(uow.now.timestamp()) // STEP
    for step in (now - 1, now, now + 1):
        if step > user.totp_step and hmac.compare_digest(
            clock.generate_otp(step).encode(), code.strip().encode()
        ):
            user.totp_step = step
            return True
    return False


def _place(user: User) -> str:
    return f"core_user.totp:{user.id}"
