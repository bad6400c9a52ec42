"""Draw the diagrams of the documentation: docs/images/*.svg, from boxes and arrows written here."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[1] / "docs" / "images"
STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1f2933}.s{font-size:12px;fill:#52606d}"
    ".b{fill:#f5f7fa;stroke:#7b8794}.k{fill:#fff3d6;stroke:#b7791f}"
    ".g{fill:none;stroke:#9aa5b1;stroke-dasharray:4 3}"
    "path{fill:none;stroke:#52606d;stroke-width:1.5;marker-end:url(#a)}"
)
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img">'
    "<style>{style}</style><defs><marker id='a' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='8'"
    " markerHeight='8' orient='auto'><polygon points='0,0 8,4 0,8' fill='#52606d'/></marker></defs>"
    '<rect width="{w}" height="{h}" fill="#fff"/>'
)


class Box(NamedTuple):
    """A rectangle with a line of text and, below it, a smaller one; ``kind`` is b, k or g."""

    x: int
    y: int
    w: int
    h: int
    text: str
    small: str = ""
    kind: str = "b"


class Arrow(NamedTuple):
    """A line through points, with a word beside its middle."""

    points: tuple[tuple[int, int], ...]
    text: str = ""


def draw(w: int, h: int, *parts: Box | Arrow) -> str:
    """The picture as SVG."""
    return "\n".join([HEAD.format(w=w, h=h, style=STYLE), *map(_part, parts), "</svg>\n"])


def _part(part: Box | Arrow) -> str:
    if isinstance(part, Arrow):
        (x, y), *rest = part.points
        way = f"M{x} {y}" + "".join(f"L{a} {b}" for a, b in rest)
        a, b = (x + rest[0][0]) // 2, (y + rest[0][1]) // 2
        if not part.text:
            return f'<path d="{way}"/>'
        place = f'x="{a}" y="{b - 6}" text-anchor="middle"'
        if x == rest[0][0]:
            place = f'x="{a + 8}" y="{b + 4}"'
        return f'<path d="{way}"/><text class="s" {place}>{escape(part.text)}</text>'
    x, y, w, h, text, small, kind = part
    middle = x + w // 2
    frame = f'<rect class="{kind}" x="{x}" y="{y}" width="{w}" height="{h}" rx="6"/>'
    if kind == "g":
        return f'{frame}<text class="s" x="{x + 10}" y="{y + 18}">{escape(text)}</text>'
    at = y + h // 2 + (-4 if small else 5)
    words = f'<text x="{middle}" y="{at}" text-anchor="middle">{escape(text)}</text>'
    if small:
        words += f'<text class="s" x="{middle}" y="{at + 18}" text-anchor="middle">{escape(small)}</text>'
    return frame + words


def _row(
    y: int, *words: str | tuple[str, str], x: int = 20, w: int = 150, gap: int = 20
) -> list[Box]:
    """Boxes beside each other."""
    pairs = [word if isinstance(word, tuple) else (word, "") for word in words]
    return [Box(x + n * (w + gap), y, w, 50, *pair) for n, pair in enumerate(pairs)]


def chain() -> str:
    """From lead to paid invoice, with what each step tells the next department."""
    sales = _row(40, "Lead", "Opportunity", "Quote", "Sales order", x=40, w=130, gap=40)
    rest = [
        Box(550, 160, 130, 50, "Delivery", "or part of it"),
        Box(550, 280, 130, 50, "Invoice"),
        Box(360, 280, 130, 50, "Payment"),
        Box(40, 280, 250, 50, "Ledger", "each step books itself"),
        Box(40, 160, 250, 50, "Return, receipt, credit note"),
    ]
    steps = [Arrow(((x, 65), (x + 38, 65))) for x in (170, 340, 510)]
    return draw(
        740, 350,
        Box(20, 10, 700, 95, "Sales", kind="g"), Box(20, 135, 700, 90, "Inventory", kind="g"),
        Box(20, 255, 700, 90, "Finance", kind="g"), *sales, *rest, *steps,
        Arrow(((615, 90), (615, 158)), "confirmed"), Arrow(((615, 210), (615, 278)), "shipped"),
        Arrow(((550, 305), (492, 305)), "paid"), Arrow(((360, 305), (292, 305)), "posted"),
        Arrow(((550, 185), (292, 185)), "taken back"), Arrow(((165, 210), (165, 278)), "received"),
    )  # fmt: skip


def request() -> str:
    """The edges, the unit of work, services and models, and the other departments."""
    edges = _row(40, "Pages", "REST API", "Commands", "Jobs")
    return draw(
        720, 440,
        Box(10, 10, 700, 95, "Edges: open a unit of work, retry, answer after the commit", kind="g"),
        *edges,
        Box(20, 150, 660, 60, "Unit of work",
            "who asks · rights · company and record rules · load · publish · write once", "k"),
        Box(20, 255, 320, 60, "Services of a room", "verbs in batches; never commit"),
        Box(20, 360, 320, 60, "Models", "the rules a document keeps by itself"),
        Box(380, 255, 140, 60, "Reactions", "of other plugins"),
        Box(540, 255, 140, 60, "Providers", "of other plugins"),
        Box(380, 360, 300, 60, "PostgreSQL or SQLite", "one statement a table, one commit"),
        Arrow(((360, 105), (360, 148)), "actor, idempotency key"),
        Arrow(((180, 210), (180, 253)), "ids"), Arrow(((180, 315), (180, 358)), "asks"),
        Arrow(((450, 210), (450, 253)), "events"), Arrow(((610, 210), (610, 253)), "ports"),
        Arrow(((360, 210), (360, 390), (378, 390))),
    )  # fmt: skip


def joints() -> str:
    """How plugins meet."""
    return draw(
        720, 250,
        Box(20, 30, 180, 60, "inventory", "says GoodsShipped"),
        Box(20, 150, 180, 60, "crm", "asks StockAvailability"),
        Box(270, 90, 180, 60, "base", "events · ports", "k"),
        Box(520, 30, 180, 60, "finance", "reacts to StockValued"),
        Box(520, 150, 180, 60, "yours", "reacts, answers, extends"),
        Arrow(((200, 60), (300, 60), (330, 88)), "events"),
        Arrow(((200, 180), (300, 180), (330, 152)), "ports"),
        Arrow(((450, 105), (480, 60), (518, 60))), Arrow(((450, 135), (480, 180), (518, 180))),
    )  # fmt: skip


def life() -> str:
    """The states of a plugin."""
    states = _row(40, ("available", "package is there"), ("installed", "tables are there"),
                  ("enabled", "pages, API, reactions"), w=170, gap=90)  # fmt: skip
    return draw(
        740, 200,
        *states,
        Arrow(((190, 55), (278, 55)), "install"), Arrow(((280, 80), (192, 80))),
        Arrow(((450, 55), (538, 55)), "enable"), Arrow(((540, 80), (452, 80))),
        Box(20, 130, 170, 50, "missing", "package is gone"),
        Box(280, 130, 170, 50, "pending", "package is newer"),
        Box(540, 130, 170, 50, "failed", "left out, with a sentence"),
        Arrow(((365, 90), (365, 128)), "new package"), Arrow(((625, 90), (625, 128)), "cannot load"),
    )  # fmt: skip


PICTURES = {"chain": chain, "request": request, "joints": joints, "life": life}


def main() -> None:
    """Write every picture."""
    FOLDER.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
