"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id, Moment
from dougong_hr.protections import protect_all, unprotect_all

revision = "hr_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"base": "base_0001", "core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "hr_applicant_stage",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_applicant_stage_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_applicant_stage")),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_hr_applicant_stage_company_id_name")
        ),
    )
    with op.batch_alter_table("hr_applicant_stage", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_applicant_stage_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "hr_benefit_plan",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("before_tax", sa.Boolean(), nullable=False),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('health', 'pension', 'meal', 'travel', 'housing', 'other')",
            name=op.f("ck_hr_benefit_plan_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_benefit_plan_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_benefit_plan")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_hr_benefit_plan_company_id_code")),
    )
    with op.batch_alter_table("hr_benefit_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_benefit_plan_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "hr_course",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("hours", Exact(6), nullable=True),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("description", sa.String(length=2000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_course_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_course")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_hr_course_company_id_code")),
    )
    with op.batch_alter_table("hr_course", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_course_company_id"), ["company_id"], unique=False)

    op.create_table(
        "hr_cycle",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_hr_cycle_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_cycle_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_cycle")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_hr_cycle_company_id_name")),
    )
    with op.batch_alter_table("hr_cycle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_cycle_company_id"), ["company_id"], unique=False)

    op.create_table(
        "hr_insurance_plan",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_insurance_plan_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_insurance_plan")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_hr_insurance_plan_company_id_code")
        ),
    )
    with op.batch_alter_table("hr_insurance_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_insurance_plan_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "hr_leave_type",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("paid", sa.Boolean(), nullable=False),
        sa.Column("accrual", sa.String(length=8), nullable=False),
        sa.Column("days_year", Exact(6), nullable=False),
        sa.Column("carry_most", Exact(6), nullable=False),
        sa.Column("carry_months", sa.Integer(), nullable=False),
        sa.Column("overdraw", Exact(6), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "accrual IN ('yearly', 'monthly', 'none')", name=op.f("ck_hr_leave_type_accrual_known")
        ),
        sa.CheckConstraint(
            "carry_months BETWEEN 0 AND 12", name=op.f("ck_hr_leave_type_carry_months_sensible")
        ),
        sa.CheckConstraint(
            "days_year >= 0 AND carry_most >= 0 AND overdraw >= 0",
            name=op.f("ck_hr_leave_type_days_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_leave_type_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_leave_type")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_hr_leave_type_company_id_code")),
    )
    with op.batch_alter_table("hr_leave_type", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_leave_type_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "hr_rate_table",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_rate_table_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_rate_table")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_hr_rate_table_company_id_code")),
    )
    with op.batch_alter_table("hr_rate_table", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_rate_table_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "hr_shift",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("begins", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("hours", Exact(6), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_hr_shift_hours_positive")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_shift_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_shift")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_hr_shift_company_id_code")),
    )
    with op.batch_alter_table("hr_shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_shift_company_id"), ["company_id"], unique=False)

    op.create_table(
        "hr_structure",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_structure_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_structure")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_hr_structure_company_id_code")),
    )
    with op.batch_alter_table("hr_structure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_structure_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "hr_benefit_rate",
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("employee", Exact(3), nullable=False),
        sa.Column("employee_percent", Exact(4), nullable=False),
        sa.Column("employer", Exact(3), nullable=False),
        sa.Column("employer_percent", Exact(4), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "employee >= 0 AND employer >= 0 AND employee_percent >= 0 AND employer_percent >= 0",
            name=op.f("ck_hr_benefit_rate_shares_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["hr_benefit_plan.id"],
            name=op.f("fk_hr_benefit_rate_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_benefit_rate")),
        sa.UniqueConstraint("plan_id", "from_on", name=op.f("uq_hr_benefit_rate_plan_id_from_on")),
    )
    op.create_table(
        "hr_component",
        sa.Column("structure_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("formula", sa.String(length=500), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('input', 'info', 'earning', 'deduction', 'employer')",
            name=op.f("ck_hr_component_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"],
            ["hr_structure.id"],
            name=op.f("fk_hr_component_structure_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_component")),
        sa.UniqueConstraint("structure_id", "code", name=op.f("uq_hr_component_structure_id_code")),
    )
    op.create_table(
        "hr_department",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("head_id", Id, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_hr_department_not_below_itself")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_department_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["head_id"],
            ["base_party.id"],
            name=op.f("fk_hr_department_head_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["hr_department.id"],
            name=op.f("fk_hr_department_parent_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_department")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_hr_department_company_id_code")),
    )
    with op.batch_alter_table("hr_department", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_department_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_department_head_id"), ["head_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_department_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "hr_insurance_rate",
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("branch", sa.String(length=12), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("employee", Exact(4), nullable=False),
        sa.Column("employer", Exact(4), nullable=False),
        sa.Column("low", Exact(3), nullable=False),
        sa.Column("high", Exact(3), nullable=True),
        sa.Column("fixed", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "employee >= 0 AND employer >= 0", name=op.f("ck_hr_insurance_rate_rates_not_negative")
        ),
        sa.CheckConstraint("high >= low", name=op.f("ck_hr_insurance_rate_limits_in_order")),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["hr_insurance_plan.id"],
            name=op.f("fk_hr_insurance_rate_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_insurance_rate")),
        sa.UniqueConstraint(
            "plan_id", "branch", "from_on", name=op.f("uq_hr_insurance_rate_plan_id_branch_from_on")
        ),
    )
    op.create_table(
        "hr_material",
        sa.Column("course_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["hr_course.id"],
            name=op.f("fk_hr_material_course_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_material")),
    )
    with op.batch_alter_table("hr_material", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_material_course_id"), ["course_id"], unique=False)

    op.create_table(
        "hr_rate_row",
        sa.Column("table_id", Id, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=True),
        sa.Column("upto", Exact(3), nullable=True),
        sa.Column("value", Exact(9), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("key IS NULL OR upto IS NULL", name=op.f("ck_hr_rate_row_key_or_bound")),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["hr_rate_table.id"],
            name=op.f("fk_hr_rate_row_table_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_rate_row")),
    )
    with op.batch_alter_table("hr_rate_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_rate_row_table_id"), ["table_id"], unique=False)

    op.create_table(
        "hr_session",
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("course_id", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("trainer", sa.String(length=120), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'cancelled')", name=op.f("ck_hr_session_state_known")
        ),
        sa.CheckConstraint("seats > 0", name=op.f("ck_hr_session_seats_positive")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_session_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["hr_course.id"],
            name=op.f("fk_hr_session_course_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_session")),
    )
    with op.batch_alter_table("hr_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_session_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_session_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_session_on"), ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_session_state"), ["state"], unique=False)

    op.create_table(
        "hr_payroll",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("department_id", Id, nullable=True),
        sa.Column("pay_on", sa.Date(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("gross", Exact(3), nullable=False),
        sa.Column("deductions", Exact(3), nullable=False),
        sa.Column("net", Exact(3), nullable=False),
        sa.Column("employer", Exact(3), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("job_id", Id, nullable=True),
        sa.Column("told", sa.String(length=400), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('regular', 'correction')", name=op.f("ck_hr_payroll_kind_known")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'computing', 'computed', 'posted', 'cancelled')",
            name=op.f("ck_hr_payroll_state_known"),
        ),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_hr_payroll_month_known")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_payroll_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["hr_department.id"],
            name=op.f("fk_hr_payroll_department_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_payroll")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_hr_payroll_company_id_number")),
    )
    with op.batch_alter_table("hr_payroll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_payroll_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_payroll_department_id"), ["department_id"], unique=False
        )
        batch_op.create_index("ix_hr_payroll_month", ["company_id", "year", "month"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_payroll_state"), ["state"], unique=False)

    op.create_table(
        "hr_plan",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("department_id", Id, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("kind IN ('joining', 'leaving')", name=op.f("ck_hr_plan_kind_known")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_plan_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["hr_department.id"],
            name=op.f("fk_hr_plan_department_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_plan")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_hr_plan_company_id_name")),
    )
    with op.batch_alter_table("hr_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_plan_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_plan_department_id"), ["department_id"], unique=False
        )

    op.create_table(
        "hr_position",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("department_id", Id, nullable=True),
        sa.Column("description", sa.String(length=2000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_position_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["hr_department.id"],
            name=op.f("fk_hr_position_department_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_position")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_hr_position_company_id_code")),
    )
    with op.batch_alter_table("hr_position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_position_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_position_department_id"), ["department_id"], unique=False
        )

    op.create_table(
        "hr_employee",
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("party_id", Id, nullable=True),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("department_id", Id, nullable=True),
        sa.Column("position_id", Id, nullable=True),
        sa.Column("manager_id", Id, nullable=True),
        sa.Column("calendar_id", Id, nullable=True),
        sa.Column("work_email", sa.String(length=200), nullable=True),
        sa.Column("work_phone", sa.String(length=40), nullable=True),
        sa.Column("badge", sa.String(length=60), nullable=True),
        sa.Column("pin", sa.String(length=255), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("leave_reason", sa.String(length=200), nullable=True),
        sa.Column("birth_on", sa.Date(), nullable=True),
        sa.Column("identity_number", sa.Text(), nullable=True),
        sa.Column("private_address", sa.Text(), nullable=True),
        sa.Column("private_phone", sa.Text(), nullable=True),
        sa.Column("private_email", sa.Text(), nullable=True),
        sa.Column("emergency_contact", sa.Text(), nullable=True),
        sa.Column("bank", sa.String(length=120), nullable=True),
        sa.Column("bank_code", sa.String(length=20), nullable=True),
        sa.Column("bank_account", sa.Text(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'active', 'left')", name=op.f("ck_hr_employee_state_known")
        ),
        sa.CheckConstraint("left_on >= joined_on", name=op.f("ck_hr_employee_left_after_joining")),
        sa.CheckConstraint("manager_id <> id", name=op.f("ck_hr_employee_not_their_own_manager")),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["base_calendar.id"],
            name=op.f("fk_hr_employee_calendar_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_employee_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["hr_department.id"],
            name=op.f("fk_hr_employee_department_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_employee_manager_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_hr_employee_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["hr_position.id"],
            name=op.f("fk_hr_employee_position_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["core_user.id"], name=op.f("fk_hr_employee_user_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_employee")),
        sa.UniqueConstraint("company_id", "badge", name=op.f("uq_hr_employee_company_id_badge")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_hr_employee_company_id_number")),
        sa.UniqueConstraint(
            "company_id", "user_id", name=op.f("uq_hr_employee_company_id_user_id")
        ),
    )
    with op.batch_alter_table("hr_employee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_employee_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_employee_department_id"), ["department_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_employee_joined_on"), ["joined_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_employee_manager_id"), ["manager_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_employee_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_employee_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_employee_position_id"), ["position_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_employee_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_employee_user_id"), ["user_id"], unique=False)

    op.create_table(
        "hr_opening",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("department_id", Id, nullable=True),
        sa.Column("position_id", Id, nullable=True),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("hired", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=4000), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'published', 'closed')", name=op.f("ck_hr_opening_state_known")
        ),
        sa.CheckConstraint("wanted > 0", name=op.f("ck_hr_opening_wanted_positive")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_opening_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["hr_department.id"],
            name=op.f("fk_hr_opening_department_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["hr_position.id"],
            name=op.f("fk_hr_opening_position_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_opening")),
    )
    with op.batch_alter_table("hr_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_opening_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_opening_department_id"), ["department_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_opening_position_id"), ["position_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_opening_state"), ["state"], unique=False)

    op.create_table(
        "hr_plan_line",
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=8), nullable=False),
        sa.Column("days", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["hr_plan.id"], name=op.f("fk_hr_plan_line_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_plan_line")),
    )
    with op.batch_alter_table("hr_plan_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_plan_line_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "hr_transfer",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("payroll_id", Id, nullable=False),
        sa.Column("format", sa.String(length=4), nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("format IN ('cn', 'iso')", name=op.f("ck_hr_transfer_format_known")),
        sa.CheckConstraint(
            "state IN ('draft', 'paid', 'cancelled')", name=op.f("ck_hr_transfer_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_transfer_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payroll_id"],
            ["hr_payroll.id"],
            name=op.f("fk_hr_transfer_payroll_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_transfer")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_hr_transfer_company_id_number")),
    )
    with op.batch_alter_table("hr_transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_transfer_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_transfer_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_hr_transfer_payroll",
            ["payroll_id"],
            unique=True,
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        )

    op.create_table(
        "hr_advance",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("paid_by", sa.String(length=4), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("keep_from", sa.Date(), nullable=True),
        sa.Column("instalments", Id, nullable=False),
        sa.Column("settled", Exact(3), nullable=False),
        sa.Column("repaid", Exact(3), nullable=False),
        sa.Column("repaid_on", sa.Date(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'paid', 'settled', 'cancelled')",
            name=op.f("ck_hr_advance_state_known"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_hr_advance_amount_positive")),
        sa.CheckConstraint(
            "instalments BETWEEN 0 AND 60", name=op.f("ck_hr_advance_instalments_within")
        ),
        sa.CheckConstraint(
            "settled BETWEEN 0 AND amount", name=op.f("ck_hr_advance_settled_within")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_advance_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_advance_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_advance")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_hr_advance_company_id_number")),
    )
    with op.batch_alter_table("hr_advance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_advance_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_advance_employee_id"), ["employee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_advance_state"), ["state"], unique=False)

    op.create_table(
        "hr_agreement",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("wording", sa.String(length=8000), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("signed_at", Moment(), nullable=True),
        sa.Column("signed_by", sa.String(length=120), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'signed', 'withdrawn')", name=op.f("ck_hr_agreement_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_agreement_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_agreement_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_agreement")),
    )
    with op.batch_alter_table("hr_agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_agreement_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_agreement_employee_id"), ["employee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_agreement_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_agreement_valid_until"), ["valid_until"], unique=False
        )

    op.create_table(
        "hr_applicant",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("opening_id", Id, nullable=True),
        sa.Column("stage_id", Id, nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("letter", sa.String(length=4000), nullable=True),
        sa.Column("refused_reason", sa.String(length=200), nullable=True),
        sa.Column("employee_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'hired', 'refused')", name=op.f("ck_hr_applicant_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_applicant_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_applicant_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"],
            ["hr_opening.id"],
            name=op.f("fk_hr_applicant_opening_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"],
            ["hr_applicant_stage.id"],
            name=op.f("fk_hr_applicant_stage_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_applicant")),
    )
    with op.batch_alter_table("hr_applicant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_applicant_applied_on"), ["applied_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_applicant_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_applicant_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_applicant_employee_id"), ["employee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_applicant_name"), ["name"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_applicant_opening_id"), ["opening_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_applicant_stage_id"), ["stage_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_applicant_state"), ["state"], unique=False)

    op.create_table(
        "hr_appraisal",
        sa.Column("cycle_id", Id, nullable=False),
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("manager_id", Id, nullable=True),
        sa.Column("name", sa.String(length=210), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("rating", Exact(4), nullable=True),
        sa.Column("self_review", sa.String(length=4000), nullable=True),
        sa.Column("review", sa.String(length=4000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('goals', 'review', 'done')", name=op.f("ck_hr_appraisal_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_appraisal_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"],
            ["hr_cycle.id"],
            name=op.f("fk_hr_appraisal_cycle_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_appraisal_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_appraisal_manager_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_appraisal")),
        sa.UniqueConstraint(
            "cycle_id", "employee_id", name=op.f("uq_hr_appraisal_cycle_id_employee_id")
        ),
    )
    with op.batch_alter_table("hr_appraisal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_appraisal_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_appraisal_employee_id"), ["employee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_appraisal_manager_id"), ["manager_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_appraisal_state"), ["state"], unique=False)

    op.create_table(
        "hr_attendance",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("came_at", Moment(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.Column("break_minutes", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("hours", Exact(6), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("came_where", sa.String(length=60), nullable=True),
        sa.Column("left_where", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("break_minutes >= 0", name=op.f("ck_hr_attendance_break_not_negative")),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_hr_attendance_hours_not_negative")),
        sa.CheckConstraint("left_at > came_at", name=op.f("ck_hr_attendance_left_after_coming")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_attendance_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_attendance_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_attendance")),
    )
    with op.batch_alter_table("hr_attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_attendance_came_at"), ["came_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_attendance_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index("ix_hr_attendance_employee_day", ["employee_id", "on"], unique=False)
        batch_op.create_index(
            "uq_hr_attendance_here",
            ["employee_id"],
            unique=True,
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )

    op.create_table(
        "hr_benefit_enrolment",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("employee_share", Exact(3), nullable=True),
        sa.Column("employer_share", Exact(3), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "employee_share >= 0 AND employer_share >= 0",
            name=op.f("ck_hr_benefit_enrolment_shares_not_negative"),
        ),
        sa.CheckConstraint(
            "until_on >= from_on", name=op.f("ck_hr_benefit_enrolment_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_benefit_enrolment_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_benefit_enrolment_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["hr_benefit_plan.id"],
            name=op.f("fk_hr_benefit_enrolment_plan_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_benefit_enrolment")),
    )
    with op.batch_alter_table("hr_benefit_enrolment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_benefit_enrolment_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_benefit_enrolment_employee_id"), ["employee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_benefit_enrolment_plan_id"), ["plan_id"], unique=False
        )

    op.create_table(
        "hr_certificate",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("course_id", Id, nullable=True),
        sa.Column("session_id", Id, nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "valid_until >= given_on", name=op.f("ck_hr_certificate_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_certificate_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["course_id"],
            ["hr_course.id"],
            name=op.f("fk_hr_certificate_course_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_certificate_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["hr_session.id"],
            name=op.f("fk_hr_certificate_session_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_certificate")),
    )
    with op.batch_alter_table("hr_certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_certificate_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_certificate_course_id"), ["course_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_certificate_employee_id"), ["employee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_certificate_session_id"), ["session_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_certificate_valid_until"), ["valid_until"], unique=False
        )

    op.create_table(
        "hr_claim",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("set_off", Exact(3), nullable=False),
        sa.Column("decided_by_id", Id, nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'refused')",
            name=op.f("ck_hr_claim_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_claim_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["core_user.id"],
            name=op.f("fk_hr_claim_decided_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_claim_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_claim")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_hr_claim_company_id_number")),
    )
    with op.batch_alter_table("hr_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_claim_claimed_on"), ["claimed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_claim_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_claim_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_claim_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_claim_state"), ["state"], unique=False)

    op.create_table(
        "hr_contract",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("probation_until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'active', 'ended', 'cancelled')",
            name=op.f("ck_hr_contract_state_known"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_hr_contract_ends_after_start")),
        sa.CheckConstraint(
            "probation_until >= starts_on", name=op.f("ck_hr_contract_probation_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_contract_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_contract_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_contract")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_hr_contract_company_id_number")),
    )
    with op.batch_alter_table("hr_contract", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_contract_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            "ix_hr_contract_employee_dates", ["employee_id", "starts_on", "ends_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_contract_probation_until"), ["probation_until"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_contract_state"), ["state"], unique=False)

    op.create_table(
        "hr_entitlement",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("type_id", Id, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("granted", Exact(6), nullable=False),
        sa.Column("carried", Exact(6), nullable=False),
        sa.Column("carried_until", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "granted >= 0 AND carried >= 0", name=op.f("ck_hr_entitlement_days_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_entitlement_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_entitlement_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["type_id"],
            ["hr_leave_type.id"],
            name=op.f("fk_hr_entitlement_type_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_entitlement")),
        sa.UniqueConstraint(
            "employee_id",
            "type_id",
            "year",
            name=op.f("uq_hr_entitlement_employee_id_type_id_year"),
        ),
    )
    with op.batch_alter_table("hr_entitlement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_entitlement_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_entitlement_type_id"), ["type_id"], unique=False)

    op.create_table(
        "hr_leave_request",
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("type_id", Id, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("half_first", sa.Boolean(), nullable=False),
        sa.Column("half_last", sa.Boolean(), nullable=False),
        sa.Column("days", Exact(6), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("decided_by_id", Id, nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'asked', 'approved', 'refused', 'cancelled')",
            name=op.f("ck_hr_leave_request_state_known"),
        ),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_hr_leave_request_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_leave_request_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["core_user.id"],
            name=op.f("fk_hr_leave_request_decided_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_leave_request_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["type_id"],
            ["hr_leave_type.id"],
            name=op.f("fk_hr_leave_request_type_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_leave_request")),
    )
    with op.batch_alter_table("hr_leave_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_leave_request_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_leave_request_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_hr_leave_request_employee_dates",
            ["employee_id", "first_on", "last_on"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_hr_leave_request_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_leave_request_type_id"), ["type_id"], unique=False)

    op.create_table(
        "hr_participant",
        sa.Column("session_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(length=8), nullable=True),
        sa.Column("comment", sa.String(length=200), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_participant_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["hr_session.id"],
            name=op.f("fk_hr_participant_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_participant")),
        sa.UniqueConstraint(
            "session_id", "employee_id", name=op.f("uq_hr_participant_session_id_employee_id")
        ),
    )
    with op.batch_alter_table("hr_participant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_participant_employee_id"), ["employee_id"], unique=False
        )

    op.create_table(
        "hr_pay_input",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_hr_pay_input_month_known")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_pay_input_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_pay_input_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_pay_input")),
    )
    with op.batch_alter_table("hr_pay_input", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_pay_input_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_pay_input_employee_id"), ["employee_id"], unique=False
        )
        batch_op.create_index(
            "ix_hr_pay_input_month", ["company_id", "year", "month"], unique=False
        )
        batch_op.create_index(
            "uq_hr_pay_input_once_a_year",
            ["employee_id", "year"],
            unique=True,
            sqlite_where=sa.text("code = 'annual_bonus'"),
            postgresql_where=sa.text("code = 'annual_bonus'"),
        )

    op.create_table(
        "hr_pay_total",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_pay_total_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("employee_id", "year", "code", name=op.f("pk_hr_pay_total")),
    )
    op.create_table(
        "hr_roster",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("shift_id", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_roster_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_roster_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["shift_id"], ["hr_shift.id"], name=op.f("fk_hr_roster_shift_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_roster")),
        sa.UniqueConstraint("employee_id", "on", name=op.f("uq_hr_roster_employee_id_on")),
    )
    with op.batch_alter_table("hr_roster", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_roster_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_roster_on"), ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_roster_shift_id"), ["shift_id"], unique=False)

    op.create_table(
        "hr_task",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("plan_id", Id, nullable=True),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("who", sa.String(length=8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'skipped')", name=op.f("ck_hr_task_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_task_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_task_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["hr_plan.id"], name=op.f("fk_hr_task_plan_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_task")),
    )
    with op.batch_alter_table("hr_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_task_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_task_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_task_employee_id"), ["employee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_task_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_task_state"), ["state"], unique=False)

    op.create_table(
        "hr_tax_deduction",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_hr_tax_deduction_amount_positive")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_hr_tax_deduction_dates_in_order")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_tax_deduction_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_tax_deduction_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_tax_deduction")),
    )
    with op.batch_alter_table("hr_tax_deduction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_tax_deduction_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_tax_deduction_employee_id"), ["employee_id"], unique=False
        )

    op.create_table(
        "hr_transfer_line",
        sa.Column("transfer_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("bank", sa.String(length=120), nullable=True),
        sa.Column("bank_code", sa.String(length=20), nullable=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_hr_transfer_line_amount_positive")),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_transfer_line_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["hr_transfer.id"],
            name=op.f("fk_hr_transfer_line_transfer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_transfer_line")),
        sa.UniqueConstraint(
            "transfer_id", "employee_id", name=op.f("uq_hr_transfer_line_transfer_id_employee_id")
        ),
    )
    with op.batch_alter_table("hr_transfer_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_transfer_line_employee_id"), ["employee_id"], unique=False
        )

    op.create_table(
        "hr_absence_day",
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("type_id", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("part", Exact(6), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_absence_day_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_absence_day_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["hr_leave_request.id"],
            name=op.f("fk_hr_absence_day_request_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["type_id"],
            ["hr_leave_type.id"],
            name=op.f("fk_hr_absence_day_type_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_absence_day")),
        sa.UniqueConstraint("employee_id", "on", name=op.f("uq_hr_absence_day_employee_id_on")),
    )
    with op.batch_alter_table("hr_absence_day", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_absence_day_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index("ix_hr_absence_day_on", ["on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_absence_day_request_id"), ["request_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_absence_day_type_id"), ["type_id"], unique=False)

    op.create_table(
        "hr_claim_line",
        sa.Column("claim_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("category_id", Id, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("paid", Exact(3), nullable=True),
        sa.Column("rate", Exact(9), nullable=True),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_hr_claim_line_amount_positive")),
        sa.CheckConstraint("paid > 0", name=op.f("ck_hr_claim_line_paid_positive")),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["base_category.id"],
            name=op.f("fk_hr_claim_line_category_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["hr_claim.id"],
            name=op.f("fk_hr_claim_line_claim_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_claim_line")),
    )
    with op.batch_alter_table("hr_claim_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_claim_line_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "hr_contract_term",
        sa.Column("contract_id", Id, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("wage", Exact(3), nullable=False),
        sa.Column("hours_week", Exact(6), nullable=False),
        sa.Column("calendar_id", Id, nullable=True),
        sa.Column("structure_id", Id, nullable=True),
        sa.Column("insurance_id", Id, nullable=True),
        sa.Column("social_base", Exact(3), nullable=True),
        sa.Column("housing_base", Exact(3), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("hours_week > 0", name=op.f("ck_hr_contract_term_hours_positive")),
        sa.CheckConstraint("wage >= 0", name=op.f("ck_hr_contract_term_wage_not_negative")),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["base_calendar.id"],
            name=op.f("fk_hr_contract_term_calendar_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["hr_contract.id"],
            name=op.f("fk_hr_contract_term_contract_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["insurance_id"],
            ["hr_insurance_plan.id"],
            name=op.f("fk_hr_contract_term_insurance_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"],
            ["hr_structure.id"],
            name=op.f("fk_hr_contract_term_structure_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_contract_term")),
        sa.UniqueConstraint(
            "contract_id", "from_on", name=op.f("uq_hr_contract_term_contract_id_from_on")
        ),
    )
    op.create_table(
        "hr_feedback",
        sa.Column("appraisal_id", Id, nullable=False),
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("relation", sa.String(length=8), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("strengths", sa.String(length=2000), nullable=True),
        sa.Column("wishes", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'given', 'declined')", name=op.f("ck_hr_feedback_state_known")
        ),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_hr_feedback_rating_sensible")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"],
            ["hr_appraisal.id"],
            name=op.f("fk_hr_feedback_appraisal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_feedback_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_feedback_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_feedback")),
        sa.UniqueConstraint(
            "appraisal_id", "employee_id", name=op.f("uq_hr_feedback_appraisal_id_employee_id")
        ),
    )
    with op.batch_alter_table("hr_feedback", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_feedback_company_id"), ["company_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_feedback_employee_id"), ["employee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_feedback_state"), ["state"], unique=False)

    op.create_table(
        "hr_goal",
        sa.Column("appraisal_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("what", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=True),
        sa.Column("weight", Exact(4), nullable=False),
        sa.Column("own_rating", sa.Integer(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(length=500), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_hr_goal_rating_sensible")),
        sa.CheckConstraint("weight >= 0", name=op.f("ck_hr_goal_weight_not_negative")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"],
            ["hr_appraisal.id"],
            name=op.f("fk_hr_goal_appraisal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_goal")),
    )
    with op.batch_alter_table("hr_goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_goal_appraisal_id"), ["appraisal_id"], unique=False)

    op.create_table(
        "hr_interview",
        sa.Column("applicant_id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("interviewer_id", Id, nullable=True),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("verdict", sa.String(length=8), nullable=True),
        sa.Column("score", Exact(4), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["hr_applicant.id"],
            name=op.f("fk_hr_interview_applicant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_interview_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"],
            ["core_user.id"],
            name=op.f("fk_hr_interview_interviewer_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_interview")),
    )
    with op.batch_alter_table("hr_interview", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_interview_applicant_id"), ["applicant_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_interview_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hr_interview_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hr_interview_interviewer_id"), ["interviewer_id"], unique=False
        )

    op.create_table(
        "hr_offer",
        sa.Column("applicant_id", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("wage", Exact(3), nullable=False),
        sa.Column("hours_week", Exact(6), nullable=False),
        sa.Column("probation_months", sa.Integer(), nullable=False),
        sa.Column("calendar_id", Id, nullable=True),
        sa.Column("structure_id", Id, nullable=True),
        sa.Column("insurance_id", Id, nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'accepted', 'declined')",
            name=op.f("ck_hr_offer_state_known"),
        ),
        sa.CheckConstraint("wage >= 0", name=op.f("ck_hr_offer_wage_not_negative")),
        sa.ForeignKeyConstraint(
            ["applicant_id"],
            ["hr_applicant.id"],
            name=op.f("fk_hr_offer_applicant_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["base_calendar.id"],
            name=op.f("fk_hr_offer_calendar_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_offer_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["insurance_id"],
            ["hr_insurance_plan.id"],
            name=op.f("fk_hr_offer_insurance_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["structure_id"],
            ["hr_structure.id"],
            name=op.f("fk_hr_offer_structure_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_offer")),
    )
    with op.batch_alter_table("hr_offer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_offer_applicant_id"), ["applicant_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hr_offer_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_offer_state"), ["state"], unique=False)

    op.create_table(
        "hr_payslip",
        sa.Column("payroll_id", Id, nullable=False),
        sa.Column("employee_id", Id, nullable=False),
        sa.Column("contract_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("gross", Exact(3), nullable=False),
        sa.Column("deductions", Exact(3), nullable=False),
        sa.Column("net", Exact(3), nullable=False),
        sa.Column("employer", Exact(3), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_hr_payslip_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["hr_contract.id"],
            name=op.f("fk_hr_payslip_contract_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["hr_employee.id"],
            name=op.f("fk_hr_payslip_employee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payroll_id"],
            ["hr_payroll.id"],
            name=op.f("fk_hr_payslip_payroll_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_payslip")),
    )
    with op.batch_alter_table("hr_payslip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hr_payslip_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hr_payslip_payroll_id"), ["payroll_id"], unique=False)
        batch_op.create_index(
            "uq_hr_payslip_month",
            ["employee_id", "year", "month"],
            unique=True,
            sqlite_where=sa.text("kind = 'regular'"),
            postgresql_where=sa.text("kind = 'regular'"),
        )

    op.create_table(
        "hr_kept_back",
        sa.Column("payslip_id", Id, nullable=False),
        sa.Column("advance_id", Id, nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("still_owed", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["advance_id"],
            ["hr_advance.id"],
            name=op.f("fk_hr_kept_back_advance_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payslip_id"],
            ["hr_payslip.id"],
            name=op.f("fk_hr_kept_back_payslip_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_kept_back")),
        sa.UniqueConstraint(
            "payslip_id", "advance_id", name=op.f("uq_hr_kept_back_payslip_id_advance_id")
        ),
    )
    with op.batch_alter_table("hr_kept_back", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_kept_back_advance_id"), ["advance_id"], unique=False
        )

    op.create_table(
        "hr_payslip_line",
        sa.Column("payslip_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["payslip_id"],
            ["hr_payslip.id"],
            name=op.f("fk_hr_payslip_line_payslip_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_payslip_line")),
    )
    with op.batch_alter_table("hr_payslip_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_payslip_line_payslip_id"), ["payslip_id"], unique=False
        )

    op.create_table(
        "hr_score",
        sa.Column("interview_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("criterion", sa.String(length=80), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(length=200), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_hr_score_score_sensible")),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["hr_interview.id"],
            name=op.f("fk_hr_score_interview_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hr_score")),
    )
    with op.batch_alter_table("hr_score", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hr_score_interview_id"), ["interview_id"], unique=False
        )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    with op.batch_alter_table("hr_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_score_interview_id"))

    op.drop_table("hr_score")
    with op.batch_alter_table("hr_payslip_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_payslip_line_payslip_id"))

    op.drop_table("hr_payslip_line")
    with op.batch_alter_table("hr_kept_back", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_kept_back_advance_id"))

    op.drop_table("hr_kept_back")
    with op.batch_alter_table("hr_payslip", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hr_payslip_month",
            sqlite_where=sa.text("kind = 'regular'"),
            postgresql_where=sa.text("kind = 'regular'"),
        )
        batch_op.drop_index(batch_op.f("ix_hr_payslip_payroll_id"))
        batch_op.drop_index(batch_op.f("ix_hr_payslip_company_id"))

    op.drop_table("hr_payslip")
    with op.batch_alter_table("hr_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_offer_state"))
        batch_op.drop_index(batch_op.f("ix_hr_offer_company_id"))
        batch_op.drop_index(batch_op.f("ix_hr_offer_applicant_id"))

    op.drop_table("hr_offer")
    with op.batch_alter_table("hr_interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_interview_interviewer_id"))
        batch_op.drop_index(batch_op.f("ix_hr_interview_company_id"))
        batch_op.drop_index(batch_op.f("ix_hr_interview_at"))
        batch_op.drop_index(batch_op.f("ix_hr_interview_applicant_id"))

    op.drop_table("hr_interview")
    with op.batch_alter_table("hr_goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_goal_appraisal_id"))

    op.drop_table("hr_goal")
    with op.batch_alter_table("hr_feedback", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_feedback_state"))
        batch_op.drop_index(batch_op.f("ix_hr_feedback_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_feedback_company_id"))

    op.drop_table("hr_feedback")
    op.drop_table("hr_contract_term")
    with op.batch_alter_table("hr_claim_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_claim_line_claim_id"))

    op.drop_table("hr_claim_line")
    with op.batch_alter_table("hr_absence_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_absence_day_type_id"))
        batch_op.drop_index(batch_op.f("ix_hr_absence_day_request_id"))
        batch_op.drop_index("ix_hr_absence_day_on")
        batch_op.drop_index(batch_op.f("ix_hr_absence_day_company_id"))

    op.drop_table("hr_absence_day")
    with op.batch_alter_table("hr_transfer_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_transfer_line_employee_id"))

    op.drop_table("hr_transfer_line")
    with op.batch_alter_table("hr_tax_deduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_tax_deduction_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_tax_deduction_company_id"))

    op.drop_table("hr_tax_deduction")
    with op.batch_alter_table("hr_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_task_state"))
        batch_op.drop_index(batch_op.f("ix_hr_task_plan_id"))
        batch_op.drop_index(batch_op.f("ix_hr_task_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_task_due_on"))
        batch_op.drop_index(batch_op.f("ix_hr_task_company_id"))

    op.drop_table("hr_task")
    with op.batch_alter_table("hr_roster", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_roster_shift_id"))
        batch_op.drop_index(batch_op.f("ix_hr_roster_on"))
        batch_op.drop_index(batch_op.f("ix_hr_roster_company_id"))

    op.drop_table("hr_roster")
    op.drop_table("hr_pay_total")
    with op.batch_alter_table("hr_pay_input", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hr_pay_input_once_a_year",
            sqlite_where=sa.text("code = 'annual_bonus'"),
            postgresql_where=sa.text("code = 'annual_bonus'"),
        )
        batch_op.drop_index("ix_hr_pay_input_month")
        batch_op.drop_index(batch_op.f("ix_hr_pay_input_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_pay_input_company_id"))

    op.drop_table("hr_pay_input")
    with op.batch_alter_table("hr_participant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_participant_employee_id"))

    op.drop_table("hr_participant")
    with op.batch_alter_table("hr_leave_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_leave_request_type_id"))
        batch_op.drop_index(batch_op.f("ix_hr_leave_request_state"))
        batch_op.drop_index("ix_hr_leave_request_employee_dates")
        batch_op.drop_index(batch_op.f("ix_hr_leave_request_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_hr_leave_request_company_id"))

    op.drop_table("hr_leave_request")
    with op.batch_alter_table("hr_entitlement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_entitlement_type_id"))
        batch_op.drop_index(batch_op.f("ix_hr_entitlement_company_id"))

    op.drop_table("hr_entitlement")
    with op.batch_alter_table("hr_contract", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_contract_state"))
        batch_op.drop_index(batch_op.f("ix_hr_contract_probation_until"))
        batch_op.drop_index("ix_hr_contract_employee_dates")
        batch_op.drop_index(batch_op.f("ix_hr_contract_company_id"))

    op.drop_table("hr_contract")
    with op.batch_alter_table("hr_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_claim_state"))
        batch_op.drop_index(batch_op.f("ix_hr_claim_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_claim_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_hr_claim_company_id"))
        batch_op.drop_index(batch_op.f("ix_hr_claim_claimed_on"))

    op.drop_table("hr_claim")
    with op.batch_alter_table("hr_certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_certificate_valid_until"))
        batch_op.drop_index(batch_op.f("ix_hr_certificate_session_id"))
        batch_op.drop_index(batch_op.f("ix_hr_certificate_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_certificate_course_id"))
        batch_op.drop_index(batch_op.f("ix_hr_certificate_company_id"))

    op.drop_table("hr_certificate")
    with op.batch_alter_table("hr_benefit_enrolment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_benefit_enrolment_plan_id"))
        batch_op.drop_index(batch_op.f("ix_hr_benefit_enrolment_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_benefit_enrolment_company_id"))

    op.drop_table("hr_benefit_enrolment")
    with op.batch_alter_table("hr_attendance", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hr_attendance_here",
            sqlite_where=sa.text("left_at IS NULL"),
            postgresql_where=sa.text("left_at IS NULL"),
        )
        batch_op.drop_index("ix_hr_attendance_employee_day")
        batch_op.drop_index(batch_op.f("ix_hr_attendance_company_id"))
        batch_op.drop_index(batch_op.f("ix_hr_attendance_came_at"))

    op.drop_table("hr_attendance")
    with op.batch_alter_table("hr_appraisal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_appraisal_state"))
        batch_op.drop_index(batch_op.f("ix_hr_appraisal_manager_id"))
        batch_op.drop_index(batch_op.f("ix_hr_appraisal_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_appraisal_company_id"))

    op.drop_table("hr_appraisal")
    with op.batch_alter_table("hr_applicant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_applicant_state"))
        batch_op.drop_index(batch_op.f("ix_hr_applicant_stage_id"))
        batch_op.drop_index(batch_op.f("ix_hr_applicant_opening_id"))
        batch_op.drop_index(batch_op.f("ix_hr_applicant_name"))
        batch_op.drop_index(batch_op.f("ix_hr_applicant_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_applicant_email"))
        batch_op.drop_index(batch_op.f("ix_hr_applicant_company_id"))
        batch_op.drop_index(batch_op.f("ix_hr_applicant_applied_on"))

    op.drop_table("hr_applicant")
    with op.batch_alter_table("hr_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_agreement_valid_until"))
        batch_op.drop_index(batch_op.f("ix_hr_agreement_state"))
        batch_op.drop_index(batch_op.f("ix_hr_agreement_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_agreement_company_id"))

    op.drop_table("hr_agreement")
    with op.batch_alter_table("hr_advance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_advance_state"))
        batch_op.drop_index(batch_op.f("ix_hr_advance_employee_id"))
        batch_op.drop_index(batch_op.f("ix_hr_advance_company_id"))

    op.drop_table("hr_advance")
    with op.batch_alter_table("hr_transfer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hr_transfer_payroll",
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        )
        batch_op.drop_index(batch_op.f("ix_hr_transfer_state"))
        batch_op.drop_index(batch_op.f("ix_hr_transfer_company_id"))

    op.drop_table("hr_transfer")
    with op.batch_alter_table("hr_plan_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_plan_line_plan_id"))

    op.drop_table("hr_plan_line")
    with op.batch_alter_table("hr_opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_opening_state"))
        batch_op.drop_index(batch_op.f("ix_hr_opening_position_id"))
        batch_op.drop_index(batch_op.f("ix_hr_opening_department_id"))
        batch_op.drop_index(batch_op.f("ix_hr_opening_company_id"))

    op.drop_table("hr_opening")
    with op.batch_alter_table("hr_employee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_employee_user_id"))
        batch_op.drop_index(batch_op.f("ix_hr_employee_state"))
        batch_op.drop_index(batch_op.f("ix_hr_employee_position_id"))
        batch_op.drop_index(batch_op.f("ix_hr_employee_party_id"))
        batch_op.drop_index(batch_op.f("ix_hr_employee_name"))
        batch_op.drop_index(batch_op.f("ix_hr_employee_manager_id"))
        batch_op.drop_index(batch_op.f("ix_hr_employee_joined_on"))
        batch_op.drop_index(batch_op.f("ix_hr_employee_department_id"))
        batch_op.drop_index(batch_op.f("ix_hr_employee_company_id"))

    op.drop_table("hr_employee")
    with op.batch_alter_table("hr_position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_position_department_id"))
        batch_op.drop_index(batch_op.f("ix_hr_position_company_id"))

    op.drop_table("hr_position")
    with op.batch_alter_table("hr_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_plan_department_id"))
        batch_op.drop_index(batch_op.f("ix_hr_plan_company_id"))

    op.drop_table("hr_plan")
    with op.batch_alter_table("hr_payroll", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_payroll_state"))
        batch_op.drop_index("ix_hr_payroll_month")
        batch_op.drop_index(batch_op.f("ix_hr_payroll_department_id"))
        batch_op.drop_index(batch_op.f("ix_hr_payroll_company_id"))

    op.drop_table("hr_payroll")
    with op.batch_alter_table("hr_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_session_state"))
        batch_op.drop_index(batch_op.f("ix_hr_session_on"))
        batch_op.drop_index(batch_op.f("ix_hr_session_course_id"))
        batch_op.drop_index(batch_op.f("ix_hr_session_company_id"))

    op.drop_table("hr_session")
    with op.batch_alter_table("hr_rate_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_rate_row_table_id"))

    op.drop_table("hr_rate_row")
    with op.batch_alter_table("hr_material", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_material_course_id"))

    op.drop_table("hr_material")
    op.drop_table("hr_insurance_rate")
    with op.batch_alter_table("hr_department", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_department_parent_id"))
        batch_op.drop_index(batch_op.f("ix_hr_department_head_id"))
        batch_op.drop_index(batch_op.f("ix_hr_department_company_id"))

    op.drop_table("hr_department")
    op.drop_table("hr_component")
    op.drop_table("hr_benefit_rate")
    with op.batch_alter_table("hr_structure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_structure_company_id"))

    op.drop_table("hr_structure")
    with op.batch_alter_table("hr_shift", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_shift_company_id"))

    op.drop_table("hr_shift")
    with op.batch_alter_table("hr_rate_table", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_rate_table_company_id"))

    op.drop_table("hr_rate_table")
    with op.batch_alter_table("hr_leave_type", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_leave_type_company_id"))

    op.drop_table("hr_leave_type")
    with op.batch_alter_table("hr_insurance_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_insurance_plan_company_id"))

    op.drop_table("hr_insurance_plan")
    with op.batch_alter_table("hr_cycle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_cycle_company_id"))

    op.drop_table("hr_cycle")
    with op.batch_alter_table("hr_course", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_course_company_id"))

    op.drop_table("hr_course")
    with op.batch_alter_table("hr_benefit_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_benefit_plan_company_id"))

    op.drop_table("hr_benefit_plan")
    with op.batch_alter_table("hr_applicant_stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hr_applicant_stage_company_id"))

    op.drop_table("hr_applicant_stage")
