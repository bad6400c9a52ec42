"""What a setting may hold: checked by what its plugin declared."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from dougong.errors import Invalid
from dougong.i18n import Text, _
from dougong.plugin import Setting

LONGEST = 4000
_YES = {"1", "true", "yes", "on"}
_NO = {"", "0", "false", "no", "off"}


def checked(setting: Setting, value: Any) -> Any:
    """The value as it may be stored, or `Invalid` with a sentence under the setting's key."""
    check = {"flag": _flag, "number": _number, "choice": _choice}.get(setting.kind, _text)
    return check(setting, value)


def from_text(setting: Setting, text: str) -> Any:
    """What a form or a command line typed, as a value."""
    typed = text.strip()
    if setting.kind == "flag":
        if typed.lower() not in _YES | _NO:
            raise _wrong(setting, _("Say yes or no."))
        return typed.lower() in _YES
    if setting.kind == "number":
        return checked(setting, typed)
    return checked(setting, text)


def to_json(value: Any) -> Any:
    """As JSON keeps it: an exact number travels as its digits."""
    return format(value, "f") if isinstance(value, Decimal) else value


def from_json(setting: Setting, stored: Any) -> Any:
    """The value that was stored, in the type of the declaration."""
    return _number(setting, stored) if setting.kind == "number" else stored


def _flag(setting: Setting, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong(setting, _("Say yes or no."))
    return value


def _number(setting: Setting, value: Any) -> int | Decimal:
    whole = isinstance(setting.default, int) and not isinstance(setting.default, bool)
    try:
        if isinstance(value, bool | float):
            raise InvalidOperation
        number = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        raise _wrong(setting, _("This is not a number.")) from None
    if not number.is_finite() or abs(number) >= 10**15:
        raise _wrong(setting, _("This number is too large."))
    if not whole:
        return number
    if number != number.to_integral_value():
        raise _wrong(setting, _("A whole number is needed."))
    return int(number)


def _choice(setting: Setting, value: Any) -> str:
    if not isinstance(value, str) or value not in setting.choices:
        choices = ", ".join(setting.choices)
        raise _wrong(setting, _("Choose one of: %(choices)s.", choices=choices))
    return value


def _text(setting: Setting, value: Any) -> str:
    if not isinstance(value, str):
        raise _wrong(setting, _("This must be text."))
    if len(value) > LONGEST:
        raise _wrong(setting, _("At most %(most)s characters.", most=LONGEST))
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in value):
        raise _wrong(setting, _("It contains a sign that cannot be shown."))
    return value


def _wrong(setting: Setting, sentence: Text) -> Invalid:
    return Invalid({setting.key: sentence})
