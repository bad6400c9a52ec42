"""Coming in: passwords, second factors, tokens, and what keeps others out."""

from __future__ import annotations

import datetime as dt
import re

import pyotp
import pytest
from flask import jsonify
from sqlalchemy import select, update

from dougong import Actor, clock
from dougong.people.roles.service import give_role
from dougong.people.sessions.devices import device
from dougong.people.sessions.models import Attempts, LogIn
from dougong.people.sessions.service import sweep
from dougong.people.tokens.models import Token
from dougong.people.tokens.service import create_token
from dougong.people.users.models import User
from dougong.people.users.service import add_user, disable_users, reset_password
from dougong.people.web.targets import local
from dougong.web.app import create_app
from dougong.web.rights import needs, signed_in

HOUSE = Actor.system()
PASSWORD = "correct horse battery"


@pytest.fixture
def office(make_runtime):
    """A running house whose application shows who is there."""
    runtime = make_runtime()

    def boss(uow):
        user, _ = add_user(uow, "boss", "Boss", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "administrator")

    runtime.house.run(HOUSE, boss)
    return runtime


@pytest.fixture
def app(office):
    from flask import g

    app = create_app(office, {"TESTING": True, "SECRET_KEY": "a key of this test house only"})
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/who")
    @signed_in
    def who():
        return jsonify(name=g.actor.name, company=g.actor.company_id)

    @app.get("/api/v1/who", endpoint="api_who")
    @signed_in
    def api_who():
        return jsonify(name=g.actor.name, company=g.actor.company_id)

    @app.post("/api/v1/orders", endpoint="api_orders")
    @needs("crm.order.create")
    def api_orders():
        return jsonify(done=True)

    return app


@pytest.fixture
def ann(office):
    """Somebody who reads."""

    def act(uow):
        user, _ = add_user(uow, "ann@example.com", "Ann", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "reader")
        return user.id

    return office.house.run(HOUSE, act)


@pytest.fixture
def browser(app):
    return app.test_client()


def word_in(page) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))[1]


def log_in(browser, name="ann@example.com", password=PASSWORD, next="/who"):
    word = word_in(browser.get("/login"))
    form = {"login": name, "password": password, "next": next, "csrf_token": word}
    return browser.post("/login", data=form)


def test_the_right_password_opens_the_house_and_the_wrong_one_does_not(browser, ann):
    wrong = log_in(browser, password="correct horse")
    assert wrong.status_code == 401
    assert browser.get("/who").status_code == 303

    right = log_in(browser, "ANN@example.com")

    assert (right.status_code, right.location) == (303, "/who")
    assert browser.get("/who").json["name"] == "Ann"


def test_nobody_learns_whether_a_name_is_known(browser, ann):
    unknown = log_in(browser, "nobody@example.com")
    known = log_in(browser, password="not the password")

    assert unknown.status_code == known.status_code == 401
    assert "Name or password is wrong." in unknown.get_data(as_text=True)
    assert "Name or password is wrong." in known.get_data(as_text=True)


@pytest.mark.parametrize("name", ["ann@example.com", "nobody@example.com"])
def test_guessing_is_slowed_down_alike_for_names_that_exist_and_that_do_not(browser, ann, name):
    answers = [log_in(browser, name, f"guess number {n}").status_code for n in range(7)]
    right = log_in(browser, name)

    assert answers[:5] == [401] * 5
    assert answers[-1] == 429
    assert right.status_code == 429
    assert int(right.headers["Retry-After"]) >= 1


def test_one_address_cannot_try_many_names(browser, ann):
    answers = [log_in(browser, f"name{n}", "guess").status_code for n in range(33)]

    assert answers[:30] == [401] * 30
    assert answers[-1] == 429


