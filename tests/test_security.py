"""The whole house, from outside: every way in asks for something, and looking changes nothing."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from dougong import Actor
from dougong.people.roles.service import give_role
from dougong.people.users.service import add_user
from dougong.web.app import create_app
from dougong.web.rights import GUESTS, PUBLIC, SIGNED_IN, right_of

#: What everybody may open, and why nothing is behind it.
OPEN_TO_ALL = {
    "people.login": "the log-in itself",
    "people.enter": "the log-in itself",
    "people.code": "the second half of the log-in",
    "people.enter_code": "the second half of the log-in",
    "people.logout": "ends what it finds",
    "static": "style sheets, scripts and pictures",
    "favicon": "a picture",
    "healthz": "whether the process lives",
    "readyz": "whether it can answer",
    "metrics": "asks for a key of its own",
    "purchasing.offer": "a request for a quotation, for the supplier who holds its signed link",
    "purchasing.answer": "the supplier's answer to it",
    "base_visitors.enter": "takes a customer's signed link and keeps it in the browser",
    "base_visitors.leave": "lets the browser forget it",
    "base_visitors.home": "asks for a customer's link or log-in by itself",
    "base_visitors.index": "the customer's own documents",
    "base_visitors.show": "one of them",
    "base_visitors.paper": "its paper",
    "base_visitors.act": "an answer to it",
    "base_visitors.address": "the customer's own address",
    "base_visitors.correct": "a note about it",
    "base_visitors.shared": "the one document behind a signed link",
    "base_visitors.shared_paper": "its paper",
    "base_visitors.shared_act": "an answer to it",
    "hr.everywhere": "the companies that look for somebody",
    "hr.careers": "one company's published openings, for those who look for work",
    "hr.opening": "one published opening",
    "hr.apply": "an application for it; nothing is told but thanks",
}
#: Whose endpoints are told by their full name.
MODULES = ("people.", "hr.", "purchasing.", "base_visitors.")
HOUSE = Actor.system()
RIGHT = re.compile(r"^[a-z][a-z0-9]*(\.[a-z][a-z0-9_]*){2,3}$")


@pytest.fixture
def application(runtime):
    return create_app(runtime, {"TESTING": True, "SECRET_KEY": "a key of this test house only"})


def test_every_view_says_who_may_open_it(application):
    silent = [name for name, view in application.view_functions.items() if right_of(view) is None]

    assert silent == []


def test_only_a_short_list_is_open_to_everybody(application):
    public = {
        name if name.startswith(MODULES) else name.rpartition(".")[2].strip("_")
        for name, view in application.view_functions.items()
        if right_of(view) == PUBLIC
    }

    assert public <= set(OPEN_TO_ALL)


def test_every_right_is_named_like_one(application):
    named = {right_of(view) for view in application.view_functions.values()}

    assert [r for r in named - {PUBLIC, SIGNED_IN, GUESTS} if not RIGHT.match(r)] == []


def test_nobody_gets_anything_without_a_log_in(application):
    client = application.test_client()
    for rule, path in _paths(application):
        view = application.view_functions[rule.endpoint]
        if right_of(view) == PUBLIC:
            continue
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            answer = client.open(path, method=method)
            allowed = {401, 404, 405} if path.startswith("/api/") else {303, 404, 405}
            assert answer.status_code in allowed, f"{method} {path}: {answer.status_code}"
            if answer.status_code == 303:
                assert answer.location.startswith("/login"), f"{method} {path}"


def test_who_holds_no_role_reads_nothing(application, runtime):
    _person(runtime, "nobody")
    client = _logged_in(application, "nobody")
    assert client.get("/api/v1/core/activities").json["items"] == []  # one's own: there are none
    for noun in runtime.nouns:
        if noun.name == "core.activities":
            continue
        for path in (f"/{noun.plugin}/{noun.slug}", f"/api/v1/{noun.plugin}/{noun.slug}"):
            assert client.get(path).status_code in (403, 404), path
        assert client.get(f"/{noun.plugin}/{noun.slug}/1").status_code in (403, 404)


def test_looking_changes_nothing(application, runtime):
    _person(runtime, "boss", "administrator")
    client = _logged_in(application, "boss")
    client.get("/")
    written = []

    def listen(_connection, _cursor, statement, *_rest):
        # Wrong links are counted, so that nobody tries them all.
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", statement) and "core_attempts" not in statement:
            written.append((path, statement))

    event.listen(runtime.engine, "before_cursor_execute", listen)
    for rule, path in _paths(application):
        if "GET" in rule.methods:
            answer = client.get(path)
            assert answer.status_code < 500, f"{path}: {answer.status_code}"
    for noun in runtime.nouns:
        for path in _pages(noun):
            answer = client.get(path)
            assert answer.status_code < 500, f"{path}: {answer.status_code}"

    assert written == []


def test_no_write_of_a_browser_passes_without_the_word_of_our_page(application, runtime):
    _person(runtime, "boss", "administrator")
    client = _logged_in(application, "boss")
    tried = 0
    for rule, path in _paths(application):
        if rule.endpoint in ("people.code", "static"):
            continue
        for method in sorted(rule.methods & {"POST", "PUT", "PATCH", "DELETE"}):
            answer = client.open(path, method=method)
            assert answer.status_code == 403, f"{method} {path}: {answer.status_code}"
            tried += 1

    assert tried > 20


def test_every_answer_carries_the_headers_that_keep_the_browser_safe(application):
    answer = application.test_client().get("/login")

    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_a_right_that_a_step_or_field_asks_for_can_be_given(runtime, application):
    """Every right that something asks for is matched by a pattern with its plugin's name."""
    asked = {right for noun in runtime.nouns for right in noun.asked}

    assert [right for right in asked if not RIGHT.match(right)] == []


def _person(runtime, login, role=""):
    def act(uow):
        user, _ = add_user(uow, login, login.title(), companies=[1], password="correct horse 7")
        uow.flush()
        if role:
            give_role(uow, user.id, role)

    runtime.house.run(HOUSE, act)


def _logged_in(application, login):
    client = application.test_client()
    page = client.get("/login").get_data(as_text=True)
    word = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"login": login, "password": "correct horse 7", "csrf_token": word}
    assert client.post("/login", data=form).status_code == 303
    return client


def _paths(application):
    """Every rule with an address that fits it."""
    given = {"plugin": "base", "slug": "parties", "key": "1", "tab": "history", "path": "app.css"}

    def fill(found):
        converter, options, name = found.groups()
        if converter == "any":
            return options.strip("()").split(",")[0].strip(" '")
        return "1" if converter == "int" else given.get(name, "x")

    for rule in application.url_map.iter_rules():
        yield rule, re.sub(r"<(?:(\w+)(\([^)]*\))?:)?(\w+)>", fill, rule.rule)


def _pages(noun):
    base = f"{noun.plugin}/{noun.slug}"
    yield from (f"/{base}", f"/{base}/new", f"/{base}/1", f"/api/v1/{base}", f"/api/v1/{base}/1")
