"""A house behind other servers: whom it believes about the visitor's address and scheme."""

from __future__ import annotations

import pytest
from flask import request

from dougong.errors import Refused
from dougong.site import find_site
from dougong.web.app import create_app
from dougong.web.rights import public

#: The visitor says to be 6.6.6.6; the proxy adds whom it heard.
HEADERS = {
    "X-Forwarded-For": "6.6.6.6, 203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "erp.example",
}


def seen(make_runtime, **config):
    """What the house takes a visitor for, and whether it answers as over TLS."""
    runtime = make_runtime(**config)
    app = create_app(runtime, runtime.config)
    app.add_url_rule(
        "/seen", "seen", public(lambda: f"{request.remote_addr} {request.host} {request.scheme}")
    )
    answer = app.test_client().get("/seen", headers=HEADERS)
    return answer.text, "Strict-Transport-Security" in answer.headers


def test_nobody_is_believed_unless_the_administrator_says_so(make_runtime):
    assert seen(make_runtime) == ("127.0.0.1 localhost http", False)


def test_one_proxy_is_believed_and_not_what_the_visitor_told_it(make_runtime):
    assert seen(make_runtime, PROXIES=1) == ("203.0.113.9 erp.example https", True)


def test_two_proxies_are_believed_when_there_are_two(make_runtime):
    address, _tls = seen(make_runtime, PROXIES=2)
    assert address.split()[0] == "6.6.6.6"


@pytest.mark.parametrize("said", ["many", "-1", "10"])
def test_a_strange_number_of_proxies_is_refused(said, monkeypatch, tmp_path):
    monkeypatch.setenv("DOUGONG_HOME", str(tmp_path))
    monkeypatch.setenv("DOUGONG_PROXIES", said)
    with pytest.raises(Refused, match=f"from 0 to 9, not “{said}”"):
        find_site()


def test_the_environment_and_the_file_say_how_many(monkeypatch, tmp_path):
    monkeypatch.setenv("DOUGONG_HOME", str(tmp_path))
    assert find_site().config["PROXIES"] == 0
    (tmp_path / "site.toml").write_text("[config]\nPROXIES = 2\n")
    assert find_site().config["PROXIES"] == 2
    monkeypatch.setenv("DOUGONG_PROXIES", "1")
    assert find_site().config["PROXIES"] == 1
