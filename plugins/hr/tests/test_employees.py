"""People come, work for somebody, and go."""

import datetime as dt

import pytest
from sqlalchemy import select

from dougong import Actor, Forbidden, Invalid, NotFound, Refused
from dougong.actors import Rights
from dougong.audit.models import AuditEntry
from dougong_base import Party
from dougong_base.events import EmployeeJoined, EmployeeLeft
from dougong_hr.contracts.models import Contract
from dougong_hr.departments.models import Department
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import employee_of, join_employees, leave_employees
from dougong_hr.plans.models import Task
from dougong_hr.reports.organisation import ORGANISATION

SYSTEM = Actor.system()
DAY = dt.date(2025, 3, 3)


def test_a_file_that_is_entered_makes_the_person_known_to_all_departments(office):
    key = office.enter("hr.employees", number="7", name="Ann Lee", work_email="ann@example.com")
    employee = office.look(Employee, key)
    party = office.look(Party, employee.party_id)
    assert (party.name, party.kind, party.is_employee) == ("Ann Lee", "person", True)

    office.enter("hr.employees", key, name="Ann Li")
    assert office.look(Party, employee.party_id).name == "Ann Li"
    assert len(office.look(Party, is_employee=True)) == 1


def test_the_first_day_is_told_and_brings_the_tasks_for_newcomers(office):
    ann = office.person("Ann")
    (joined,) = office.told(join_employees, [ann], DAY)
    assert isinstance(joined, EmployeeJoined)
    assert (joined.on, joined.employee.id) == (DAY, ann)
    assert joined.party_id == office.look(Employee, ann).party_id
    tasks = office.look(Task, employee_id=ann)
    assert len(tasks) == 6
    assert min(task.due_on for task in tasks) == dt.date(2025, 2, 28)


def test_who_leaves_takes_the_contract_along_and_leaves_tasks_behind(office):
    ann = office.hired("Ann")
    contract = office.look(Contract, employee_id=ann)[0].id
    events = office.told(leave_employees, [ann], DAY, "Another job")
    assert [type(e) for e in events] == [EmployeeLeft]
    assert office.look(Contract, contract).ends_on == DAY
    assert office.look(Contract, contract).state == "ended"
    assert {t.what for t in office.look(Task, employee_id=ann)} >= {"Hand over the work"}
    assert office.look(Employee, ann).left_on == DAY


def test_nobody_leaves_before_the_first_day(office):
    ann = office.hired("Ann", starts=DAY)
    with pytest.raises(Refused, match="began on 2025-03-03 and cannot leave on 2025-03-01"):
        office.do(leave_employees, [ann], dt.date(2025, 3, 1))
    assert office.look(Employee, ann).state == "active"


def test_a_circle_of_managers_is_refused_at_the_field(office):
    boss, ann = office.person("Boss"), office.person("Ann")
    office.enter("hr.employees", ann, manager=boss)
    with pytest.raises(Invalid) as refused:
        office.enter("hr.employees", boss, manager=ann)
    assert "over others" in str(refused.value.errors["manager"])
    assert office.look(Employee, boss).manager_id is None


def test_a_circle_of_departments_and_a_head_from_outside_are_refused(office):
    top = office.enter("hr.departments", code="A", name="All")
    low = office.enter("hr.departments", code="B", name="Below", parent=top)
    with pytest.raises(Invalid, match="below itself"):
        office.enter("hr.departments", top, parent=low)
    stranger = office.enter("base.parties", code="X", name="Xaver")
    with pytest.raises(Invalid, match="Xaver is not an employee"):
        office.enter("hr.departments", top, head=stranger)


def test_the_head_of_the_department_is_the_manager_unless_another_is_chosen(office):
    boss = office.person("Boss")
    party = office.look(Employee, boss).party_id
    department = office.enter("hr.departments", code="A", name="All", head=party)
    ann = office.enter("hr.employees", number="1", name="Ann", department=department)
    assert office.look(Employee, ann).manager_id == boss
    bob = office.enter("hr.employees", number="2", name="Bob", department=department, manager=ann)
    assert office.look(Employee, bob).manager_id == ann


