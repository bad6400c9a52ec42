"""Rentals, as the desk sees them; the books are played by hand."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from dougong import Refused, ref
from dougong_base.events import InvoicePaid, SaleBillable
from dougong_rental.events import AssetLate
from dougong_rental.rentals.models import BookedDay, Rental
from dougong_rental.rentals.service import cancel_rentals, reserve_assets, take_back, tell_late

API = "/api/v1/rental/rentals"


def march(day):
    return dt.date(2026, 3, day)


@pytest.fixture
def rental_of(read):
    def find(id):
        with read() as session:
            return session.get(Rental, id)

    return find


def hand_over(work, id):
    with work() as uow:
        uow.load(Rental, [id])[0].state = "out"


def test_a_reserved_rental_holds_each_day_and_has_a_number(book, rental_of, read):
    id = book(2, 5)

    with read() as session:
        days = session.scalars(select(BookedDay.day).order_by(BookedDay.day)).all()
    assert days == [march(2), march(3), march(4), march(5)]
    assert rental_of(id).number == "RN-2026-00001"


def test_an_asset_is_not_booked_twice_for_a_day(book):
    book(2, 5)

    with pytest.raises(Refused, match=r"EX-1 is taken on 2026-03-05 by RN-2026-00001"):
        book(5, 6)


def test_another_asset_and_other_days_are_free(book):
    assert book(2, 5)
    assert book(6, 6)
    assert book(2, 5, asset=1)


def test_two_in_one_batch_do_not_get_the_same_day(work, book):
    ids = [book(2, 3, state="draft"), book(3, 4, state="draft")]

    with pytest.raises(Refused, match="is taken on 2026-03-03"), work() as uow:
        reserve_assets(uow, ids)


def test_the_database_itself_keeps_two_apart(work, book, assets):
    id = book(2, 2)

    with pytest.raises(Refused, match="booked by somebody else"), work() as uow:
        uow.add(BookedDay(asset_id=assets[0].id, day=march(2), rental_id=id))


def test_a_cancelled_rental_frees_its_days(work, book):
    id = book(2, 5)
    with work() as uow:
        cancel_rentals(uow, [id])

    assert book(2, 5)


def test_what_comes_back_early_is_billed_until_then_and_is_free_again(
    work, book, events, rental_of
):
    id = book(2, 9)
    hand_over(work, id)
    with work() as uow:
        take_back(uow, [id], on=march(4))

    (bill,) = events.of(SaleBillable)
    assert (bill.number, bill.currency, bill.reference) == ("RN-2026-00001", "EUR", "EX-1")
    assert [(line.quantity, line.price, line.amount) for line in bill.lines] == [(3, 140, 420)]
    assert len(bill.lines[0].tax_ids) == 1
    assert rental_of(id).amount == 420
    assert book(5, 9)


def test_it_does_not_come_back_before_it_left(work, book):
    id = book(2, 5)
    hand_over(work, id)

    with pytest.raises(Refused, match="cannot come back before"), work() as uow:
        take_back(uow, [id], on=march(1))


def test_a_paid_invoice_is_noted_once_however_often_it_is_told(work, book, rental_of):
    id = book(2, 5)
    with work() as uow:
        rental = uow.get(Rental, id)
        news = InvoicePaid(
            invoice=ref(rental), source=ref(rental), company_id=1,
            party_id=rental.customer_id, on=march(20), total=rental.amount,
        )  # fmt: skip
    for _again in range(2):
        with work() as uow:
            uow.publish(news)

    assert rental_of(id).paid_on == march(20)


def test_what_should_be_back_is_told_every_day(work, book, events, clock):
    id = book(2, 5)
    hand_over(work, id)
    clock.at("2026-03-08")
    with work() as uow:
        tell_late(uow)

    assert [(event.rental.id, event.days) for event in events.of(AssetLate)] == [(id, 3)]


def test_the_desk_books_by_program_and_a_taken_day_is_named_at_its_field(
    client_as, book, ada, assets
):
    book(2, 5)
    desk = client_as("rental.desk")
    body = {"asset": assets[0].id, "customer": ada.id, "from_on": "2026-03-10"}

    made = desk.post(API, json=body, headers={"Idempotency-Key": "a"})
    taken = desk.post(API, json={**body, "from_on": "2026-03-05"}, headers={"Idempotency-Key": "b"})

    assert (made.status_code, made.json["until_on"], made.json["amount"]) == (
        201,
        "2026-03-10",
        "140.00",
    )
    assert taken.status_code == 409
    assert "taken on 2026-03-05" in taken.json["errors"]["from_on"]


def test_an_end_before_the_beginning_is_refused_at_its_field(client_as, ada, assets):
    body = {
        "asset": assets[0].id, "customer": ada.id, "from_on": "2026-03-10", "until_on": "2026-03-09",
    }  # fmt: skip

    answer = client_as("rental.desk").post(API, json=body, headers={"Idempotency-Key": "a"})

    assert answer.status_code == 409
    assert "ends on the day it begins" in answer.json["errors"]["until_on"]


def test_calendar_and_kanban_show_the_rental(client_as, book):
    book(2, 5)
    desk = client_as("rental.desk")

    assert "RN-2026-00001" in desk.get("/rental/rentals?board=calendar&month=2026-03").text
    assert "Reserved" in desk.get("/rental/rentals?board=kanban").text
    assert client_as().get("/rental/rentals").status_code == 403


def test_the_report_of_use_leads_to_the_rentals(client_as, book, assets):
    book(2, 5)

    page = client_as("rental.desk").get("/rental/reports/use?start=2026-03-01&end=2026-03-31").text

    assert "12.9" in page
    assert f"asset={assets[0].id}" in page


def test_assets_come_from_a_file_and_the_same_file_changes_nothing(run_cli, make, tmp_path, read):
    make.service("Per day", 0, code="RENT")
    file = tmp_path / "assets.csv"
    file.write_text("Code,Name,Price a day,Billed as\nVAN-1,Van,80,RENT\nVAN-2,Van,80,RENT\n")

    assert "2 created" in run_cli("import", "rental.assets", str(file)).output
    assert "2 were the same" in run_cli("import", "rental.assets", str(file)).output


def test_a_wrong_file_names_row_and_column_and_brings_nothing(run_cli, make, tmp_path, read):
    make.service("Per day", 0, code="RENT")
    file = tmp_path / "assets.csv"
    file.write_text("Code,Name,Price a day,Billed as\nVAN-1,Van,-1,RENT\n")

    done = run_cli("import", "rental.assets", str(file))

    assert done.exit_code == 1
    assert "Price a day" in done.output
    with read() as session:
        from dougong_rental.assets.models import Asset

        assert session.scalar(select(func.count(Asset.id))) == 0


def test_the_agreement_names_both_sides(house, book, printed):
    pytest.importorskip("typst")

    words = printed(house, "rental.rentals", book(2, 5), "agreement")

    assert "RN-2026-00001" in words
    assert "Ada Ltd" in words


def test_the_deposit_of_a_customer_stands_on_the_form(client_as, ada):
    browser = client_as("rental.desk", rights={"base.party.write"})
    body = {"rental": {"deposit": "500"}, "version": ada.version}

    changed = browser.patch(
        f"/api/v1/base/parties/{ada.id}", json=body, headers={"Idempotency-Key": "a"}
    )

    assert changed.json["rental"] == {"deposit": "500.00"}


def test_every_check_holds_after_a_story(run_cli, work, book):
    id = book(2, 9)
    hand_over(work, id)
    with work() as uow:
        take_back(uow, [id], on=march(4))

    assert run_cli("check", "rental").exit_code == 0
