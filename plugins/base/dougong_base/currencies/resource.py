"""How currencies and rates are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Choice, Field, Form, Number, Resource, Rights, Section
from dougong_base.currencies.choices import CURRENCY_CHOICES
from dougong_base.currencies.models import Currency, CurrencyRate


class CurrencyResource(Resource):
    """Currencies, and how many decimal places their amounts have."""

    name, model, label, one = "base.currencies", Currency, _("Currencies"), _("Currency")
    icon, identity, title, sort = "currency-yuan", "code", "code", "code"
    columns = ["code", "name", "symbol", "digits", "active"]
    search, filters = ["code", "name"], ["active"]
    form = Form(Section("code", "name", "symbol", "digits", "active"))
    fields = {
        "digits": Number(label=_("Decimal places"), least=0, most=3),
        "code": Field(label=_("Code"), help=_("Three letters, as in ISO 4217.")),
    }
    rights = Rights("base.currency")


class RateResource(Resource):
    """What currencies were worth, from which day on."""

    name, model, label, one = "base.rates", CurrencyRate, _("Exchange rates"), _("Exchange rate")
    icon, title, sort = "arrows-exchange", "currency", "-on"
    columns = ["on", "currency", "against", "rate"]
    search, filters = ["currency", "against"], ["currency", "against", "on"]
    form = Form(Section("on", "currency", "rate", "against"))
    fields = {
        "on": Field(label=_("From day")),
        "currency": Choice(label=_("One unit of"), choices=CURRENCY_CHOICES),
        "against": Choice(label=_("In currency"), choices=CURRENCY_CHOICES),
        "rate": Number(label=_("Is worth"), least=0),
    }
    rights = Rights("base.currency")
