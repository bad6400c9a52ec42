"""Measured values come out of a spreadsheet: all of them, or none with every bad row named."""

from __future__ import annotations

import io

import pytest
from laboratory import DAY, D, Lab
from sqlalchemy import select

from dougong import Actor, Refused
from dougong.resources.exchange import read_table
from dougong.web.app import create_app
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.pasting import BadRows, take_over
from dougong_production.inspections.service import decide_inspections
from dougong_production.quality_plans.models import Characteristic

TABLE = "Piece\tDiameter\tSurface\tScratches\n1\t10,02\tok\t0\n2\t9.98\tOK\t2\n3\t10.01\tbad\t1\n"


def characteristics():
    return [
        Characteristic(name="Diameter", lower=D("9.9"), upper=D("10.1"), unit="mm"),
        Characteristic(name="Surface", kind="yes_no", position=1),
        Characteristic(name="Scratches", kind="count", position=2),
    ]


@pytest.fixture
def lab(make_house):
    lab = Lab(make_house("base", "production"))
    lab.plan(lines=characteristics(), accept=4)
    lab.receive()
    return lab


def paste(lab, text, **how):
    id = lab.inspections()[-1].id
    table = read_table("pasted.csv", text.encode())
    return lab.run(lambda uow: take_over(uow, id, table, **how))


def found(lab):
    rows = lab.read(lambda s: s.scalars(select(Result).order_by(Result.position, Result.id)).all())
    return [one.values if one.values is not None else one.nonconforming for one in rows]


def test_a_row_is_a_piece_and_a_column_a_characteristic(lab):
    assert paste(lab, TABLE) == 5
    assert found(lab) == ["10.02 9.98 10.01", 1, 3]
    id = lab.inspections()[0].id
    (decided,) = lab.run(lambda uow: decide_inspections(uow, [id], on=DAY))
    assert (decided.bad, decided.state) == (4, "passed")


@pytest.mark.parametrize(
    "text",
    [
        "Diameter\n10,02\n9,98\n10,01\n",
        "diameter (mm);\n10.02;\n9.98;\n10.01;\n",
        "序号,Diameter\n1,10.02\n2,9.98\n3,10.01\n",
    ],
)
def test_decimal_commas_units_and_numbered_rows_are_understood(lab, text):
    paste(lab, text)
    assert found(lab)[0] == "10.02 9.98 10.01"


def test_a_column_of_numbers_alone_needs_no_head(make_house):
    lab = Lab(make_house("base", "production"))
    lab.plan(lines=characteristics()[:1])
    lab.receive()
    assert paste(lab, "10.02\n9.98\n") == 2
    assert paste(lab, "10.01\n") == 1
    assert found(lab) == ["10.02 9.98 10.01"]
    assert paste(lab, "Diameter\n9.95\n", replace=True) == 1
    assert found(lab) == ["9.95"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Diameter\tSurface\n10.0\tok\nten\tok\n\tmaybe\n10.0\tok\n",
            [
                "Row 5: the sample has 3 pieces, 0 of them entered already.",
                "Row 3, Diameter: “ten” is not a number.",
                "Row 4, Diameter: the cell is empty.",
                "Row 4, Surface: “maybe” is neither “ok” nor “bad”.",
            ],
        ),
        ("Surface\nok\n", ["Surface: 1 of 3 pieces are there; such a count needs all of them."]),
        (
            "Scratches\n1\n-1\n1.5\n",
            [
                "Row 3, Scratches: “-1” is not a number of faults.",
                "Row 4, Scratches: “1.5” is not a number of faults.",
            ],
        ),
        (
            "Weight\n10\n",
            [
                "Row 1: “Weight” is not a characteristic of this inspection; it has Diameter,"
                " Surface, Scratches.",
                "No column is a characteristic of this inspection.",
            ],
        ),
        ("Diameter\tDiameter\n10\t10\n", ["Row 1: “Diameter” stands there twice."]),
        ("Diameter\n", ["There are no values below the heads."]),
        ("Diameter\nNaN\n1e999\n", [
            "Row 2, Diameter: “NaN” is not a number.", "Row 3, Diameter: “1e999” is not a number.",
        ]),
    ],
)  # fmt: skip
def test_every_bad_row_is_named_and_nothing_is_taken_over(lab, text, sentences):
    before = lab.inspections()[0].version
    with pytest.raises(BadRows) as refusal:
        paste(lab, text)
    assert [str(row) for row in refusal.value.rows] == sentences
    assert found(lab) == [None, None, None]
    assert lab.inspections()[0].version == before


def test_nothing_is_added_beyond_the_sample(lab):
    paste(lab, "Diameter\n10\n10\n")
    with pytest.raises(BadRows, match=r"Row 3: the sample has 3 pieces, 2 of them entered already"):
        paste(lab, "Diameter\n10\n10\n")
    assert found(lab)[0] == "10 10"


def test_a_decided_lot_takes_no_more_values(lab):
    paste(lab, TABLE)
    id = lab.inspections()[0].id
    lab.run(lambda uow: decide_inspections(uow, [id], on=DAY))
    with pytest.raises(Refused, match="is decided: Passed"):
        paste(lab, TABLE, replace=True)
    assert found(lab)[0] == "10.02 9.98 10.01"


@pytest.fixture
def tablet(make_runtime):
    runtime = make_runtime("base", "production")
    lab = Lab(runtime.house)
    lab.plan(lines=characteristics(), accept=4)
    lab.receive()
    config = {**runtime.config, "ACT_AS": Actor.system(), "WTF_CSRF_ENABLED": False}
    return create_app(runtime, config).test_client(), lab


def test_values_are_pasted_or_come_as_a_file_on_the_page_of_the_lot(tablet):
    client, lab = tablet
    at = f"/production/lab/{lab.inspections()[0].id}/values"
    answer = client.post(at, data={"pasted": "Diameter\n10.0\nten\n"})
    assert answer.status_code == 422
    assert "Row 3, Diameter: “ten” is not a number." in answer.text
    assert "ten\n</textarea>" in answer.text
    assert client.post(at, data={"pasted": " "}).status_code == 409
    assert client.post(at, data={"file": (io.BytesIO(b"{"), "x.json")}).status_code == 422
    assert found(lab) == [None, None, None]

    answer = client.post(
        at, data={"file": (io.BytesIO(TABLE.encode()), "gauge.csv")}, follow_redirects=True
    )
    assert (answer.status_code, found(lab)) == (200, ["10.02 9.98 10.01", 1, 3])
    assert "5 values were taken over." in answer.text


def test_who_may_not_write_takes_nothing_over(lab):
    reader = Actor(
        user_id=None, name="r", rights=frozenset({"production.inspection.read"}), companies=(1,),
        company_id=1,
    )  # fmt: skip
    id = lab.read(lambda s: s.scalar(select(Inspection.id)))
    table = read_table("pasted.csv", TABLE.encode())
    with pytest.raises(Exception, match=r"production\.inspection\.write"):
        lab.run(lambda uow: take_over(uow, id, table), reader)
    assert found(lab) == [None, None, None]
