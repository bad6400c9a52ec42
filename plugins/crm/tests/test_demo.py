"""The demo company sells."""

from sqlalchemy import func, select

from dougong import Actor
from dougong_crm.checks import CHECKS
from dougong_crm.orders.models import Order

SYSTEM = Actor.system()


def test_the_demo_company_sells_and_twice_is_once(make_runtime):
    runtime = make_runtime("base", "crm")
    for _again in range(2):
        for plugin in runtime.wiring.plugins.values():
            runtime.house.run(SYSTEM, plugin.demo)

    with runtime.house.read(SYSTEM) as session:
        count = select(func.count(Order.id))
        assert session.scalar(count) == 65
        # Three are drafts; where nobody ships, the one that is called off was a draft, too.
        assert session.scalar(count.where(Order.number.is_not(None))) == 61
        assert [list(check.run(session)) for check in CHECKS] == [[], []]
