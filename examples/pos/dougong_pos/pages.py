"""The till: one field for scanner and keyboard; it needs no script in the browser."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from dougong import DougongError, Refused, UnitOfWork, _
from dougong.companies.currency import currency_of
from dougong.web.rights import needs
from dougong_base import Product
from dougong_pos.sales.models import MEANS, Sale
from dougong_pos.sales.service import pay, scan, the_sale
from dougong_pos.sales.workflow import SALE_STEPS
from dougong_pos.tills.models import Till
from dougong_pos.tills.service import open_day, open_days

pages = Blueprint("pos", __name__)
#: Nobody pays with more.
MOST = Decimal(1_000_000)


def run(act: Any) -> Any:
    """One unit of work of whoever stands at the till."""
    return current_app.extensions["dougong"].house.run(g.actor, act)


@pages.get("/till")
@needs("pos.sale.sell")
def choose() -> ResponseReturnValue:
    """Which till; the only one at once."""
    with current_app.extensions["dougong"].house.read(g.actor) as session:
        tills = session.scalars(select(Till).where(Till.active).order_by(Till.code)).all()
    if len(tills) == 1:
        return redirect(f"/pos/till/{tills[0].id}")
    return render_template("pos/tills.html", tills=tills)


@pages.get("/till/<int:key>")
@needs("pos.sale.sell")
def till(key: int) -> ResponseReturnValue:
    """What has been scanned, and the field for what comes next."""
    return _shown(key)


@pages.post("/till/<int:key>")
@needs("pos.sale.sell")
def act(key: int) -> ResponseReturnValue:
    """A scan, the money, a till opened; then back to the page, so that nothing is sent twice."""
    if request.form.get("does", "scan") == "scan" and not request.form.get("code", "").strip():
        # Enter on the empty field: now for the money.
        return redirect(f"/pos/till/{key}?pay=1", 303)
    try:
        paid = run(lambda uow: _act(uow, key))
    except DougongError as refusal:
        return _shown(key, str(refusal)), refusal.status
    return redirect(f"/pos/till/{key}" + (f"?paid={paid}" if paid else ""), 303)


def _act(uow: UnitOfWork, key: int) -> int | None:
    """What the button or the Enter key says; the id of a sale that was paid."""
    does, form = request.form.get("does", "scan"), request.form
    if does == "open":
        open_day(uow, key, _money(form.get("cash", "")) or Decimal(0))
        return None
    if does == "scan":
        scan(uow, key, form.get("code", ""))
        return None
    sale = the_sale(uow, key)
    if sale is None:
        raise Refused(_("Nothing has been scanned yet."))
    if does == "give_up":
        SALE_STEPS.move(sale, "give_up")
        return None
    pay(uow, [sale.id], does, _money(form.get("given", "")))
    return sale.id


def _money(typed: str) -> Decimal | None:
    """An amount as somebody types it; None when the field is empty."""
    if not typed.strip():
        return None
    try:
        amount = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        amount = MOST
    if not amount.is_finite() or not 0 <= amount < MOST or amount != round(amount, 2):
        raise Refused(_("“%(typed)s” is no amount.", typed=typed.strip()[:20]))
    return amount


def _shown(key: int, refusal: str = "") -> str:
    with current_app.extensions["dougong"].house.look(g.actor) as uow:
        place = uow.get(Till, key)
        sale = the_sale(uow, key)
        lines = list(sale.lines) if sale else []
        wanted = {line.product_id for line in lines}
        found = uow.session.scalars(select(Product).where(Product.id.in_(wanted)))
        names = {product.id: product.name for product in found}
        last = request.args.get("paid", type=int)
        paid = uow.session.scalar(select(Sale).where(Sale.id == last, Sale.state == "paid"))
        return render_template(
            "pos/till.html",
            till=place,
            open=bool(open_days(uow, key)),
            sale=sale,
            lines=lines,
            names=names,
            paid=paid,
            means=MEANS,
            currency=currency_of(uow, place.company_id),
            refusal=refusal,
            paying="pay" in request.args,
        )
