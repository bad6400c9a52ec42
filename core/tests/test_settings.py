"""Settings: what was declared, what a company chose, and who may choose."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Forbidden, Invalid, NotFound, Setting
from dougong.audit.models import AuditEntry
from dougong.settings import read, write
from dougong.settings.history import chosen_before
from dougong.settings.models import SettingValue
from dougong.settings.queries import MASK, choices
from dougong.settings.service import Settings
from dougong.settings.values import from_text

DECLARED = [
    Setting("till.round", "Round cash", False, "flag"),
    Setting("till.most", "Most lines", 20, "number"),
    Setting("till.fee", "Fee", Decimal("0.50"), "number", help="Taken from each payment."),
    Setting("till.paper", "Paper", "roll", "choice", {"roll": "Roll", "a4": "A4"}),
    Setting("till.token", "Token", "", "secret"),
]


@pytest.fixture
def shop(till):
    till.read_setting = Settings({s.key: s for s in DECLARED}, "a key of this house only")
    return till


def test_a_setting_nobody_chose_has_its_default(shop, me):
    assert shop.run(me, lambda uow: uow.setting("till.most")) == 20


def test_a_choice_is_seen_at_once_and_afterwards(shop, me):
    shop.run(me, lambda uow: uow.setting("till.most"))

    def choose(uow):
        write(uow, "till.most", 30)
        return uow.setting("till.most")

    assert shop.run(me, choose) == 30
    assert shop.run(me, lambda uow: uow.setting("till.most")) == 30


def test_a_choice_that_was_undone_was_never_made(shop, me):
    def choose_and_fail(uow):
        write(uow, "till.most", 30)
        uow.flush()
        uow.setting("till.paper")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shop.run(me, choose_and_fail)

    assert shop.run(me, lambda uow: uow.setting("till.most")) == 20


def test_each_company_chooses_for_itself(shop, me):
    other = dataclasses.replace(me, company_id=2, companies=(2,))

    shop.run(me, lambda uow: write(uow, "till.paper", "a4"))

    assert shop.run(me, lambda uow: uow.setting("till.paper")) == "a4"
    assert shop.run(other, lambda uow: uow.setting("till.paper")) == "roll"


def test_a_value_returns_to_its_default(shop, me):
    shop.run(me, lambda uow: write(uow, "till.paper", "a4"))
    shop.run(me, lambda uow: write(uow, "till.paper", None))

    assert shop.run(me, lambda uow: uow.setting("till.paper")) == "roll"


def test_an_exact_number_stays_exact(shop, me):
    shop.run(me, lambda uow: write(uow, "till.fee", Decimal("0.10")))

    with shop.read(me) as session:
        assert read(session, "till.fee", 1) == Decimal("0.10")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("till.round", 1),
        ("till.most", True),
        ("till.most", "2.5"),
        ("till.fee", 0.5),
        ("till.fee", "NaN"),
        ("till.paper", "a5"),
        ("till.token", 7),
        ("till.token", "a\x00b"),
    ],
)
def test_a_value_of_another_kind_is_refused_under_its_key(shop, me, key, value):
    with pytest.raises(Invalid) as refusal:
        shop.run(me, lambda uow: write(uow, key, value))

    assert list(refusal.value.errors) == [key]


def test_who_may_not_choose_is_refused(shop, me):
    clerk = dataclasses.replace(me, rights=frozenset())

    with pytest.raises(Forbidden):
        shop.run(clerk, lambda uow: write(uow, "till.most", 1))


def test_nobody_declared_it(shop, me):
    with pytest.raises(NotFound):
        shop.run(me, lambda uow: uow.setting("till.unknown"))


def test_a_secret_is_used_but_never_told(shop, me):
    shop.run(me, lambda uow: write(uow, "till.token", "hush"))

    with shop.read(me) as session:
        (token,) = [c for c in choices(session, 1) if c.setting.key == "till.token"]
        told = session.scalars(select(AuditEntry.changes)).all()
        (kept,) = session.scalars(select(SettingValue.secret)).all()
    assert "hush" not in kept
    assert shop.run(me, lambda uow: uow.setting("till.token")) == "hush"
    assert token.shown == MASK
    assert not any("hush" in entry for entry in told)


def test_settings_are_found_by_any_of_their_words(shop, me):
    with shop.read(me) as session:
        found = choices(session, 1, "payment fee")

    assert [c.setting.key for c in found] == ["till.fee"]


def test_a_terminal_types_words(shop):
    assert from_text(DECLARED[0], "yes") is True
    assert from_text(DECLARED[1], "7") == 7
    assert from_text(DECLARED[2], "0.25") == Decimal("0.25")


def test_what_was_chosen_stands_first_and_is_found_by_its_plugins_name_and_its_choices(shop, me):
    shop.run(me, lambda uow: write(uow, "till.round", True))

    with shop.read(me) as session:
        found = [
            c.setting.key for c in choices(session, 1, "round office", {"till": "Cash office"})
        ]
        by_choice = [c.setting.key for c in choices(session, 1, "roll")]
        everything = [c.setting.key for c in choices(session, 1)]

    assert found == ["till.round"]
    assert by_choice == ["till.paper"]
    assert everything[0] == "till.round"


def test_the_history_tells_who_chose_what_and_who_went_back_to_the_default(shop, me):
    ana = dataclasses.replace(me, name="Ana")
    shop.run(ana, lambda uow: write(uow, "till.most", 30))
    shop.run(me, lambda uow: write(uow, "till.most", 40))
    shop.run(ana, lambda uow: write(uow, "till.most", None))
    shop.run(me, lambda uow: write(uow, "till.token", "very secret"))

    with shop.read(me) as session:
        lines = chosen_before(session, {s.key: s for s in DECLARED}, 1, "till.most")
        (token,) = chosen_before(session, {s.key: s for s in DECLARED}, 1, "till.token")
        elsewhere = chosen_before(session, {s.key: s for s in DECLARED}, 2)

    assert [(line.by, line.old, line.new) for line in lines] == [
        ("Ana", 40, None),
        (me.name, 30, 40),
        ("Ana", None, 30),
    ]
    assert token.secret
    assert "very secret" not in f"{token.old} {token.new}"
    assert elsewhere == []
