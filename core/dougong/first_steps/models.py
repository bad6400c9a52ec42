"""Which department's first steps a person does not want to see any more."""

from __future__ import annotations

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Owned, Row, link_to


class StepsAway(Owned, Row, Base):
    """Put away by one person in one company."""

    __tablename__ = "core_steps_away"
    __table_args__ = (UniqueConstraint("user_id", "company_id", "module"),)

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE")
    module: Mapped[str] = mapped_column(String(24))
