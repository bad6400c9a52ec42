"""An employee's file."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, MappedColumn, mapped_column, relationship

from dougong import Document, Refused, Sealed, _, link_to
from dougong.people.users.models import User
from dougong_base import Calendar, Party
from dougong_hr.db import Base
from dougong_hr.departments.models import Department
from dougong_hr.employees.workflow import EMPLOYEE_STEPS
from dougong_hr.positions.models import Position
from dougong_hr.privacy import PRIVATE


def sealed(name: str, length: int) -> MappedColumn[str | None]:
    """A private text that stands sealed in the database."""
    return mapped_column(Sealed(f"hr_employee.{name}", length), info=PRIVATE)


class Employee(Document, Base):
    """Somebody who works here; what is private is seen only by those who look after the files."""

    __tablename__ = "hr_employee"
    __document__: ClassVar[str] = "hr.employees"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        UniqueConstraint("company_id", "badge"),
        UniqueConstraint("company_id", "user_id"),
        CheckConstraint("state IN ('new', 'active', 'left')", name="state_known"),
        CheckConstraint(
            "manager_id <> id",
            name="not_their_own_manager",
            info={"sentence": _("Nobody is their own manager.")},
        ),
        CheckConstraint(
            "left_on >= joined_on",
            name="left_after_joining",
            info={"sentence": _("The last day is not before the first.")},
        ),
    )

    number: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120), index=True)
    state: Mapped[str] = mapped_column(String(8), default="new", index=True)
    #: The same person as the other departments know them; made with the file.
    party_id: Mapped[int | None] = link_to("base_party.id")
    #: Their log-in: by it they see their own file, and their team's.
    user_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    department_id: Mapped[int | None] = link_to("hr_department.id")
    position_id: Mapped[int | None] = link_to("hr_position.id")
    manager_id: Mapped[int | None] = link_to("hr_employee.id")
    calendar_id: Mapped[int | None] = link_to("base_calendar.id", index=False)
    work_email: Mapped[str | None] = mapped_column(String(200))
    work_phone: Mapped[str | None] = mapped_column(String(40))
    #: What the reader at the door reads.
    badge: Mapped[str | None] = mapped_column(String(60))
    #: What is typed beside the badge, as a salted hash; without one the badge is enough.
    pin: Mapped[str | None] = mapped_column(String(255), info={"secret": True})
    joined_on: Mapped[dt.date | None] = mapped_column(index=True)
    left_on: Mapped[dt.date | None]
    leave_reason: Mapped[str | None] = mapped_column(String(200), info=PRIVATE)

    birth_on: Mapped[dt.date | None] = mapped_column(info=PRIVATE)
    identity_number: Mapped[str | None] = sealed("identity_number", 40)
    private_address: Mapped[str | None] = sealed("private_address", 300)
    private_phone: Mapped[str | None] = sealed("private_phone", 40)
    private_email: Mapped[str | None] = sealed("private_email", 200)
    emergency_contact: Mapped[str | None] = sealed("emergency_contact", 200)
    bank: Mapped[str | None] = mapped_column(String(120), info=PRIVATE)
    #: The BIC, or the number by which the country's banks call each other.
    bank_code: Mapped[str | None] = mapped_column(String(20), info=PRIVATE)
    bank_account: Mapped[str | None] = sealed("bank_account", 60)
    note: Mapped[str | None] = mapped_column(String(2000), info=PRIVATE)

    party: Mapped[Party | None] = relationship(Party, lazy="raise")
    user: Mapped[User | None] = relationship(User, lazy="raise")
    department: Mapped[Department | None] = relationship(Department, lazy="raise")
    position: Mapped[Position | None] = relationship(Position, lazy="raise")
    manager: Mapped[Employee | None] = relationship(remote_side="Employee.id", lazy="raise")
    calendar: Mapped[Calendar | None] = relationship(Calendar, lazy="raise")

    def __str__(self) -> str:
        return self.name

    def join(self, on: dt.date) -> None:
        """The first day has come."""
        EMPLOYEE_STEPS.move(self, "join")
        self.joined_on = self.joined_on or on

    def leave(self, on: dt.date, reason: str | None) -> None:
        """The last day is known."""
        if self.joined_on and on < self.joined_on:
            raise Refused(
                _(
                    "%(employee)s began on %(first)s and cannot leave on %(last)s.",
                    employee=self, first=self.joined_on, last=on,
                )
            )  # fmt: skip
        EMPLOYEE_STEPS.move(self, "leave")
        self.left_on, self.leave_reason = on, reason

    def come_back(self, on: dt.date) -> None:
        """Works here again."""
        EMPLOYEE_STEPS.move(self, "return")
        self.joined_on, self.left_on, self.leave_reason = on, None, None
