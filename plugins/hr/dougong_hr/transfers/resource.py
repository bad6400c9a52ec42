"""How bank transfers are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Form, Lines, Number, Resource, Rights, Section, Tab
from dougong_hr.transfers.models import FORMATS, TRANSFER_STEPS, Transfer


def show_file(
    noun: Any, session: Any, transfer: Transfer, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """Where the file is taken from."""
    usual = transfer.format
    formats = sorted(FORMATS.items(), key=lambda pair: pair[0] != usual)
    return "hr/transfer_file.html", {"transfer": transfer, "formats": formats}


class TransferResource(Resource):
    """Net wages on their way to the people."""

    name, model, label, one = "hr.transfers", Transfer, _("Bank transfers"), _("Bank transfer")
    icon, title, sort = "building-bank", "number", "-id"
    columns = ["number", "payroll", "pay_on", "people", "total", "format", "state", "paid_on"]
    search, filters = ["number"], ["state", "format", "payroll", "pay_on", "paid_on"]
    groups, totals = ["state", "format"], ["total"]
    form = Form(
        Section("number", "payroll", "pay_on", "format"),
        Lines("lines", "name", "bank", "account", "amount", title=_("Whom it pays")),
        Section("people", "total", "paid_on", side=True),
    )
    fields = {
        "format": Choice(label=_("Usual file"), choices=FORMATS),
        "pay_on": Field(label=_("To be paid on")),
        "paid_on": Field(label=_("Paid on")),
        "people": Number(label=_("People")),
        "lines.name": Field(label=_("Name")),
        "lines.bank": Field(label=_("Bank")),
        "lines.account": Field(label=_("Bank account")),
    }
    tabs = [Tab("file", _("File for the bank"), show_file, "hr.payroll.pay")]
    steps, rights = TRANSFER_STEPS, Rights("hr.transfer", only_read=True)
