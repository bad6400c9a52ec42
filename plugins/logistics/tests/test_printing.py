"""Labels, waybills and customs papers of shipments, and the driver's sheet."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from dougong_logistics.returns.models import Return, ReturnLine
from dougong_logistics.shipments.models import Parcel, Shipment, ShipmentLine
from dougong_logistics.tours.models import Tour, TourStop

DAY = dt.date(2026, 3, 2)
D = Decimal


def make(office, **more):
    """A shipment of two parcels to Australia."""

    def act(uow):
        shipment = Shipment(
            number="SH-1", party_id=office.ids.far, address_id=office.ids.abroad, ship_on=DAY,
            service_id=office.ids.parcel, carrier_id=office.ids.carrier, tracking_number="TRACK77",
            incoterm="DAP", incoterm_place="Sydney",
            lines=[
                ShipmentLine(
                    product_id=office.ids.chair, quantity=D(2), weight=D(16), value=D("200.5"),
                    customs_code="94016100", origin="CN",
                )
            ],
            parcels=[Parcel(weight=D(9), length=60, width=40, height=30), Parcel(weight=D(8))],
            **more,
        )  # fmt: skip
        uow.add(shipment)
        return shipment.id

    return office.run(act)


def test_a_label_is_printed_for_each_parcel(office, printed):
    key = make(office)

    pages = printed(office.house, "logistics.shipments", key, "label", pages=True)

    assert len(pages) == 2
    assert "Swift Parcels · Parcel 1 / 2" in pages[0]
    assert "2 / 2" in pages[1]
    for words in ("Far away", "Road 2", "Australia", "TRACK77"):
        assert words in pages[0]


def test_customs_learn_code_origin_and_value(office, printed):
    key = make(office)

    found = printed(office.house, "logistics.shipments", key, "customs")

    for words in ("94016100", "China", "€200.50", "DAP Sydney", "17 kg"):
        assert words in found
    assert "中国" in printed(office.house, "logistics.shipments", key, "customs", "zh_Hans_CN")


def test_a_waybill_has_the_boxes_of_the_convention(office, printed):
    found = printed(office.house, "logistics.shipments", make(office), "cmr")

    for words in ("1 Sender", "2 Consignee", "16 Carrier Swift Parcels", "24 Goods received"):
        assert words in found


def test_a_packing_list_tells_sizes_and_weights(office, printed):
    found = printed(office.house, "logistics.shipments", make(office), "packing-list")

    assert "60 × 40 × 30" in found
    assert "Gross weight 17 kg" in found


def test_a_customer_gets_a_label_for_what_comes_back(office, printed):
    def act(uow):
        document = Return(
            number="RT-1", party_id=office.ids.ada, expected_on=DAY,
            lines=[ReturnLine(product_id=office.ids.chair, quantity=D(3))],
        )  # fmt: skip
        uow.add(document)
        return document.id

    found = printed(office.house, "logistics.returns", office.run(act), "return-label")

    assert "From: Ada · Way 1 · 10115" in found
    assert "3 × Chair" in found
    assert "RT-1" in found


def test_the_driver_gets_the_stops_in_their_order(office, yard, printed):
    first, second = yard.customer("East", 10), yard.customer("West", 20)
    vehicle = yard.vehicle("DG-1")

    def act(uow):
        tour = Tour(number="TO-1", day=DAY, vehicle_id=vehicle)
        tour.stops = [
            TourStop(position=at, shipment_id=key) for at, key in enumerate((second, first))
        ]
        uow.add(tour)
        return tour.id

    found = printed(office.house, "logistics.tours", office.run(act), "driver-sheet")

    assert "Vehicle DG-1" in found
    assert found.index("1. West") < found.index("2. East")
