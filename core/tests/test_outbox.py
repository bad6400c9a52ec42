"""The outbox: what was told reaches whoever reacts after the commit, at least once."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import time
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from till import Receipt, Sold, reacting

from dougong import Reaction, Refused, StepNotAllowed, clock
from dougong.db import make_engine
from dougong.jobs.claiming import Leases
from dougong.outbox.models import OutboxMessage
from dougong.outbox.sending import TRIES, send_due
from dougong.outbox.service import cancel_letters, retry_letters
from dougong.unit_of_work import House

heard = []
bad = set()


def mail(uow, events):
    for event in events:
        if event.receipt_id in bad:
            raise Refused("The mail server is away.")
    heard.extend(event.receipt_id for event in events)
    uow.add(Receipt(total=Decimal(len(events)), sold_on=uow.today))


def stall(uow, events):
    """Begin to deliver, and never come to an end in the process that is told where to say so."""
    if ready := os.environ.get("STALL"):
        uow.add(Receipt(total=Decimal(7), sold_on=uow.today))
        uow.flush()
        Path(ready).write_text("begun")
        time.sleep(60)
    mail(uow, events)


def _serve(url, ready):
    os.environ["STALL"] = ready
    house = reacting(House(make_engine(url)), Reaction(Sold, stall, mode="after_commit"))
    send(house, "victim")


@pytest.fixture(autouse=True)
def _nothing_heard_or_broken():
    heard.clear()
    bad.clear()


@pytest.fixture
def shop(till):
    return reacting(till, Reaction(Sold, mail, mode="after_commit"))


def tell(house, me, *ids):
    house.run(me, lambda uow: uow.publish(Sold(receipt_id=i, total=Decimal("1.5")) for i in ids))


def letters(house, me):
    with house.read(me) as session:
        return session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def send(house, name="w"):
    return send_due(house, Leases(house.engine, name))


def test_a_batch_is_delivered_together_and_once(shop, me):
    tell(shop, me, 1, 2, 3)

    assert [send(shop), send(shop)] == [3, 0]

    assert heard == [1, 2, 3]
    assert {letter.state for letter in letters(shop, me)} == {"sent"}
    with shop.read(me) as session:
        assert session.scalar(select(func.sum(Receipt.total))) == Decimal(3)


def test_one_letter_that_fails_spoils_no_other(shop, me):
    bad.add(2)
    tell(shop, me, 1, 2, 3)

    send(shop)

    assert heard == [1, 3]
    assert [letter.state for letter in letters(shop, me)] == ["sent", "waiting", "sent"]


def test_a_letter_that_always_fails_is_dead_and_can_be_sent_again(shop, me):
    bad.add(1)
    tell(shop, me, 1)
    for _time in range(TRIES):
        send(shop)
        with shop.engine.begin() as connection:
            connection.execute(update(OutboxMessage).values(due_at=clock.now()))
    (dead,) = letters(shop, me)
    bad.clear()

    shop.run(me, lambda uow: retry_letters(uow, [dead.id]))
    send(shop)

    assert (dead.state, dead.error) == ("dead", "The mail server is away.")
    assert heard == [1]


def test_a_letter_is_given_up(shop, me):
    tell(shop, me, 1)
    (letter,) = letters(shop, me)

    shop.run(me, lambda uow: cancel_letters(uow, [letter.id]))

    assert send(shop) == 0
    with pytest.raises(StepNotAllowed):
        shop.run(me, lambda uow: cancel_letters(uow, [letter.id]))


def test_letters_of_a_worker_that_died_are_sent_by_the_next(shop, me):
    tell(shop, me, 1)
    Leases(shop.engine, "gone").take(OutboxMessage, "sending", OutboxMessage.state, ["waiting"])

    assert send(shop) == 0
    with clock.at(clock.now() + dt.timedelta(minutes=2)):
        assert send(shop) == 1
    assert heard == [1]


def test_what_a_killed_worker_was_sending_is_sent_by_the_next(till, me, tmp_path):
    reacting(till, Reaction(Sold, stall, mode="after_commit"))
    tell(till, me, 1, 2)
    ready, url = tmp_path / "ready", till.engine.url.render_as_string(hide_password=False)
    victim = multiprocessing.get_context("spawn").Process(target=_serve, args=(url, str(ready)))
    victim.start()
    for _time in range(300):
        if ready.exists():
            break
        time.sleep(0.1)
    os.kill(victim.pid, signal.SIGKILL)
    victim.join()

    assert {letter.state for letter in letters(till, me)} == {"sending"}
    with clock.at(clock.now() + dt.timedelta(minutes=2)):
        assert send(till) == 2
    assert heard == [1, 2]
    with till.read(me) as session:
        assert session.scalar(select(func.sum(Receipt.total))) == Decimal(2)


def test_a_letter_to_a_plugin_that_is_off_waits(shop, me):
    tell(shop, me, 1)
    shop.reactions = {}

    assert send(shop) == 0
    assert letters(shop, me)[0].state == "waiting"
