"""One unit of work: all of it is saved, or none of it."""

from __future__ import annotations

import datetime as dt
import json
import threading
from decimal import Decimal

import pytest
from sqlalchemy import event, exists, func, select, update
from sqlalchemy.exc import OperationalError
from till import Drawer, Fact, Rang, Receipt, ReceiptLine, Sold, reacting

from dougong import DocumentRef, NotFound, Reaction, Refused, Stale
from dougong.actors import Actor
from dougong.audit.models import AuditChain, AuditEntry
from dougong.db import make_engine
from dougong.errors import NotReady
from dougong.outbox.models import OutboxMessage
from dougong.unit_of_work import Answer, House, Once

THREE = Decimal("3.5")


def sell(uow, many=1, total=THREE):
    receipts = [
        Receipt(
            total=total,
            sold_on=uow.today,
            lines=[ReceiptLine(quantity=Decimal("1.25")) for _ in "ab"],
        )
        for _ in range(many)
    ]
    uow.add(*receipts)
    return [r.id for r in receipts]


def close(uow, ids):
    for receipt in uow.load(Receipt, ids, Receipt.lines):
        receipt.state = "closed"
        uow.number(receipt, "till.receipt")
        uow.accumulate(
            Drawer, {"company_id": receipt.company_id, "drawer": 1}, amount=receipt.total
        )
    uow.publish(Sold(receipt_id=i, total=THREE) for i in ids)


def statements(engine):
    seen = []
    event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    return seen


def test_a_document_is_stored_with_its_lines_in_order(till, me):
    ids = till.run(me, sell)

    with till.read(me) as session:
        lines = session.scalars(select(ReceiptLine).order_by(ReceiptLine.position)).all()
    assert [(line.receipt_id, line.position, line.quantity) for line in lines] == [
        (ids[0], 0, Decimal("1.25")),
        (ids[0], 1, Decimal("1.25")),
    ]


def test_a_refusal_undoes_everything(till, me):
    def sell_and_regret(uow):
        sell(uow)
        uow.flush()
        raise Refused("The customer left.")

    with pytest.raises(Refused, match="left"):
        till.run(me, sell_and_regret)

    with till.read(me) as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 0


def test_what_is_written_can_be_read_in_the_same_act(till, me):
    with till.work(me) as uow:
        sell(uow, many=2)

        assert uow.session.scalar(select(func.sum(Receipt.total))) == 7


def test_a_document_that_asks_twice_for_its_number_takes_one(till, me):
    def enter_and_close(uow):
        ids = sell(uow, many=2)
        for receipt in uow.load(Receipt, ids[:1]):
            uow.number(receipt, "till.receipt")
        close(uow, ids)

    till.run(me, enter_and_close)

    with till.read(me) as session:
        numbers = session.scalars(select(Receipt.number)).all()
    assert sorted(int(number[-5:]) for number in numbers) == [1, 2]


def test_numbers_have_no_gaps_when_an_act_fails(till, me):
    ids = till.run(me, lambda uow: sell(uow, many=3))

    till.run(me, lambda uow: close(uow, ids[:1]))
    with pytest.raises(Refused), till.work(me) as uow:
        close(uow, ids[1:2])
        uow.settle()
        raise Refused("No.")
    till.run(me, lambda uow: close(uow, ids[1:]))

    year = dt.datetime.now(dt.UTC).year
    with till.read(me) as session:
        numbers = session.scalars(select(Receipt.number).order_by(Receipt.number)).all()
    assert numbers == [f"R-{year}-0000{n}" for n in (1, 2, 3)]


def test_a_hundred_documents_cost_as_many_statements_as_one(till, me):
    one, many = till.run(me, sell), till.run(me, lambda uow: sell(uow, many=100))
    till.run(me, lambda uow: None)
    seen = statements(till.engine)

    till.run(me, lambda uow: close(uow, one))
    for_one = len(seen)
    till.run(me, lambda uow: close(uow, many))

    assert len(seen) - for_one == for_one


