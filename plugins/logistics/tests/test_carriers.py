"""What it costs to send goods."""

import datetime as dt
from decimal import Decimal

import pytest

from dougong import DougongError, Invalid
from dougong_base.ports import FreightRates
from dougong_logistics.carriers.pricing import Load, billable_weight

DAY = dt.date(2026, 3, 2)
D = Decimal


def ask(office, *lines, address=None, amount=0, on=DAY):
    def act(uow):
        found = uow.ask(FreightRates).quotes(
            lines, address_id=address or office.ids.home, amount=D(amount), on=on
        )
        return [(q.service, q.price, q.days) for q in found]

    return office.run(act)


def test_the_cheapest_service_stands_first(office):
    # 2 kg: 5.00 and 10 % fuel; express asks 25.00 at least.
    assert ask(office, (office.ids.lamp, D(1))) == [("PARCEL", D("5.50"), 3), ("EXPRESS", 25, 1)]


def test_large_and_light_goods_pay_for_their_room(office):
    # One chair weighs 8 kg, but 0.1 m³ / 5000 counts as 20 kg: (4 + 0.5 × 20) × 1.1.
    assert ask(office, (office.ids.chair, D(1)))[0] == ("PARCEL", D("15.40"), 3)
    assert billable_weight(Load(D(8), D("0.1")), None) == 8


def test_the_longest_postcode_counts_before_the_country(office):
    office.tariff(office.ids.parcel, "DE", [(50, 2, 0)], postcode="101")
    assert ask(office, (office.ids.lamp, D(1)))[0][1] == 2


def test_where_no_zone_and_no_step_fits_nobody_quotes(office):
    assert ask(office, (office.ids.lamp, D(1)), address=office.ids.abroad) == []
    assert ask(office, (office.ids.lamp, D(60))) == []
    assert ask(office, (office.ids.lamp, D(1)), on=dt.date(2025, 12, 31)) == []


def test_a_tariff_by_value_counts_the_order_and_not_the_weight(office):
    office.tariff(
        office.ids.express, "DE", [(50, 6, 0), (999, 0, "0.02")], postcode="1", basis="amount"
    )
    found = dict(x[:2] for x in ask(office, (office.ids.lamp, D(1)), amount=200))
    assert found["EXPRESS"] == 4


@pytest.mark.parametrize("start", ["2026-06-01", "2025-01-01"])
def test_tariffs_of_one_zone_that_overlap_in_time_are_refused(office, enter, start):
    steps = [{"up_to": "10", "base": "1", "rate": "0"}]
    with pytest.raises(Invalid) as refusal:
        enter("logistics.tariffs", service="PARCEL", country="de", valid_from=start, steps=steps)
    assert "same zone" in str(refusal.value.errors["valid_from"])
    ended = {"valid_from": "2025-01-01", "valid_until": "2025-12-31"}
    assert enter("logistics.tariffs", service="PARCEL", country="de", steps=steps, **ended)


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"steps": [{"up_to": "5", "base": "1"}, {"up_to": "5", "base": "2"}]},
         "steps.1.up_to", "reaches as far"),
        ({"country": "1x"}, "country", "two letters"),
        ({"steps": []}, "steps", "at least one step"),
        ({"steps": [{"up_to": "0", "base": "1"}]}, "steps.0.up_to", "zero"),
    ],
)  # fmt: skip
def test_tariffs_that_make_no_sense_are_refused(office, enter, more, field, sentence):
    facts = {"country": "fr", "steps": [{"up_to": "5", "base": "1"}], "valid_from": "2026-01-01"}
    with pytest.raises(Invalid) as refusal:
        enter("logistics.tariffs", service="PARCEL", **(facts | more))
    assert sentence in str(refusal.value.errors[field])


def test_the_database_refuses_a_second_tariff_of_a_zone_whoever_writes_it(office):
    with pytest.raises(DougongError, match="covers the same zone"):
        office.tariff(office.ids.parcel, "DE", [(50, 3, 0)])
    office.tariff(office.ids.parcel, "DE", [(50, 3, 0)], postcode="99")
