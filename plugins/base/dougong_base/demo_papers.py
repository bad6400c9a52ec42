"""What the demo company's papers say of it, in both languages."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.companies.models import Company
from dougong.printing import Letterhead
from dougong.printing.letterheads.pictures import as_address

HERE = Path(__file__).parent
#: Number and account are those that examples of their formats use.
GERMAN = {
    "tax_number": "DE136695976", "registration": "HRB 100001, Hamburg", "phone": "+49 40 555 0100",
    "bank": "Harbour Bank", "account": "DE02 1203 0000 0000 2020 51", "bic": "BYLADEM1001",
}  # fmt: skip
CHINESE = {
    "tax_number": "91310000MA1FL0AB1X", "registration": "上海市市场监督管理局", "phone": "021-5550 0100",
    "bank": "海港银行上海分行", "account": "6222 0000 0000 0000 018",
}  # fmt: skip


def print_letterheads(uow: UnitOfWork) -> None:
    """A letterhead for every language, and one for the other language; once."""
    if uow.session.scalar(select(Letterhead.id).where(Letterhead.company_id == uow.company_id)):
        return
    company = uow.get(Company, uow.company_id)
    own = company.country == "CN"
    common = CHINESE if own else GERMAN
    reach = {"email": "office@bluecrane.example", "website": "www.bluecrane.example"}
    english = Letterhead(
        language="en" if own else "any",
        name="Blue Crane Trading Ltd",
        address="1 Bund Road\nShanghai 200002\nChina" if own else "Speicherstadt 12\n20457 Hamburg",
        closing="The goods remain our property until they are paid in full.",
        logo=as_address((HERE / "demo_logo.png").read_bytes()),
        **common,
        **reach,
    )
    chinese = Letterhead(
        language="any" if own else "zh_Hans_CN",
        name="蓝鹤贸易有限公司",
        address="上海市黄浦区外滩路 1 号\n200002" if own else "德国汉堡仓库城 12 号\n20457",
        closing="货款付清之前，货物所有权归本公司所有。",
        logo=as_address((HERE / "demo_mark.png").read_bytes()),
        **common,
        **reach,
    )
    uow.add(english, chinese)
