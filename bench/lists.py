"""A list of 80 out of 50,000 parties, filtered and sorted: as JSON and as a page."""

from __future__ import annotations

import re

from bench.meter import Result, repeat
from bench.site import Site
from dougong.people.roles.service import give_role
from dougong.people.users.service import add_user
from dougong.web.app import create_app
from dougong_base import Party

ROWS = 50_000
CHUNK = 2_000
PASSWORD = "correct horse battery"
ASKED = "is_customer=true&sort=-name"


def _fill(site: Site) -> None:
    for start in range(0, ROWS, CHUNK):
        site.runtime.house.run(
            site.actor,
            lambda uow, start=start: uow.add(
                *(
                    Party(
                        code=f"L{n:06}", name=f"Customer {n * 7919 % ROWS:06}",
                        email=f"c{n}@example.com", is_customer=n % 2 == 0,
                    )
                    for n in range(start, start + CHUNK)
                )
            ),
        )  # fmt: skip


def run(site: Site) -> list[Result]:
    """The whole request, from the socket's side of the application to the last byte."""
    _fill(site)

    def person(uow: object) -> None:
        user, _secret = add_user(uow, "boss", "Boss", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "administrator")

    site.runtime.house.run(site.actor, person)
    browser = create_app(site.runtime, site.runtime.config).test_client()
    page = browser.get("/login").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    browser.post(
        "/login",
        data={
            "login": "boss",
            "next": "/",
            "password": PASSWORD,
            "csrf_token": token[1] if token else "",
        },
    )

    def get(path: str) -> bytes:
        answer = browser.get(path)
        if answer.status_code != 200 or answer.data.count(b"Customer 0") < 80:
            raise AssertionError(f"{path}: {answer.status_code}, {len(answer.data)} bytes")
        return answer.data

    json, html = f"/api/v1/base/parties?{ASKED}&size=80", f"/base/parties?{ASKED}&size=80"
    return [
        repeat("list of 80, JSON", site.meter, 40, lambda: get(json), warm=5),
        repeat("list of 80, HTML", site.meter, 40, lambda: get(html), warm=5),
    ]
