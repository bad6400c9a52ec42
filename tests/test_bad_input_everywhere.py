"""Nonsense in every field of every noun is refused with a sentence; nothing crashes."""

from __future__ import annotations

import datetime as dt

from bad_input import BOSS, form_of
from bad_input import client as client
from bad_input import runtime as runtime
from one_of_each import first_of, what_it_takes

#: What is asked of each kind of field: well-formed here and there, and never sensible.
NONSENSE = {
    "number": (-1, 0, "1e400", 10**15, "9" * 70, "0.0000000001", "NaN"),
    "money": ("-1", "0", "9" * 70, "1e400", "Infinity"),
    "date": ("0001-01-01", "9999-12-31", "2026-02-30", "10000-01-01"),
    "link": (0, -1, 2**53 - 1, "Nobody", [1]),
    "choice": ("nonsense", "", 7),
    "flag": ("perhaps", 2),
}
WORDS = ("a\x00b", "x" * 1_000_000, "", "\ud800", {"a": 1}, 7)
#: What a refusal or an answer may be.
FINE = {200, 201, 204, 303, 400, 403, 404, 409, 413, 415, 422}


def plain(value):
    """As JSON has it."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value


def wrong_ones(runtime, noun):
    """Documents of a noun that are good but for one field."""
    sight = noun.sight(BOSS.rights)
    with runtime.house.work(BOSS) as uow:
        good = plain(what_it_takes(uow, noun))
    for name, field in sight.writable_own.items():
        for value in NONSENSE.get(field.kind, WORDS):
            yield f"{name}={str(value)[:20]!r}", {**good, name: value}
    for lines in noun.lines:
        first = next(iter(good[lines]), {})
        for name, field in sight.line_fields(lines, writing=True).items():
            for value in NONSENSE.get(field.kind, WORDS[:2]):
                yield (
                    f"{lines}.{name}={str(value)[:20]!r}",
                    {**good, lines: [{**first, name: value}]},
                )


def unfit(answer):
    """Why an answer is none that a person can do something with."""
    if answer.status_code not in FINE:
        return f"{answer.status_code}"
    words = answer.get_data(as_text=True)
    if answer.status_code >= 400 and any(
        x in words for x in ("Traceback", "sqlalchemy", "psycopg")
    ):
        return "speaks of the machine"
    if answer.is_json and answer.status_code >= 400 and not answer.json["detail"].strip():
        return "says nothing"
    return ""


def test_nonsense_in_any_field_is_refused_by_page_and_api(runtime, client):
    found, asked = [], 0
    for noun in runtime.nouns:
        if noun.rights.only_read:
            continue
        path = f"{noun.plugin}/{noun.slug}"
        last = ""
        for what, document in wrong_ones(runtime, noun):
            answer = client.post(f"/api/v1/{path}", json=document)
            asked += 1
            if why := unfit(answer):
                found.append(f"API {path}: {what}: {why}")
            # A page is asked once a field: what it parses are texts, what it stores is the same.
            field = what.partition("=")[0]
            if field != last:
                last = field
                page = client.post(f"/{path}/new", data=form_of(document))
                if why := unfit(page):
                    found.append(f"page {path}: {what}: {why}")
    assert found == [], "\n".join(found)
    assert asked > 1000


def test_nonsense_in_a_change_is_refused_by_api(runtime, client):
    found = []
    for noun in runtime.nouns:
        if noun.rights.only_read:
            continue
        key = first_of(runtime, noun)
        if key is None:
            continue
        at = f"/api/v1/{noun.plugin}/{noun.slug}/{key}"
        version = client.get(at).headers.get("ETag", '"1"')
        for name, field in noun.sight(BOSS.rights).writable_own.items():
            value = NONSENSE.get(field.kind, WORDS)[0]
            answer = client.patch(at, json={name: value}, headers={"If-Match": version})
            if why := unfit(answer):
                found.append(f"{at}: {name}={value!r}: {why}")
    assert found == [], "\n".join(found)