@pytest.mark.parametrize("lock", [False, True])
def test_documents_come_with_their_rows_unless_they_must_be_locked_first(till, me, lock):
    """PostgreSQL would read the rows before it waits for the lock, and hand over what they were."""
    ids = till.run(me, lambda uow: sell(uow, many=2))
    seen = statements(till.engine)

    with till.work(me) as uow:
        first, second = uow.load(Receipt, ids, Receipt.lines, lock=lock)
        lines = [[line.receipt_id for line in receipt.lines] for receipt in (first, second)]

    apart = lock and till.engine.dialect.name == "postgresql"
    assert len([s for s in seen if "till_receipt_line" in s and "till_receipt." in s]) == (
        not apart
    )
    assert len([s for s in seen if s.startswith("SELECT")]) == (2 if apart else 1)
    assert lines == [[ids[0]] * 2, [ids[1]] * 2]


def test_another_companys_document_is_not_there(till, me):
    ids = till.run(me, sell)
    stranger = Actor.system(company_id=2)

    with pytest.raises(NotFound):
        till.run(stranger, lambda uow: uow.get(Receipt, ids[0]))
    with till.read(stranger) as session:
        assert session.execute(select(Receipt.total)).all() == []


def test_a_record_rule_hides_rows_from_load_and_from_lists(till, me):
    ids = till.run(me, lambda uow: sell(uow) + sell(uow, total=Decimal(9)))
    small = Actor(
        7, "Clerk", frozenset(), (1,), 1, rules={Receipt: (lambda model, actor: model.total < 5,)}
    )

    with till.read(small) as session:
        assert session.scalars(select(Receipt.id)).all() == ids[:1]
    with pytest.raises(NotFound):
        till.run(small, lambda uow: uow.get(Receipt, ids[1]))


def test_two_people_changing_one_document_are_told(till, me):
    (key,) = till.run(me, sell)

    with pytest.raises(Stale), till.work(me) as mine:
        receipt = mine.get(Receipt, key)
        receipt.__dict__["version"] = 0  # what somebody read before the other saved
        receipt.state = "closed"


def test_changing_only_a_line_is_a_new_version_of_the_document(till, me):
    (key,) = till.run(me, sell)

    with till.work(me) as uow:
        receipt = uow.get(Receipt, key, Receipt.lines)
        receipt.lines[0].quantity = Decimal(2)
        uow.touch(receipt)

    with till.read(me) as session:
        assert session.get(Receipt, key).version == 2


def test_removed_lines_are_gone(till, me):
    (key,) = till.run(me, sell)

    with till.work(me) as uow:
        uow.remove(uow.get(Receipt, key, Receipt.lines).lines[0])

    with till.read(me) as session:
        assert session.scalars(select(ReceiptLine.position)).all() == [1]


def test_reactions_take_a_whole_batch_and_may_refuse_it(till, me):
    batches = []
    reacting(till, Reaction(Sold, lambda uow, events: batches.append(len(events))))
    ids = till.run(me, lambda uow: sell(uow, many=4))

    till.run(me, lambda uow: close(uow, ids[:3]))
    assert batches == [3]

    def refuse(uow, events):
        raise Refused("The drawer is stuck.")

    reacting(till, Reaction(Sold, refuse))
    with pytest.raises(Refused, match="stuck"):
        till.run(me, lambda uow: close(uow, ids[3:]))
    with till.read(me) as session:
        assert session.get(Receipt, ids[3]).state == "draft"


def test_an_isolated_reaction_fails_alone(till, me):
    def spoil(uow, events):
        uow.add(Receipt(total=Decimal(1), sold_on=uow.today))
        uow.flush()
        raise ValueError("printer on fire")

    reacting(till, Reaction(Sold, spoil, mode="isolated"))
    ids = till.run(me, sell)

    till.run(me, lambda uow: close(uow, ids))

    with till.read(me) as session:
        assert session.scalars(select(Receipt.state)).all() == ["closed"]
        assert session.scalars(select(Receipt.number)).one()


