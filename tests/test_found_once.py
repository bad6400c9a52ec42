"""The palette tells a customer once, though a customer is a party too."""

from __future__ import annotations

import pytest


@pytest.fixture
def plugins():
    return ("base", "crm")


def test_a_customer_is_found_once_and_a_supplier_as_a_party(client_as, runtime):
    from dougong.actors import Actor
    from dougong_base import Party

    def enter(uow):
        uow.add(Party(code="C-1", name="Twice Told", is_customer=True))
        uow.add(Party(code="S-1", name="Twice Sold", is_supplier=True))

    runtime.house.run(Actor.system(), enter)

    rights = {"base.party.read", "crm.customer.read"}
    page = client_as(rights=rights).get("/palette?q=Twice").text

    assert page.count("Twice Told") == 1
    assert "/crm/customers/" in page
    assert page.count("Twice Sold") == 1
    assert page.count("/base/parties/") == 1
