"""The message to the bank keeps the rules that the schema of pain.001.001.09 states.

Written after the message definition report of ISO 20022 (payments initiation, 2019): order and
number of the elements, and the types of what stands in them. Elements that the schema allows but
that we never write are named where they would stand, so that the order can be told. The schema's
file itself is not here: a bank's own test is still to be passed.
"""

import datetime as dt
import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dougong_hr.transfers.files import (
    BIC,
    IBAN,
    NAMESPACE,
    Account,
    Batch,
    Order,
    compact,
    iso_message,
)

pytestmark = pytest.mark.once
D = Decimal

#: An element's children in their order, each with how often it may stand there.
MANY = 10**9
SEQUENCES = {
    "Document": [("CstmrCdtTrfInitn", 1, 1)],
    "CstmrCdtTrfInitn": [("GrpHdr", 1, 1), ("PmtInf", 1, MANY), ("SplmtryData", 0, MANY)],
    "GrpHdr": [
        ("MsgId", 1, 1), ("CreDtTm", 1, 1), ("Authstn", 0, 2), ("NbOfTxs", 1, 1),
        ("CtrlSum", 0, 1), ("InitgPty", 1, 1), ("FwdgAgt", 0, 1), ("InitnSrc", 0, 1),
    ],
    "PmtInf": [
        ("PmtInfId", 1, 1), ("PmtMtd", 1, 1), ("ReqdAdvcTp", 0, 1), ("BtchBookg", 0, 1),
        ("NbOfTxs", 0, 1), ("CtrlSum", 0, 1), ("PmtTpInf", 0, 1), ("ReqdExctnDt", 1, 1),
        ("PoolgAdjstmntDt", 0, 1), ("Dbtr", 1, 1), ("DbtrAcct", 1, 1), ("DbtrAgt", 1, 1),
        ("DbtrAgtAcct", 0, 1), ("InstrForDbtrAgt", 0, 1), ("UltmtDbtr", 0, 1), ("ChrgBr", 0, 1),
        ("ChrgsAcct", 0, 1), ("ChrgsAcctAgt", 0, 1), ("CdtTrfTxInf", 1, MANY),
    ],
    "PmtTpInf": [
        ("InstrPrty", 0, 1), ("SvcLvl", 0, MANY), ("LclInstrm", 0, 1), ("CtgyPurp", 0, 1),
    ],
    "CdtTrfTxInf": [
        ("PmtId", 1, 1), ("PmtTpInf", 0, 1), ("Amt", 1, 1), ("XchgRateInf", 0, 1),
        ("ChrgBr", 0, 1), ("ChqInstr", 0, 1), ("UltmtDbtr", 0, 1), ("IntrmyAgt1", 0, 1),
        ("CdtrAgt", 0, 1), ("CdtrAgtAcct", 0, 1), ("Cdtr", 0, 1), ("CdtrAcct", 0, 1),
        ("UltmtCdtr", 0, 1), ("InstrForCdtrAgt", 0, MANY), ("Purp", 0, 1), ("RgltryRptg", 0, 10),
        ("Tax", 0, 1), ("RltdRmtInf", 0, 10), ("RmtInf", 0, 1),
    ],
    "PmtId": [("InstrId", 0, 1), ("EndToEndId", 1, 1), ("UETR", 0, 1)],
    "InitgPty": [("Nm", 0, 1), ("PstlAdr", 0, 1), ("Id", 0, 1)],
    "Dbtr": [("Nm", 0, 1), ("PstlAdr", 0, 1), ("Id", 0, 1)],
    "Cdtr": [("Nm", 0, 1), ("PstlAdr", 0, 1), ("Id", 0, 1)],
    "DbtrAcct": [("Id", 0, 1), ("Tp", 0, 1), ("Ccy", 0, 1)],
    "CdtrAcct": [("Id", 0, 1), ("Tp", 0, 1), ("Ccy", 0, 1)],
    "DbtrAgt": [("FinInstnId", 1, 1), ("BrnchId", 0, 1)],
    "CdtrAgt": [("FinInstnId", 1, 1), ("BrnchId", 0, 1)],
    "FinInstnId": [
        ("BICFI", 0, 1), ("ClrSysMmbId", 0, 1), ("LEI", 0, 1), ("Nm", 0, 1), ("PstlAdr", 0, 1),
        ("Othr", 0, 1),
    ],
    "ClrSysMmbId": [("ClrSysId", 0, 1), ("MmbId", 1, 1)],
    "Othr": [("Id", 1, 1), ("SchmeNm", 0, 1), ("Issr", 0, 1)],
    "RmtInf": [("Ustrd", 0, MANY), ("Strd", 0, MANY)],
}  # fmt: skip
#: Exactly one of these.
CHOICES = {
    "Id": {"IBAN", "Othr"}, "ReqdExctnDt": {"Dt", "DtTm"}, "CtgyPurp": {"Cd", "Prtry"},
    "Amt": {"InstdAmt", "EqvtAmt"},
}  # fmt: skip
SIMPLE = {
    "MsgId": r".{1,35}", "PmtInfId": r".{1,35}", "EndToEndId": r".{1,35}", "MmbId": r".{1,35}",
    "CreDtTm": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "Dt": r"\d{4}-\d\d-\d\d",
    "NbOfTxs": r"[0-9]{1,15}", "CtrlSum": r"\d{1,17}(\.\d{1,17})?", "PmtMtd": "CHK|TRF|TRA",
    "BtchBookg": "true|false|0|1", "Cd": r".{1,4}", "ChrgBr": "DEBT|CRED|SHAR|SLEV",
    "Nm": r".{1,140}", "Ustrd": r".{1,140}", "IBAN": r"[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{1,30}",
    "BICFI": r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?",
    "InstdAmt": r"\d{1,13}(\.\d{1,5})?", "Id": r".{1,34}",
}  # fmt: skip


