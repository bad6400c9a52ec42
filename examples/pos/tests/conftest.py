"""A till, and two things to sell."""

import pytest


@pytest.fixture
def plugins():
    return ("base", "pos")


@pytest.fixture
def goods(make):
    tax = make.tax(19).id
    tea = make.product("Tea", 5, code="TEA", barcode="4012345678901", sales_tax_id=tax)
    return tea, make.product("Cup", "2.50", code="CUP", sales_tax_id=tax)


@pytest.fixture
def till(make, work, goods):
    from dougong_pos.tills.models import Till

    street = make.customer("Street", code="STREET")
    with work() as uow:
        till = Till(code="T1", name="Front till", customer_id=street.id)
        uow.add(till)
    return till


@pytest.fixture
def at(client_as, till):
    """What a cashier does at the till: types, presses; the page that comes."""

    cashier = client_as("pos.cashier")

    def do(does="scan", **typed):
        answer = cashier.post(f"/pos/till/{till.id}", data={"does": does, **typed})
        return cashier.get(answer.location) if answer.status_code == 303 else answer

    return do
