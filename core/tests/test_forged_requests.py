"""A write that our own page did not send is refused."""

from __future__ import annotations

from coming_in import PASSWORD, log_in, word_in
from coming_in import ann as ann
from coming_in import app as app
from coming_in import browser as browser
from coming_in import office as office


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
