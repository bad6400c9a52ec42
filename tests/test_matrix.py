"""Every choice of departments is a house of its own: it starts, migrates and shows its pages."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from choices import ALL_BUT_ONE, COVERING, EDGES, ENDS, PAIRS, SINGLES, every
from one_of_each import one_of_each, open_company, open_empty, shared_views
from sqlalchemy import inspect
from structlog.testing import capture_logs
from walking import NOBODYS, Map, Page, follow, walk

from dougong.people.web.cookies import KEY
from dougong.plugins.discovery import discover
from dougong.plugins.order import in_order
from dougong.web.app import create_app
from dougong.web.shell import menu_for

#: Pages that send on or hide: a picture elsewhere, a log-in that is done, figures without a token.
SPECIAL = {
    "/favicon.ico": (301,), "/login": (303,), "/login/code": (303,), "/metrics": (404,),
    "/account/second-factor": (303,), "/core/my-activities": (303,),
    # What is to be shown is said behind the address.
    "/core/dashboards/add": (404,),
}  # fmt: skip
ALL = "administrator"
#: Pages of the core that show something of every department.
SHARED = ("/", "/palette", "/api/v1/search")


@every(EDGES, on_server=EDGES)
def test_the_tables_of_every_choice_go_up_and_down_and_up_again(chosen, databases):
    """Each pair is made from nothing where its pages are walked."""
    from dougong.migrations.migrator import Migrator

    manifests = discover().manifests
    ordered = in_order(("base", *chosen), manifests)
    url = databases.empty()
    migrator = Migrator(url, manifests.values())
    migrator.upgrade(["core"])
    core = _tables(migrator)

    migrator.upgrade(["core", *ordered])
    first = _tables(migrator)
    for name in reversed(ordered):
        migrator.downgrade(name)
    between = _tables(migrator)
    migrator.upgrade(["core", *ordered])
    second = _tables(migrator)
    migrator.close()
    databases.drop(url)

    assert between == core
    assert second == first
    assert {name.split("_")[0] for name in first.keys() - core.keys()} == {
        "base", *chosen, "alembic",
    }  # fmt: skip


@pytest.fixture
def people_in(open_house):
    """An application with these departments, its map, and somebody of each role: key and actor."""

    def people_in(chosen, opened=open_company):
        runtime = open_house(chosen)
        app = create_app(runtime, runtime.config)
        # Every second choice is walked in Chinese.
        people = opened(runtime, ("en", "zh_Hans_CN")[COVERING.index(chosen) % 2])
        return app, Map(app, one_of_each(runtime), shared_views(runtime)), people

    return people_in


@contextmanager
def nothing_wrong():
    """Collect what is wrong; an error in the log is wrong as well."""
    wrong: list[str] = []
    with capture_logs() as said:
        yield wrong
    assert wrong == [], "\n".join(wrong)
    assert [line for line in said if line["log_level"] in ("error", "critical")] == []


@every(ENDS, on_server=ENDS)
def test_everybody_meets_every_page_of_a_whole_house(chosen, people_in):
    """All that somebody may open, but for what looks the same to somebody else; and a stranger."""
    app, near, people = people_in(chosen)
    assert list(near.keys.values()).count(NOBODYS) < len(near.keys) / 7
    seen = set()
    with nothing_wrong() as wrong:
        wrong += _met_by_a_stranger(app, near)
        for role, (key, actor) in people.items():
            plan = Map(app, near.keys, near.views, thorough=True) if role == ALL else near
            pages = [page for page in plan.pages() if not _known(page, actor, seen)]
            seen |= {_look_of(page, actor) for page in pages}
            wrong += _met_by(app, plan, pages, role, key, actor, most=3 if actor.rules else 1)


@every(SINGLES, on_server=())
def test_a_department_alone_shows_its_pages_to_all_its_people(chosen, people_in):
    app, near, people = people_in(chosen)
    with nothing_wrong() as wrong:
        wrong += _met_by_a_stranger(app, near)
        for role, (key, actor) in people.items():
            if role.partition(".")[0] in (*chosen, ALL):
                pages = [page for page in near.pages() if _of(page, (*chosen, "base"))]
                wrong += _met_by(app, near, pages, role, key, actor, most=1)


@every(PAIRS, on_server=())
def test_two_departments_show_their_pages_to_each_other(chosen, people_in):
    app, near, people = people_in(chosen)
    seen = set()
    with nothing_wrong() as wrong:
        for role, (key, actor) in people.items():
            if role == ALL:
                pages = [page for page in near.pages() if _of(page, chosen)]
            elif role.partition(".")[0] in chosen:
                pages = _menu(app, actor, seen)
            else:
                continue
            wrong += _met_by(app, near, pages, role, key, actor, most=0)


@every(ALL_BUT_ONE, on_server=())
def test_where_one_department_is_missing_every_menu_leads_somewhere(chosen, people_in):
    """On the first day: nothing has been entered yet."""
    app, near, people = people_in(chosen, opened=open_empty)
    seen = set()
    with nothing_wrong() as wrong:
        for role, (key, actor) in people.items():
            pages = _menu(app, actor, seen)
            if role == ALL:
                pages += [page for page in near.pages() if page.path.endswith("/new")]
            wrong += _met_by(app, near, pages, role, key, actor, most=0)


def _of(page, departments):
    """Whether a page belongs to one of these, or is the same for all: home, search."""
    return page.path.split("?")[0] in SHARED or page.path.removeprefix("/api/v1").split("/")[
        1
    ].startswith(tuple(departments))


def _menu(app, actor, seen):
    """Where somebody's menu leads, but for lists that look the same to somebody else."""
    with app.test_request_context():
        entries = [entry for group in menu_for(actor) for entry in group.entries]
    nouns = {f"/{noun.plugin}/{noun.slug}": noun for noun in app.extensions["dougong"].nouns}
    pages = [
        Page(entry.url, (entry.needs,) if entry.needs else (), noun=nouns.get(entry.url))
        for entry in entries
    ]
    pages = [page for page in pages if not _known(page, actor, seen)]
    seen |= {_look_of(page, actor) for page in pages}
    return [Page("/"), *pages]


