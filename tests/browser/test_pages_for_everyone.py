"""Every kind of page: readable by everyone, in each corner of the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corners import Corner
from hands import broken_dates, draft_order

PAGES = [
    # a list, a form, a report and the frame around them
    "/", "/crm/orders", "/crm/orders/{order}", "/finance/reports/trial-balance",
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


def faults(page: Any, corner: Corner) -> list[str]:
    """What is wrong with a page besides the rules of `look`."""
    found = [] if page.locator("h1").count() == 1 else ["not one heading"]
    if corner.language != "en":
        found += [f"on two lines: {date}" for date in broken_dates(page)]
        english = [word for word in page.evaluate(ENGLISH) if word.partition(": ")[0] not in NAMES]
        found += [f"in English: {word}" for word in english]
    return found


def test_pages_are_readable_by_everyone(
    open_page: Callable[..., Any],
    look: Callable[[Any], None],
    server: Any,
    corner: Corner,
) -> None:
    ids = server.ids | {"order": draft_order(server, reference="PO-7")}
    page = open_page("/login")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    wrong = {}
    for address in PAGES:
        said.clear()
        page.goto(server.url + address.format(**ids))
        try:
            look(page)
            found = faults(page, corner)
        except AssertionError as problem:
            found = [str(problem)]
        # The browser tells of a page that is not there; the page itself says nothing.
        found += [text for text in said if "status of 404" not in text]
        if found:
            wrong[address] = found
    assert wrong == {}, "\n".join(f"{at}: {what}" for at, what in wrong.items())
