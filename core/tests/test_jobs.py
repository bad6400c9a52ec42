"""Jobs: claimed by lease, done once, tried again, cancelled, put off to their slot."""

from __future__ import annotations

import dataclasses
import datetime as dt
import multiprocessing
import os
import signal
import threading
import time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, update
from till import Receipt

from dougong import Forbidden, Job, NotFound, Refused, StepNotAllowed, clock
from dougong.actors import Actor
from dougong.companies.models import Company
from dougong.db import make_engine
from dougong.jobs.acting import acting
from dougong.jobs.claiming import Leases
from dougong.jobs.models import QueuedJob
from dougong.jobs.service import cancel_jobs, request_everywhere, request_job, retry_jobs
from dougong.jobs.worker import Worker
from dougong.unit_of_work import House
from dougong.wiring import Wiring

DAY = dt.timedelta(days=1)


def sell(uow, total="1", **rest):
    uow.add(Receipt(total=Decimal(total), sold_on=uow.today, **rest))


def break_down(uow):
    sell(uow)
    raise Refused("The drawer is stuck.")


def sell_in_parts(run, parts):
    for done, part in enumerate(parts, 1):
        run.do(lambda uow, part=part: sell(uow, part))
        run.progress(done * 100 // len(parts), f"Part {done}")


def hang(uow, ready):
    Path(ready).write_text(str(os.getpid()))
    time.sleep(60)


JOBS = [
    Job("till.sell", sell),
    Job("till.break", break_down, tries=2),
    Job("till.parts", sell_in_parts, long=True, tries=1),
    Job("till.hang", hang),
]


def worker(house, *jobs):
    return Worker(house, Wiring(jobs={job.name: job for job in jobs or JOBS}))


def put(house, me, name, **rest):
    return house.run(me, lambda uow: uow.enqueue(name, **rest)).id


def job(house, me, key):
    with house.read(me) as session:
        return session.get(QueuedJob, key)


def receipts(house, me):
    with house.read(me) as session:
        return session.scalar(select(func.count()).select_from(Receipt))


def due_again(house):
    with house.engine.begin() as connection:
        connection.execute(update(QueuedJob).values(due_at=clock.now()))


def test_a_job_is_done_once_and_says_so(till, me):
    key = put(till, me, "till.sell", total="7")

    assert worker(till).work() == 1
    assert worker(till).work() == 0

    done = job(till, me, key)
    assert (done.state, done.progress, done.tries, done.error) == ("done", 100, 1, None)
    assert receipts(till, me) == 1


def test_work_that_was_undone_never_asked_for_a_job(till, me):
    def regret(uow):
        uow.enqueue("till.sell")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        till.run(me, regret)

    assert worker(till).work() == 0


def test_a_job_waits_for_its_hour(till, me):
    put(till, me, "till.sell", at=clock.now() + DAY)

    assert worker(till).work() == 0
    with clock.at(clock.now() + 2 * DAY):
        assert worker(till).work() == 1


def test_a_job_that_fails_leaves_nothing_behind_and_is_laid_aside_at_last(till, me):
    key = put(till, me, "till.break")

    worker(till).work()
    waiting = job(till, me, key)
    due_again(till)
    worker(till).work()
    dead = job(till, me, key)

    assert waiting.state == "waiting"
    assert waiting.due_at > clock.now() - dt.timedelta(seconds=1)
    assert (dead.state, dead.tries, dead.error) == ("dead", 2, "The drawer is stuck.")
    assert receipts(till, me) == 0


def test_a_dead_job_is_tried_again_with_all_its_tries(till, me):
    key = put(till, me, "till.break")
    for _time in range(2):
        worker(till).work()
        due_again(till)

    till.run(me, lambda uow: retry_jobs(uow, [key]))

    assert (job(till, me, key).state, job(till, me, key).tries) == ("waiting", 0)


def test_a_job_that_is_done_is_not_tried_again(till, me):
    key = put(till, me, "till.sell")
    worker(till).work()

    with pytest.raises(StepNotAllowed):
        till.run(me, lambda uow: retry_jobs(uow, [key]))


def test_who_may_not_cancel_is_refused(till, me):
    key = put(till, me, "till.sell")

    with pytest.raises(Forbidden):
        till.run(dataclasses.replace(me, rights=frozenset()), lambda uow: cancel_jobs(uow, [key]))


def test_a_cancelled_job_is_not_begun(till, me):
    key = put(till, me, "till.sell")

    till.run(me, lambda uow: cancel_jobs(uow, [key]))

    assert worker(till).work() == 0
    assert job(till, me, key).state == "cancelled"


def test_a_job_cancelled_in_the_middle_undoes_its_unit_of_work(till, me):
    def regretted(run):
        run.do(sell)
        till.run(me, lambda uow: cancel_jobs(uow, [run.id]))
        run.do(sell)

    key = put(till, me, "till.regretted")

    worker(till, Job("till.regretted", regretted, long=True)).work()

    assert job(till, me, key).state == "cancelled"
    assert receipts(till, me) == 1


def test_a_long_job_tells_how_far_it_is(till, me):
    seen = []

    def watched(run, parts):
        sell_in_parts(run, parts)
        with run.read() as session:
            seen.append(session.get(QueuedJob, run.id))

    key = put(till, me, "till.watched", parts=["1", "2"])

    worker(till, Job("till.watched", watched, long=True)).work()

    assert (seen[0].progress, seen[0].note) == (100, "Part 2")
    assert job(till, me, key).state == "done"
    assert receipts(till, me) == 2


def test_a_job_of_a_plugin_that_is_off_waits(till, me):
    key = put(till, me, "gone.job")

    assert worker(till).work() == 0
    assert job(till, me, key).state == "waiting"


def test_a_periodic_job_is_done_once_a_slot_whoever_comes_first(till, me):
    nightly = Job("till.sell", sell, every=DAY)
    noon = dt.datetime(2026, 5, 5, 12, tzinfo=dt.UTC)

    with clock.at(noon):
        first, second = worker(till, nightly), worker(till, nightly)
        assert [first.work(), second.work(), first.work()] == [1, 0, 0]
    with clock.at(noon + DAY):
        assert [second.work(), first.work()] == [1, 0]


@pytest.fixture
def branch(till):
    """The second company is on the other side of the earth."""

    def move(uow):
        uow.session.get(Company, 2).timezone = "Asia/Shanghai"

    till.run(Actor.system(1, (1, 2)), move)
    return 2


def test_a_job_of_each_company_is_done_in_each_by_itself_once_a_slot(till, branch):
    nightly = Job("till.sell", sell, every=DAY, each_company=True)
    evening = dt.datetime(2026, 5, 5, 20, tzinfo=dt.UTC)

    with clock.at(evening):
        first, second = worker(till, nightly), worker(till, nightly)
        assert [first.work(), second.work(), first.work()] == [2, 0, 0]

    with till.read(Actor.system(1, (1, branch))) as session:
        days = session.execute(select(Receipt.company_id, Receipt.sold_on)).all()
    assert sorted(map(tuple, days)) == [
        (1, dt.date(2026, 5, 5)),
        (branch, dt.date(2026, 5, 6)),
    ]


def test_what_one_company_refuses_does_not_hold_up_the_others(till, branch):
    def stuck_here(uow):
        sell(uow)
        if uow.company_id == 1:
            raise Refused("The drawer is stuck.")

    nightly = Job("till.stuck", stuck_here, tries=1, every=DAY, each_company=True)
    worker(till, nightly).work()

    with till.read(Actor.system(1, (1, branch))) as session:
        assert session.scalars(select(Receipt.company_id)).all() == [branch]
        states = session.execute(select(QueuedJob.company_id, QueuedJob.state)).all()
    assert sorted(map(tuple, states)) == [(1, "dead"), (branch, "done")]


def test_a_job_that_is_asked_for_everywhere_is_done_where_its_clock_would_do_it(till, branch):
    all_of_them = Actor.system(1, (1, branch))
    known = {
        "once": Job("once", sell, every=DAY),
        "each": Job("each", sell, every=DAY, each_company=True),
    }

    def places_of(name):
        return till.run(
            all_of_them,
            lambda uow: [j.company_id for j in request_everywhere(uow, known, name, {})],
        )

    assert (places_of("once"), places_of("each")) == ([None], [1, branch])


def test_a_job_acts_for_the_person_who_asked(till, me):
    person = dataclasses.replace(me, user_id=77, name="Ada")
    till.restore_actor = lambda user_id, company_id: dataclasses.replace(me, name=f"user {user_id}")
    seen = []
    put(till, person, "till.who")

    worker(till, Job("till.who", lambda uow: seen.append(uow.actor))).work()

    assert (seen[0].name, seen[0].request_id.split(":")[0]) == ("user 77", "job")


def test_an_unknown_job_is_not_put_into_the_queue(till, me):
    with pytest.raises(NotFound):
        till.run(me, lambda uow: request_job(uow, {}, "no-such-job", {}))


def test_two_workers_never_take_the_same_job(till, me):
    for _time in range(20):
        put(till, me, "till.sell")
    taken, errors = [], []

    def take(name):
        try:
            leases = Leases(till.engine, name)
            while rows := leases.take(QueuedJob, "running", QueuedJob.name, ["till.sell"], 3):
                taken.extend(row.id for row in rows)
        except Exception as error:  # shown by the assertion below
            errors.append(error)

    threads = [threading.Thread(target=take, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not errors
    assert len(taken) == len(set(taken)) == 20


def test_a_worker_that_lost_its_lease_saves_nothing(till, me):
    key = put(till, me, "till.slow")

    def slow(uow):
        sell(uow)
        uow.flush()

    first = worker(till, Job("till.slow", slow))
    (row,) = first.leases.take(QueuedJob, "running", QueuedJob.name, ["till.slow"])
    with clock.at(clock.now() + DAY):
        second = worker(till, Job("till.slow", slow))
        assert second.work() == 1
    first._perform(row)

    assert receipts(till, me) == 1
    assert job(till, me, key).worker == second.name


def _serve(url):
    Worker(House(make_engine(url)), Wiring(jobs={j.name: j for j in JOBS})).work()


def test_what_a_killed_worker_held_is_done_by_the_next(till, me, tmp_path):
    ready = tmp_path / "ready"
    key = put(till, me, "till.hang", ready=str(ready))
    url = till.engine.url.render_as_string(hide_password=False)
    victim = multiprocessing.get_context("spawn").Process(target=_serve, args=(url,))
    victim.start()
    for _time in range(300):
        if ready.exists() and ready.read_text():
            break
        time.sleep(0.1)
    os.kill(victim.pid, signal.SIGKILL)
    victim.join()

    assert job(till, me, key).state == "running"
    next_worker = worker(till, Job("till.hang", lambda uow, ready: sell(uow)))
    assert next_worker.work() == 0
    with clock.at(clock.now() + dt.timedelta(minutes=2)):
        assert next_worker.work() == 1
    assert (job(till, me, key).state, job(till, me, key).tries) == ("done", 2)
    assert receipts(till, me) == 1


def test_a_job_that_kills_its_workers_is_laid_aside(till, me):
    key = put(till, me, "till.sell")
    with till.engine.begin() as connection:
        connection.execute(
            update(QueuedJob).values(
                state="running", tries=5, worker="gone", leased_until=clock.now() - DAY
            )
        )

    worker(till).work()

    assert job(till, me, key).state == "dead"
    assert receipts(till, me) == 0


def test_the_house_itself_acts_where_nobody_asked(till):
    seen = []
    put(till, Actor.system(), "till.who")

    worker(till, Job("till.who", lambda uow: seen.append(uow.actor.name))).work()

    assert seen == ["system"]


def test_the_house_itself_works_on_the_day_of_its_company(till):
    with till.work(Actor.system()) as uow:
        uow.get(Company, 1).timezone = "Asia/Shanghai"

    with clock.at(dt.datetime(2026, 1, 1, 20, tzinfo=dt.UTC)):
        days = {acting(till, None, company, "").today for company in (1, None)}

    assert days == {dt.date(2026, 1, 2)}


@pytest.mark.parametrize("lost", [False, True])
def test_a_document_is_told_that_its_job_was_cancelled(till, me, lost):
    told = []

    def given_up(uow, **given):
        if lost:
            raise NotFound("document", given["document"])
        told.append(given)

    declared = Job("till.slow", lambda run, document: None, long=True, given_up=given_up)
    till.wiring = SimpleNamespace(jobs={declared.name: declared})
    key = till.run(me, lambda uow: uow.enqueue("till.slow", document=7).id)
    till.run(me, lambda uow: cancel_jobs(uow, [key]))
    assert told == ([] if lost else [{"document": 7}])
    assert job(till, me, key).state == "cancelled"
