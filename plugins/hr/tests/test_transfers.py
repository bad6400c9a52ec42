"""Net wages go to the bank: once, to known accounts, in a file that banks read."""

import csv
import datetime as dt
import io
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from dougong import Actor, Forbidden, NotFound, Refused
from dougong.settings.service import write
from dougong_base.events import CostsArose
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.models import Payroll
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.structures.models import Structure
from dougong_hr.transfers.files import NAMESPACE
from dougong_hr.transfers.models import Transfer, TransferLine
from dougong_hr.transfers.service import pay_transfers, prepare_transfers, write_file

SYSTEM = Actor.system()
D = Decimal
IBAN = "DE89 3704 0044 0532 0130 00"


@pytest.fixture
def payroll(office):
    """Two people, March posted; Ann has an IBAN, Bob a card of a Chinese bank."""
    simple = office.look(Structure, code="SIMPLE")[0].id
    ann, bob = (
        office.hired(n, w, structure_id=simple) for n, w in (("Ann", "1000"), ("Bob", "20.5"))
    )
    office.enter("hr.employees", ann, bank_account=IBAN, bank="City Bank", bank_code="COBADEFF")
    office.enter("hr.employees", bob, bank_account="6222 0212 3456", bank="=ICBC")
    row = Payroll(year=2025, month=3, pay_on=dt.date(2025, 3, 28))
    office.do(lambda uow: uow.add(row))
    office.do(compute_payrolls, [row.id])
    office.do(post_payrolls, [row.id])
    return row.id


def prepared(office, payroll):
    office.do(prepare_transfers, [payroll])
    (transfer,) = office.look(Transfer, payroll_id=payroll, state="draft")
    return transfer


def test_a_transfer_pays_everybody_of_a_posted_payroll_once(office, payroll):
    transfer = prepared(office, payroll)
    assert (transfer.number, transfer.people, transfer.total) == ("WT-2025-00001", 2, D("1020.5"))
    with pytest.raises(Refused, match="is paid by transfer WT-2025-00001 already"):
        office.do(prepare_transfers, [payroll])
    office.step("hr.transfers", transfer.id, "cancel")
    assert prepared(office, payroll).id != transfer.id


def test_what_is_not_posted_and_who_has_no_account_is_not_paid(office, payroll):
    draft = Payroll(year=2025, month=4)
    office.do(lambda uow: uow.add(draft))
    with pytest.raises(Refused, match="Post Payroll 2025-04 first"):
        office.do(prepare_transfers, [draft.id])
    bob = office.look(Employee, name="Bob")[0].id
    office.enter("hr.employees", bob, bank_account=None)
    with pytest.raises(Refused, match="Bob: no bank account"):
        office.do(prepare_transfers, [payroll])
    office.enter("hr.employees", bob, bank_account="DE88 3704 0044 0532 0130 00")
    with pytest.raises(Refused, match="Bob: "):
        office.do(prepare_transfers, [payroll])
    assert office.look(Transfer) == []


def test_the_message_of_iso_20022_says_who_pays_whom_how_much_when(office, payroll):
    key = prepared(office, payroll).id
    with pytest.raises(Refused, match="from which bank account wages are paid"):
        office.do(write_file, key, "iso")
    office.do(lambda uow: write(uow, "hr.pay_account", "GB82 WEST 1234 5698 7654 32"))
    data, name, _kind = office.do(write_file, key, "iso")
    assert name == "WT-2025-00001.xml"
    tree = ElementTree.fromstring(data)

    def said(path):
        steps = "/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/"))
        return [found.text for found in tree.iterfind(f".//{steps}")]

    assert said("GrpHdr/NbOfTxs") == ["2"]
    assert said("GrpHdr/CtrlSum") == ["1020.50"]
    assert said("ReqdExctnDt/Dt") == ["2025-03-28"]
    assert said("CtgyPurp/Cd") == ["SALA"]
    assert said("DbtrAcct/Id/IBAN") == ["GB82WEST12345698765432"]
    assert said("CdtTrfTxInf/Cdtr/Nm") == ["Ann", "Bob"]
    assert said("Amt/InstdAmt") == ["1000.00", "20.50"]
    assert said("CdtrAcct/Id/IBAN") == ["DE89370400440532013000"]
    assert said("CdtrAcct/Id/Othr/Id") == ["622202123456"]
    assert said("CdtrAgt/FinInstnId/BICFI") == ["COBADEFF"]


def test_the_table_for_chinese_banks_is_read_by_them_and_starts_no_formula(office, payroll):
    key = prepared(office, payroll).id
    data, name, kind = office.do(write_file, key, "cn")
    rows = list(csv.reader(io.StringIO(data.decode("gb18030"))))
    assert (name, kind) == ("WT-2025-00001.csv", "text/csv; charset=gb18030")
    assert rows[0][:4] == ["序号", "收款账号", "收款户名", "金额"]
    assert rows[2][:5] == ["2", "622202123456", "Bob", "20.50", "'=ICBC"]
    with pytest.raises(NotFound):
        office.do(write_file, key, "zip")


def test_what_the_bank_has_paid_is_told_and_the_account_stands_sealed(office, payroll):
    key = prepared(office, payroll).id
    (event,) = office.told(pay_transfers, [key], dt.date(2025, 3, 31))
    assert isinstance(event, CostsArose)
    assert sum(line.amount for line in event.lines) == 0
    assert [(line.purpose, line.amount) for line in event.lines] == [
        ("wages_payable", 1000), ("wages_payable", D("20.5")), ("bank", D("-1020.5")),
    ]  # fmt: skip
    with office.read(SYSTEM) as session:
        raw = session.connection().exec_driver_sql("SELECT account FROM hr_transfer_line").scalars()
        assert all(value.startswith("sealed:") for value in raw)
    assert {line.account for line in office.look(TransferLine)} == {IBAN, "6222 0212 3456"}


def test_only_who_pays_takes_the_file(office, payroll):
    key = prepared(office, payroll).id
    officer = office.log_in(office.person("Olga"), "hr.officer")
    with pytest.raises(Forbidden):
        office.do(write_file, key, "cn", actor=officer)


def test_a_number_that_no_bank_can_read_is_refused_before_the_file(office, payroll):
    bob = office.look(Employee, name="Bob")[0].id
    office.enter("hr.employees", bob, bank_account="6222" * 9)
    with pytest.raises(Refused, match="Bob: an account number has no more than 34 signs"):
        office.do(prepare_transfers, [payroll])
    office.enter("hr.employees", bob, bank_account="6222 0212 3456")
    key = prepared(office, payroll).id
    office.do(lambda uow: write(uow, "hr.pay_account", "GB83 WEST 1234 5698 7654 32"))
    with pytest.raises(Refused, match="Dougong Trading: This IBAN is mistyped"):
        office.do(write_file, key, "iso")
