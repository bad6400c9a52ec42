"""A few customers, suppliers and products for the demo company, in the words of its country."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.companies.models import Company
from dougong_base.demo_papers import print_letterheads
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
    ("Sundial Software", "日晷软件", "Berlin", "深圳"), ("Green Gate Garden", "绿门园艺", "Bonn", "昆明"),
    ("Lighthouse Law", "灯塔律师事务所", "Rostock", "青岛"), ("Vine & Table", "藤桌餐厅", "Mainz", "烟台"),
    ("Kite Kindergarten", "风筝幼儿园", "Jena", "苏州"), ("Falcon Freight", "飞隼货运", "Kassel", "郑州"),
    ("Amber Museum", "琥珀博物馆", "Stralsund", "沈阳"), ("Peak Sports", "高峰体育", "Kempten", "拉萨"),
    ("Copper Kettle Inn", "铜壶客栈", "Goslar", "大理"), ("Meadow Dental", "芳草口腔", "Ulm", "合肥"),
    ("City Library Hall", "市立图书馆", "Halle", "南京"),
    ("Paper Moon Print", "纸月印刷", "Trier", "温州"),
    ("Violet Theatre", "紫罗兰剧院", "Weimar", "上海"),
    ("Bright Minds Coaching", "明思培训", "Mannheim", "广州"),
    ("Stone Bridge Bank", "石桥银行", "Frankfurt", "北京"),
    ("Willow Care Home", "垂柳养老院", "Celle", "无锡"),
    ("Salt & Stern Bakery", "盐星面包房", "Lübeck", "厦门"), ("Nordic Yoga", "北境瑜伽", "Flensburg", "长春"),
    ("Tram 9 Coworking", "九路共享办公", "Dresden", "重庆"),
]  # fmt: skip
SUPPLIERS = [
    ("Beech & Oak Mills", "榉橡木业有限公司", "Passau", "大连"),
    ("Steel Legs Works", "钢脚五金厂", "Essen", "佛山"),
    ("Soft Seat Weavers", "软座织造", "Hof", "绍兴"),
    ("Clear Glass Foundry", "清玻璃厂", "Zwiesel", "秦皇岛"),
    ("Lumen Lamp Makers", "流明灯具", "Arnsberg", "中山"),
    ("Board & Panel", "板材世家", "Detmold", "临沂"),
    ("Swift Haulage", "迅捷运输", "Hagen", "徐州"),
    ("Kraft Cartons", "牛皮纸箱厂", "Fulda", "东莞"),
]
CATEGORIES = {
    "tables": ("Desks and tables", "桌类"), "seats": ("Seating", "座椅"),
    "storage": ("Storage", "储物"), "light": ("Lighting", "灯具"), "extras": ("Accessories", "配件"),
    "services": ("Services", "服务"),
}  # fmt: skip
#: Code, English, Chinese, category, sales price, cost.
PRODUCTS = [
    ("DESK", "Oak desk", "橡木书桌", "tables", "480", "270"),
    ("TABLE", "Round table", "圆桌", "tables", "350", "190"),
    ("BENCHTOP", "Work bench", "工作台", "tables", "620", "365"),
    ("RISER", "Standing desk", "升降桌", "tables", "690", "410"),
    ("MEET", "Meeting table", "会议桌", "tables", "1150", "680"),
    ("SIDE", "Side table", "边几", "tables", "120", "62"),
    ("CHAIR", "Stacking chair", "叠椅", "seats", "79", "41"),
    ("STOOL", "Bar stool", "吧椅", "seats", "95", "48"),
    ("SWIVEL", "Swivel chair", "转椅", "seats", "320", "175"),
    ("ARM", "Armchair", "扶手椅", "seats", "540", "300"),
    ("SOFA", "Two-seat sofa", "双人沙发", "seats", "890", "515"),
    ("BENCH", "Hall bench", "长凳", "seats", "230", "125"),
    ("SHELF", "Book shelf", "书架", "storage", "210", "118"),
    ("CABINET", "Filing cabinet", "文件柜", "storage", "265", "150"),
    ("LOCKER", "Locker, four doors", "四门储物柜", "storage", "390", "225"),
    ("DRAWER", "Drawer unit", "抽屉柜", "storage", "180", "98"),
    ("RACK", "Coat rack", "衣帽架", "storage", "88", "43"),
    ("SIDEB", "Sideboard", "餐边柜", "storage", "560", "330"),
    ("LAMP", "Reading lamp", "台灯", "light", "64", "29"),
    ("FLOOR", "Floor lamp", "落地灯", "light", "145", "74"),
    ("PENDANT", "Pendant light", "吊灯", "light", "110", "52"),
    ("SPOT", "Spot light", "射灯", "light", "39", "17"),
    ("MAT", "Desk mat", "桌垫", "extras", "24", "9"),
    ("SCREEN", "Folding screen", "屏风", "extras", "175", "92"),
    ("PLANT", "Plant box", "花箱", "extras", "68", "31"),
    ("CLOCK", "Wall clock", "挂钟", "extras", "49", "22"),
    ("BOARD", "White board", "白板", "extras", "130", "67"),
    ("SETUP", "Setting up", "上门安装", "services", "55", "30"),
    ("PLAN", "Room planning", "空间规划", "services", "90", "45"),
    ("CARE", "Care and repair", "保养维修", "services", "65", "35"),
]  # fmt: skip


def bring_to_life(uow: UnitOfWork) -> None:
    """Put in parties, products and letterheads, once."""
    print_letterheads(uow)
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
    categories = {
        key: Category(name=native if own else name) for key, (name, native) in CATEGORIES.items()
    }
    uow.add(*categories.values())
    for n, (code, name, native, category, price, cost) in enumerate(PRODUCTS):
        kind = "service" if category == "services" else "goods"
        product = Product(
            code=code,
            name=native if own else name,
            kind=kind,
            category_id=categories[category].id,
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
