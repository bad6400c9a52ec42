"""Administrators at their pages, and what is closed to those who may do less."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong.companies.models import Company
from dougong.people.actors import actor_for
from dougong.people.roles.models import Role, UserRole
from dougong.people.roles.service import give_role, make_role
from dougong.people.users.models import User, UserCompany
from dougong.people.users.service import add_user
from dougong.web.app import create_app

HOUSE = Actor.system(1, (1, 2))


@pytest.fixture
def office(make_runtime):
    """A house with the basics, two companies, and a party in each."""
    runtime = make_runtime("base")

    def open_branch(uow):
        uow.add(Company(id=2, code="BRANCH", name="Branch", currency="EUR"))

    runtime.house.run(HOUSE, open_branch)
    return runtime


@pytest.fixture
def acting(office):
    """A browser of somebody with these roles: ``acting("ann", {"reader": 1})``."""
    app = create_app(office, {"TESTING": True, "SECRET_KEY": "a key of this test house only"})

    def browse(login, roles, companies=(1,)):
        def act(uow):
            user, _ = add_user(
                uow, login, login.title(), companies=companies, password="correct horse battery"
            )
            uow.flush()
            for role, company in roles.items():
                give_role(uow, user.id, role, company)
            return user.id

        user_id = office.house.run(HOUSE, act)

        def who():
            with office.house.read(HOUSE) as session:
                return actor_for(session, user_id, wiring=office.wiring)

        app.config["ACT_AS"] = who
        client = app.test_client()
        client.user_id = user_id
        return client

    return browse


def role(office, name, *rights):
    office.house.run(HOUSE, lambda uow: make_role(uow, name, name.title(), rights).id)


def post(client, path, data):
    return client.post(path, json=data, headers={"Idempotency-Key": uuid.uuid4().hex})


def test_an_administrator_makes_somebody_known_at_the_page(office, acting):
    boss = acting("boss", {"administrator": None})

    made = post(boss, "/api/v1/core/users", {"login": "Bob", "name": "Bob"})

    assert made.status_code == 201
    assert made.json["login"] == "bob"
    bob = made.json["id"]
    with office.house.read(HOUSE) as session:
        kept = session.get(User, bob)
        assert (kept.password, kept.active) == (None, True)
        where = session.scalars(select(UserCompany.company_id).where(UserCompany.user_id == bob))
        assert where.all() == [1]
    assert boss.post(f"/core/people/{bob}/give-role", data={"role": "reader"}).status_code == 303
    assert "Reader" in boss.get(f"/core/users/{bob}/access").get_data(as_text=True)
    shown = boss.post(f"/core/people/{bob}/password").get_data(as_text=True)
    assert "is not shown again" in shown


@pytest.mark.parametrize("field", ["password", "totp", "recovery", "active", "has_totp", "key"])
def test_what_the_house_keeps_for_itself_cannot_be_entered(acting, field):
    boss = acting("boss", {"administrator": None})

    answer = post(boss, "/api/v1/core/users", {"login": "bob", "name": "Bob", field: True})

    assert answer.status_code == 422


@pytest.mark.parametrize("secret", ["password", "totp", "recovery", "csrf", "key"])
def test_no_secret_is_shown_sorted_or_filtered_by(acting, secret):
    boss = acting("boss", {"administrator": None})

    for noun in ("users", "tokens", "sessions"):
        shown = boss.get(f"/api/v1/core/{noun}").get_data(as_text=True)
        assert f'"{secret}"' not in shown
        assert boss.get(f"/api/v1/core/{noun}?sort={secret}").status_code == 422
        assert boss.get(f"/api/v1/core/{noun}?{secret}=x").status_code == 422


def test_people_of_other_companies_are_not_there(office, acting):
    role(office, "people", "core.user.*", "core.role.read")
    other = acting("other", {"reader": 2}, companies=(2,)).user_id
    clerk = acting("clerk", {"people": 1})

    names = [row["login"] for row in clerk.get("/api/v1/core/users").json["items"]]

    assert names == ["clerk"]
    assert clerk.get(f"/api/v1/core/users/{other}").status_code == 404
    assert clerk.post(f"/core/people/{other}/password").status_code == 404
    assert clerk.post(f"/core/people/{other}/disable").status_code == 404


def test_nobody_puts_rights_they_lack_into_a_role_at_the_page(office, acting):
    role(office, "people", "core.user.*", "core.role.*")
    clerk = acting("clerk", {"people": None})
    with office.house.read(HOUSE) as session:
        own = session.scalars(select(Role).where(Role.name == "people")).one()

    wider = clerk.patch(
        f"/api/v1/core/roles/{own.id}",
        json={"rights": ["*"], "version": own.version},
        headers={"Idempotency-Key": "widen-my-own-role"},
    )
    new = post(clerk, "/api/v1/core/roles", {"name": "all", "label": "All", "rights": ["crm.*"]})
    given = clerk.post(f"/core/people/{clerk.user_id}/give-role", data={"role": "administrator"})

    assert wider.status_code == 409
    assert new.status_code == 409
    assert given.status_code == 403
    with office.house.read(HOUSE) as session:
        assert len(session.scalars(select(UserRole)).all()) == 1


def test_nobody_changes_the_account_of_somebody_who_may_do_more(office, acting):
    role(office, "people", "core.user.*")
    boss = acting("boss", {"administrator": None}).user_id
    clerk = acting("clerk", {"people": None})

    answer = clerk.patch(
        f"/api/v1/core/users/{boss}",
        json={"email": "clerk@example.com", "version": 1},
        headers={"Idempotency-Key": "take-over-the-boss"},
    )

    assert answer.status_code == 403


def test_a_log_in_cannot_be_reached_through_a_party(acting):
    boss = acting("boss", {"administrator": None})
    user = {"code": "P1", "name": "Boss", "password": "guessed it", "login": "boss"}

    assert post(boss, "/api/v1/base/parties", user).status_code == 422


def test_a_company_is_opened_by_command_only(acting):
    boss = acting("boss", {"administrator": None})

    answer = post(boss, "/api/v1/core/companies", {"code": "NEW", "name": "New"})

    assert answer.status_code == 409


def test_a_rule_that_nobody_understands_is_refused(office, acting):
    boss = acting("boss", {"administrator": None})
    with office.house.read(HOUSE) as session:
        administrator = session.scalars(select(Role).where(Role.name == "administrator")).one().id

    def write(resource, tree):
        data = {"label": "R", "role": administrator, "resource": resource, "filter": tree}
        return post(boss, "/api/v1/core/rules", data).status_code

    good = {"field": "code", "op": "ne", "value": "SECRET"}
    assert write("base.parties", {"field": "code", "op": "sql", "value": "1"}) == 409
    assert write("base.parties", {"field": "gone", "op": "eq", "value": "1"}) == 409
    assert write("base.nothing", good) == 409
    assert write("base.parties", good) == 201


def test_the_role_of_a_record_rule_is_looked_for_while_typing(office, acting):
    page = acting("root", {"administrator": None}).get("/core/rules/new").text
    assert 'name="role.text"' in page


def test_a_rule_hides_a_row_from_page_api_filter_and_export(office, acting):
    reader = acting("ann", {"reader": None})
    app = reader.application

    def prepare(uow):
        from dougong.people.rules.models import RecordRule

        held = uow.session.scalars(select(Role).where(Role.name == "reader")).one()
        tree = {"field": "code", "op": "ne", "value": "HIDDEN"}
        uow.add(RecordRule(label="R", role_id=held.id, resource="base.parties", filter=tree))

    office.house.run(HOUSE, prepare)
    ann = app.config["ACT_AS"]
    app.config["ACT_AS"] = HOUSE
    hidden = post(app.test_client(), "/api/v1/base/parties", {"code": "HIDDEN", "name": "Hidden"})
    shown = post(app.test_client(), "/api/v1/base/parties", {"code": "SHOWN", "name": "Shown"})
    assert (hidden.status_code, shown.status_code) == (201, 201)
    app.config["ACT_AS"] = ann
    key = hidden.json["id"]

    listed = reader.get("/api/v1/base/parties").get_data(as_text=True)

    assert "Shown" in listed
    assert "Hidden" not in listed
    assert reader.get(f"/api/v1/base/parties/{key}").status_code == 404
    assert reader.get(f"/base/parties/{key}").status_code == 404
    assert "Hidden" not in reader.get("/api/v1/base/parties?q=Hidden").get_data(as_text=True)
    assert "Hidden" not in reader.get("/base/parties?q=HIDDEN").get_data(as_text=True)


def test_the_history_is_shown_to_those_who_may_and_only_of_their_companies(office, acting):
    role(office, "looking", "core.audit.read")
    reader = acting("ann", {"reader": None})
    assert reader.get("/core/audit").status_code == 403
    looking = acting("bob", {"looking": 1})

    page = looking.get("/core/audit?document=core.users")

    assert page.status_code == 200
    assert "core.users" in page.get_data(as_text=True)
    assert looking.get("/core/audit?id=x").status_code == 422
    assert looking.get("/core/audit?since=yesterday").status_code == 422
    assert looking.get("/core/audit?before=nonsense").status_code == 422