def test_the_key_is_in_a_cookie_that_scripts_and_other_sites_cannot_use(browser, ann):
    plain = log_in(browser).headers["Set-Cookie"]

    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    secure = browser.get("/login", base_url="https://erp.example.com")
    cookie = secure.headers["Set-Cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie


def test_the_database_holds_no_key_that_opens_anything(browser, office, ann):
    log_in(browser)
    key = browser.get_cookie("dougong").value

    with office.house.read(HOUSE) as session:
        kept = session.scalars(select(LogIn.key)).one()

    assert len(key) >= 43
    assert kept != key
    browser.set_cookie("dougong", kept)
    assert browser.get("/who").status_code == 303


def test_a_log_in_gets_a_new_key_each_time(browser, office, ann):
    log_in(browser)
    first = browser.get_cookie("dougong").value
    browser.get("/who")
    word = word_in(browser.get("/account/password"))
    form = {"login": "ann@example.com", "password": PASSWORD, "csrf_token": word}
    browser.post("/login", data=form)

    assert browser.get_cookie("dougong").value != first
    with office.house.read(HOUSE) as session:
        assert len(session.scalars(select(LogIn)).all()) == 1


def test_signing_out_ends_the_log_in_in_the_house_not_only_in_the_browser(browser, app, ann):
    log_in(browser)
    key = browser.get_cookie("dougong").value
    word = word_in(browser.get("/account/password"))

    assert browser.post("/logout", data={"csrf_token": word}).status_code == 303

    thief = app.test_client()
    thief.set_cookie("dougong", key)
    assert thief.get("/who").status_code == 303


@pytest.mark.parametrize(("idle", "open_"), [(11, True), (13, False)])
def test_a_log_in_falls_asleep(browser, ann, idle, open_):
    log_in(browser)

    with clock.at(clock.now() + dt.timedelta(hours=idle)):
        answer = browser.get("/who")

    assert (answer.status_code == 200) is open_


def test_a_log_in_ends_after_thirty_days_whatever_happens(browser, office, ann):
    log_in(browser)
    start = clock.now()
    for hours in range(10, 24 * 30, 10):
        with clock.at(start + dt.timedelta(hours=hours)):
            assert browser.get("/who").status_code == 200

    with clock.at(start + dt.timedelta(days=30, minutes=1)):
        assert browser.get("/who").status_code == 303


def test_who_is_disabled_is_out_with_the_next_click(browser, office, ann):
    log_in(browser)
    key = office.house.run(HOUSE, lambda uow: create_token(uow, "till", ["*.read"], user_id=ann)[1])
    api = {"Authorization": f"Bearer {key}"}
    assert browser.get("/api/v1/who", headers=api).status_code == 200

    office.house.run(HOUSE, lambda uow: disable_users(uow, [ann]))

    assert browser.get("/who").status_code == 303
    assert browser.get("/api/v1/who", headers=api).status_code == 401
    assert log_in(browser).status_code == 401


def test_a_raw_change_of_a_user_counts_at_once_too(browser, office, ann):
    log_in(browser)
    assert browser.get("/who").status_code == 200

    with office.engine.begin() as connection:
        connection.execute(
            update(User.__table__).values(active=False).where(User.__table__.c.id == ann)
        )

    assert browser.get("/who").status_code == 303


def test_a_new_password_ends_every_other_log_in(browser, app, ann):
    log_in(browser)
    other = app.test_client()
    log_in(other)
    word = word_in(browser.get("/account/password"))
    new = "three quiet words 7"
    form = {"old": PASSWORD, "password": new, "again": new, "csrf_token": word}

    assert browser.post("/account/password", data=form).status_code == 303

    assert browser.get("/who").status_code == 200
    assert other.get("/who").status_code == 303
    assert log_in(other, password=new).status_code == 303


def test_a_password_somebody_else_chose_opens_only_the_page_that_changes_it(browser, office, ann):
    given = office.house.run(HOUSE, lambda uow: reset_password(uow, ann))
    log_in(browser, password=given)

    answer = browser.get("/who")

    assert answer.location == "/account/password"
    word = word_in(browser.get("/account/password"))
    new = "three quiet words 7"
    browser.post(
        "/account/password", data={"old": given, "password": new, "again": new, "csrf_token": word}
    )
    assert browser.get("/who").status_code == 200


def test_a_write_without_the_word_of_our_page_is_refused(browser, app, ann):
    assert (
        browser.post("/login", data={"login": "ann@example.com", "password": PASSWORD}).status_code
        == 403
    )
    log_in(browser)

    assert browser.post("/logout").status_code == 403
    assert browser.post("/account/preferences", data={"language": "en"}).status_code == 403
    assert browser.post("/api/v1/orders", json={}).status_code == 403
    assert browser.get("/who").status_code == 200


def test_the_word_of_somebody_else_is_no_proof(browser, app, ann):
    other = app.test_client()
    log_in(other, "boss")
    word = word_in(other.get("/account/password"))
    log_in(browser)

    assert browser.post("/logout", data={"csrf_token": word}).status_code == 403


def test_a_write_sent_by_another_site_is_refused_even_with_the_word(browser, ann):
    log_in(browser)
    word = word_in(browser.get("/account/password"))
    strange = {"Sec-Fetch-Site": "cross-site"}

    answer = browser.post("/logout", data={"csrf_token": word}, headers=strange)

    assert answer.status_code == 403


def test_the_word_may_come_in_a_header(browser, ann):
    log_in(browser, "boss")
    word = word_in(browser.get("/account/password"))

    answer = browser.post("/api/v1/orders", json={}, headers={"X-CSRF-Token": word})

    assert answer.json == {"done": True}


def test_the_api_tells_programs_how_to_come_in(browser, ann):
    answer = browser.get("/api/v1/who")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.content_type == "application/problem+json"


def test_a_token_opens_what_its_scope_and_its_owner_allow(browser, office):
    with office.house.read(HOUSE) as session:
        boss = session.scalars(select(User.id).where(User.login == "boss")).one()

    def token(*scopes):
        key = office.house.run(
            HOUSE, lambda uow: create_token(uow, "till", scopes, user_id=boss)[1]
        )
        return {"Authorization": f"Bearer {key}"}

    wide, narrow = token("crm.*"), token("crm.order.read")

    assert browser.post("/api/v1/orders", json={}, headers=wide).status_code == 200
    assert browser.post("/api/v1/orders", json={}, headers=narrow).status_code == 403
    assert browser.get("/who", headers=wide).status_code == 303, "a token opens the API only"


def test_a_token_expires_and_can_be_revoked(browser, office, ann):
    def make(uow):
        token, key = create_token(uow, "till", ["*.read"], days=1, user_id=ann)
        return token.id, key

    token_id, key = office.house.run(HOUSE, make)
    api = {"Authorization": f"Bearer {key}"}
    assert browser.get("/api/v1/who", headers=api).json["name"] == "Ann"

    with clock.at(clock.now() + dt.timedelta(days=2)):
        assert browser.get("/api/v1/who", headers=api).status_code == 401
    with office.house.read(HOUSE) as session:
        assert session.get(Token, token_id).used_at is not None
    with office.engine.begin() as connection:
        connection.execute(update(Token.__table__).values(revoked=True))
    assert browser.get("/api/v1/who", headers=api).status_code == 401


@pytest.mark.parametrize(
    "given", ["Bearer nonsense", "Basic YW5uOng=", "Bearer dg_wrong", "Bearer"]
)
def test_a_wrong_token_is_no_way_in_even_beside_a_good_cookie(browser, ann, given):
    log_in(browser)

    assert browser.get("/api/v1/who", headers={"Authorization": given}).status_code == 401


def set_up_factor(browser):
    word = word_in(browser.get("/account/password"))
    begun = browser.post("/account/second-factor", data={"password": PASSWORD, "csrf_token": word})
    assert begun.status_code == 303
    page = browser.get("/account/second-factor")
    text = page.get_data(as_text=True)
    assert "<svg" in text
    assert "style=" not in text
    secret = re.search(r"<code>(\w+)</code>", text)[1]
    code = pyotp.TOTP(secret).at(clock.now())
    form = {"code": code, "csrf_token": word_in(page)}
    done = browser.post("/account/second-factor/confirm", data=form)
    assert done.status_code == 200
    spare = re.findall(r"<li>([0-9a-f-]{13})</li>", done.get_data(as_text=True))
    return secret, code, spare


def give_code(browser, code):
    word = word_in(browser.get("/login/code"))
    return browser.post("/login/code", data={"code": code, "next": "/who", "csrf_token": word})


def test_a_second_factor_asks_for_a_code_and_takes_none_twice(browser, app, office, ann):
    log_in(browser)
    secret, used, spare = set_up_factor(browser)
    other = app.test_client()

    half = log_in(other)

    assert half.location.startswith("/login/code")
    assert other.get("/who").status_code == 303, "a password alone opens nothing"
    assert give_code(other, used).status_code == 401
    assert give_code(other, "000000").status_code == 401
    with clock.at(clock.now() + dt.timedelta(seconds=60)):
        assert give_code(other, pyotp.TOTP(secret).at(clock.now())).location == "/who"
        assert other.get("/who").status_code == 200
    assert len(spare) == 10
    with clock.at(clock.now() + dt.timedelta(seconds=90)):
        third = app.test_client()
        log_in(third)
        assert give_code(third, spare[0]).location == "/who"
        fourth = app.test_client()
        log_in(fourth)
        assert give_code(fourth, spare[0]).status_code == 401
    with office.house.read(HOUSE) as session:
        kept = session.get(User, ann)
        assert secret not in kept.totp
        assert spare[1] not in kept.recovery


def test_codes_cannot_be_guessed(browser, app, ann):
    log_in(browser)
    set_up_factor(browser)
    other = app.test_client()
    log_in(other)

    answers = [give_code(other, f"{n:06}").status_code for n in range(7)]

    assert answers[-1] == 429


def test_what_matters_asks_for_the_password_again(browser, office, ann):
    log_in(browser)
    word = word_in(browser.get("/account/password"))
    form = {"name": "till", "scopes": "*.read", "days": "9", "csrf_token": word}

    assert browser.post("/account/tokens", data={**form, "password": "guess"}).status_code == 422
    made = browser.post("/account/tokens", data={**form, "password": PASSWORD})

    key = re.search(r'value="(dg_[^"]+)"', made.get_data(as_text=True))[1]
    api = {"Authorization": f"Bearer {key}"}
    assert browser.get("/api/v1/who", headers=api).json["name"] == "Ann"


def test_log_ins_of_others_are_not_there(browser, app, office, ann):
    log_in(app.test_client(), "boss")
    with office.house.read(HOUSE) as session:
        theirs = session.scalars(select(LogIn.id)).one()
    log_in(browser)
    word = word_in(browser.get("/account/password"))

    answer = browser.post(f"/account/log-ins/{theirs}/end", data={"csrf_token": word})

    assert answer.status_code == 404


def test_one_can_work_only_in_ones_own_companies(browser, office, ann):
    log_in(browser)
    word = word_in(browser.get("/account/password"))

    answer = browser.post("/account/company", data={"company": "7", "csrf_token": word})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/a\nb",
     "", "/login", "/logout"],
)  # fmt: skip
def test_after_the_log_in_nobody_is_led_to_another_site(target):
    assert local(target) == "/"


def test_a_path_of_this_house_is_where_one_wanted_to_go():
    assert local("/crm/orders?state=draft#7") == "/crm/orders?state=draft#7"


def test_a_request_costs_one_statement_to_know_who_is_there(browser, office, ann):
    from sqlalchemy import event

    log_in(browser)
    browser.get("/who")
    seen = []
    event.listen(office.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))

    assert browser.get("/who").status_code == 200

    assert len([s for s in seen if not s.startswith("BEGIN")]) == 1


def test_what_has_ended_is_thrown_away(browser, office, ann):
    log_in(browser, password="not the password")
    log_in(browser)

    with clock.at(clock.now() + dt.timedelta(days=31)):
        assert office.house.run(HOUSE, sweep) == 1

    with office.house.read(HOUSE) as session:
        assert session.scalars(select(LogIn)).all() == []
        assert session.scalars(select(Attempts)).all() == []


@pytest.mark.parametrize(
    ("agent", "called"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
            "Chrome, Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_device_is_called_as_people_call_it(agent, called):
    assert device(agent) == called