def test_private_data_do_not_exist_for_those_without_the_right(office):
    noun = office.nouns.get("hr.employees")
    plain = noun.sight(Rights({"hr.employee.*"}))
    private = noun.sight(Rights({"hr.employee.*", "hr.private.read"}))
    for name in ("birth_on", "bank_account", "identity_number", "private_address", "private_phone"):
        assert name not in plain.queryable
        assert name in private.queryable
    with pytest.raises(Invalid):
        office.enter("hr.employees", rights=plain.rights, number="1", name="A", bank_account="1")


def test_people_see_their_own_file_and_those_of_their_team_on_all_levels(office):
    boss, lead, ann, bob = (office.person(n) for n in ("Boss", "Lead", "Ann", "Bob"))
    office.enter("hr.employees", lead, manager=boss)
    office.enter("hr.employees", ann, manager=lead)

    def seen(actor):
        with office.read(actor) as session:
            return set(session.scalars(select(Employee.id)))

    assert seen(office.log_in(boss)) == {boss, lead, ann}
    assert seen(office.log_in(lead)) == {lead, ann}
    mine = office.log_in(ann)
    assert seen(mine) == {ann}
    assert office.do(employee_of, actor=mine).id == ann
    with pytest.raises(NotFound):
        office.do(lambda uow: uow.get(Employee, bob), actor=mine)
    with pytest.raises(Forbidden):
        office.do(leave_employees, [ann], DAY, actor=mine)


def test_the_organisation_chart_stands_below_managers_or_departments(office):
    top = office.enter("hr.departments", code="A", name="All")
    boss = office.enter("hr.employees", number="1", name="Boss", department=top)
    ann = office.enter("hr.employees", number="2", name="Ann", manager=boss, department=top)
    office.do(join_employees, [boss, ann], DAY)
    with office.read(SYSTEM) as session:
        lines = list(ORGANISATION.ask(session, SYSTEM, by="manager"))
        assert [(x.values["name"], x.level, x.values["team"]) for x in lines] == [
            ("Boss", 0, 1), ("Ann", 1, None),
        ]  # fmt: skip
        lines = list(ORGANISATION.ask(session, SYSTEM, by="department"))
        assert [(x.values["name"], x.level) for x in lines] == [("All", 0), ("Ann", 1), ("Boss", 1)]
    assert office.look(Department, top).name == "All"


def test_private_words_stand_sealed_and_the_history_does_not_tell_them(office):
    ann = office.enter(
        "hr.employees", number="1", name="Ann", identity_number="110101199003070000",
        bank_account="6222 0212", work_phone="555",
    )  # fmt: skip
    office.enter("hr.employees", ann, bank_account="6222 9999")
    assert office.look(Employee, ann).bank_account == "6222 9999"
    with office.read(SYSTEM) as session:
        row = session.connection().exec_driver_sql(
            "SELECT identity_number, bank_account FROM hr_employee"
        )
        assert all(value.startswith("sealed:") for value in row.one())
        told = " ".join(session.scalars(select(AuditEntry.changes)))
    assert "555" in told
    assert "bank_account" in told
    assert not any(secret in told for secret in ("110101199003070000", "6222"))


def test_nobody_searches_or_sorts_by_what_is_sealed(office):
    noun = office.nouns.get("hr.employees")
    field = noun.fields["bank_account"]
    assert not field.sortable
    assert set(field.operators) == {"empty"}


def test_an_import_that_is_undone_brings_a_sealed_value_back_and_never_keeps_it_open(office):
    from dougong.resources.exchange import load, read_table, undo

    ann = office.person(bank_account="6222 0212")
    noun = office.nouns.get("hr.employees")
    file = read_table("people.csv", f"id,bank_account,work_phone\n{ann},6222 9999,555\n".encode())
    run = load(office.house, SYSTEM, noun, file).run
    assert office.look(Employee, ann).bank_account == "6222 9999"
    with office.house.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT before, sealed FROM core_imported").all()
    assert "6222" not in str(kept)
    assert "sealed:" in str(kept)

    undo(office.house, SYSTEM, noun, run)

    row = office.look(Employee, ann)
    assert (row.bank_account, row.work_phone) == ("6222 0212", None)
