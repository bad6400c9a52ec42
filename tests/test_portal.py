"""Customers look after themselves: their own documents by a link or a log-in, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
import re
from itertools import islice

import pytest
from portal_house import SYSTEM, WORD, Customers, forget_attempts

from dougong import Actor, Refused, clock
from dougong.approvals.proposing import Proposal, propose_rules
from dougong.audit.models import AuditEntry
from dougong.companies.service import open_company
from dougong.notes.models import Note
from dougong.notices.models import Notice
from dougong.people.roles.service import give_role
from dougong.people.users.models import User
from dougong.people.users.service import add_user, disable_users
from dougong.settings.service import write
from dougong_base import Party
from dougong_base.portal.service import renew_links
from dougong_crm.orders.models import Order
from dougong_crm.quotes.models import Quote
from dougong_crm.quotes.service import accept_quotes, revise_quotes

STATIC = "/static/"


@pytest.fixture
def house_of(runtime):
    return Customers(runtime)


@pytest.fixture
def ada(house_of):
    return house_of.visit()


def reasons(customers, key):
    """Why a document was changed, as its history tells, and by whom."""
    told = customers.all(AuditEntry, AuditEntry.document_id == key, by=AuditEntry.seq)
    return [(c["_reason"][1], e) for e in told if "_reason" in (c := json.loads(e.changes))]


# -- what is seen ----------------------------------------------------------------------------------


def test_a_customer_finds_what_waits_for_him_and_each_kind_of_his_documents(house_of, ada):
    quote, order, invoice = house_of.quote(), house_of.order(), house_of.invoice()
    bobs = house_of.quote("bob")

    page = ada.get("/portal").text
    assert "Quotes that wait for your answer" in page
    assert "Invoices to pay" in page
    assert "€100.00" in page
    for path, key in (
        ("crm/quotes", quote),
        ("crm/orders", order),
        ("finance/customer-invoices", invoice),
    ):
        assert f"/portal/{path}/{key}" in ada.get(f"/portal/{path}").text
        shown = ada.get(f"/portal/{path}/{key}")
        assert (shown.status_code, "Lamp" in shown.text) == (200, True)
        # What is only ours stays ours: cost, margin, the note, who sells.
        assert not re.search(r"13\.37|Margin|between us", shown.text)
    assert str(bobs) not in ada.get("/portal/crm/quotes").text


def test_another_customers_documents_and_drafts_are_not_there_by_any_id(house_of, ada):
    hidden = {
        "crm/quotes": [house_of.quote("bob"), house_of.quote(sent=False)],
        "crm/orders": [house_of.order("bob"), house_of.order(confirmed=False)],
        "finance/customer-invoices": [house_of.invoice("bob"), house_of.invoice(posted=False)],
    }
    bill = house_of.invoice(kind="supplier_bill")
    hidden["finance/customer-invoices"].append(bill)
    own, form = house_of.quote(), {"version": "1", "name": "A"}

    for path, keys in hidden.items():
        assert (
            "There is nothing here yet" in ada.get(f"/portal/{path}").text or path == "crm/quotes"
        )
        for key in [*keys, own + 10_000, 0]:
            for method, address in (
                ("GET", f"/portal/{path}/{key}"),
                ("GET", f"/portal/{path}/{key}/paper"),
                ("POST", f"/portal/{path}/{key}/accept"),
            ):
                word = WORD.search(ada.get("/portal/address").text)[1]
                answer = ada.open(address, method=method, data=form | {"csrf_token": word})
                assert answer.status_code == 404, address
        forget_attempts(house_of.house)
    assert ada.get(f"/portal/crm/orders/{own}").status_code == 404
    assert [house_of.look(Quote, key, "state") for key in hidden["crm/quotes"]] == [
        ("sent",),
        ("draft",),
    ]


def test_a_customer_of_two_companies_sees_those_of_the_company_that_sent_the_link(house_of):
    here = house_of.quote()
    other = house_of.do(lambda uow: open_company(uow, "SUB", "Subsidiary", "EUR").id)
    browser = house_of.app.test_client()
    browser.get(house_of.link(actor=Actor.system(other)))

    page = browser.get("/portal")
    assert ("Subsidiary" in page.text, "Nothing waits for you" in page.text) == (True, True)
    assert browser.get(f"/portal/crm/quotes/{here}").status_code == 404


def test_invoices_open_as_the_houses_own_paper_and_nothing_else_is_printed(house_of, ada):
    pytest.importorskip("typst")
    invoice, quote = house_of.invoice(), house_of.quote()

    for path in (f"finance/customer-invoices/{invoice}", f"crm/quotes/{quote}"):
        paper = ada.get(f"/portal/{path}/paper")
        assert (paper.status_code, paper.mimetype, paper.data[:5]) == (
            200,
            "application/pdf",
            b"%PDF-",
        )
    assert ada.get(f"/finance/customer-invoices/{invoice}/prints/form").status_code == 303


# -- answering -------------------------------------------------------------------------------------


def test_an_accepted_quote_is_a_confirmed_order_and_its_history_says_who_accepted(house_of, ada):
    quote = house_of.quote()
    at = f"/portal/crm/quotes/{quote}"

    assert house_of.send(ada, at, "accept", name="Ann  Ada").location == f"{at}?done=accept"

    assert "Your order has arrived" in ada.get(f"{at}?done=accept").text
    (order,) = house_of.all(Order)
    assert (house_of.look(Quote, quote, "state"), order.state) == (("accepted",), "confirmed")
    assert order.number in ada.get(f"/portal/crm/orders/{order.id}").text
    ((reason, entry),) = reasons(house_of, quote)
    assert re.match(r"Accepted in the portal: Ann Ada, by the link \(key of 20\d\d-", reason)
    assert (entry.user_name, entry.user_id) == ("Ada Ltd (portal)", None)


def test_whoever_looks_after_a_quote_hears_of_the_answer(house_of, ada):
    def hire(uow):
        user, _password = add_user(uow, "sam", "Sam", companies=[1])
        uow.flush()
        give_role(uow, user.id, "crm.salesperson")
        return user.id

    sam = house_of.do(hire)
    quote = house_of.quote(salesperson_id=sam)

    house_of.send(ada, f"/portal/crm/quotes/{quote}", "accept")

    (notice,) = house_of.all(Notice, Notice.user_id == sam)
    assert (notice.kind, notice.document_id) == ("step", quote)
    assert notice.facts == {"who": "Ada Ltd (portal)", "state": "accepted"}


def test_a_declined_quote_keeps_the_customers_reason(house_of, ada):
    quote = house_of.quote()

    house_of.send(ada, f"/portal/crm/quotes/{quote}", "decline", words="Too dear\nfor us")

    assert house_of.look(Quote, quote, "state", "reject_reason") == ("rejected", "Too dear\nfor us")
    assert house_of.all(Order) == []


def answered(house_of, quote):
    house_of.do(lambda uow: accept_quotes(uow, [quote]) and None)


def overtaken(house_of, quote):
    house_of.do(lambda uow: revise_quotes(uow, [quote]) and None)


def expired(house_of, quote):
    def act(uow):
        found = uow.get(Quote, quote)
        found.quoted_on = found.valid_until = uow.today - dt.timedelta(days=1)

    house_of.do(act)


def touched(house_of, quote):
    house_of.do(lambda uow: setattr(uow.get(Quote, quote), "reference", "PO 7"))


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (answered, "You have accepted this quote"),
        (overtaken, "A newer quote stands in place"),
        (expired, "no longer valid"),
        (touched, "has changed since you opened it"),
    ],
)
def test_an_answer_that_comes_too_late_is_refused_with_a_sentence(
    house_of, ada, meanwhile, sentence
):
    quote = house_of.quote()
    at = f"/portal/crm/quotes/{quote}"
    page = ada.get(at).text
    form = {
        "csrf_token": WORD.search(page)[1], "name": "Ann",
        "version": re.search(r'name="version" value="(\d+)"', page)[1],
    }  # fmt: skip
    meanwhile(house_of, quote)
    before = len(house_of.all(Order))

    answer = ada.post(f"{at}/accept", data=form)

    assert (answer.status_code, sentence in answer.text) == (409, True)
    assert len(house_of.all(Order)) == before


def test_twice_the_same_button_makes_one_order(house_of, ada):
    quote = house_of.quote()
    at = f"/portal/crm/quotes/{quote}"
    page = ada.get(at).text
    form = {"csrf_token": WORD.search(page)[1], "name": "Ann", "version": "2"}
    form["version"] = re.search(r'name="version" value="(\d+)"', page)[1]

    assert [ada.post(f"{at}/accept", data=form).status_code for _twice in range(2)] == [303, 409]

    assert len(house_of.all(Order)) == 1


def test_what_a_customer_types_wrongly_is_told_and_changes_nothing(house_of, ada):
    quote = house_of.quote()
    at = f"/portal/crm/quotes/{quote}"

    for said, status in (
        ({"name": " "}, 422), ({"name": "A" * 81}, 422), ({"name": "A\u202eb"}, 422), ({"version": "x"}, 409),
        ({"version": ""}, 409), ({"csrf_token": "x"}, 403), ({"name": "A\x00"}, 422),
    ):  # fmt: skip
        assert house_of.send(ada, at, "accept", **said).status_code == status, said
    assert house_of.send(ada, at, "decline", words="x" * 2001).status_code == 422
    assert house_of.send(ada, at, "vanish").status_code == 404
    assert ada.get("/portal/crm/quotes?page=x").status_code == 422
    assert ada.get("/portal/crm/quotes?page=99").status_code == 404
    assert ada.get("/portal/crm/leads").status_code == 404
    assert house_of.look(Quote, quote, "state") == ("sent",)


def test_what_an_employee_has_to_decide_first_leaves_a_draft_and_says_why_to_the_house_alone(
    house_of, ada
):
    house_of.do(lambda uow: setattr(uow.get(Party, house_of.ids["ada"]), "credit_limit", 1))
    quote = house_of.quote()
    at = f"/portal/crm/quotes/{quote}"

    page = house_of.send(ada, at, "accept")

    assert page.status_code == 303
    (order,) = house_of.all(Order)
    assert order.state == "draft"
    assert "credit limit" in reasons(house_of, order.id)[0][0]
    assert "credit" not in ada.get(f"{at}?done=accept").text
    assert ada.get(f"/portal/crm/orders/{order.id}").status_code == 404


def test_an_approval_that_is_lacking_is_not_a_customers_affair(house_of, ada):
    wanted = Proposal("Look at it", "crm.orders", "confirm", "crm.manager")
    house_of.do(lambda uow: propose_rules(uow, [wanted]))
    quote = house_of.quote()

    assert house_of.send(ada, f"/portal/crm/quotes/{quote}", "accept").status_code == 303

    (order,) = house_of.all(Order)
    assert (order.state, house_of.look(Quote, quote, "state")) == ("draft", ("accepted",))


def test_an_approval_of_the_answer_itself_says_no_more_than_to_write(house_of, ada):
    wanted = Proposal("Look at it", "crm.quotes", "accept", "crm.manager")
    house_of.do(lambda uow: propose_rules(uow, [wanted]))
    quote = house_of.quote()

    answer = house_of.send(ada, f"/portal/crm/quotes/{quote}", "accept")

    assert (answer.status_code, "Please write to us" in answer.text) == (409, True)
    assert "Look at it" not in answer.text
    assert (house_of.look(Quote, quote, "state"), house_of.all(Order)) == (("sent",), [])


def test_a_company_that_confirms_by_hand_gets_a_draft(house_of, ada):
    house_of.do(lambda uow: write(uow, "crm.portal_confirms", False))
    quote = house_of.quote()

    house_of.send(ada, f"/portal/crm/quotes/{quote}", "accept")

    assert [order.state for order in house_of.all(Order)] == ["draft"]


def test_who_answers_again_and_again_has_to_wait(house_of, ada):
    at = f"/portal/crm/quotes/{house_of.quote()}"

    answers = [house_of.send(ada, at, "accept", name="").status_code for _again in range(33)]

    assert (answers[0], answers[-1]) == (422, 429)


def test_what_has_changed_is_a_note_beside_the_customer(house_of, ada):
    word = WORD.search(ada.get("/portal/address").text)[1]

    assert "Berlin" in ada.get("/portal/address").text
    assert ada.post("/portal/address", data={"csrf_token": word, "words": " "}).status_code == 422
    assert (
        ada.post("/portal/address", data={"csrf_token": word, "words": "We moved."}).status_code
        == 303
    )

    (note,) = house_of.all(Note)
    assert (note.document, note.document_id, note.author) == (
        "base.parties",
        house_of.ids["ada"],
        "Ada Ltd (portal)",
    )
    assert note.text.startswith("We moved.")


# -- links -----------------------------------------------------------------------------------------


def test_a_link_to_one_document_opens_exactly_this_document(house_of):
    quote, other = house_of.quote(), house_of.quote()
    browser = house_of.app.test_client()
    at = house_of.link_to("crm.quotes", quote)

    assert browser.get(at).status_code == 200
    for path in (
        "/portal",
        "/portal/crm/quotes",
        f"/portal/crm/quotes/{quote}",
        f"/portal/crm/quotes/{other}",
    ):
        assert browser.get(path).status_code == 303, path
    assert house_of.send(browser, at, "accept").location == f"{at}?done=accept"
    assert house_of.look(Quote, quote, "state") == ("accepted",)
    assert "by the link to this document" in reasons(house_of, quote)[0][0]
    # The same words signed for another document, or for the whole portal, open nothing.
    assert browser.get(at.replace("shared", "enter")).status_code == 404
    assert browser.get(house_of.link_to("crm.orders", quote)).status_code == 404
    assert browser.get(house_of.link_to("crm.leads", quote)).status_code == 404
    assert browser.get(house_of.link_to("crm.quotes", house_of.quote("bob"))).status_code == 404


def renewed(house_of):
    house_of.do(lambda uow: renew_links(uow, [house_of.ids["ada"]]) and None)


def archived(house_of):
    house_of.do(lambda uow: setattr(uow.get(Party, house_of.ids["ada"]), "active", False))


@pytest.mark.parametrize("end", [renewed, archived])
def test_a_link_dies_when_it_is_renewed_or_its_customer_archived(house_of, ada, end):
    quote = house_of.quote()
    shared, entered = house_of.link_to("crm.quotes", quote), house_of.link()
    assert house_of.app.test_client().get(shared).status_code == 200

    end(house_of)

    for path in (shared, entered):
        assert house_of.app.test_client().get(path).status_code == 404
    assert ada.get("/portal").status_code == 404
    # The browser has forgotten the dead link, and is asked to sign in.
    assert ada.get("/portal").location.startswith("/login")


def test_a_link_ends_after_its_days(house_of):
    house_of.do(lambda uow: write(uow, "base.portal_days", 3))
    path = house_of.link()
    for days, status in ((3, 303), (4, 404)):
        with clock.at(clock.now() + dt.timedelta(days=days)):
            assert house_of.app.test_client().get(path).status_code == status


def test_a_forged_link_leads_nowhere_and_who_tries_many_has_to_wait(house_of):
    browser = house_of.app.test_client()
    head, signature = house_of.link().rsplit(".", 1)
    forged = (
        f"{head}.{n:02d}{signature[2:]}" for n in range(50) if not signature.startswith(f"{n:02d}")
    )

    answers = [browser.get(link).status_code for link in islice(forged, 33)]

    assert (answers[0], answers[-1]) == (404, 429)
    assert browser.get(f"{head}.{signature}").status_code == 303


# -- log-ins, and what is closed -------------------------------------------------------------------


def test_who_logs_in_for_a_customer_is_led_to_the_portal_and_no_page_of_the_office_opens(house_of):
    quote = house_of.quote()
    browser = house_of.log_in()

    assert browser.get("/").location == "/portal"
    page = browser.get("/portal").text
    assert ("Ann Ada" in page, "Quotes that wait for your answer" in page) == (True, True)
    assert house_of.send(browser, f"/portal/crm/quotes/{quote}", "accept").status_code == 303
    ((reason, told),) = reasons(house_of, quote)
    assert "by log-in, from" in reason
    (user,) = house_of.all(User, User.guest)
    assert told.user_id == user.id
    assert browser.get("/account").status_code == 200
    assert "Tokens for programs" not in browser.get("/account").text
    with pytest.raises(Refused, match="comes from outside"):
        house_of.do(lambda uow: give_role(uow, user.id, "administrator"))

    house_of.do(lambda uow: disable_users(uow, [user.id]) and None)
    assert browser.get("/portal").location.startswith("/login")


def paths_of(app):
    """Every rule of the house with an address that fits it, for each of its methods."""
    given = {
        "plugin": "crm", "slug": "orders", "key": "1", "tab": "history", "path": "app.css", "name": "confirm",
    }  # fmt: skip

    def fill(found):
        converter, options, name = found.groups()
        if converter == "any":
            return options.strip("()").split(",")[0].strip(" '")
        return "1" if converter == "int" else given.get(name, "x")

    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:(\w+)(\([^)]*\))?:)?(\w+)>", fill, rule.rule)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, path


#: What answers to somebody from outside, besides the portal: nothing of a house's business.
OPEN = re.compile(
    r"^/(portal(/.*)?|static/.*|favicon\.ico|healthz|readyz|metrics|login(/code)?|logout|purchasing/offer/x"
    r"|hr/careers(/.*)?)$"
)
ACCOUNT = re.compile(r"^/account(/preferences|/password|/second-factor(/.*)?|/log-ins/1/end)?$")


@pytest.mark.parametrize("by", ["link", "log-in"])
def test_a_visitor_opens_the_portal_and_of_all_other_addresses_none(house_of, by):
    house_of.quote(), house_of.order(), house_of.invoice()
    guest = by == "log-in"
    browser = house_of.log_in() if guest else house_of.visit()
    word = WORD.search(browser.get("/portal/address").text)[1]
    closed = []
    for method, path in paths_of(house_of.app):
        if OPEN.match(path) or (guest and ACCOUNT.match(path)) or path == "/":
            continue
        answer = browser.open(path, method=method, headers={"X-CSRF-Token": word})
        refused = 403 if guest else 401 if path.startswith("/api/") else 303
        # An address that no rule answers to in this way tells nothing either.
        assert answer.status_code in {refused, 404, 405}, f"{method} {path}: {answer.status_code}"
        if answer.status_code == 303:
            assert answer.location.startswith("/login"), path
        closed.append(answer.status_code)
    assert len(closed) > 150
    assert closed.count(404) < 10
    for noun in house_of.runtime.nouns:
        place = f"{noun.plugin}/{noun.slug}"
        for path in (
            f"/{place}",
            f"/{place}/1",
            f"/{place}/new",
            f"/api/v1/{place}",
            f"/api/v1/{place}/1",
        ):
            status = browser.get(path).status_code
            assert status in ({403} if guest else {303, 401}), path


def test_a_token_that_a_guest_should_not_have_opens_nothing(house_of):
    from dougong.people.actors import actor_for
    from dougong.people.tokens.service import create_token

    house_of.log_in()
    (user,) = house_of.all(User, User.guest)
    with house_of.house.read(SYSTEM) as session:
        actor = actor_for(session, user.id, wiring=house_of.runtime.wiring)
    assert (set(actor.rights), actor.guest) == (set(), True)
    try:
        _token, key = house_of.do(lambda uow: create_token(uow, "x", ["*"]), actor=actor)
    except Refused:
        return
    browser = house_of.app.test_client()
    for path in ("/api/v1/crm/orders", "/api/v1/core/activities", "/api/v1/openapi.json"):
        assert browser.get(path, headers={"Authorization": f"Bearer {key}"}).status_code in (
            403,
            404,
        ), path
