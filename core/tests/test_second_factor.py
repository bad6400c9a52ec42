"""A code beside the password, and the password again for what matters."""

from __future__ import annotations

import datetime as dt
import re

import pyotp
from coming_in import HOUSE, PASSWORD, log_in, word_in
from coming_in import ann as ann
from coming_in import app as app
from coming_in import browser as browser
from coming_in import office as office

from dougong import clock
from dougong.people.users.models import User


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