def _met_by_a_stranger(app, plan):
    """Whoever has not signed in sees what is public, and is asked to sign in for the rest."""
    pages = plan.pages()
    met = walk(app.test_client(), pages)
    for page in pages:
        wanted = 401 if page.path.startswith("/api/") else 303
        if page.public:
            wanted = SPECIAL.get(page.path, page.codes)[0] if page.path != "/login" else 200
        if met.codes[page.path] != wanted:
            yield f"not signed in: {page.path} answers {met.codes[page.path]}, not {wanted}"


def _met_by(app, plan, pages, role, key, actor, most):
    """What is not as it should be on the way of one person."""
    client = app.test_client()
    client.set_cookie(KEY, key)
    met = walk(client, pages)
    for page in pages:
        code = met.codes[page.path]
        if code not in _wanted(page, actor):
            yield f"{role}: {page.path} answers {code}, not {_wanted(page, actor)}"
    for path, code in follow(client, met, most=most).items():
        if code >= 400 and code != 409:  # a paper that lacks something says what
            yield f"{role}: {met.links.get(path, 'a page')} leads to {path}, which answers {code}"
    for path, where in met.buttons.items():
        if not plan.may_press(actor, path):
            yield f"{role}: {where} has a button for {path}, which is not for them"


def _wanted(page, actor):
    """What a page answers to somebody with these rights."""
    if page.path in SPECIAL:
        return SPECIAL[page.path]
    return page.codes if all(actor.may(right) for right in page.needs) else (403,)


def _sight(noun, actor):
    """What tells one reader of a noun from another: rights, hidden fields, rules on its rows."""
    sight, steps = noun.sight(actor.rights), noun.steps.steps if noun.steps else ()
    return (
        noun.name, sight.read, sight.create, sight.write, sight.delete, sight.hidden,
        tuple(step.name for step in steps if actor.may(step.needs)),
        tuple(map(repr, actor.rules.get(noun.model, ()))),
    )  # fmt: skip


def _look_of(page, actor):
    """What tells the looks of a page for one reader from those for another."""
    if page.noun is not None:
        return _sight(page.noun, actor)
    may = all(actor.may(right) for right in page.needs)
    return page.path, may, may and actor.user_id if actor.rules or page.path == "/" else 0


def _known(page, actor, seen):
    """Whether somebody has been there to whom it looks just the same."""
    return _look_of(page, actor) in seen


def _tables(migrator):
    """Every table with its columns."""
    inspector = inspect(migrator.engine)
    return {
        name: sorted(column["name"] for column in inspector.get_columns(name))
        for name in inspector.get_table_names()
    }
