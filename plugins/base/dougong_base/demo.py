"""A few customers, suppliers and products for the demo company, in the words of its country."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.companies.models import Company
from dougong_base.parties.models import Address, Party
from dougong_base.products.models import Category, Product, SupplierItem
from dougong_base.taxes.models import Tax
from dougong_base.terms.models import PaymentTerm
from dougong_base.units.models import Unit

#: English, Chinese, English city, Chinese city.
CUSTOMERS = [
    ("Harbour Books", "海港书店", "Hamburg", "宁波"), ("Linden School", "菩提树学校", "Leipzig", "杭州"),
    ("Studio North", "北方设计工作室", "Kiel", "哈尔滨"), ("Café Morgen", "晨曦咖啡馆", "Köln", "成都"),
    ("River Clinic", "江畔诊所", "Bremen", "武汉"), ("Old Mill Hotel", "老磨坊酒店", "Erfurt", "西安"),
]  # fmt: skip
SUPPLIERS = [
    ("Beech & Oak Mills", "榉橡木业有限公司", "Passau", "大连"),
    ("Steel Legs Works", "钢脚五金厂", "Essen", "佛山"),
]
#: Code, English, Chinese, kind, sales price, cost.
PRODUCTS = [
    ("DESK", "Oak desk", "橡木书桌", "goods", "480", "270"),
    ("TABLE", "Round table", "圆桌", "goods", "350", "190"),
    ("CHAIR", "Stacking chair", "叠椅", "goods", "79", "41"),
    ("STOOL", "Bar stool", "吧椅", "goods", "95", "48"),
    ("SHELF", "Book shelf", "书架", "goods", "210", "118"),
    ("LAMP", "Reading lamp", "台灯", "goods", "64", "29"),
    ("SETUP", "Setting up", "上门安装", "service", "55", "30"),
    ("PLAN", "Room planning", "空间规划", "service", "90", "45"),
]


def bring_to_life(uow: UnitOfWork) -> None:
    """Put in parties and products, once."""
    if uow.session.scalar(select(Product.id).where(Product.code == "DESK")):
        return
    country = uow.session.scalar(select(Company.country).where(Company.id == uow.company_id))
    own = country == "CN"
    suppliers = _parties(uow, SUPPLIERS, "S", own)
    _parties(uow, CUSTOMERS, "C", own)
    _products(uow, own, suppliers)


def _parties(
    uow: UnitOfWork, rows: list[tuple[str, str, str, str]], letter: str, own: bool
) -> list[Party]:
    term = uow.session.scalar(select(PaymentTerm.id).where(PaymentTerm.code == "NET30"))
    customer = letter == "C"
    parties = [
        Party(
            code=f"{letter}{n:03d}",
            name=row[1] if own else row[0],
            is_customer=customer,
            is_supplier=not customer,
            payment_term_id=term if customer else None,
            supplier_term_id=None if customer else term,
            email=f"info@{letter.lower()}{n:03d}.example",
            group="A" if n % 2 else "B",
            addresses=[
                Address(
                    street=f"人民路 {n} 号" if own else f"Market Street {n}",
                    city=row[3] if own else row[2],
                    country="CN" if own else "DE",
                )
            ],
        )
        for n, row in enumerate(rows, 1)
    ]
    uow.add(*parties)
    return parties


def _products(uow: UnitOfWork, own: bool, suppliers: list[Party]) -> None:
    units = {unit.code: unit.id for unit in uow.session.scalars(select(Unit))}
    taxes = {tax.code: tax.id for tax in uow.session.scalars(select(Tax))}
    rate = "13" if own else "19"
    goods = Category(name="家具" if own else "Furniture")
    services = Category(name="服务" if own else "Services")
    uow.add(goods, services)
    for n, (code, name, native, kind, price, cost) in enumerate(PRODUCTS):
        product = Product(
            code=code,
            name=native if own else name,
            kind=kind,
            category_id=(goods if kind == "goods" else services).id,
            unit_id=units["pc" if kind == "goods" else "h"],
            sales_price=Decimal(price),
            cost_price=Decimal(cost),
            sales_tax_id=taxes.get(f"S{rate}"),
            purchase_tax_id=taxes.get(f"P{rate}"),
            lead_days=5 if kind == "goods" else 0,
        )
        if kind == "goods":
            product.supplier_items = [
                SupplierItem(
                    supplier_id=suppliers[n % len(suppliers)].id,
                    price=Decimal(cost),
                    minimum=Decimal(5),
                    lead_days=7,
                )
            ]
        uow.add(product)