def name_of(element):
    space, name = element.tag[1:].split("}")
    assert space == NAMESPACE
    return name


def keep_the_rules(element):
    """Each element as the schema states it, and all below it."""
    name, children = name_of(element), list(element)
    names = [name_of(child) for child in children]
    if not children:
        assert re.fullmatch(SIMPLE[name], element.text or ""), (name, element.text)
    elif name in CHOICES:
        assert len(names) == 1, name
        assert names[0] in CHOICES[name]
    else:
        places = [place for place, _least, _most in SEQUENCES[name]]
        assert [places.index(child) for child in names] == sorted(map(places.index, names)), name
        for place, least, most in SEQUENCES[name]:
            assert least <= names.count(place) <= most, (name, place)
    wanted = {"Ccy"} if name == "InstdAmt" else set()
    assert set(element.attrib) == wanted
    for child in children:
        keep_the_rules(child)


def texts(tree, name):
    return [element.text for element in tree.iter(f"{{{NAMESPACE}}}{name}")]


def checked(batch):
    """The message, read again: schema, counts, sums, and identifications that differ."""
    data = iso_message(batch)
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    tree = ElementTree.fromstring(data)
    keep_the_rules(tree)
    amounts = [D(text) for text in texts(tree, "InstdAmt")]
    assert {D(text) for text in texts(tree, "CtrlSum")} == {sum(amounts)}
    assert {int(text) for text in texts(tree, "NbOfTxs")} == {len(amounts)}
    assert all(amount > 0 for amount in amounts)
    for amount in tree.iter(f"{{{NAMESPACE}}}InstdAmt"):
        assert re.fullmatch("[A-Z]{3}", amount.get("Ccy"))
    keys = texts(tree, "EndToEndId")
    assert len(set(keys)) == len(keys)
    for key in (*keys, *texts(tree, "MsgId"), *texts(tree, "PmtInfId")):
        assert re.fullmatch(r"[A-Za-z0-9?:().,'+ -]+", key)
    return tree


def batch(orders, *, number="WT-2025-00001", name="Dougong Ltd", bank="COBADEFF", **more):
    return Batch(
        number=number, by=Account(name, "DE89 3704 0044 0532 0130 00", bank_code=bank),
        currency="EUR", pay_on=dt.date(2025, 3, 28),
        made_at=dt.datetime(2025, 3, 27, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=8))),
        text="Wages", orders=orders, **more,
    )  # fmt: skip


def order(n=1, name="Ann", number="GB82 WEST 1234 5698 7654 32", code="", amount="1000"):
    return Order(Account(name, number, bank_code=code), D(amount), f"WT-2025-00001-{n}")


@pytest.mark.parametrize("code", ["", "COBADEFF", "COBADEFFXXX", "102100099996"])
@pytest.mark.parametrize("number", ["GB82 WEST 1234 5698 7654 32", "6222 0212 3456"])
def test_the_message_keeps_the_rules_whatever_accounts_and_banks(number, code):
    tree = checked(batch([order(1, number=number, code=code), order(2, amount="0.01")], bank=code))
    assert texts(tree, "CreDtTm") == ["2025-03-27T15:30:00Z"]


def test_long_numbers_in_any_script_still_differ():
    several = [Order(order().to, D(1), f"工资发放-2025-{'0' * 22}-{n}") for n in range(12)]
    checked(batch(several, number="工资/2025/00001"))


names = st.text(min_size=1, max_size=200)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(names, st.decimals("0.01", "9999999999", places=2, allow_nan=False)),
        min_size=1, max_size=5,
    ),
    names,
)  # fmt: skip
def test_the_message_keeps_the_rules_whatever_people_are_called(people, company):
    orders = [order(n, name=name, amount=str(amount)) for n, (name, amount) in enumerate(people)]
    checked(batch(orders, name=company))


def test_patterns_are_those_of_the_schema():
    assert IBAN.fullmatch(compact("de89 3704 0044 0532 0130 00"))
    assert BIC.fullmatch("COBADEFF")
    assert not BIC.fullmatch("COBADEF")


def test_a_wrong_order_is_found():
    tree = ElementTree.fromstring(iso_message(batch([order()])))
    (payment,) = tree.iter(f"{{{NAMESPACE}}}PmtInf")
    first = payment[0]
    payment.remove(first)
    payment.append(first)
    with pytest.raises(AssertionError):
        keep_the_rules(tree)
