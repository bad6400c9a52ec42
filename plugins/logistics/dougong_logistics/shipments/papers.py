"""What is printed with a shipment: labels, delivery note, customs declaration."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from sqlalchemy.orm import selectinload

from dougong.companies.models import Company
from dougong_logistics.shipments.models import Shipment, ShipmentLine

Paper = tuple[str, Mapping[str, Any]]


def label_paper(noun: Any, session: Any, shipment: Shipment, actor: Any) -> Paper:
    """A label for each parcel, with the tracking number as a bar code."""
    facts = _facts(session, shipment)
    code = shipment.tracking_number or shipment.number or str(shipment.id)
    return "logistics/labels.html", {**facts, "code": code, "bars": bar_code(code)}


def note_paper(noun: Any, session: Any, shipment: Shipment, actor: Any) -> Paper:
    """What lies in the parcels, for the receiver."""
    return "logistics/delivery_note.html", _facts(session, shipment)


def customs_paper(noun: Any, session: Any, shipment: Shipment, actor: Any) -> Paper:
    """What crosses the border: codes, origin, value."""
    return "logistics/customs.html", _facts(session, shipment)


def bar_code(text: str) -> Markup:
    """The text as a Code 128 drawing; empty where the library is not installed or the text is strange."""
    try:
        from barcode.codex import Code128
        from barcode.errors import BarcodeError
    except ImportError:
        return Markup("")
    try:
        modules = Code128(text).build()[0]
    except BarcodeError:
        return Markup("")
    return _drawn(modules)


def _drawn(modules: str) -> Markup:
    """Bars as rectangles: no style attribute, so that the strict content policy lets them pass."""
    out = io.StringIO()
    width = len(modules) + 20
    out.write(f'<svg viewBox="0 0 {width} 30" class="w-100" role="img" aria-hidden="true">')
    start = 0
    while start < len(modules):
        end = start
        while end < len(modules) and modules[end] == modules[start]:
            end += 1
        if modules[start] == "1":
            out.write(f'<rect x="{start + 10}" y="0" width="{end - start}" height="30"/>')
        start = end
    out.write("</svg>")
    # Digits and fixed words only: nothing that was entered reaches the drawing.
    return Markup(out.getvalue())  # noqa: S704


def _facts(session: Any, shipment: Shipment) -> Mapping[str, Any]:
    whole = session.get(
        Shipment,
        shipment.id,
        options=[
            selectinload(Shipment.lines).selectinload(ShipmentLine.product),
            selectinload(Shipment.parcels),
            selectinload(Shipment.party),
            selectinload(Shipment.address),
            selectinload(Shipment.service),
        ],
        populate_existing=True,
    )
    return {"shipment": whole, "company": session.get(Company, shipment.company_id)}
