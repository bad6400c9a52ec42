"""Number series at a terminal: seen, changed for the future, gone on with, asked for gaps."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def plugins():
    return ("base", "crm")


@pytest.fixture
def say(run_cli):
    def saying(*words, code=0):
        done = run_cli("series", *words)
        assert done.exit_code == code, done.output
        return done.output

    return saying


def series(say, kind="sales-order"):
    return next(one for one in json.loads(say("list", "--json")) if one["kind"] == kind)


def test_the_list_tells_pattern_and_next_number(say):
    one = series(say)

    assert one["next"].endswith("00001")
    assert "{number}" in one["text"]
    assert one["next"] in say("list")


def test_a_pattern_is_tried_before_it_is_changed(say):
    before = series(say)

    tried = say("set", "sales-order", "A{yy}-{number}", "--digits", "4", "--dry-run")
    assert "would be" in tried
    assert "-0001, A" in tried
    assert series(say) == before

    assert "The next numbers are" in say("set", "sales-order", "A{yy}-{number}", "--digits", "4")
    assert (series(say)["text"], series(say)["digits"]) == ("A{yy}-{number}", 4)


@pytest.mark.parametrize(
    "words",
    [
        ("set", "sales-order", "ORDER"),
        ("set", "sales-order", "A-{number}", "--restart", "year"),
        ("set", "sales-order", "A{yy}-{number}", "--from", "someday"),
        ("set", "sales-order", "A{yy}-{number}", "--from", "2001-01-01"),
        ("set", "sales-order", "A{yy}-{number}", "--company", "NONE"),
        ("set", "sales-nothing", "A{yy}-{number}"),
        ("next", "sales-order", "0", "--reason", "None"),
        ("next", "sales-order", "500", "--reason", " "),
    ],
)
def test_what_would_not_do_is_refused_in_a_sentence_and_changes_nothing(say, words):
    before = series(say)

    told = say(*words, code=1)

    assert "Traceback" not in told
    assert told.strip().endswith(".")
    assert series(say) == before


def test_a_series_goes_on_with_a_later_number_and_tells_no_gap(say):
    told = say("next", "sales-order", "500", "--reason", "Goes on from the old system")

    assert "00500" in told
    assert series(say)["next"].endswith("00500")
    assert "Every number that was given" in say("gaps")
    assert json.loads(say("gaps", "sales-order", "--json")) == []
    say("next", "sales-order", "400", "--reason", "Back", code=1)
