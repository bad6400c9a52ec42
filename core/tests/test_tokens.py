"""Programs come in with a token."""

from __future__ import annotations

import datetime as dt

import pytest
from coming_in import HOUSE, log_in
from coming_in import ann as ann
from coming_in import app as app
from coming_in import browser as browser
from coming_in import office as office
from sqlalchemy import select, update

from dougong import clock
from dougong.people.tokens.models import Token
from dougong.people.tokens.service import create_token
from dougong.people.users.models import User


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
