"""Some steps need others to agree: rules are rows, and no way leads around them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from office import Office
from shop import Order
from sqlalchemy import event

from dougong import Refused, clock
from dougong.actors import EVERYTHING, Actor
from dougong.approvals import service
from dougong.approvals.guarding import NeedsApproval, Road
from dougong.approvals.models import Approval
from dougong.resources import steps
from dougong.web.app import create_app
from dougong.workflows import State, Step, Workflow

D = Decimal
DAY = dt.date(2026, 3, 1)


@pytest.fixture
def office(shop, me):
    return Office(shop, me)


def test_below_the_amount_nobody_is_asked(office):
    office.rule()
    order = office.order(99)
    office.confirm(order)
    assert office.state(order) == "confirmed"


def test_from_the_amount_on_the_step_waits_and_the_sentence_says_for_whom(office):
    office.rule()
    order = office.order(100)
    with pytest.raises(
        NeedsApproval, match=r"needs the approval of Managers first: Large orders\."
    ):
        office.confirm(order)
    assert office.state(order) == "draft"


def test_who_asked_has_the_step_taken_once_a_manager_agrees(office):
    office.rule(days=3)
    order = office.order(100)
    asked = office.ask(order)
    assert office.ask(order) == asked
    assert (office.waits_for("Bea"), office.waits_for("Cleo")) == ([asked], [])
    question = office.one(Approval, asked)
    assert (question.amount, question.title.endswith(" · Acme")) == (100, True)

    with pytest.raises(Refused, match="waits for the approval of others") as refusal:
        office.approve(asked, "Cleo")
    assert refusal.value.status == 403
    office.approve(asked, "Bea", "Good customer")
    assert office.waits_for("Bea") == []
    assert office.state(order) == "draft"

    office.work()
    assert office.state(order) == "confirmed"
    office.work()
    assert office.one(Approval, asked).note is None


def test_nobody_approves_what_they_entered_changed_or_asked_for(office):
    office.rule()
    order = office.order(100, by="Bea")
    asked = office.ask(order, by="Ann")
    with pytest.raises(Refused, match="somebody else approves it"):
        office.approve(asked, "Bea")
    office.approve(asked, "Bob")
    assert office.one(Approval, asked).state == "approved"


def test_without_four_eyes_a_manager_may_agree_to_their_own(office):
    office.rule(four_eyes=False)
    order = office.order(100, by="Bea")
    asked = office.ask(order, by="Bea")
    office.approve(asked, "Bea")
    office.confirm(order, by="Bea")
    assert office.state(order) == "confirmed"


def test_what_is_changed_after_it_was_approved_is_asked_for_anew(office):
    office.rule()
    order = office.order(100)
    first = office.ask(order)
    office.approve(first, "Bea")

    def dearer(uow):
        uow.get(Order, order).total = D(400)

    office.does("Ann", dearer)
    with pytest.raises(NeedsApproval):
        office.confirm(order)
    office.work()
    assert office.state(order) == "draft"
    assert office.ask(order) != first


def test_what_is_changed_while_it_waits_cannot_be_approved(office):
    office.rule()
    order = office.order(100)
    asked = office.ask(order)
    office.does("Ann", lambda uow: setattr(uow.get(Order, order), "total", D(400)))
    with pytest.raises(Refused, match="has been changed since"):
        office.approve(asked, "Bea")
    assert office.ask(order) != asked
    assert office.one(Approval, asked).state == "withdrawn"


def test_changing_and_confirming_in_one_go_does_not_slip_through(office):
    office.rule()
    order = office.order(100)
    office.approve(office.ask(order), "Bea")
    noun = office.shop.nouns.get("shop.orders")

    def both(uow):
        uow.get(Order, order).total = D(450)
        sight = noun.sight(uow.actor.rights)
        steps.run_one(uow, noun, sight, "confirm", order)

    with pytest.raises(NeedsApproval):
        office.does("Ann", both)
    assert (office.state(order), office.one(Order, order).total) == ("draft", 100)


def set_state(office):
    order = office.order(100)
    return lambda uow: setattr(uow.get(Order, order), "state", "confirmed")


def born_confirmed(office):
    def act(uow):
        uow.add(
            Order(
                customer_id=office.ids["customer"], ordered_on=DAY, total=D(100), state="confirmed"
            )
        )

    return act


def beyond_the_step(office):
    """Cancelled can be reached without confirming: it asks nobody."""
    order = office.order(100)
    return lambda uow: setattr(uow.get(Order, order), "state", "cancelled")


@pytest.mark.parametrize(
    ("way", "refused"), [(set_state, True), (born_confirmed, True), (beyond_the_step, False)]
)
def test_no_way_leads_around_a_rule(office, way, refused):
    office.rule()
    act = way(office)
    if refused:
        with pytest.raises(NeedsApproval):
            office.does("Ann", act)
    else:
        office.does("Ann", act)


@pytest.mark.parametrize(
    ("old", "new", "taken"),
    [
        (None, "draft", []),
        (None, "sent", ["send"]),
        ("draft", "sent", ["send"]),
        ("draft", "paid", ["send", "pay"]),
        ("sent", "draft", ["reopen"]),
        ("paid", "draft", []),
    ],
)
def test_a_change_of_state_tells_which_steps_it_took(old, new, taken):
    road = Road("x", Order, Workflow(
        "x",
        states=[State("draft", "Draft"), State("sent", "Sent"), State("paid", "Paid")],
        steps=[
            Step("send", "Send", ["draft"], "sent", needs="x.send"),
            Step("pay", "Pay", ["sent"], "paid", needs="x.pay"),
            Step("reopen", "Reopen", ["sent"], "draft", needs="x.reopen"),
        ],
    ))  # fmt: skip
    assert road.taken(old, new) == taken


def test_those_with_a_later_turn_are_asked_after_the_first(office):
    office.rule()
    office.rule(label="Very large", least=D(200), turn=2, role_id=None, user_id=office.ids["Cleo"])
    order = office.order(300)
    asked = office.ask(order)
    assert (office.waits_for("Bob"), office.waits_for("Cleo")) == ([asked], [])
    with pytest.raises(Refused, match="not for yours"):
        office.approve(asked, "Cleo")
    office.approve(asked, "Bob")
    assert (office.waits_for("Bob"), office.waits_for("Cleo")) == ([], [asked])
    with pytest.raises(NeedsApproval, match="approval of Cleo first"):
        office.confirm(order)
    office.approve(asked, "Cleo")
    office.confirm(order)


def test_one_person_is_not_two_pairs_of_eyes(office):
    office.rule()
    office.rule(label="Again", turn=2)
    asked = office.ask(office.order(100))
    office.approve(asked, "Bea")
    with pytest.raises(Refused, match="somebody else approves it"):
        office.approve(asked, "Bea")
    office.approve(asked, "Bob")
    assert office.one(Approval, asked).state == "approved"


def test_a_refusal_has_a_reason_and_ends_the_question(office):
    office.rule()
    order = office.order(100)
    asked = office.ask(order)
    with pytest.raises(Refused, match="Say why"):
        office.does("Bea", lambda uow: service.refuse(uow, [asked], " "))
    office.does("Bea", lambda uow: service.refuse(uow, [asked], "Too dear"))
    with pytest.raises(Refused, match="is Refused"):
        office.approve(asked, "Bob")
    with pytest.raises(NeedsApproval):
        office.confirm(order)


def test_only_who_asked_takes_the_question_back(office):
    office.rule()
    asked = office.ask(office.order(100))
    with pytest.raises(Refused, match="not for yours"):
        office.does("Bea", lambda uow: service.withdraw(uow, [asked]))
    office.does("Ann", lambda uow: service.withdraw(uow, [asked]))
    assert office.waits_for("Bea") == []


def test_a_deputy_decides_during_their_days_only(office):
    office.rule()
    asked = office.ask(office.order(100))
    today = clock.now().date()
    later = today + dt.timedelta(days=2)
    office.does("Bea", lambda uow: service.stand_in(uow, office.ids["Dan"], later, later))
    assert office.waits_for("Dan") == []
    with clock.at(dt.datetime.combine(later, dt.time(12), dt.UTC)):
        assert office.waits_for("Dan") == [asked]
        office.approve(asked, "Dan")
    assert office.one(Approval, asked).state == "approved"


@pytest.mark.parametrize(
    ("who", "days", "why"),
    [("Bea", 1, "Choose somebody else"), ("Dan", -1, "These days are over")],
)
def test_an_impossible_deputy_is_refused(office, who, days, why):
    until = clock.now().date() + dt.timedelta(days=days)
    with pytest.raises(Refused, match=why):
        office.does("Bea", lambda uow: service.stand_in(uow, office.ids[who], None, until))


def test_a_rule_speaks_of_its_company_and_its_condition_only(office):
    office.rule(company_id=2)
    office.confirm(office.order(100))
    office.rule(filter={"field": "customer.city", "op": "eq", "value": "Jena"})
    office.confirm(office.order(100))
    office.rule(filter={"field": "customer.city", "op": "eq", "value": "Kiel"})
    with pytest.raises(NeedsApproval):
        office.confirm(office.order(100))


def test_of_many_only_those_that_need_it_stay_behind(office):
    office.rule()
    small, large = office.order(50), office.order(150)
    noun = office.shop.nouns.get("shop.orders")
    answers = office.does(
        "Ann",
        lambda uow: steps.run(uow, noun, noun.sight(uow.actor.rights), "confirm", [small, large]),
    )
    assert answers[small] == ""
    assert "needs the approval of Managers" in str(answers[large])
    assert (office.state(small), office.state(large)) == ("confirmed", "draft")


def test_a_house_without_rules_asks_the_database_nothing_more(office):
    first, second = office.order(1), office.order(1)
    office.confirm(first)
    seen = []
    event.listen(office.shop.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    office.confirm(second)
    assert not [text for text in seen if "approval" in text]


def test_a_step_that_fails_after_all_says_why_on_the_approval(office):
    office.rule()
    order = office.order(600)
    asked = office.ask(order)
    office.approve(asked, "Bea")
    office.work()
    assert "Too expensive" in office.one(Approval, asked).note


@pytest.fixture
def visit(office):
    def open_for(name, rights=EVERYTHING):
        runtime = SimpleNamespace(
            house=office.shop, wiring=office.shop.wiring, nouns=office.shop.nouns, failed={}
        )
        settings = {
            "TESTING": True,
            "SECRET_KEY": "x" * 32,
            "ACT_AS": replace(office.actor(name), rights=rights),
        }
        return create_app(runtime, settings).test_client()

    return open_for


def test_pressing_the_button_asks_and_the_inbox_decides(office, visit):
    office.rule()
    order = office.order(100)
    pressed = visit("Ann").post(f"/shop/orders/{order}/steps/confirm")
    assert (pressed.status_code, pressed.location) == (303, f"/shop/orders/{order}?asked=1")
    page = visit("Ann").get(pressed.location).text
    assert "Approval was asked for." in page
    assert "Waits for the approval of Managers" in page

    inbox = visit("Bea").get("/core/inbox").text
    assert f"/shop/orders/{order}" in inbox
    (asked,) = office.waits_for("Bea")
    assert visit("Cleo").post(f"/core/inbox/{asked}/approve").status_code == 403
    assert visit("Bea").post(f"/core/inbox/{asked}/refuse", data={}).status_code == 409
    assert visit("Bea").post(f"/core/inbox/{asked}/approve").status_code == 303
    assert visit("Bea").post("/core/inbox/77/approve").status_code == 404
    assert visit("Bea").post("/core/inbox/x/approve").status_code == 404
    assert office.one(Approval, asked).state == "approved"


def test_the_page_of_workflows_says_who_may_take_a_step_and_who_must_agree(office, visit):
    office.rule()
    office.rule(label="No longer", active=False)
    page = visit("Ann").get("/core/workflows").text
    row = page.partition('aria-label="Orders"')[2].partition("Confirm")[2].partition("</tr>")[0]
    for word in ("Draft", "Confirmed", "Administrator", "Large orders</a>", "Managers"):
        assert word in row
    assert "No longer" not in page

    assert 'href="/core/approval-rules/new?resource=shop.orders&amp;step=confirm"' in row


def test_workflows_are_shown_to_those_who_may_read_approval_rules(office, visit):
    assert visit("Ann", rights=frozenset()).get("/core/workflows").status_code == 403
    reader = visit("Ann", rights=frozenset({"core.approval_rule.read"}))
    assert "/core/approval-rules/new" not in reader.get("/core/workflows").text


def test_the_api_says_409_and_asks_nobody(office, visit):
    office.rule()
    order = office.order(100)
    answer = visit("Ann").post(f"/api/v1/shop/orders/{order}/confirm", json={})
    assert answer.status_code == 409
    assert "needs the approval of Managers" in answer.get_data(as_text=True)
    assert office.waits_for("Bea") == []


def call(client, path, body=None, **more):
    head = {"Idempotency-Key": more.pop("key", "a")}
    return client.post(f"/api/v1{path}", json=body or {}, headers=head, **more)


def test_a_program_asks_and_the_step_is_taken_once_a_manager_agrees(office, visit):
    office.rule()
    order = office.order(100)
    step = f"/shop/orders/{order}/confirm"
    refused = call(visit("Ann"), step)
    assert (refused.status_code, office.state(order)) == (409, "draft")

    asked = call(visit("Ann"), f"{step}?approval=ask", key="b")

    assert asked.status_code == 202, asked.json
    assert asked.json["state"] == "waiting"
    assert "needs the approval of Managers first" in asked.json["detail"]
    assert asked.json["url"] == f"/api/v1/core/approvals/{asked.json['approval']}"
    assert office.waits_for("Bea") == [asked.json["approval"]]
    office.approve(asked.json["approval"], "Bea")
    office.work()
    assert office.state(order) == "confirmed"


def test_a_program_that_asks_twice_asks_once(office, visit):
    office.rule()
    step = f"/shop/orders/{office.order(100)}/confirm?approval=ask"

    first = call(visit("Ann"), step).json["approval"]

    assert call(visit("Ann"), step, key="b").json["approval"] == first
    assert office.waits_for("Bea") == [first]


def test_what_needs_no_approval_is_done_at_once_and_what_cannot_be_is_not_asked_for(office, visit):
    office.rule()
    cheap, dear = office.order(99), office.order(100)

    done = call(visit("Ann"), f"/shop/orders/{cheap}/confirm?approval=ask")
    assert (done.status_code, done.json["state"]) == (200, "confirmed")
    again = call(visit("Ann"), f"/shop/orders/{cheap}/confirm?approval=ask", key="b")
    assert again.status_code == 409
    odd = call(visit("Ann"), f"/shop/orders/{dear}/confirm?approval=perhaps", key="c")
    assert odd.status_code == 422
    assert (office.state(dear), office.waits_for("Bea")) == ("draft", [])


@pytest.fixture
def administrator(make_runtime):
    """A browser of somebody who may everything, in a house with nothing but the core."""
    runtime = make_runtime()
    actor = Actor(None, "Ada", EVERYTHING, (1,), 1)
    return create_app(
        runtime, {"TESTING": True, "SECRET_KEY": "x" * 32, "ACT_AS": actor}
    ).test_client()


def odd(administrator, **facts):
    known = administrator.get("/api/v1/core/roles?name=m").get_json()["items"]
    role = (
        known[0]
        if known
        else administrator.post(
            "/api/v1/core/roles", json={"name": "m", "label": "M", "rights": []}
        ).get_json()
    )["id"]
    facts = {
        "label": "Odd", "resource": "core.outbox", "step": "retry", "role": role, **facts,
    }  # fmt: skip
    return administrator.post("/api/v1/core/approval-rules", json=facts)


def test_a_rule_is_written_at_the_page_of_the_administration(administrator):
    assert odd(administrator).status_code == 201
    mine = odd(administrator, resource="core.approvals", step="approve", field="amount", least="5")
    assert mine.status_code == 201
    assert administrator.get("/core/approval-rules").status_code == 200


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"resource": "core.users"}, "resource"),
        ({"resource": "no.such"}, "resource"),
        ({"step": "fly"}, "step"),
        ({"field": "tries", "least": "1"}, "field"),
        ({"field": "nothing", "least": "1"}, "field"),
        ({"filter": {"field": "no", "op": "eq", "value": 1}}, "filter"),
    ],
)
def test_a_rule_about_what_is_not_there_is_refused_at_its_field(administrator, facts, field):
    answer = odd(administrator, **facts)
    assert answer.status_code == 409
    assert list(answer.get_json()["errors"]) == [field]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"least": "5"}, "belong together"),
        ({"role": None}, "a role or a person"),
        ({"turn": 0}, "from 1 to 9"),
        ({"days": -1}, "within 0 to 365"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_the_database(administrator, facts, why):
    answer = odd(administrator, **facts)
    assert answer.status_code == 409
    assert why in answer.get_data(as_text=True)
