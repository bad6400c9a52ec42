"""People and organisations."""

import pytest

from dougong import Actor, Refused
from dougong_base import Address, BankAccount, Party, iban_problem, tax_number_problem


def test_a_party_is_stored_with_its_addresses_in_their_order(make_house):
    house = make_house("base")

    def add(uow):
        party = Party(
            code="ACME",
            name="Acme",
            addresses=[Address(city="Bonn"), Address(city="Köln", role="delivery")],
            bank_accounts=[BankAccount(number="DE89 3704 0044 0532 0130 00")],
        )
        uow.add(party)
        return party.id

    key = house.run(Actor.system(), add)

    party = house.run(Actor.system(), lambda uow: uow.get(Party, key, Party.addresses))
    assert [a.city for a in party.addresses] == ["Bonn", "Köln"]
    assert party.address_for("delivery").city == "Köln"
    assert party.address_for("invoice").city == "Bonn"
    assert str(party) == "Acme"


def test_two_parties_cannot_share_a_code(make_house):
    house = make_house("base")
    house.run(Actor.system(), lambda uow: uow.add(Party(code="A", name="A")))

    with pytest.raises(Refused, match="code"):
        house.run(Actor.system(), lambda uow: uow.add(Party(code="A", name="B")))


def test_a_mistyped_iban_is_noticed_and_other_numbers_pass():
    assert iban_problem("DE89 3704 0044 0532 0130 00") is None
    assert iban_problem("DE88 3704 0044 0532 0130 00") is not None
    assert iban_problem("6222021234567890123") is None


def test_tax_numbers_are_checked_where_the_country_is_known():
    assert tax_number_problem("DE 123456789", "DE") is None
    assert tax_number_problem("DE12345678", "DE") is not None
    assert tax_number_problem("91110108551385082Q", "CN") is None
    assert tax_number_problem("91110108551385083Q", "CN") is not None
    assert tax_number_problem("anything", "ZZ") is None


def test_parties_that_may_be_one_are_found(make_house):
    from dougong_base.reports.duplicates import ask_duplicates

    house = make_house("base")
    house.run(
        Actor.system(),
        lambda uow: uow.add(
            Party(code="A", name="Acme", email="info@acme.example"),
            Party(code="B", name="Acme Ltd", email="Info@Acme.example"),
            Party(code="C", name="Acme", active=False),
        ),
    )

    with house.read(Actor.system()) as session:
        lines = list(ask_duplicates(session, Actor.system()))

    assert [(line.values["code"], line.values["shared"]) for line in lines] == [
        ("A", "info@acme.example"),
        ("B", "info@acme.example"),
    ]
