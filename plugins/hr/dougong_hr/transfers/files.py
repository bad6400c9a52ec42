"""What a bank reads: a table as Chinese banks take it, or a message of ISO 20022. No database.

The message is pain.001.001.09, customer credit transfer initiation (ISO 20022 message definition
report, payments initiation 2019); salaries carry the category purpose SALA.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, tostring

from dougong import digits_of, rounded_to
from dougong.spreadsheets import inert

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
HEADS = ("序号", "收款账号", "收款户名", "金额", "开户行", "联行号", "附言")
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
#: So long may an account number be that is no IBAN.
LONGEST = 34
#: What banks take in an identification: the Latin set that all of them know.
STRANGE = re.compile(r"[^A-Za-z0-9?:().,'+ -]")
BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?")


@dataclass(frozen=True)
class Account:
    """Somebody's bank account."""

    name: str
    number: str
    bank: str = ""
    bank_code: str = ""


@dataclass(frozen=True)
class Order:
    """One amount for one person."""

    to: Account
    amount: Decimal
    key: str


@dataclass(frozen=True)
class Batch:
    """All that one file asks the bank to do."""

    number: str
    by: Account
    currency: str
    pay_on: dt.date
    made_at: dt.datetime
    text: str
    orders: Sequence[Order]


def chinese_table(batch: Batch) -> bytes:
    """A line a person, in the order that banks ask for; GB 18030, as their programs read it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    for n, order in enumerate(batch.orders, 1):
        to = order.to
        words = (compact(to.number), to.name, _said(order.amount, batch.currency))
        more = (to.bank, to.bank_code, batch.text)
        writer.writerow([n, *(inert(word) for word in (*words, *more))])
    return out.getvalue().encode("gb18030")


def iso_message(batch: Batch) -> bytes:
    """The message as XML."""
    document = Element("Document", xmlns=NAMESPACE)
    initiation = SubElement(document, "CstmrCdtTrfInitn")
    count = str(len(batch.orders))
    total = _said(sum((order.amount for order in batch.orders), Decimal(0)), batch.currency)
    head = SubElement(initiation, "GrpHdr")
    _add(head, "MsgId", _key(batch.number))
    _add(head, "CreDtTm", batch.made_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(head, "NbOfTxs", count)
    _add(head, "CtrlSum", total)
    _add(SubElement(head, "InitgPty"), "Nm", _plain(batch.by.name, 70))
    payment = SubElement(initiation, "PmtInf")
    _add(payment, "PmtInfId", _key(batch.number))
    _add(payment, "PmtMtd", "TRF")
    _add(payment, "BtchBookg", "true")
    _add(payment, "NbOfTxs", count)
    _add(payment, "CtrlSum", total)
    _add(SubElement(SubElement(payment, "PmtTpInf"), "CtgyPurp"), "Cd", "SALA")
    _add(SubElement(payment, "ReqdExctnDt"), "Dt", batch.pay_on.isoformat())
    _add(SubElement(payment, "Dbtr"), "Nm", _plain(batch.by.name, 70))
    _account(SubElement(payment, "DbtrAcct"), batch.by.number)
    _bank(SubElement(payment, "DbtrAgt"), batch.by)
    _add(payment, "ChrgBr", "SLEV")
    for order in batch.orders:
        _transaction(SubElement(payment, "CdtTrfTxInf"), order, batch)
    written: bytes = tostring(document, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written


def compact(number: str) -> str:
    """An account number without the spaces that people put in."""
    return re.sub(r"[\s-]", "", number).upper()


def _transaction(at: Element, order: Order, batch: Batch) -> None:
    _add(SubElement(at, "PmtId"), "EndToEndId", _key(order.key))
    amount = _add(SubElement(at, "Amt"), "InstdAmt", _said(order.amount, batch.currency))
    amount.set("Ccy", batch.currency)
    if order.to.bank_code:
        _bank(SubElement(at, "CdtrAgt"), order.to)
    _add(SubElement(at, "Cdtr"), "Nm", _plain(order.to.name, 70))
    _account(SubElement(at, "CdtrAcct"), order.to.number)
    _add(SubElement(at, "RmtInf"), "Ustrd", _plain(batch.text, 140))


def _account(at: Element, number: str) -> None:
    said, key = compact(number), SubElement(at, "Id")
    if IBAN.fullmatch(said):
        _add(key, "IBAN", said)
    else:
        _add(SubElement(key, "Othr"), "Id", said[:LONGEST])


def _bank(at: Element, account: Account) -> None:
    """By its BIC, by the number its country's banks use, or not at all."""
    bank, code = SubElement(at, "FinInstnId"), compact(account.bank_code)
    if BIC.fullmatch(code):
        _add(bank, "BICFI", code)
    elif code:
        _add(SubElement(bank, "ClrSysMmbId"), "MmbId", code[:35])
    else:
        _add(SubElement(bank, "Othr"), "Id", "NOTPROVIDED")


def _add(at: Element, name: str, text: str) -> Element:
    part = SubElement(at, name)
    part.text = text
    return part


def _said(amount: Decimal, currency: str) -> str:
    return f"{rounded_to(amount, digits_of(currency)):f}"


def _key(text: str) -> str:
    """An identification; of one that is too long its end, which tells one payment from another."""
    return STRANGE.sub("-", text).strip()[-35:] or "-"


def _plain(text: str, most: int) -> str:
    """Without signs that XML does not know, in as many as the message allows."""
    kept = "".join(sign if sign.isprintable() else " " for sign in text)
    return kept.strip()[:most] or "-"
