"""What goes to the browser is squeezed where the browser takes it, and is the same when unpacked."""

from __future__ import annotations

import gzip
import re

SQUEEZED = {"Accept-Encoding": "gzip, deflate, br"}


def test_a_page_is_squeezed_for_a_browser_that_takes_it(visit, stock):
    client = visit()
    plain = client.get("/shop/orders")
    squeezed = client.get("/shop/orders", headers=SQUEEZED)

    assert "Content-Encoding" not in plain.headers
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in squeezed.headers["Vary"]
    assert int(squeezed.headers["Content-Length"]) == len(squeezed.data) < len(plain.data) / 3
    words = re.compile(r"[0-9a-f]{16}\.[0-9a-f]{32}")
    assert words.sub("", gzip.decompress(squeezed.data).decode()) == words.sub("", plain.text)


def test_what_is_short_goes_as_it_is(visit, stock):
    answer = visit().get("/shop/customers/options?q=Acme", headers=SQUEEZED)

    assert "Content-Encoding" not in answer.headers
    assert "Acme" in answer.text


def test_our_own_styles_are_squeezed_and_kept_by_the_browser(visit, stock):
    client = visit()
    address = re.search(r"/static/\w+/app\.css", client.get("/shop/orders").text)[0]
    plain, squeezed = client.get(address), client.get(address, headers=SQUEEZED)

    assert gzip.decompress(squeezed.data) == plain.data
    assert squeezed.headers["Content-Type"].startswith("text/css")
    assert "immutable" in squeezed.headers["Cache-Control"]
    assert len(squeezed.data) < len(plain.data) / 3


def test_the_next_page_is_sent_without_what_stays(visit, stock):
    part = visit().get("/shop/orders", headers={"HX-Request": "true", "HX-Target": "div#list-page"})

    assert 'id="list-page"' in part.text
    assert 'name="q"' not in part.text
    assert "Acme Timber" in part.text
