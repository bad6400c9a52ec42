"""Currencies as something to choose from a list."""

from dougong_base.seeds import CURRENCIES

#: Every currency a new house knows; the codes need no translation.
CURRENCY_CHOICES = {code: code for code, _symbol, _name in CURRENCIES}
