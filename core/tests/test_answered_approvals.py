"""What a document says of the answer that it got: who refused, when and why, or what stood in the way."""

from __future__ import annotations

import pytest
from office import Office

from dougong.approvals import queries, service
from dougong.approvals.models import Approval
from dougong.i18n import learn
from dougong.people.users.models import User


@pytest.fixture
def office(shop, me):
    return Office(shop, me)


def beside(office, order, state="draft"):
    with office.shop.look(office.actor("Ann")) as uow:
        found = queries.beside(uow, "shop.orders", order, state)
        return found and {name: str(value) for name, value in found.items()}


def refused(office):
    order = office.order(100)
    asked = office.ask(order)
    office.does("Bea", lambda uow: service.refuse(uow, [asked], "Too dear"))
    return order


def test_a_refused_document_names_who_when_and_why(office):
    office.rule()
    order = refused(office)

    with office.shop.look(office.actor("Ann")) as uow:
        told = queries.beside(uow, "shop.orders", order, "draft")
        assert (told["who"], told["refusal"].reason) == ("Bea", "Too dear")
        assert told["refusal"].at is not None


def test_a_new_question_takes_its_place_and_a_withdrawn_one_says_nothing(office):
    office.rule()
    order = refused(office)
    again = office.ask(order)
    assert "mine" in beside(office, order)

    office.does("Ann", lambda uow: service.withdraw(uow, [again]))
    assert beside(office, order) is None


def test_a_document_that_has_gone_on_speaks_of_it_no_more(office):
    office.rule()
    assert beside(office, refused(office), "confirmed") is None


def test_what_stood_in_the_way_is_told_in_the_language_of_who_asked(office):
    learn("zh_Hans_CN", {"Too expensive for this shop.": "本店价格过高。"})
    office.rule()
    office.does(
        "Ann", lambda uow: setattr(uow.get(User, office.ids["Ann"]), "language", "zh_Hans_CN")
    )
    order = office.order(600)
    asked = office.ask(order)
    office.approve(asked, "Bea")
    office.work()

    assert office.one(Approval, asked).note == "本店价格过高。"
    assert beside(office, order)["hindered"] == "本店价格过高。"