def test_what_follows_a_commit_waits_in_the_outbox_of_the_same_transaction(till, me):
    reacting(till, Reaction(Sold, lambda uow, events: None, mode="after_commit"))
    ids = till.run(me, sell)

    with pytest.raises(Refused), till.work(me) as uow:
        close(uow, ids)
        raise Refused("No.")
    with till.read(me) as session:
        assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0

    till.run(me, lambda uow: close(uow, ids))
    with till.read(me) as session:
        letter = session.scalars(select(OutboxMessage)).one()
    assert letter.payload == {"receipt_id": ids[0], "total": "3.5"}


def test_events_that_go_in_a_circle_are_stopped(till, me):
    reacting(till, Reaction(Rang, lambda uow, events: uow.publish(events)))

    with pytest.raises(RuntimeError, match="circle"):
        till.run(me, lambda uow: uow.publish(Rang(receipt_id=1)))


def test_an_attempt_that_is_refused_leaves_the_rest(till, me):
    ids = till.run(me, lambda uow: sell(uow, many=2))

    def spoil(uow):
        uow.get(Receipt, ids[1]).state = "spoilt"
        uow.flush()
        raise Refused("No more paper.")

    with till.work(me) as uow:
        close(uow, ids[:1])
        assert str(uow.attempt(lambda: spoil(uow))) == "No more paper."
        assert uow.get(Receipt, ids[1]).state == "draft"

    with till.read(me) as session:
        closed = session.get(Receipt, ids[0])
        assert (closed.state, closed.number is not None) == ("closed", True)
        assert session.scalar(select(Drawer.amount)) == THREE


def test_the_history_tells_who_changed_what_and_keeps_secrets(till, me):
    def keep(uow):
        receipt = Receipt(total=THREE, sold_on=uow.today, secret="1234")
        uow.add(receipt)
        return receipt.id

    key = till.run(me, keep)
    till.run(me, lambda uow: setattr(uow.get(Receipt, key), "total", Decimal(4)))

    with till.read(me) as session:
        made, changed = session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).all()
        standing = session.scalars(select(AuditChain)).one()
    assert (made.action, made.document, made.document_id) == ("create", "till.receipts", key)
    assert "1234" not in made.changes
    assert json.loads(changed.changes) == {"total": ["3.5", "4"]}
    assert (standing.seq, standing.hash) == (2, changed.hash)


def test_a_repeated_request_acts_once_and_gets_the_same_answer(till, me):
    def act(uow):
        return Answer(201, str(sell(uow)[0]))

    first = till.run_once(me, Once("key-1", "a"), act)
    again = till.run_once(me, Once("key-1", "a"), act)

    assert (again.body, again.replayed) == (first.body, True)
    with till.read(me) as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 1
    with pytest.raises(Refused, match="different request"):
        till.run_once(me, Once("key-1", "b"), act)


def test_the_same_request_from_many_at_once_acts_once(till, me):
    answers = []

    def ask():
        answers.append(
            till.run_once(me, Once("k", "a"), lambda uow: Answer(201, str(sell(uow)[0])))
        )

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({a.body for a in answers}) == 1
    with till.read(me) as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 1


