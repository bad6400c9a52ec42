"""Numbers with a check digit: bank accounts and tax numbers."""

from __future__ import annotations

import re

from dougong import Text, _

#: What a tax number looks like, where the country keeps it simple.
TAX_NUMBERS = {
    "AT": r"ATU\d{8}",
    "BE": r"BE[01]\d{9}",
    "CN": r"[0-9A-HJ-NPQRTUWXY]{18}|\d{15}",
    "DE": r"DE\d{9}",
    "DK": r"DK\d{8}",
    "ES": r"ES[A-Z0-9]\d{7}[A-Z0-9]",
    "FR": r"FR[A-HJ-NP-Z0-9]{2}\d{9}",
    "GB": r"GB(\d{9}|\d{12})",
    "IT": r"IT\d{11}",
    "NL": r"NL\d{9}B\d{2}",
    "PL": r"PL\d{10}",
    "US": r"\d{2}-?\d{7}",
}
#: Digits of the Chinese unified social credit code; I, O, S, V and Z are left out.
_CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def bare(number: str) -> str:
    """The number without the blanks and points people write into it."""
    return re.sub(r"[\s.]", "", number).upper()


def iban_problem(number: str | None) -> Text | None:
    """What is wrong with an account number that looks like an IBAN; other numbers are let pass."""
    if not number:
        return None
    text = bare(number)
    if not re.match(r"[A-Z]{2}\d{2}", text):
        return None
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", text):
        return _("An IBAN has 15 to 34 letters and digits.")
    digits = "".join(str(int(sign, 36)) for sign in text[4:] + text[:4])
    if int(digits) % 97 != 1:
        return _("This IBAN is mistyped: its check digits do not fit.")
    return None


def tax_number_problem(number: str | None, country: str | None) -> Text | None:
    """What is wrong with a tax number in that country; unknown countries are let pass."""
    pattern = TAX_NUMBERS.get(country or "")
    if not number or pattern is None:
        return None
    text = bare(number)
    if not re.fullmatch(pattern, text):
        return _("This is no tax number of %(country)s.", country=country)
    if country == "CN" and len(text) == 18 and not _credit_code_fits(text):
        return _("This credit code is mistyped: its check digit does not fit.")
    return None


def _credit_code_fits(text: str) -> bool:
    """The check digit of GB 32100: weights are the powers of three modulo 31."""
    total = sum(_CREDIT_CODE.index(sign) * pow(3, i, 31) for i, sign in enumerate(text[:17]))
    return _CREDIT_CODE[(31 - total % 31) % 31] == text[17]
