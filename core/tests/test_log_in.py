"""Coming in and going out: passwords, keys, and who is slowed down."""

from __future__ import annotations

import datetime as dt

import pytest
from coming_in import HOUSE, PASSWORD, log_in, word_in
from coming_in import ann as ann
from coming_in import app as app
from coming_in import browser as browser
from coming_in import office as office
from sqlalchemy import select, update

from dougong import clock
from dougong.people.sessions.devices import device
from dougong.people.sessions.models import Attempts, LogIn
from dougong.people.sessions.service import sweep
from dougong.people.tokens.service import create_token
from dougong.people.users.models import User
from dougong.people.users.service import disable_users, reset_password
from dougong.people.web.targets import local


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