def test_money_put_in_by_many_at_once_adds_up(till, me):
    def put():
        for _ in range(5):
            ids = till.run(me, sell)
            till.run(me, lambda uow, ids=ids: close(uow, ids))

    threads = [threading.Thread(target=put) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with till.read(me) as session:
        assert session.scalar(select(Drawer.amount)) == 20 * THREE
        numbers = session.scalars(select(Receipt.number)).all()
    assert sorted(int(n[-5:]) for n in numbers) == list(range(1, 21))


def test_a_rule_of_the_database_speaks_in_a_sentence(till, me):
    with pytest.raises(Refused, match="never negative"):
        till.run(me, lambda uow: sell(uow, total=Decimal(-1)))


def test_a_database_that_is_away_is_said_so(me, tmp_path):
    house = House(make_engine(f"sqlite:///{tmp_path / 'missing' / 'house.db'}"))

    with pytest.raises(NotReady, match="cannot be reached"):
        house.run(me, sell)
    with pytest.raises(NotReady), house.read(me) as session:
        session.scalars(select(Receipt)).all()


def test_whoever_never_gets_the_lock_is_told_that_the_house_is_busy(till, me, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    tries = []

    def locked(uow):
        tries.append(uow)
        raise OperationalError("UPDATE …", {}, Exception("database is locked"))

    with pytest.raises(NotReady, match="Too many people") as told:
        till.run(me, locked)
    assert (told.value.status, len(tries)) == (503, 5)


def test_nobody_waits_for_one_more_try_when_seconds_have_passed(till, me, monkeypatch):
    monkeypatch.setattr("dougong.unit_of_work.house.PATIENCE", -1)
    tries = []

    def locked(uow):
        tries.append(uow)
        raise OperationalError("UPDATE …", {}, Exception("database is locked"))

    with pytest.raises(NotReady):
        till.run(me, locked)
    assert len(tries) == 1


def test_a_float_is_refused(till, me):
    with pytest.raises(Exception, match="float"):
        till.run(me, lambda uow: uow.add(Receipt(total=1.5, sold_on=uow.today)))


def test_more_digits_than_the_column_keeps_are_refused(till, me):
    with pytest.raises(Exception, match="decimal places"):
        till.run(me, lambda uow: sell(uow, total=Decimal("1.0005")))


def test_a_row_put_into_the_session_by_hand_is_refused(till, me):
    with pytest.raises(RuntimeError, match=r"uow\.add"), till.work(me) as uow:
        uow.session.add(Receipt(id=5, company_id=1, total=THREE, sold_on=uow.today))


def test_an_answer_can_tell_the_number_before_the_commit(till, me):
    def sell_and_tell(uow):
        ids = sell(uow)
        close(uow, ids)
        uow.complete()
        return uow.get(Receipt, ids[0]).number

    assert till.run(me, sell_and_tell).endswith("-00001")


def test_a_document_names_the_number_that_another_gets_in_the_same_act(till, me):
    (first, second) = till.run(me, lambda uow: sell(uow, many=2))

    def close_and_cite(uow):
        close(uow, [first])
        uow.cite(uow.get(Receipt, second), "state", DocumentRef("till.receipts", first))

    till.run(me, close_and_cite)
    with till.read(me) as session:
        number = session.get(Receipt, first).number
        assert number.endswith("-00001")
        assert session.get(Receipt, second).state == number


def test_a_document_that_was_loaded_is_handed_over_without_asking_again(till, me):
    (key,) = till.run(me, sell)
    seen = statements(till.engine)

    with till.work(me) as uow:
        first = uow.get(Receipt, key, Receipt.lines, lock=True)
        asked = len(seen)
        assert uow.get(Receipt, key, Receipt.lines, lock=True) is first
        assert len(seen) == asked


def test_what_was_only_looked_at_is_read_again_when_it_is_locked(till, me):
    (key,) = till.run(me, sell)
    with till.work(me) as uow:
        receipt = uow.get(Receipt, key)
        uow.session.connection().execute(update(Receipt).values(total=Decimal(8)))

        assert uow.get(Receipt, key, lock=True).total == 8
        assert receipt.total == 8


def test_a_removed_document_is_not_handed_over_again(till, me):
    (key,) = till.run(me, sell)
    with till.work(me) as uow:
        receipt = uow.get(Receipt, key, Receipt.lines)
        uow.remove(*receipt.lines, receipt)
        uow.flush()

        with pytest.raises(NotFound):
            uow.get(Receipt, key)


def test_what_one_actor_may_see_is_not_handed_to_another(till, me):
    (key,) = till.run(me, sell)
    with till.work(me) as uow:
        uow.get(Receipt, key)
        uow.actor = Actor.system(company_id=2)

        with pytest.raises(NotFound):
            uow.get(Receipt, key)
        uow.actor = me


def test_a_question_writes_only_what_it_would_miss(till, me):
    till.run(me, sell)
    seen = statements(till.engine)

    def written():
        return sum(text.startswith(("INSERT", "UPDATE")) for text in seen)

    with till.work(me) as uow:
        sell(uow)
        uow.session.execute(select(Drawer.amount)).all()
        assert written() == 0

        there = select(Drawer.amount).where(exists().where(ReceiptLine.quantity > 9))
        uow.session.execute(there).all()
        assert written() == 2


def test_master_data_is_remembered_and_own_changes_count_at_once(till, me):
    asked = []

    def total(uow):
        def read():
            asked.append(1)
            return uow.session.scalar(select(func.count()).select_from(Receipt))

        return uow.remembered("receipts", [Receipt], read)

    assert till.run(me, total) == till.run(me, total) == 0
    assert len(asked) == 1

    def sell_and_count(uow):
        sell(uow)
        return total(uow)

    assert till.run(me, sell_and_count) == 1
    assert till.run(me, total) == 1
    assert till.run(Actor.system(company_id=2), total) == 0


@pytest.mark.parametrize(
    "text",
    ["", "NULL", '"', "\\", '\\"', "{a,b}", "a, b", " edge ", "two\nlines", "斗拱", "it's", None],
)
def test_every_text_comes_back_as_it_was_written(till, me, text):
    with till.work(me) as uow:
        for said in (text, "between", text):
            uow.add(Receipt(total=THREE, sold_on=uow.today, secret=said, extra={"said": text}))
    with till.work(me) as uow:
        for receipt in uow.session.scalars(select(Receipt)).all():
            assert receipt.secret in (text, "between")
            assert receipt.extra == {"said": text}
            receipt.secret = text
    with till.read(me) as session:
        assert session.scalars(select(Receipt.secret)).all() == [text] * 3


def test_what_new_rows_refer_to_is_found_though_nothing_was_written_yet(till, me):
    def sell_and_look(uow):
        (key,) = sell(uow)
        line = ReceiptLine(quantity=THREE, position=2, receipt_id=key)
        uow.add(line)
        uow.load(ReceiptLine, [line.id], ReceiptLine.receipt)
        return line.receipt.id == key

    assert till.run(me, sell_and_look)


def test_rows_given_as_columns_are_stored_with_their_ids_and_defaults(till, me):
    kept = till.run(me, lambda uow: uow.add_columns(Fact, 3, name=["a", "b", "c"], amount=THREE))

    with till.read(me) as session:
        rows = session.scalars(select(Fact).order_by(Fact.id)).all()
    assert [(row.id, row.name, row.amount, row.rank) for row in rows] == [
        (id, name, THREE, 7) for id, name in zip(kept, "abc", strict=True)
    ]
    assert {row.company_id for row in rows} == {me.company_id}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"name": ["a"]}, "name: 1 values for 2 rows"),
        ({"name": "a", "colour": "red"}, "has no colour"),
    ],
)
def test_columns_that_do_not_fit_are_refused_and_nothing_is_stored(till, me, given, problem):
    with pytest.raises((TypeError, ValueError), match=problem):
        till.run(me, lambda uow: uow.add_columns(Fact, 2, **given))

    with till.read(me) as session:
        assert session.scalar(select(func.count(Fact.id))) == 0


def test_what_the_history_tells_is_not_stored_as_columns(till, me):
    with pytest.raises(TypeError, match="has a history"):
        till.run(me, lambda uow: uow.add_columns(Receipt, 1, total=THREE))
