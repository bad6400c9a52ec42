"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id, Moment
from dougong_production.protections import protect_all, unprotect_all

revision = "production_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"base": "base_0001", "core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "production_master_plan",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_master_plan_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_master_plan")),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_production_master_plan_company_id_name")
        ),
    )
    with op.batch_alter_table("production_master_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_master_plan_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "production_plan_run",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("busy", sa.Boolean(), nullable=True),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("periods", Id, nullable=False),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("job_id", Id, nullable=True),
        sa.Column("items", Id, nullable=False),
        sa.Column("proposed", Id, nullable=False),
        sa.Column("late", Id, nullable=False),
        sa.Column("warnings", Id, nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("message", sa.String(length=400), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("periods >= 1", name=op.f("ck_production_plan_run_periods_positive")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_plan_run_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_plan_run")),
        sa.UniqueConstraint(
            "company_id", "busy", name=op.f("uq_production_plan_run_company_id_busy")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_production_plan_run_company_id_number")
        ),
    )
    with op.batch_alter_table("production_plan_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_plan_run_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "production_schedule",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("busy", sa.Boolean(), nullable=True),
        sa.Column("days", Id, nullable=False),
        sa.Column("seconds", Id, nullable=False),
        sa.Column("repeatable", sa.Boolean(), nullable=False),
        sa.Column("frozen_hours", Id, nullable=False),
        sa.Column("extra_hours", Exact(6), nullable=False),
        sa.Column("start_at", Moment(), nullable=True),
        sa.Column("job_id", Id, nullable=True),
        sa.Column("base_id", Id, nullable=True),
        sa.Column("result", sa.String(length=12), nullable=True),
        sa.Column("tardiness", Id, nullable=False),
        sa.Column("makespan", Id, nullable=False),
        sa.Column("late", Id, nullable=False),
        sa.Column("message", sa.String(length=400), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "days >= 1 AND days <= 120", name=op.f("ck_production_schedule_days_possible")
        ),
        sa.CheckConstraint(
            "extra_hours >= 0", name=op.f("ck_production_schedule_extra_not_negative")
        ),
        sa.CheckConstraint(
            "frozen_hours >= 0", name=op.f("ck_production_schedule_frozen_not_negative")
        ),
        sa.CheckConstraint(
            "seconds >= 1 AND seconds <= 3600", name=op.f("ck_production_schedule_seconds_possible")
        ),
        sa.ForeignKeyConstraint(
            ["base_id"],
            ["production_schedule.id"],
            name=op.f("fk_production_schedule_base_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_schedule_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_schedule")),
    )
    with op.batch_alter_table("production_schedule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_schedule_base_id"), ["base_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_schedule_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index("uq_production_schedule_busy", ["company_id", "busy"], unique=True)

    op.create_table(
        "production_work_centre",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("group_name", sa.String(length=60), nullable=True),
        sa.Column("calendar_id", Id, nullable=True),
        sa.Column("hours_a_day", Exact(6), nullable=False),
        sa.Column("capacity", Id, nullable=False),
        sa.Column("efficiency", Exact(4), nullable=False),
        sa.Column("labour_rate", Exact(6), nullable=False),
        sa.Column("overhead_rate", Exact(6), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "capacity > 0", name=op.f("ck_production_work_centre_capacity_positive")
        ),
        sa.CheckConstraint(
            "efficiency > 0", name=op.f("ck_production_work_centre_efficiency_positive")
        ),
        sa.CheckConstraint(
            "hours_a_day > 0", name=op.f("ck_production_work_centre_hours_positive")
        ),
        sa.CheckConstraint(
            "labour_rate >= 0 AND overhead_rate >= 0",
            name=op.f("ck_production_work_centre_rates_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["base_calendar.id"],
            name=op.f("fk_production_work_centre_calendar_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_work_centre_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_work_centre")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_production_work_centre_company_id_code")
        ),
    )
    with op.batch_alter_table("production_work_centre", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_work_centre_calendar_id"), ["calendar_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_work_centre_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_work_centre_group_name"), ["group_name"], unique=False
        )

    op.create_table(
        "production_bom",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("unit_id", Id, nullable=True),
        sa.Column("own_quantity", Exact(6), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_production_bom_quantity_positive")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_production_bom_valid_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_bom_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_bom_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["base_unit.id"],
            name=op.f("fk_production_bom_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_bom")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_production_bom_company_id_code")),
    )
    with op.batch_alter_table("production_bom", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_bom_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_production_bom_product_active", ["product_id", "active"], unique=False
        )

    op.create_table(
        "production_equipment",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("work_centre_id", Id, nullable=True),
        sa.Column("serial", sa.String(length=60), nullable=True),
        sa.Column("in_use_since", sa.Date(), nullable=True),
        sa.Column("hours_used", Exact(6), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "hours_used >= 0", name=op.f("ck_production_equipment_hours_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_equipment_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["work_centre_id"],
            ["production_work_centre.id"],
            name=op.f("fk_production_equipment_work_centre_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_equipment")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_production_equipment_company_id_code")
        ),
    )
    with op.batch_alter_table("production_equipment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_equipment_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_equipment_work_centre_id"), ["work_centre_id"], unique=False
        )

    op.create_table(
        "production_master_line",
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_production_master_line_quantity_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["production_master_plan.id"],
            name=op.f("fk_production_master_line_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_master_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_master_line")),
        sa.UniqueConstraint(
            "plan_id",
            "product_id",
            "on",
            name=op.f("uq_production_master_line_plan_id_product_id_on"),
        ),
    )
    with op.batch_alter_table("production_master_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_master_line_plan_id"), ["plan_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_master_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "production_plan_flow",
        sa.Column("run_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("document_kind", sa.String(length=60), nullable=True),
        sa.Column("document_id", Id, nullable=True),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("rank", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_plan_flow_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_plan_flow_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["production_plan_run.id"],
            name=op.f("fk_production_plan_flow_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_plan_flow")),
    )
    with op.batch_alter_table("production_plan_flow", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_plan_flow_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index("ix_production_plan_flow_document", ["document_id"], unique=False)
        batch_op.create_index(
            "ix_production_plan_flow_product", ["run_id", "product_id"], unique=False
        )
        batch_op.create_index("ix_production_plan_flow_source", ["source_id"], unique=False)

    op.create_table(
        "production_plan_item",
        sa.Column("run_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("level", Id, nullable=False),
        sa.Column("method", sa.String(length=4), nullable=False),
        sa.Column("lead_days", Id, nullable=False),
        sa.Column("on_hand", Exact(6), nullable=False),
        sa.Column("safety", Exact(6), nullable=False),
        sa.Column("gross", Exact(6), nullable=False),
        sa.Column("net", Exact(6), nullable=False),
        sa.Column("by_period", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("used_in", sa.Text(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_plan_item_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_plan_item_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["production_plan_run.id"],
            name=op.f("fk_production_plan_item_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_plan_item")),
        sa.UniqueConstraint(
            "run_id", "product_id", name=op.f("uq_production_plan_item_run_id_product_id")
        ),
    )
    with op.batch_alter_table("production_plan_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_plan_item_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_plan_item_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "production_plan_warning",
        sa.Column("run_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("needed_on", sa.Date(), nullable=True),
        sa.Column("document_kind", sa.String(length=60), nullable=True),
        sa.Column("document_id", Id, nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_plan_warning_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_plan_warning_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["production_plan_run.id"],
            name=op.f("fk_production_plan_warning_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_plan_warning")),
    )
    with op.batch_alter_table("production_plan_warning", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_plan_warning_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_plan_warning_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            "ix_production_plan_warning_run", ["run_id", "product_id"], unique=False
        )

    op.create_table(
        "production_planning_rule",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("method", sa.String(length=4), nullable=False),
        sa.Column("lead_days", Id, nullable=True),
        sa.Column("safety_stock", Exact(6), nullable=False),
        sa.Column("policy", sa.String(length=16), nullable=False),
        sa.Column("lot_size", Exact(6), nullable=False),
        sa.Column("setup_cost", Exact(6), nullable=False),
        sa.Column("holding_cost", Exact(6), nullable=False),
        sa.Column("minimum", Exact(6), nullable=False),
        sa.Column("multiple", Exact(6), nullable=False),
        sa.Column("horizon_days", Id, nullable=True),
        sa.Column("planner_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "method IN ('make', 'buy')", name=op.f("ck_production_planning_rule_method_known")
        ),
        sa.CheckConstraint(
            "policy <> 'fixed' OR lot_size > 0",
            name=op.f("ck_production_planning_rule_fixed_lot_has_size"),
        ),
        sa.CheckConstraint(
            "policy <> 'periods' OR lot_size > 0 OR (setup_cost > 0 AND holding_cost > 0)",
            name=op.f("ck_production_planning_rule_periods_known"),
        ),
        sa.CheckConstraint(
            "policy IN ('lot_for_lot', 'fixed', 'eoq', 'periods', 'silver_meal', 'wagner_whitin')",
            name=op.f("ck_production_planning_rule_policy_known"),
        ),
        sa.CheckConstraint(
            "policy NOT IN ('eoq', 'silver_meal', 'wagner_whitin') OR (setup_cost > 0 AND holding_cost > 0)",
            name=op.f("ck_production_planning_rule_economic_lot_has_costs"),
        ),
        sa.CheckConstraint(
            "horizon_days > 0", name=op.f("ck_production_planning_rule_horizon_positive")
        ),
        sa.CheckConstraint(
            "lead_days >= 0 AND lead_days <= 3650",
            name=op.f("ck_production_planning_rule_lead_days_possible"),
        ),
        sa.CheckConstraint(
            "safety_stock >= 0 AND minimum >= 0 AND multiple >= 0 AND lot_size >= 0",
            name=op.f("ck_production_planning_rule_quantities_not_negative"),
        ),
        sa.CheckConstraint(
            "setup_cost >= 0 AND holding_cost >= 0",
            name=op.f("ck_production_planning_rule_costs_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_planning_rule_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["planner_id"],
            ["base_party.id"],
            name=op.f("fk_production_planning_rule_planner_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_planning_rule_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_planning_rule")),
        sa.UniqueConstraint(
            "company_id",
            "product_id",
            name=op.f("uq_production_planning_rule_company_id_product_id"),
        ),
    )
    with op.batch_alter_table("production_planning_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_planning_rule_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_planning_rule_planner_id"), ["planner_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_planning_rule_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "production_proposal",
        sa.Column("run_id", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("method", sa.String(length=4), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("release_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("needed_on", sa.Date(), nullable=False),
        sa.Column("late_days", Id, nullable=False),
        sa.Column("level", Id, nullable=False),
        sa.Column("period_index", Id, nullable=False),
        sa.Column("document_kind", sa.String(length=60), nullable=True),
        sa.Column("document_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "method IN ('make', 'buy')", name=op.f("ck_production_proposal_method_known")
        ),
        sa.CheckConstraint(
            "due_on >= release_on", name=op.f("ck_production_proposal_dates_in_order")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_production_proposal_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_proposal_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_proposal_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["production_plan_run.id"],
            name=op.f("fk_production_proposal_run_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_proposal")),
    )
    with op.batch_alter_table("production_proposal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_proposal_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index("ix_production_proposal_document", ["document_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_production_proposal_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index("ix_production_proposal_run", ["run_id", "product_id"], unique=False)
        batch_op.create_index("ix_production_proposal_state", ["company_id", "state"], unique=False)

    op.create_table(
        "production_quality_plan",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("category_id", Id, nullable=True),
        sa.Column("supplier_id", Id, nullable=True),
        sa.Column("operation", sa.String(length=120), nullable=True),
        sa.Column("sampling", sa.String(length=10), nullable=False),
        sa.Column("percent", Exact(4), nullable=True),
        sa.Column("number", Id, nullable=True),
        sa.Column("accept", Id, nullable=False),
        sa.Column("aql", sa.String(length=8), nullable=True),
        sa.Column("level", sa.String(length=4), nullable=True),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("days", Id, nullable=False),
        sa.Column("may_reduce", sa.Boolean(), nullable=False),
        sa.Column("chart_rules", sa.String(length=10), nullable=False),
        sa.Column("run", Id, nullable=True),
        sa.Column("instructions", sa.String(length=4000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "chart_rules IN ('nelson', 'western')",
            name=op.f("ck_production_quality_plan_rules_known"),
        ),
        sa.CheckConstraint(
            "sampling <> 'aql' OR aql IS NOT NULL AND level IS NOT NULL",
            name=op.f("ck_production_quality_plan_aql_with_level"),
        ),
        sa.CheckConstraint(
            "sampling <> 'number' OR number > 0",
            name=op.f("ck_production_quality_plan_number_positive"),
        ),
        sa.CheckConstraint(
            "sampling <> 'percent' OR percent > 0",
            name=op.f("ck_production_quality_plan_percent_of_a_lot"),
        ),
        sa.CheckConstraint(
            "sampling IN ('all', 'percent', 'number', 'aql')",
            name=op.f("ck_production_quality_plan_sampling_known"),
        ),
        sa.CheckConstraint(
            "stage IN ('receipt', 'operation', 'final')",
            name=op.f("ck_production_quality_plan_stage_known"),
        ),
        sa.CheckConstraint(
            "accept >= 0", name=op.f("ck_production_quality_plan_accept_not_negative")
        ),
        sa.CheckConstraint(
            "days >= 0 AND days <= 365", name=op.f("ck_production_quality_plan_days_of_a_year")
        ),
        sa.CheckConstraint(
            "run IS NULL OR run IN (7, 8, 9)", name=op.f("ck_production_quality_plan_run_usual")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["base_category.id"],
            name=op.f("fk_production_quality_plan_category_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_quality_plan_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_quality_plan_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_production_quality_plan_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_quality_plan")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_production_quality_plan_company_id_code")
        ),
    )
    with op.batch_alter_table("production_quality_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_quality_plan_category_id"), ["category_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_quality_plan_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_quality_plan_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_quality_plan_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "production_work_centre_alternative",
        sa.Column("centre_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("alternative_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "centre_id <> alternative_id",
            name=op.f("ck_production_work_centre_alternative_another"),
        ),
        sa.ForeignKeyConstraint(
            ["alternative_id"],
            ["production_work_centre.id"],
            name=op.f("fk_production_work_centre_alternative_alternative_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["centre_id"],
            ["production_work_centre.id"],
            name=op.f("fk_production_work_centre_alternative_centre_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_work_centre_alternative")),
        sa.UniqueConstraint(
            "centre_id",
            "alternative_id",
            name=op.f("uq_production_work_centre_alternative_centre_id_alternative_id"),
        ),
    )
    with op.batch_alter_table("production_work_centre_alternative", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_work_centre_alternative_alternative_id"),
            ["alternative_id"],
            unique=False,
        )

    op.create_table(
        "production_bom_by_product",
        sa.Column("bom_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("cost_share", Exact(4), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "cost_share >= 0", name=op.f("ck_production_bom_by_product_share_not_negative")
        ),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_production_bom_by_product_quantity_positive")
        ),
        sa.ForeignKeyConstraint(
            ["bom_id"],
            ["production_bom.id"],
            name=op.f("fk_production_bom_by_product_bom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_bom_by_product_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_bom_by_product")),
    )
    with op.batch_alter_table("production_bom_by_product", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_bom_by_product_bom_id"), ["bom_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_bom_by_product_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "production_bom_line",
        sa.Column("bom_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("unit_id", Id, nullable=True),
        sa.Column("own_quantity", Exact(6), nullable=False),
        sa.Column("scrap", Exact(4), nullable=False),
        sa.Column("phantom", sa.Boolean(), nullable=False),
        sa.Column("group_name", sa.String(length=20), nullable=True),
        sa.Column("priority", Id, nullable=False),
        sa.Column("operation", Id, nullable=True),
        sa.Column("only_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_production_bom_line_quantity_positive")),
        sa.CheckConstraint("scrap >= 0", name=op.f("ck_production_bom_line_scrap_not_negative")),
        sa.ForeignKeyConstraint(
            ["bom_id"],
            ["production_bom.id"],
            name=op.f("fk_production_bom_line_bom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["only_id"],
            ["base_product.id"],
            name=op.f("fk_production_bom_line_only_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_bom_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["base_unit.id"],
            name=op.f("fk_production_bom_line_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_bom_line")),
    )
    with op.batch_alter_table("production_bom_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_production_bom_line_bom_id"), ["bom_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_production_bom_line_only_id"), ["only_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_bom_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "production_bom_operation",
        sa.Column("bom_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("sequence", Id, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("work_centre_id", Id, nullable=False),
        sa.Column("setup_minutes", Exact(6), nullable=False),
        sa.Column("run_minutes", Exact(6), nullable=False),
        sa.Column("overlap", Exact(4), nullable=False),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("external_price", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "external_price >= 0", name=op.f("ck_production_bom_operation_price_not_negative")
        ),
        sa.CheckConstraint(
            "overlap >= 0", name=op.f("ck_production_bom_operation_overlap_not_negative")
        ),
        sa.CheckConstraint(
            "setup_minutes >= 0 AND run_minutes >= 0",
            name=op.f("ck_production_bom_operation_minutes_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["bom_id"],
            ["production_bom.id"],
            name=op.f("fk_production_bom_operation_bom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_centre_id"],
            ["production_work_centre.id"],
            name=op.f("fk_production_bom_operation_work_centre_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_bom_operation")),
        sa.UniqueConstraint(
            "bom_id", "sequence", name=op.f("uq_production_bom_operation_bom_id_sequence")
        ),
    )
    with op.batch_alter_table("production_bom_operation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_bom_operation_work_centre_id"),
            ["work_centre_id"],
            unique=False,
        )

    op.create_table(
        "production_bom_variant",
        sa.Column("bom_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["bom_id"],
            ["production_bom.id"],
            name=op.f("fk_production_bom_variant_bom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_bom_variant_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_bom_variant")),
        sa.UniqueConstraint(
            "bom_id", "product_id", name=op.f("uq_production_bom_variant_bom_id_product_id")
        ),
    )
    with op.batch_alter_table("production_bom_variant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_bom_variant_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "production_characteristic",
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("lower", Exact(6), nullable=True),
        sa.Column("target", Exact(6), nullable=True),
        sa.Column("upper", Exact(6), nullable=True),
        sa.Column("unit", sa.String(length=20), nullable=True),
        sa.Column("method", sa.String(length=200), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('numeric', 'yes_no', 'count')",
            name=op.f("ck_production_characteristic_kind_known"),
        ),
        sa.CheckConstraint(
            "lower IS NULL OR upper IS NULL OR lower < upper",
            name=op.f("ck_production_characteristic_limits_in_order"),
        ),
        sa.CheckConstraint(
            "target IS NULL OR (lower IS NULL OR target >= lower) AND (upper IS NULL OR target <= upper)",
            name=op.f("ck_production_characteristic_target_between_limits"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["production_quality_plan.id"],
            name=op.f("fk_production_characteristic_plan_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_characteristic")),
    )
    with op.batch_alter_table("production_characteristic", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_characteristic_plan_id"), ["plan_id"], unique=False
        )

    op.create_table(
        "production_inspection",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("supplier_id", Id, nullable=True),
        sa.Column("lot", sa.String(length=60), nullable=True),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("lot_size", Id, nullable=False),
        sa.Column("sample_size", Id, nullable=False),
        sa.Column("accept", Id, nullable=False),
        sa.Column("reject", Id, nullable=False),
        sa.Column("severity", sa.String(length=12), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=True),
        sa.Column("bad", Id, nullable=False),
        sa.Column("accepted", Exact(6), nullable=True),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", Id, nullable=True),
        sa.Column("released_by_id", Id, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("warehouse_id", Id, nullable=True),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("source_line_id", Id, nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'passed', 'failed', 'partial', 'conditional', 'cancelled')",
            name=op.f("ck_production_inspection_state_known"),
        ),
        sa.CheckConstraint(
            "accepted IS NULL OR (accepted > 0 AND accepted < quantity)",
            name=op.f("ck_production_inspection_accepted_is_a_part"),
        ),
        sa.CheckConstraint(
            "quantity > 0 AND lot_size > 0",
            name=op.f("ck_production_inspection_something_to_inspect"),
        ),
        sa.CheckConstraint(
            "released_by_id IS NULL OR decided_by_id IS NULL OR released_by_id <> decided_by_id",
            name=op.f("ck_production_inspection_four_eyes"),
        ),
        sa.CheckConstraint(
            "sample_size > 0 AND sample_size <= lot_size",
            name=op.f("ck_production_inspection_sample_within_lot"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_inspection_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"],
            ["core_user.id"],
            name=op.f("fk_production_inspection_decided_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["production_quality_plan.id"],
            name=op.f("fk_production_inspection_plan_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_inspection_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["core_user.id"],
            name=op.f("fk_production_inspection_released_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_production_inspection_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_inspection")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_production_inspection_company_id_number")
        ),
    )
    with op.batch_alter_table("production_inspection", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_inspection_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_inspection_decided_by_id"), ["decided_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_inspection_decided_on"), ["decided_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_inspection_due_on"), ["due_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_inspection_plan_id"), ["plan_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_inspection_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_inspection_released_by_id"), ["released_by_id"], unique=False
        )
        batch_op.create_index(
            "ix_production_inspection_source", ["source_id", "source_kind"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_production_inspection_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_production_inspection_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "production_maintenance_plan",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("equipment_id", Id, nullable=False),
        sa.Column("every_days", Id, nullable=True),
        sa.Column("every_hours", Exact(6), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("last_hours", Exact(6), nullable=False),
        sa.Column("instructions", sa.String(length=4000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(every_days IS NOT NULL AND every_days > 0) OR (every_hours IS NOT NULL AND every_hours > 0)",
            name=op.f("ck_production_maintenance_plan_interval_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_maintenance_plan_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["equipment_id"],
            ["production_equipment.id"],
            name=op.f("fk_production_maintenance_plan_equipment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_maintenance_plan")),
    )
    with op.batch_alter_table("production_maintenance_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_plan_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_plan_equipment_id"),
            ["equipment_id"],
            unique=False,
        )

    op.create_table(
        "production_order",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("bom_id", Id, nullable=True),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("finished", Exact(6), nullable=False),
        sa.Column("scrapped", Exact(6), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("warehouse_id", Id, nullable=True),
        sa.Column("backflush", sa.Boolean(), nullable=False),
        sa.Column("lot", sa.String(length=40), nullable=True),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("reference", sa.String(length=80), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("stocked", sa.Boolean(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("opening_cost", Exact(3), nullable=False),
        sa.Column("planned_cost", Exact(3), nullable=False),
        sa.Column("material_cost", Exact(3), nullable=False),
        sa.Column("labour_cost", Exact(3), nullable=False),
        sa.Column("overhead_cost", Exact(3), nullable=False),
        sa.Column("received_cost", Exact(3), nullable=False),
        sa.Column("variance", Exact(3), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'released', 'started', 'done', 'closed', 'cancelled')",
            name=op.f("ck_production_order_state_known"),
        ),
        sa.CheckConstraint(
            "finished >= 0 AND scrapped >= 0", name=op.f("ck_production_order_made_not_negative")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_production_order_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["bom_id"],
            ["production_bom.id"],
            name=op.f("fk_production_order_bom_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_order_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_order_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_order")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_production_order_company_id_number")
        ),
    )
    with op.batch_alter_table("production_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_production_order_bom_id"), ["bom_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_production_order_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_order_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            "ix_production_order_source", ["source_kind", "source_id"], unique=False
        )
        batch_op.create_index("ix_production_order_state_due_on", ["state", "due_on"], unique=False)

    op.create_table(
        "production_sampling_state",
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("supplier_id", Id, nullable=True),
        sa.Column("mode", sa.String(length=12), nullable=False),
        sa.Column("recent", sa.String(length=10), nullable=False),
        sa.Column("refused", Id, nullable=False),
        sa.Column("score", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_sampling_state_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["production_quality_plan.id"],
            name=op.f("fk_production_sampling_state_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_sampling_state_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_production_sampling_state_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_sampling_state")),
    )
    with op.batch_alter_table("production_sampling_state", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_sampling_state_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_sampling_state_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_sampling_state_supplier_id"), ["supplier_id"], unique=False
        )
        batch_op.create_index(
            "uq_production_sampling_state_own",
            ["plan_id", "product_id"],
            unique=True,
            sqlite_where=sa.text("supplier_id IS NULL"),
            postgresql_where=sa.text("supplier_id IS NULL"),
        )
        batch_op.create_index(
            "uq_production_sampling_state_supplier",
            ["plan_id", "product_id", "supplier_id"],
            unique=True,
            sqlite_where=sa.text("supplier_id IS NOT NULL"),
            postgresql_where=sa.text("supplier_id IS NOT NULL"),
        )

    op.create_table(
        "production_by_product",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("received", Exact(6), nullable=False),
        sa.Column("cost_share", Exact(4), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_production_by_product_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["production_order.id"],
            name=op.f("fk_production_by_product_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_by_product_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_by_product")),
    )
    with op.batch_alter_table("production_by_product", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_by_product_order_id"), ["order_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_by_product_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "production_control_limits",
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("characteristic_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("inspections", Id, nullable=False),
        sa.Column("size", Id, nullable=True),
        sa.Column("centre", Exact(9), nullable=True),
        sa.Column("spread", Exact(9), nullable=True),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR centre IS NOT NULL AND size IS NOT NULL",
            name=op.f("ck_production_control_limits_frozen_is_known"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'valid', 'released')",
            name=op.f("ck_production_control_limits_state_known"),
        ),
        sa.CheckConstraint(
            "until_on >= from_on", name=op.f("ck_production_control_limits_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["characteristic_id"],
            ["production_characteristic.id"],
            name=op.f("fk_production_control_limits_characteristic_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_control_limits_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_control_limits")),
    )
    with op.batch_alter_table("production_control_limits", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_control_limits_characteristic_id"),
            ["characteristic_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_production_control_limits_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "uq_production_control_limits_valid",
            ["characteristic_id"],
            unique=True,
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )

    op.create_table(
        "production_maintenance",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("equipment_id", Id, nullable=False),
        sa.Column("plan_id", Id, nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("stopped_at", Moment(), nullable=True),
        sa.Column("back_at", Moment(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("downtime", Exact(6), nullable=False),
        sa.Column("responsible_id", Id, nullable=True),
        sa.Column("finding", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('breakdown', 'preventive', 'request')",
            name=op.f("ck_production_maintenance_kind_known"),
        ),
        sa.CheckConstraint(
            "back_at IS NULL OR stopped_at IS NULL OR back_at >= stopped_at",
            name=op.f("ck_production_maintenance_back_after_stop"),
        ),
        sa.CheckConstraint(
            "downtime >= 0", name=op.f("ck_production_maintenance_downtime_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_maintenance_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["equipment_id"],
            ["production_equipment.id"],
            name=op.f("fk_production_maintenance_equipment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["production_maintenance_plan.id"],
            name=op.f("fk_production_maintenance_plan_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["core_user.id"],
            name=op.f("fk_production_maintenance_responsible_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_maintenance")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_production_maintenance_company_id_number")
        ),
    )
    with op.batch_alter_table("production_maintenance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_due_on"), ["due_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_ended_on"), ["ended_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_equipment_id"), ["equipment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_plan_id"), ["plan_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_reported_on"), ["reported_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_responsible_id"), ["responsible_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_maintenance_state"), ["state"], unique=False
        )

    op.create_table(
        "production_material",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("issued", Exact(6), nullable=False),
        sa.Column("to_issue", Exact(6), nullable=True),
        sa.Column("lot", sa.String(length=40), nullable=True),
        sa.Column("operation", Id, nullable=True),
        sa.Column("planned_cost", Exact(3), nullable=False),
        sa.Column("cost", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("issued >= 0", name=op.f("ck_production_material_issued_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_production_material_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["production_order.id"],
            name=op.f("fk_production_material_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_material_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_material")),
    )
    with op.batch_alter_table("production_material", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_material_order_id"), ["order_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_material_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "production_ncr",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("origin", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("party_id", Id, nullable=True),
        sa.Column("inspection_id", Id, nullable=True),
        sa.Column("quantity", Exact(6), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("description", sa.String(length=4000), nullable=True),
        sa.Column("containment", sa.String(length=2000), nullable=True),
        sa.Column("cause", sa.String(length=2000), nullable=True),
        sa.Column("responsible_id", Id, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("check_on", sa.Date(), nullable=True),
        sa.Column("finding", sa.String(length=500), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", Id, nullable=True),
        sa.Column("in_vain", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "origin IN ('inspection', 'complaint', 'audit', 'manual')",
            name=op.f("ck_production_ncr_origin_known"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'contained', 'acting', 'checking', 'closed', 'cancelled')",
            name=op.f("ck_production_ncr_state_known"),
        ),
        sa.CheckConstraint(
            "quantity IS NULL OR quantity >= 0",
            name=op.f("ck_production_ncr_quantity_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"],
            ["core_user.id"],
            name=op.f("fk_production_ncr_closed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_ncr_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["production_inspection.id"],
            name=op.f("fk_production_ncr_inspection_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_production_ncr_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_production_ncr_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["core_user.id"],
            name=op.f("fk_production_ncr_responsible_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_ncr")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_production_ncr_company_id_number")
        ),
    )
    with op.batch_alter_table("production_ncr", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_ncr_closed_by_id"), ["closed_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_ncr_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_production_ncr_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_production_ncr_found_on"), ["found_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_production_ncr_inspection_id"), ["inspection_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_production_ncr_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_production_ncr_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_ncr_responsible_id"), ["responsible_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_production_ncr_state"), ["state"], unique=False)

    op.create_table(
        "production_result",
        sa.Column("inspection_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("characteristic_id", Id, nullable=False),
        sa.Column("values", sa.String(length=40000), nullable=True),
        sa.Column("nonconforming", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "nonconforming >= 0", name=op.f("ck_production_result_nonconforming_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["characteristic_id"],
            ["production_characteristic.id"],
            name=op.f("fk_production_result_characteristic_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"],
            ["production_inspection.id"],
            name=op.f("fk_production_result_inspection_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_result")),
    )
    with op.batch_alter_table("production_result", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_result_characteristic_id"),
            ["characteristic_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_production_result_inspection_id"), ["inspection_id"], unique=False
        )

    op.create_table(
        "production_work",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("sequence", Id, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("work_centre_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("setup_minutes", Exact(6), nullable=False),
        sa.Column("run_minutes", Exact(6), nullable=False),
        sa.Column("planned_minutes", Exact(6), nullable=False),
        sa.Column("overlap", Exact(4), nullable=False),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("external_price", Exact(6), nullable=False),
        sa.Column("planned_start", Moment(), nullable=True),
        sa.Column("planned_end", Moment(), nullable=True),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("done", Exact(6), nullable=False),
        sa.Column("scrapped", Exact(6), nullable=False),
        sa.Column("minutes", Exact(6), nullable=False),
        sa.Column("planned_cost", Exact(3), nullable=False),
        sa.Column("labour_cost", Exact(3), nullable=False),
        sa.Column("overhead_cost", Exact(3), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "done >= 0 AND scrapped >= 0", name=op.f("ck_production_work_counted_from_zero")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_work_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["production_order.id"],
            name=op.f("fk_production_work_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_centre_id"],
            ["production_work_centre.id"],
            name=op.f("fk_production_work_work_centre_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_work")),
    )
    with op.batch_alter_table("production_work", schema=None) as batch_op:
        batch_op.create_index(
            "ix_production_work_centre_state", ["work_centre_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_work_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_production_work_order_id"), ["order_id"], unique=False)

    op.create_table(
        "production_ncr_action",
        sa.Column("ncr_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("responsible_id", Id, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["done_by_id"],
            ["core_user.id"],
            name=op.f("fk_production_ncr_action_done_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["ncr_id"],
            ["production_ncr.id"],
            name=op.f("fk_production_ncr_action_ncr_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["core_user.id"],
            name=op.f("fk_production_ncr_action_responsible_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_ncr_action")),
    )
    with op.batch_alter_table("production_ncr_action", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_ncr_action_done_by_id"), ["done_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_ncr_action_ncr_id"), ["ncr_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_ncr_action_responsible_id"), ["responsible_id"], unique=False
        )

    op.create_table(
        "production_scheduled_work",
        sa.Column("schedule_id", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("work_id", Id, nullable=False),
        sa.Column("work_centre_id", Id, nullable=False),
        sa.Column("start_at", Moment(), nullable=False),
        sa.Column("end_at", Moment(), nullable=False),
        sa.Column("late_minutes", Id, nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_production_scheduled_work_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["production_order.id"],
            name=op.f("fk_production_scheduled_work_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"],
            ["production_schedule.id"],
            name=op.f("fk_production_scheduled_work_schedule_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_centre_id"],
            ["production_work_centre.id"],
            name=op.f("fk_production_scheduled_work_work_centre_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["production_work.id"],
            name=op.f("fk_production_scheduled_work_work_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_scheduled_work")),
    )
    with op.batch_alter_table("production_scheduled_work", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_scheduled_work_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_scheduled_work_order_id"), ["order_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_scheduled_work_schedule_id"), ["schedule_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_production_scheduled_work_work_centre_id"),
            ["work_centre_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_production_scheduled_work_work_id"), ["work_id"], unique=False
        )

    op.create_table(
        "production_time_log",
        sa.Column("work_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("worker", sa.String(length=100), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("charged_on", sa.Date(), nullable=True),
        sa.Column("minutes", Exact(6), nullable=False),
        sa.Column("labour", Exact(3), nullable=False),
        sa.Column("overhead", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "minutes >= 0", name=op.f("ck_production_time_log_minutes_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_production_time_log_user_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["production_work.id"],
            name=op.f("fk_production_time_log_work_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_time_log")),
    )
    with op.batch_alter_table("production_time_log", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_time_log_work_id"), ["work_id"], unique=False
        )
        batch_op.create_index(
            "uq_production_time_log_running",
            ["user_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "production_work_scrap",
        sa.Column("work_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_production_work_scrap_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["work_id"],
            ["production_work.id"],
            name=op.f("fk_production_work_scrap_work_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_production_work_scrap")),
    )
    with op.batch_alter_table("production_work_scrap", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_production_work_scrap_work_id"), ["work_id"], unique=False
        )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    with op.batch_alter_table("production_work_scrap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_work_scrap_work_id"))

    op.drop_table("production_work_scrap")
    with op.batch_alter_table("production_time_log", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_production_time_log_running",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_production_time_log_work_id"))

    op.drop_table("production_time_log")
    with op.batch_alter_table("production_scheduled_work", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_scheduled_work_work_id"))
        batch_op.drop_index(batch_op.f("ix_production_scheduled_work_work_centre_id"))
        batch_op.drop_index(batch_op.f("ix_production_scheduled_work_schedule_id"))
        batch_op.drop_index(batch_op.f("ix_production_scheduled_work_order_id"))
        batch_op.drop_index(batch_op.f("ix_production_scheduled_work_company_id"))

    op.drop_table("production_scheduled_work")
    with op.batch_alter_table("production_ncr_action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_ncr_action_responsible_id"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_action_ncr_id"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_action_done_by_id"))

    op.drop_table("production_ncr_action")
    with op.batch_alter_table("production_work", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_work_order_id"))
        batch_op.drop_index(batch_op.f("ix_production_work_company_id"))
        batch_op.drop_index("ix_production_work_centre_state")

    op.drop_table("production_work")
    with op.batch_alter_table("production_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_result_inspection_id"))
        batch_op.drop_index(batch_op.f("ix_production_result_characteristic_id"))

    op.drop_table("production_result")
    with op.batch_alter_table("production_ncr", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_ncr_state"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_responsible_id"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_party_id"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_inspection_id"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_found_on"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_due_on"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_company_id"))
        batch_op.drop_index(batch_op.f("ix_production_ncr_closed_by_id"))

    op.drop_table("production_ncr")
    with op.batch_alter_table("production_material", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_material_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_material_order_id"))

    op.drop_table("production_material")
    with op.batch_alter_table("production_maintenance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_maintenance_state"))
        batch_op.drop_index(batch_op.f("ix_production_maintenance_responsible_id"))
        batch_op.drop_index(batch_op.f("ix_production_maintenance_reported_on"))
        batch_op.drop_index(batch_op.f("ix_production_maintenance_plan_id"))
        batch_op.drop_index(batch_op.f("ix_production_maintenance_equipment_id"))
        batch_op.drop_index(batch_op.f("ix_production_maintenance_ended_on"))
        batch_op.drop_index(batch_op.f("ix_production_maintenance_due_on"))
        batch_op.drop_index(batch_op.f("ix_production_maintenance_company_id"))

    op.drop_table("production_maintenance")
    with op.batch_alter_table("production_control_limits", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_production_control_limits_valid",
            sqlite_where=sa.text("state = 'valid'"),
            postgresql_where=sa.text("state = 'valid'"),
        )
        batch_op.drop_index(batch_op.f("ix_production_control_limits_company_id"))
        batch_op.drop_index(batch_op.f("ix_production_control_limits_characteristic_id"))

    op.drop_table("production_control_limits")
    with op.batch_alter_table("production_by_product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_by_product_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_by_product_order_id"))

    op.drop_table("production_by_product")
    with op.batch_alter_table("production_sampling_state", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_production_sampling_state_supplier",
            sqlite_where=sa.text("supplier_id IS NOT NULL"),
            postgresql_where=sa.text("supplier_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_production_sampling_state_own",
            sqlite_where=sa.text("supplier_id IS NULL"),
            postgresql_where=sa.text("supplier_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_production_sampling_state_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_production_sampling_state_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_sampling_state_company_id"))

    op.drop_table("production_sampling_state")
    with op.batch_alter_table("production_order", schema=None) as batch_op:
        batch_op.drop_index("ix_production_order_state_due_on")
        batch_op.drop_index("ix_production_order_source")
        batch_op.drop_index(batch_op.f("ix_production_order_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_order_company_id"))
        batch_op.drop_index(batch_op.f("ix_production_order_bom_id"))

    op.drop_table("production_order")
    with op.batch_alter_table("production_maintenance_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_maintenance_plan_equipment_id"))
        batch_op.drop_index(batch_op.f("ix_production_maintenance_plan_company_id"))

    op.drop_table("production_maintenance_plan")
    with op.batch_alter_table("production_inspection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_inspection_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_production_inspection_state"))
        batch_op.drop_index("ix_production_inspection_source")
        batch_op.drop_index(batch_op.f("ix_production_inspection_released_by_id"))
        batch_op.drop_index(batch_op.f("ix_production_inspection_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_inspection_plan_id"))
        batch_op.drop_index(batch_op.f("ix_production_inspection_due_on"))
        batch_op.drop_index(batch_op.f("ix_production_inspection_decided_on"))
        batch_op.drop_index(batch_op.f("ix_production_inspection_decided_by_id"))
        batch_op.drop_index(batch_op.f("ix_production_inspection_company_id"))

    op.drop_table("production_inspection")
    with op.batch_alter_table("production_characteristic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_characteristic_plan_id"))

    op.drop_table("production_characteristic")
    with op.batch_alter_table("production_bom_variant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_bom_variant_product_id"))

    op.drop_table("production_bom_variant")
    with op.batch_alter_table("production_bom_operation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_bom_operation_work_centre_id"))

    op.drop_table("production_bom_operation")
    with op.batch_alter_table("production_bom_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_bom_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_bom_line_only_id"))
        batch_op.drop_index(batch_op.f("ix_production_bom_line_bom_id"))

    op.drop_table("production_bom_line")
    with op.batch_alter_table("production_bom_by_product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_bom_by_product_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_bom_by_product_bom_id"))

    op.drop_table("production_bom_by_product")
    with op.batch_alter_table("production_work_centre_alternative", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_work_centre_alternative_alternative_id"))

    op.drop_table("production_work_centre_alternative")
    with op.batch_alter_table("production_quality_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_quality_plan_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_production_quality_plan_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_quality_plan_company_id"))
        batch_op.drop_index(batch_op.f("ix_production_quality_plan_category_id"))

    op.drop_table("production_quality_plan")
    with op.batch_alter_table("production_proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_production_proposal_state")
        batch_op.drop_index("ix_production_proposal_run")
        batch_op.drop_index(batch_op.f("ix_production_proposal_product_id"))
        batch_op.drop_index("ix_production_proposal_document")
        batch_op.drop_index(batch_op.f("ix_production_proposal_company_id"))

    op.drop_table("production_proposal")
    with op.batch_alter_table("production_planning_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_planning_rule_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_planning_rule_planner_id"))
        batch_op.drop_index(batch_op.f("ix_production_planning_rule_company_id"))

    op.drop_table("production_planning_rule")
    with op.batch_alter_table("production_plan_warning", schema=None) as batch_op:
        batch_op.drop_index("ix_production_plan_warning_run")
        batch_op.drop_index(batch_op.f("ix_production_plan_warning_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_plan_warning_company_id"))

    op.drop_table("production_plan_warning")
    with op.batch_alter_table("production_plan_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_plan_item_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_plan_item_company_id"))

    op.drop_table("production_plan_item")
    with op.batch_alter_table("production_plan_flow", schema=None) as batch_op:
        batch_op.drop_index("ix_production_plan_flow_source")
        batch_op.drop_index("ix_production_plan_flow_product")
        batch_op.drop_index("ix_production_plan_flow_document")
        batch_op.drop_index(batch_op.f("ix_production_plan_flow_company_id"))

    op.drop_table("production_plan_flow")
    with op.batch_alter_table("production_master_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_master_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_production_master_line_plan_id"))

    op.drop_table("production_master_line")
    with op.batch_alter_table("production_equipment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_equipment_work_centre_id"))
        batch_op.drop_index(batch_op.f("ix_production_equipment_company_id"))

    op.drop_table("production_equipment")
    with op.batch_alter_table("production_bom", schema=None) as batch_op:
        batch_op.drop_index("ix_production_bom_product_active")
        batch_op.drop_index(batch_op.f("ix_production_bom_company_id"))

    op.drop_table("production_bom")
    with op.batch_alter_table("production_work_centre", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_work_centre_group_name"))
        batch_op.drop_index(batch_op.f("ix_production_work_centre_company_id"))
        batch_op.drop_index(batch_op.f("ix_production_work_centre_calendar_id"))

    op.drop_table("production_work_centre")
    with op.batch_alter_table("production_schedule", schema=None) as batch_op:
        batch_op.drop_index("uq_production_schedule_busy")
        batch_op.drop_index(batch_op.f("ix_production_schedule_company_id"))
        batch_op.drop_index(batch_op.f("ix_production_schedule_base_id"))

    op.drop_table("production_schedule")
    with op.batch_alter_table("production_plan_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_plan_run_company_id"))

    op.drop_table("production_plan_run")
    with op.batch_alter_table("production_master_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_production_master_plan_company_id"))

    op.drop_table("production_master_plan")
