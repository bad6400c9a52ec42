"""The portal with nobody but base in the house: it opens, says that nothing waits, and takes notes."""

from __future__ import annotations

import pytest

from dougong import Actor, Forbidden, Invalid, Refused
from dougong.companies.models import Company
from dougong.people.sessions.throttle import FREE
from dougong_base import Party
from dougong_base.portal import letters
from dougong_base.portal.service import NoAddress, add_log_in, invite, renew_links

SYSTEM = Actor.system()


@pytest.fixture
def plugins():
    return ("base",)


@pytest.fixture
def ada(make):
    return make.customer("Ada Ltd")


def test_with_no_department_there_is_nothing_that_waits(visit, ada):
    browser = visit(ada.id)

    assert "Nothing waits for you" in browser.get("/portal").text
    assert "Ada Ltd" in browser.get("/portal/address").text
    assert browser.get("/portal/crm/quotes").status_code == 404


def test_a_visitor_leaves_and_the_browser_forgets(visit, ada):
    browser = visit(ada.id)

    assert browser.send("/portal", "leave").location == "/login"

    assert browser.get("/portal").location.startswith("/login")


def test_no_form_from_elsewhere_is_taken(visit, ada):
    browser = visit(ada.id)

    assert browser.post("/portal/leave").status_code == 403
    assert browser.post("/portal/address", data={"words": "x"}).status_code == 403
    assert browser.get("/portal").status_code == 200


def test_an_invitation_needs_an_address_and_a_mail_server(work, make):
    nowhere, ada = make.customer("Nowhere"), make.customer("Ada", email="ada@ada.example")

    with work() as uow, pytest.raises(NoAddress):
        invite(uow, [nowhere.id])
    with work() as uow, pytest.raises(Refused, match="No mail server is set"):
        invite(uow, [ada.id])


def test_the_letter_is_in_the_customers_language_and_a_renewed_key_has_another_link(
    work, make, monkeypatch
):
    from dougong.settings.service import write
    from dougong_base.portal.events import PortalOpened

    sent = []
    monkeypatch.setattr(letters, "send_mail", lambda uow, given: sent.extend(given))
    ada = make.customer("Ada", email="ada@ada.example", language="zh_Hans_CN")
    with work() as uow:
        write(uow, "core.mail_server", "mail.example:25")
        write(uow, "core.mail_from", "post@crane.example")
        write(uow, "core.address", "https://erp.example")

    for _twice in range(2):
        with work() as uow:
            invite(uow, [ada.id])
            (event,) = [e for e in uow.published if isinstance(e, PortalOpened)]
        with work() as uow:
            letters.write_invitations(uow, [event])
        with work() as uow:
            renew_links(uow, [ada.id])

    first, second = sent
    assert (first["To"], "单据" in first["Subject"]) == ("ada@ada.example", True)
    assert "https://erp.example/portal/enter/" in first.get_content()
    assert first.get_content() != second.get_content()


def test_an_archived_customer_gets_no_letter(work, make, monkeypatch):
    from dougong_base.portal.events import PortalOpened

    sent = []
    monkeypatch.setattr(letters, "send_mail", lambda uow, given: sent.extend(given))
    ada = make.customer("Ada", email="ada@ada.example")
    with work() as uow:
        uow.get(Party, ada.id).active = False
    with work() as uow:
        letters.write_invitations(uow, [PortalOpened(party_id=ada.id, company_id=1)])
    with work() as uow, pytest.raises(Refused, match="is archived"):
        invite(uow, [ada.id])

    assert sent == []


def test_only_who_may_invites_and_only_who_may_make_people_gives_log_ins(
    house, ada, actor_as, client_as
):
    reader = actor_as(rights={"base.party.read"})
    for act in (invite, renew_links):
        with pytest.raises(Forbidden, match=r"base\.portal\.invite"):
            house.run(reader, lambda uow, act=act: act(uow, [ada.id]) and None)
    seller = actor_as(rights={"base.party.read", "base.portal.invite"})
    with pytest.raises(Forbidden, match=r"core\.user\.create"):
        house.run(seller, lambda uow: add_log_in(uow, ada.id, "ann", "Ann") and None)
    page = client_as(rights={"base.party.read"}).get(f"/base/parties/{ada.id}").text
    assert "/portal" not in page


def test_a_log_in_needs_a_name_and_is_one_customers_alone(work, ada, make):
    with work() as uow, pytest.raises(Refused, match="name of the person"):
        add_log_in(uow, ada.id, "ann", " ")
    with work() as uow:
        user, password = add_log_in(uow, ada.id, "Ann@Ada.example", "Ann")
        assert (user.login, user.email, user.guest) == ("ann@ada.example", "ann@ada.example", True)
        assert (user.must_change, len(password) > 20) == (True, True)
    bob = make.customer("Bob")
    with pytest.raises((Refused, Invalid)), work() as uow:
        add_log_in(uow, bob.id, "ann@ada.example", "Ann")


def test_a_closed_company_shows_nothing(visit, work, ada):
    browser = visit(ada.id)
    with work() as uow:
        uow.get(Company, 1).active = False

    assert browser.get("/portal").status_code == 404


def test_somebody_of_the_house_is_told_that_this_is_for_customers(client_as):
    answer = client_as("administrator").get("/portal")

    assert (answer.status_code, "customers&#39; portal" in answer.text) == (403, True)


def test_notes_are_counted_so_that_nobody_floods_the_house(visit, ada):
    browser = visit(ada.id)
    answers = [
        browser.send("/portal", "address", words=" ").status_code
        for _n in range(FREE["address"] + 3)
    ]

    assert (answers[0], answers[-1]) == (422, 429)
