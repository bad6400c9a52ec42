"""warehouses, stock and moves"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id, Moment
from dougong_inventory.protections import protect_all, unprotect_all

revision = "inventory_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"base": "base_0001", "core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "inventory_category_ext",
        sa.Column("category_id", Id, autoincrement=False, nullable=False),
        sa.Column("valuation", sa.String(length=8), nullable=True),
        sa.CheckConstraint(
            "valuation IN ('average', 'fifo')",
            name=op.f("ck_inventory_category_ext_valuation_known"),
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["base_category.id"],
            name=op.f("fk_inventory_category_ext_category_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("category_id", name=op.f("pk_inventory_category_ext")),
    )
    op.create_table(
        "inventory_lot",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_lot_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_lot_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_lot")),
        sa.UniqueConstraint(
            "company_id",
            "product_id",
            "number",
            name=op.f("uq_inventory_lot_company_id_product_id_number"),
        ),
    )
    with op.batch_alter_table("inventory_lot", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_lot_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_lot_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "inventory_value",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("value", Exact(3), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_inventory_value_quantity_never_negative")
        ),
        sa.CheckConstraint(
            "value >= 0 AND (quantity > 0 OR value = 0)",
            name=op.f("ck_inventory_value_nothing_is_worth_nothing"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_value_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_value_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_value")),
    )
    with op.batch_alter_table("inventory_value", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_value_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_value_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index("uq_inventory_value", ["company_id", "product_id"], unique=True)

    op.create_table(
        "inventory_warehouse",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address_id", Id, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["base_address.id"],
            name=op.f("fk_inventory_warehouse_address_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_warehouse_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_warehouse")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_inventory_warehouse_company_id_code")
        ),
    )
    with op.batch_alter_table("inventory_warehouse", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_warehouse_address_id"), ["address_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_warehouse_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "inventory_forecast",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("busy", sa.Boolean(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("bucket", sa.String(length=5), nullable=False),
        sa.Column("horizon", Id, nullable=False),
        sa.Column("past", Id, nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("category_id", Id, nullable=True),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("warehouse_id", Id, nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("job_id", Id, nullable=True),
        sa.Column("series", Id, nullable=False),
        sa.Column("rmsse", Exact(4), nullable=True),
        sa.Column("bias", Exact(4), nullable=True),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("approved_at", Moment(), nullable=True),
        sa.Column("message", sa.String(length=400), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "bucket IN ('week', 'month')", name=op.f("ck_inventory_forecast_bucket_known")
        ),
        sa.CheckConstraint(
            "method IN ('auto', 'best', 'theta', 'ets_theta', 'imapa', 'tsb', 'sba', 'croston', 'smoothing', 'moving_average', 'seasonal_naive')",
            name=op.f("ck_inventory_forecast_method_known"),
        ),
        sa.CheckConstraint(
            "horizon >= 1 AND horizon <= 104", name=op.f("ck_inventory_forecast_horizon_possible")
        ),
        sa.CheckConstraint(
            "past >= 4 AND past <= 520", name=op.f("ck_inventory_forecast_past_possible")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["base_category.id"],
            name=op.f("fk_inventory_forecast_category_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_forecast_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_forecast_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["inventory_warehouse.id"],
            name=op.f("fk_inventory_forecast_warehouse_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_forecast")),
        sa.UniqueConstraint(
            "company_id", "busy", name=op.f("uq_inventory_forecast_company_id_busy")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_inventory_forecast_company_id_number")
        ),
    )
    with op.batch_alter_table("inventory_forecast", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_forecast_category_id"), ["category_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_forecast_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_forecast_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index("ix_inventory_forecast_state", ["company_id", "state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_inventory_forecast_warehouse_id"), ["warehouse_id"], unique=False
        )

    op.create_table(
        "inventory_location",
        sa.Column("warehouse_id", Id, nullable=True),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=True),
        sa.Column("barcode", sa.String(length=40), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(kind IN ('stock', 'input', 'output', 'quarantine')) = (warehouse_id IS NOT NULL)",
            name=op.f("ck_inventory_location_inside_a_warehouse"),
        ),
        sa.CheckConstraint(
            "kind IN ('stock', 'input', 'output', 'quarantine', 'customers', 'suppliers', 'loss', 'production', 'opening')",
            name=op.f("ck_inventory_location_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_location_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_location_parent_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["inventory_warehouse.id"],
            name=op.f("fk_inventory_location_warehouse_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_location")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_inventory_location_company_id_code")
        ),
    )
    with op.batch_alter_table("inventory_location", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_location_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_location_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(
            "ix_inventory_location_role", ["company_id", "warehouse_id", "role"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_location_warehouse_id"), ["warehouse_id"], unique=False
        )

    op.create_table(
        "inventory_reorder_rule",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("warehouse_id", Id, nullable=False),
        sa.Column("minimum", Exact(6), nullable=False),
        sa.Column("maximum", Exact(6), nullable=False),
        sa.Column("multiple", Exact(6), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("policy", sa.String(length=8), nullable=False),
        sa.Column("suggestion", sa.String(length=6), nullable=False),
        sa.Column("suggested_minimum", Exact(6), nullable=True),
        sa.Column("suggested_maximum", Exact(6), nullable=True),
        sa.Column("suggested_from", sa.String(length=8), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "policy IN ('service', 'cost', 'min_max', 'level')",
            name=op.f("ck_inventory_reorder_rule_policy_known"),
        ),
        sa.CheckConstraint(
            "minimum >= 0 AND maximum >= minimum",
            name=op.f("ck_inventory_reorder_rule_maximum_above_minimum"),
        ),
        sa.CheckConstraint(
            "multiple > 0", name=op.f("ck_inventory_reorder_rule_multiple_positive")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_reorder_rule_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_reorder_rule_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["inventory_warehouse.id"],
            name=op.f("fk_inventory_reorder_rule_warehouse_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_reorder_rule")),
        sa.UniqueConstraint(
            "company_id",
            "product_id",
            "warehouse_id",
            name=op.f("uq_inventory_reorder_rule_company_id_product_id_warehouse_id"),
        ),
    )
    with op.batch_alter_table("inventory_reorder_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_reorder_rule_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_reorder_rule_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_reorder_rule_warehouse_id"), ["warehouse_id"], unique=False
        )

    op.create_table(
        "inventory_count",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("location_id", Id, nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_count_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_count_location_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_count")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_inventory_count_company_id_number")
        ),
    )
    with op.batch_alter_table("inventory_count", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_count_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_count_location_id"), ["location_id"], unique=False
        )

    op.create_table(
        "inventory_delivery",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("warehouse_id", Id, nullable=False),
        sa.Column("party_id", Id, nullable=True),
        sa.Column("address_id", Id, nullable=True),
        sa.Column("destination_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("shipped_on", sa.Date(), nullable=True),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("backorder_of_id", Id, nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('sale', 'supplier_return', 'production')",
            name=op.f("ck_inventory_delivery_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["base_address.id"],
            name=op.f("fk_inventory_delivery_address_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["backorder_of_id"],
            ["inventory_delivery.id"],
            name=op.f("fk_inventory_delivery_backorder_of_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_delivery_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_delivery_destination_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_inventory_delivery_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["inventory_warehouse.id"],
            name=op.f("fk_inventory_delivery_warehouse_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_delivery")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_inventory_delivery_company_id_number")
        ),
    )
    with op.batch_alter_table("inventory_delivery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_delivery_address_id"), ["address_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_delivery_backorder_of_id"), ["backorder_of_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_delivery_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_delivery_destination_id"), ["destination_id"], unique=False
        )
        batch_op.create_index(
            "ix_inventory_delivery_due", ["state", "promised_on", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_delivery_party_id"), ["party_id"], unique=False
        )
        batch_op.create_index(
            "ix_inventory_delivery_source", ["source_id", "source_kind"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_delivery_warehouse_id"), ["warehouse_id"], unique=False
        )

    op.create_table(
        "inventory_forecast_series",
        sa.Column("forecast_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("warehouse_id", Id, nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("total", Exact(6), nullable=False),
        sa.Column("error", Exact(6), nullable=False),
        sa.Column("rmsse", Exact(4), nullable=True),
        sa.Column("mase", Exact(4), nullable=True),
        sa.Column("smape", Exact(4), nullable=True),
        sa.Column("bias", Exact(4), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "error >= 0", name=op.f("ck_inventory_forecast_series_error_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_forecast_series_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["forecast_id"],
            ["inventory_forecast.id"],
            name=op.f("fk_inventory_forecast_series_forecast_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_forecast_series_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["inventory_warehouse.id"],
            name=op.f("fk_inventory_forecast_series_warehouse_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_forecast_series")),
        sa.UniqueConstraint(
            "forecast_id",
            "product_id",
            "warehouse_id",
            name=op.f("uq_inventory_forecast_series_forecast_id_product_id_warehouse_id"),
        ),
    )
    with op.batch_alter_table("inventory_forecast_series", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_forecast_series_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_forecast_series_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_forecast_series_warehouse_id"), ["warehouse_id"], unique=False
        )

    op.create_table(
        "inventory_move",
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("lot_id", Id, nullable=True),
        sa.Column("from_id", Id, nullable=False),
        sa.Column("to_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("change", Exact(6), nullable=False),
        sa.Column("value", Exact(3), nullable=False),
        sa.Column("party_id", Id, nullable=True),
        sa.Column("document_kind", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("line_id", Id, nullable=True),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("source_line_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(change >= 0 OR value <= 0) AND (change <= 0 OR value >= 0)",
            name=op.f("ck_inventory_move_value_follows"),
        ),
        sa.CheckConstraint(
            "change = quantity OR change = -quantity OR (change = 0 AND value = 0)",
            name=op.f("ck_inventory_move_change_told"),
        ),
        sa.CheckConstraint(
            "quantity > 0 OR (quantity = 0 AND value <> 0)",
            name=op.f("ck_inventory_move_quantity_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_move_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_move_from_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["inventory_lot.id"],
            name=op.f("fk_inventory_move_lot_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_inventory_move_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_move_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["to_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_move_to_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_move")),
    )
    with op.batch_alter_table("inventory_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_move_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_inventory_move_day", ["company_id", "moved_on", "product_id"], unique=False
        )
        batch_op.create_index("ix_inventory_move_document", ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inventory_move_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inventory_move_lot_id"), ["lot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inventory_move_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            "ix_inventory_move_product", ["product_id", "moved_on", "id"], unique=False
        )
        batch_op.create_index("ix_inventory_move_source", ["source_id", "product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_inventory_move_to_id"), ["to_id"], unique=False)

    op.create_table(
        "inventory_opening",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("warehouse_id", Id, nullable=False),
        sa.Column("location_id", Id, nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_opening_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_opening_location_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["inventory_warehouse.id"],
            name=op.f("fk_inventory_opening_warehouse_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_opening")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_inventory_opening_company_id_number")
        ),
    )
    with op.batch_alter_table("inventory_opening", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_opening_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_opening_location_id"), ["location_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_opening_warehouse_id"), ["warehouse_id"], unique=False
        )

    op.create_table(
        "inventory_receipt",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("warehouse_id", Id, nullable=False),
        sa.Column("location_id", Id, nullable=True),
        sa.Column("party_id", Id, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("backorder_of_id", Id, nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('purchase', 'return', 'production')",
            name=op.f("ck_inventory_receipt_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["backorder_of_id"],
            ["inventory_receipt.id"],
            name=op.f("fk_inventory_receipt_backorder_of_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_receipt_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_receipt_location_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_inventory_receipt_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["warehouse_id"],
            ["inventory_warehouse.id"],
            name=op.f("fk_inventory_receipt_warehouse_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_receipt")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_inventory_receipt_company_id_number")
        ),
    )
    with op.batch_alter_table("inventory_receipt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_receipt_backorder_of_id"), ["backorder_of_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_receipt_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_inventory_receipt_due", ["state", "expected_on", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_receipt_location_id"), ["location_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_receipt_party_id"), ["party_id"], unique=False
        )
        batch_op.create_index(
            "ix_inventory_receipt_source", ["source_id", "source_kind"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_receipt_warehouse_id"), ["warehouse_id"], unique=False
        )

    op.create_table(
        "inventory_scrap",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("location_id", Id, nullable=False),
        sa.Column("scrapped_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_scrap_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_scrap_location_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_scrap")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_inventory_scrap_company_id_number")
        ),
    )
    with op.batch_alter_table("inventory_scrap", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_scrap_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_scrap_location_id"), ["location_id"], unique=False
        )

    op.create_table(
        "inventory_stock",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("location_id", Id, nullable=False),
        sa.Column("lot_id", Id, nullable=False),
        sa.Column("on_hand", Exact(6), nullable=False),
        sa.Column("reserved", Exact(6), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("on_hand >= 0", name=op.f("ck_inventory_stock_never_negative")),
        sa.CheckConstraint(
            "reserved >= 0 AND reserved <= on_hand",
            name=op.f("ck_inventory_stock_reserved_on_hand"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_stock_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_stock_location_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_stock_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_stock")),
    )
    with op.batch_alter_table("inventory_stock", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_stock_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_stock_location_id"), ["location_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_stock_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            "uq_inventory_stock", ["company_id", "product_id", "location_id", "lot_id"], unique=True
        )

    op.create_table(
        "inventory_transfer",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("origin_id", Id, nullable=False),
        sa.Column("destination_id", Id, nullable=False),
        sa.Column("transferred_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "origin_id <> destination_id", name=op.f("ck_inventory_transfer_somewhere_else")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_transfer_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_transfer_destination_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_transfer_origin_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_transfer")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_inventory_transfer_company_id_number")
        ),
    )
    with op.batch_alter_table("inventory_transfer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_transfer_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_transfer_destination_id"), ["destination_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_transfer_origin_id"), ["origin_id"], unique=False
        )

    op.create_table(
        "inventory_count_line",
        sa.Column("count_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("lot_id", Id, nullable=True),
        sa.Column("expected", Exact(6), nullable=True),
        sa.Column("counted", Exact(6), nullable=True),
        sa.Column("difference", Exact(6), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "counted >= 0", name=op.f("ck_inventory_count_line_counted_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["count_id"],
            ["inventory_count.id"],
            name=op.f("fk_inventory_count_line_count_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["inventory_lot.id"],
            name=op.f("fk_inventory_count_line_lot_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_count_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_count_line")),
    )
    with op.batch_alter_table("inventory_count_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_count_line_count_id"), ["count_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_count_line_lot_id"), ["lot_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_count_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "inventory_delivery_line",
        sa.Column("delivery_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("reserved", Exact(6), nullable=False),
        sa.Column("picked", Exact(6), nullable=True),
        sa.Column("shipped", Exact(6), nullable=False),
        sa.Column("lot_id", Id, nullable=True),
        sa.Column("source_line_id", Id, nullable=True),
        sa.Column("description", sa.String(length=400), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "picked >= 0 AND picked <= quantity",
            name=op.f("ck_inventory_delivery_line_picked_within_quantity"),
        ),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_inventory_delivery_line_quantity_positive")
        ),
        sa.CheckConstraint(
            "reserved >= 0 AND shipped >= 0 AND reserved + shipped <= quantity",
            name=op.f("ck_inventory_delivery_line_within_quantity"),
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["inventory_delivery.id"],
            name=op.f("fk_inventory_delivery_line_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["inventory_lot.id"],
            name=op.f("fk_inventory_delivery_line_lot_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_delivery_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_delivery_line")),
    )
    with op.batch_alter_table("inventory_delivery_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_delivery_line_delivery_id"), ["delivery_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_delivery_line_lot_id"), ["lot_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_delivery_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "inventory_forecast_adjustment",
        sa.Column("series_id", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "reason <> ''", name=op.f("ck_inventory_forecast_adjustment_reason_told")
        ),
        sa.CheckConstraint(
            "quantity >= 0", name=op.f("ck_inventory_forecast_adjustment_quantity_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["inventory_forecast_series.id"],
            name=op.f("fk_inventory_forecast_adjustment_series_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_forecast_adjustment")),
        sa.UniqueConstraint(
            "series_id", "on", name=op.f("uq_inventory_forecast_adjustment_series_id_on")
        ),
    )
    op.create_table(
        "inventory_forecast_line",
        sa.Column("series_id", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("low", Exact(6), nullable=False),
        sa.Column("high", Exact(6), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "low >= 0 AND low <= quantity AND quantity <= high",
            name=op.f("ck_inventory_forecast_line_low_to_high"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_forecast_line_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"],
            ["inventory_forecast_series.id"],
            name=op.f("fk_inventory_forecast_line_series_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_forecast_line")),
        sa.UniqueConstraint(
            "series_id", "on", name=op.f("uq_inventory_forecast_line_series_id_on")
        ),
    )
    with op.batch_alter_table("inventory_forecast_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_forecast_line_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "inventory_layer",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("move_id", Id, nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("value", Exact(3), nullable=False),
        sa.Column("left_quantity", Exact(6), nullable=False),
        sa.Column("left_value", Exact(3), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "left_quantity >= 0 AND left_quantity <= quantity",
            name=op.f("ck_inventory_layer_left_of_it"),
        ),
        sa.CheckConstraint(
            "left_value >= 0 AND left_value <= value",
            name=op.f("ck_inventory_layer_left_value_of_it"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_layer_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["move_id"],
            ["inventory_move.id"],
            name=op.f("fk_inventory_layer_move_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_layer_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_layer")),
    )
    with op.batch_alter_table("inventory_layer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_layer_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_inventory_layer_move_id"), ["move_id"], unique=False)
        batch_op.create_index("ix_inventory_layer_product", ["product_id", "id"], unique=False)

    op.create_table(
        "inventory_opening_line",
        sa.Column("opening_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("unit_cost", Exact(6), nullable=True),
        sa.Column("lots", sa.String(length=4000), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_inventory_opening_line_quantity_positive")
        ),
        sa.CheckConstraint(
            "unit_cost >= 0", name=op.f("ck_inventory_opening_line_unit_cost_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"],
            ["inventory_opening.id"],
            name=op.f("fk_inventory_opening_line_opening_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_opening_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_opening_line")),
    )
    with op.batch_alter_table("inventory_opening_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_opening_line_opening_id"), ["opening_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_opening_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "inventory_receipt_line",
        sa.Column("receipt_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("arrived", Exact(6), nullable=True),
        sa.Column("received", Exact(6), nullable=False),
        sa.Column("unit_cost", Exact(6), nullable=True),
        sa.Column("lots", sa.String(length=4000), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("source_line_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_inventory_receipt_line_quantity_positive")
        ),
        sa.CheckConstraint(
            "received >= 0 AND (arrived IS NULL OR arrived >= 0)",
            name=op.f("ck_inventory_receipt_line_received_not_negative"),
        ),
        sa.CheckConstraint(
            "unit_cost >= 0", name=op.f("ck_inventory_receipt_line_unit_cost_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_receipt_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"],
            ["inventory_receipt.id"],
            name=op.f("fk_inventory_receipt_line_receipt_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_receipt_line")),
    )
    with op.batch_alter_table("inventory_receipt_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_receipt_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_receipt_line_receipt_id"), ["receipt_id"], unique=False
        )

    op.create_table(
        "inventory_scrap_line",
        sa.Column("scrap_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("lot_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_inventory_scrap_line_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["inventory_lot.id"],
            name=op.f("fk_inventory_scrap_line_lot_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_scrap_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["scrap_id"],
            ["inventory_scrap.id"],
            name=op.f("fk_inventory_scrap_line_scrap_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_scrap_line")),
    )
    with op.batch_alter_table("inventory_scrap_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_scrap_line_lot_id"), ["lot_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_scrap_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_scrap_line_scrap_id"), ["scrap_id"], unique=False
        )

    op.create_table(
        "inventory_transfer_line",
        sa.Column("transfer_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("lot_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_inventory_transfer_line_quantity_positive")
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["inventory_lot.id"],
            name=op.f("fk_inventory_transfer_line_lot_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_transfer_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["inventory_transfer.id"],
            name=op.f("fk_inventory_transfer_line_transfer_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_transfer_line")),
    )
    with op.batch_alter_table("inventory_transfer_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_transfer_line_lot_id"), ["lot_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_transfer_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_transfer_line_transfer_id"), ["transfer_id"], unique=False
        )

    op.create_table(
        "inventory_reservation",
        sa.Column("line_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("location_id", Id, nullable=False),
        sa.Column("lot_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_inventory_reservation_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_inventory_reservation_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["inventory_delivery_line.id"],
            name=op.f("fk_inventory_reservation_line_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["location_id"],
            ["inventory_location.id"],
            name=op.f("fk_inventory_reservation_location_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_inventory_reservation_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_reservation")),
    )
    with op.batch_alter_table("inventory_reservation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inventory_reservation_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_inventory_reservation_line_id"), ["line_id"], unique=False
        )
        batch_op.create_index(
            "ix_inventory_reservation_place", ["product_id", "location_id", "lot_id"], unique=False
        )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    with op.batch_alter_table("inventory_reservation", schema=None) as batch_op:
        batch_op.drop_index("ix_inventory_reservation_place")
        batch_op.drop_index(batch_op.f("ix_inventory_reservation_line_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_reservation_company_id"))

    op.drop_table("inventory_reservation")
    with op.batch_alter_table("inventory_transfer_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_transfer_line_transfer_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_transfer_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_transfer_line_lot_id"))

    op.drop_table("inventory_transfer_line")
    with op.batch_alter_table("inventory_scrap_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_scrap_line_scrap_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_scrap_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_scrap_line_lot_id"))

    op.drop_table("inventory_scrap_line")
    with op.batch_alter_table("inventory_receipt_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_receipt_line_receipt_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_receipt_line_product_id"))

    op.drop_table("inventory_receipt_line")
    with op.batch_alter_table("inventory_opening_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_opening_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_opening_line_opening_id"))

    op.drop_table("inventory_opening_line")
    with op.batch_alter_table("inventory_layer", schema=None) as batch_op:
        batch_op.drop_index("ix_inventory_layer_product")
        batch_op.drop_index(batch_op.f("ix_inventory_layer_move_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_layer_company_id"))

    op.drop_table("inventory_layer")
    with op.batch_alter_table("inventory_forecast_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_forecast_line_company_id"))

    op.drop_table("inventory_forecast_line")
    op.drop_table("inventory_forecast_adjustment")
    with op.batch_alter_table("inventory_delivery_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_delivery_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_delivery_line_lot_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_delivery_line_delivery_id"))

    op.drop_table("inventory_delivery_line")
    with op.batch_alter_table("inventory_count_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_count_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_count_line_lot_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_count_line_count_id"))

    op.drop_table("inventory_count_line")
    with op.batch_alter_table("inventory_transfer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_transfer_origin_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_transfer_destination_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_transfer_company_id"))

    op.drop_table("inventory_transfer")
    with op.batch_alter_table("inventory_stock", schema=None) as batch_op:
        batch_op.drop_index("uq_inventory_stock")
        batch_op.drop_index(batch_op.f("ix_inventory_stock_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_stock_location_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_stock_company_id"))

    op.drop_table("inventory_stock")
    with op.batch_alter_table("inventory_scrap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_scrap_location_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_scrap_company_id"))

    op.drop_table("inventory_scrap")
    with op.batch_alter_table("inventory_receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_receipt_warehouse_id"))
        batch_op.drop_index("ix_inventory_receipt_source")
        batch_op.drop_index(batch_op.f("ix_inventory_receipt_party_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_receipt_location_id"))
        batch_op.drop_index("ix_inventory_receipt_due")
        batch_op.drop_index(batch_op.f("ix_inventory_receipt_company_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_receipt_backorder_of_id"))

    op.drop_table("inventory_receipt")
    with op.batch_alter_table("inventory_opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_opening_warehouse_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_opening_location_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_opening_company_id"))

    op.drop_table("inventory_opening")
    with op.batch_alter_table("inventory_move", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_move_to_id"))
        batch_op.drop_index("ix_inventory_move_source")
        batch_op.drop_index("ix_inventory_move_product")
        batch_op.drop_index(batch_op.f("ix_inventory_move_party_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_move_lot_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_move_from_id"))
        batch_op.drop_index("ix_inventory_move_document")
        batch_op.drop_index("ix_inventory_move_day")
        batch_op.drop_index(batch_op.f("ix_inventory_move_company_id"))

    op.drop_table("inventory_move")
    with op.batch_alter_table("inventory_forecast_series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_forecast_series_warehouse_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_forecast_series_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_forecast_series_company_id"))

    op.drop_table("inventory_forecast_series")
    with op.batch_alter_table("inventory_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_delivery_warehouse_id"))
        batch_op.drop_index("ix_inventory_delivery_source")
        batch_op.drop_index(batch_op.f("ix_inventory_delivery_party_id"))
        batch_op.drop_index("ix_inventory_delivery_due")
        batch_op.drop_index(batch_op.f("ix_inventory_delivery_destination_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_delivery_company_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_delivery_backorder_of_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_delivery_address_id"))

    op.drop_table("inventory_delivery")
    with op.batch_alter_table("inventory_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_count_location_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_count_company_id"))

    op.drop_table("inventory_count")
    with op.batch_alter_table("inventory_reorder_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_reorder_rule_warehouse_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_reorder_rule_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_reorder_rule_company_id"))

    op.drop_table("inventory_reorder_rule")
    with op.batch_alter_table("inventory_location", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_location_warehouse_id"))
        batch_op.drop_index("ix_inventory_location_role")
        batch_op.drop_index(batch_op.f("ix_inventory_location_parent_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_location_company_id"))

    op.drop_table("inventory_location")
    with op.batch_alter_table("inventory_forecast", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_forecast_warehouse_id"))
        batch_op.drop_index("ix_inventory_forecast_state")
        batch_op.drop_index(batch_op.f("ix_inventory_forecast_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_forecast_company_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_forecast_category_id"))

    op.drop_table("inventory_forecast")
    with op.batch_alter_table("inventory_warehouse", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_warehouse_company_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_warehouse_address_id"))

    op.drop_table("inventory_warehouse")
    with op.batch_alter_table("inventory_value", schema=None) as batch_op:
        batch_op.drop_index("uq_inventory_value")
        batch_op.drop_index(batch_op.f("ix_inventory_value_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_value_company_id"))

    op.drop_table("inventory_value")
    with op.batch_alter_table("inventory_lot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inventory_lot_product_id"))
        batch_op.drop_index(batch_op.f("ix_inventory_lot_company_id"))

    op.drop_table("inventory_lot")
    op.drop_table("inventory_category_ext")
