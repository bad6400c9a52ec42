"""What a new house finds in it."""

from sqlalchemy import func, select

from dougong import Actor
from dougong_base import Currency, PaymentTerm, Tax, Unit
from dougong_base.seed import seed_basics


def test_seeding_twice_changes_nothing(make_house):
    house = make_house("base")

    house.run(Actor.system(), seed_basics)

    with house.read(Actor.system()) as session:
        assert session.scalar(select(func.count()).select_from(Currency)) > 60
        assert session.scalar(select(Currency.digits).where(Currency.code == "JPY")) == 0
        assert session.scalar(select(func.count()).select_from(Tax)) == 6
        assert session.scalar(select(Unit.name).where(Unit.code == "pc")) == "Piece"
        assert session.scalar(select(func.count()).select_from(PaymentTerm)) == 6
