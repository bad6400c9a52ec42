"""What matters most takes a password that was typed a moment ago."""

from __future__ import annotations

import datetime as dt

import pytest
from coming_in import PASSWORD, log_in, word_in
from coming_in import app as app
from coming_in import browser as browser
from coming_in import office as office

from dougong.clock import at as standing_at
from dougong.modules.apart import Here


@pytest.fixture
def boss(browser, app):
    """An administrator who logged in twenty minutes ago."""
    app.config["APART"] = Here
    log_in(browser, "boss")
    later = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=20)
    with standing_at(later):
        yield browser


def test_an_old_log_in_is_asked_for_the_password_before_a_module_is_changed(boss):
    ahead = boss.get("/core/modules/base/install")
    assert "This matters: type your password again." in ahead.text
    form = {"csrf_token": word_in(ahead), "names": ["base"]}

    assert boss.post("/core/modules/base/install", data=form).status_code == 422
    wrong = boss.post("/core/modules/base/install", data={**form, "password": "wrong horse"})
    assert wrong.status_code == 422
    assert "This is not your present password." in wrong.text
    assert "Not installed" in boss.get("/core/modules/base").text

    right = boss.post("/core/modules/base/install", data={**form, "password": PASSWORD})
    assert right.status_code == 303
    assert "Disabled" in boss.get("/core/modules/base").text


def test_a_password_that_was_typed_counts_for_a_while(boss):
    form = {"csrf_token": word_in(boss.get("/core/modules/base/install")), "names": ["base"]}
    boss.post("/core/modules/base/install", data={**form, "password": PASSWORD})

    assert "type your password again" not in boss.get("/core/modules/base/enable").text
