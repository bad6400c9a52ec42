"""Every kind of page, in both languages, light and dark, wide and narrow: readable by everyone.

Words, colours and widths are drawn by parts that know nothing of one another: a label does not know
the theme, a colour not the language. Each page is therefore seen in two opposite corners, and a page
of each shape in the two others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hands import broken_dates, draft_order, fits, until

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

#: A list, a form, a report and the frame around them.
SHAPES = ["/", "/crm/orders", "/crm/orders/{order}", "/finance/reports/trial-balance"]
PAGES = [
    *SHAPES,
    # the frame, and pages of one's own
    "/core/dashboards", "/core/inbox", "/core/first-steps", "/login", "/nowhere",
    # lists and their other shapes
    "/base/parties", "/base/products", "/base/currencies?q=nothing-like-this",
    "/finance/accounts?group=kind", "/finance/accounts?board=tree",
    "/crm/opportunities?board=kanban", "/crm/orders?board=calendar",
    "/crm/orders?board=pivot", "/crm/orders?board=graph", "/crm/orders?board=activities",
    "/production/orders?board=gantt", "/base/parties/import",
    # forms and what stands beside a document
    "/crm/orders/new", "/base/products/new", "/crm/customers/{acme}", "/base/products/{beam}",
    "/crm/orders/{order}/notes", "/crm/orders/{order}/files", "/crm/orders/{order}/trail",
    "/crm/orders/{order}/history", "/finance/reports",
    # the administrator's pages
    "/core/settings", "/core/modules", "/core/modules/crm", "/core/users", "/core/approval-rules",
    "/core/forms", "/core/papers", "/core/series", "/core/health", "/core/audit",
]  # fmt: skip
#: Names that are the same in every language.
NAMES = {"Dougong", "English", "Excel", "CSV", "XLSX", "PDF", "Ctrl K", "Esc", "Ana Ruiz", "EUR"}
#: What this company calls its own: customers, products, units, stages, rules.
NAMES |= {
    "Acme Timber", "C-ACME", "Oak beam 200×80", "BEAM", "PANEL", "TENON", "Piece", "New",
    "Qualified", "Proposal", "Negotiation", "Large purchase orders", "Requests of people",
}  # fmt: skip
CORNERS = [
    ("en", "light", WIDE, PAGES),
    ("zh_Hans_CN", "dark", PHONE, PAGES),
    ("zh_Hans_CN", "dark", WIDE, SHAPES),
    ("en", "light", PHONE, SHAPES),
]
#: Words of the frame, of buttons and of labels in which there is no Chinese.
ENGLISH = r"""() => {
  const frame = 'h1, h2, h3, th, label, legend, button, summary, dt, .rail a, .top a, .drop-item, .btn';
  const seen = element => element.checkVisibility({ visibilityProperty: true });
  const words = [...document.querySelectorAll(frame)].filter(seen)
    .flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3 || n.tagName === 'SPAN'))
    .map(node => node.textContent);
  for (const name of ['aria-label', 'title', 'placeholder'])
    words.push(...[...document.querySelectorAll(`.shell [${name}]`)].map(e => e.getAttribute(name)));
  // A setting also tells what programs call it: crm.discount_limit.
  const english = word => /[A-Za-z]{3}/.test(word) && !/\p{Script=Han}/u.test(word)
    && !/^[a-z_.]+\.[a-z_]+$/.test(word);
  return [...new Set(words.map(word => word.trim()).filter(english))];
}"""


@pytest.mark.parametrize(
    ("language", "theme", "size", "pages"),
    CORNERS,
    ids=["wide-light-english", "phone-dark-chinese", "wide-dark-chinese", "phone-light-english"],
)
def test_pages_are_readable_by_everyone(
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    server: Any,
    language: str,
    theme: str,
    size: Any,
    pages: list[str],
) -> None:
    ids = server.ids | {"order": draft_order(server, reference="PO-7")}
    page = open_page("/login", language=language, theme=theme, size=size)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    wrong = {}
    for address in pages:
        said.clear()
        page.goto(server.url + address.format(**ids))
        until(page, "!document.querySelector('.htmx-request')")
        found = axe(page)
        # The browser tells of a page that is not there; the page itself says nothing.
        found += [text for text in said if "status of 404" not in text]
        if not fits(page):
            found.append("wider than the window")
        if page.locator("h1").count() != 1:
            found.append("not one heading")
        if page.evaluate("document.documentElement.lang") != {"en": "en"}.get(language, "zh-CN"):
            found.append("another language")
        if language != "en":
            found += [f"on two lines: {date}" for date in broken_dates(page)]
            found += [
                f"in English: {w}"
                for w in page.evaluate(ENGLISH)
                if w.partition(": ")[0] not in NAMES
            ]
        if found:
            wrong[address] = found
    assert wrong == {}, "\n".join(f"{at}: {what}" for at, what in wrong.items())
