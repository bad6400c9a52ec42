"""Every page answers: to whoever may, to whoever may not, and to whoever has not signed in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dougong.actors import Actor
from dougong.plugins.registry import Runtime
from dougong.reports.running import address_of
from dougong.web.rights import PUBLIC, SIGNED_IN, right_of

#: A page that needs an id is asked for one that nobody has.
NOBODYS = "999999999"
OK, REDIRECTS, NOT_SIGNED_IN, FORBIDDEN, MISSING = 200, {302, 303}, 401, 403, 404
#: A report that cannot do without a parameter says which.
ASKED_MORE = 422
#: An extra that is not installed says so.
NOT_READY = 503


@dataclass(frozen=True)
class Page:
    """An address, and the rights it takes; ``certain`` pages are there for whoever has them."""

    path: str
    needs: tuple[str, ...] = ()
    certain: bool = True


def pages_of(app: Any, runtime: Runtime, name: str) -> list[Page]:
    """Every address of a plugin that answers to GET, but for those it opens to everyone on purpose."""
    return [*_of_nouns(runtime, name), *_of_reports(runtime, name), *_own(app, name)]


def _of_nouns(runtime: Runtime, name: str) -> Iterator[Page]:
    for noun in runtime.nouns:
        if noun.plugin != name:
            continue
        base, read = f"/{name}/{noun.slug}", f"{noun.rights.name}.read"
        yield Page(base, (read,))
        yield Page(f"/api/v1{base}", (read,))
        yield Page(f"{base}/export.csv", (read,))
        yield Page(f"{base}/{NOBODYS}", (read,), certain=False)
        for board in noun.resource.boards:
            yield Page(f"{base}?board={board.kind}", (read,))
        if not noun.rights.only_read:
            enter = f"{noun.rights.name}.create"
            yield Page(f"{base}/new", (read, enter))
            yield Page(f"{base}/import", (read, enter))


def _of_reports(runtime: Runtime, name: str) -> Iterator[Page]:
    for key in runtime.wiring.owned("reports", name):
        report = runtime.wiring.reports[key]
        yield Page(address_of(report), (report.needs,))
        yield Page(f"/api/v1{address_of(report)}", (report.needs,), certain=False)


def _own(app: Any, name: str) -> Iterator[Page]:
    """What its blueprints serve; a noun's and a report's addresses have no such rules."""
    for rule in app.url_map.iter_rules():
        right = right_of(app.view_functions[rule.endpoint])
        begins = rule.rule.startswith((f"/{name}/", f"/api/v1/{name}/"))
        if not begins or right == PUBLIC or "GET" not in (rule.methods or ()):
            continue
        needs = (right,) if right and right != SIGNED_IN else ()
        yield Page(re.sub(r"<[^>]+>", NOBODYS, rule.rule), needs, certain=not rule.arguments)


def page_faults(
    runtime: Runtime,
    name: str,
    people: Mapping[str, Actor | None],
    roles: Mapping[str, Actor] | None = None,
) -> Iterator[str]:
    """Ask for every page as each of these people; what answers otherwise than it should is told.

    ``roles`` are people who are asked for one page of each right, which tells as much.
    """
    from dougong.web.app import create_app

    who: list[Actor | None] = [None]
    app = create_app(runtime, {**runtime.config, "ACT_AS": lambda: who[0]})
    client = app.test_client()
    met: set[tuple[str, ...]] = set()
    for page in pages_of(app, runtime, name):
        asking = dict(people) if page.needs in met else {**people, **(roles or {})}
        met.add(page.needs)
        for called, actor in asking.items():
            who[0] = actor
            try:
                answer = client.get(page.path)
            except Exception as error:
                yield f"{page.path} fails for {called}: {type(error).__name__}: {error}"
                continue
            if sentence := _wrong(page, actor, answer):
                yield f"{page.path} answers {answer.status_code} to {called}: {sentence}"


def _wrong(page: Page, actor: Actor | None, answer: Any) -> str:
    """What should have come instead; empty when all is well."""
    status = answer.status_code
    if actor is None:
        sent = status in REDIRECTS and "/login" in answer.location
        if sent or status in (NOT_SIGNED_IN, MISSING):
            return ""
        return "whoever is not signed in is sent to log in. Mark the view with @needs(right)."
    if not all(actor.may(right) for right in page.needs):
        if status in (FORBIDDEN, MISSING):
            return ""
        return f"it needs {' and '.join(page.needs)}, which they do not have; it must say 403."
    well = {OK, NOT_READY, *REDIRECTS}
    if status in well or (status in (MISSING, ASKED_MORE) and not page.certain):
        return ""
    return "they have every right it needs; it must say 200."
