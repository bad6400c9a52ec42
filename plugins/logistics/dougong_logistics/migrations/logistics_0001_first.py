"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id, Moment
from dougong_logistics.protections import protect_all, unprotect_all

revision = "logistics_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"base": "base_0001", "core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "logistics_plan",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("detour", Exact(4), nullable=False),
        sa.Column("speed", Id, nullable=False),
        sa.Column("method", sa.String(length=12), nullable=True),
        sa.Column("distance", Exact(6), nullable=False),
        sa.Column("cost", Exact(3), nullable=False),
        sa.Column("matrix", sa.String(length=200000), nullable=True),
        sa.Column("leave_out", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "detour > 0 AND speed > 0", name=op.f("ck_logistics_plan_roads_are_longer")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_plan_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_plan")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_plan_company_id_number")
        ),
    )
    with op.batch_alter_table("logistics_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_plan_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "logistics_scenario",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("method", sa.String(length=12), nullable=True),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_scenario_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_scenario")),
        sa.UniqueConstraint(
            "company_id", "name", name=op.f("uq_logistics_scenario_company_id_name")
        ),
    )
    with op.batch_alter_table("logistics_scenario", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_scenario_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "logistics_carrier",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("party_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("tracking_url", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_carrier_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_logistics_carrier_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_logistics_carrier_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_carrier")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_logistics_carrier_company_id_code")
        ),
    )
    with op.batch_alter_table("logistics_carrier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_carrier_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_carrier_party_id"), ["party_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_carrier_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "logistics_driver",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("licence_until", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_driver_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_logistics_driver_user_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_driver")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_logistics_driver_company_id_name")),
    )
    with op.batch_alter_table("logistics_driver", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_driver_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_logistics_driver_user_id"), ["user_id"], unique=False)

    op.create_table(
        "logistics_lane",
        sa.Column("scenario_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("site", sa.String(length=60), nullable=False),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("cost", Exact(3), nullable=False),
        sa.Column("share", Exact(4), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_logistics_lane_cost_not_negative")),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["logistics_scenario.id"],
            name=op.f("fk_logistics_lane_scenario_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_lane")),
        sa.UniqueConstraint(
            "scenario_id", "site", "region", name=op.f("uq_logistics_lane_scenario_id_site_region")
        ),
    )
    op.create_table(
        "logistics_product_ext",
        sa.Column("product_id", Id, autoincrement=False, nullable=False),
        sa.Column("customs_code", sa.String(length=12), nullable=True),
        sa.Column("origin", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_logistics_product_ext_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_logistics_product_ext")),
    )
    op.create_table(
        "logistics_region",
        sa.Column("scenario_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("demand", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("demand >= 0", name=op.f("ck_logistics_region_demand_not_negative")),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["logistics_scenario.id"],
            name=op.f("fk_logistics_region_scenario_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_region")),
        sa.UniqueConstraint(
            "scenario_id", "name", name=op.f("uq_logistics_region_scenario_id_name")
        ),
    )
    op.create_table(
        "logistics_site",
        sa.Column("scenario_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("fixed", Exact(3), nullable=False),
        sa.Column("capacity", Exact(6), nullable=True),
        sa.Column("opened", sa.Boolean(), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "fixed >= 0 AND (capacity IS NULL OR capacity > 0)",
            name=op.f("ck_logistics_site_costs_and_holds"),
        ),
        sa.ForeignKeyConstraint(
            ["scenario_id"],
            ["logistics_scenario.id"],
            name=op.f("fk_logistics_site_scenario_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_site")),
        sa.UniqueConstraint("scenario_id", "name", name=op.f("uq_logistics_site_scenario_id_name")),
    )
    op.create_table(
        "logistics_place",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("address_id", Id, nullable=True),
        sa.Column("latitude", Exact(6), nullable=False),
        sa.Column("longitude", Exact(6), nullable=False),
        sa.Column("is_depot", sa.Boolean(), nullable=False),
        sa.Column("opens", sa.String(length=5), nullable=True),
        sa.Column("closes", sa.String(length=5), nullable=True),
        sa.Column("service_minutes", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "service_minutes >= 0", name=op.f("ck_logistics_place_minutes_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["base_address.id"],
            name=op.f("fk_logistics_place_address_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_place_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_place")),
    )
    with op.batch_alter_table("logistics_place", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_place_address_id"), ["address_id"], unique=True
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_place_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_logistics_place_name"), ["name"], unique=False)

    op.create_table(
        "logistics_service",
        sa.Column("carrier_id", Id, nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("days", Id, nullable=False),
        sa.Column("divisor", Id, nullable=True),
        sa.Column("parcel_limit", Exact(6), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_logistics_service_days_not_negative")),
        sa.CheckConstraint("divisor > 0", name=op.f("ck_logistics_service_divisor_positive")),
        sa.CheckConstraint(
            "parcel_limit > 0", name=op.f("ck_logistics_service_parcel_limit_positive")
        ),
        sa.ForeignKeyConstraint(
            ["carrier_id"],
            ["logistics_carrier.id"],
            name=op.f("fk_logistics_service_carrier_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_service_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_service")),
        sa.UniqueConstraint(
            "company_id", "code", name=op.f("uq_logistics_service_company_id_code")
        ),
    )
    with op.batch_alter_table("logistics_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_service_carrier_id"), ["carrier_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_service_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "logistics_statement",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("carrier_id", Id, nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("charged", Exact(3), nullable=False),
        sa.Column("expected", Exact(3), nullable=False),
        sa.Column("difference", Exact(3), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"],
            ["logistics_carrier.id"],
            name=op.f("fk_logistics_statement_carrier_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_statement_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_statement")),
        sa.UniqueConstraint(
            "carrier_id", "reference", name=op.f("uq_logistics_statement_carrier_id_reference")
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_statement_company_id_number")
        ),
    )
    with op.batch_alter_table("logistics_statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_statement_carrier_id"), ["carrier_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_statement_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "logistics_vehicle",
        sa.Column("plate", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("driver_id", Id, nullable=True),
        sa.Column("capacity", Exact(6), nullable=False),
        sa.Column("room", Exact(6), nullable=True),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("cost_a_day", Exact(3), nullable=False),
        sa.Column("cost_a_km", Exact(6), nullable=False),
        sa.Column("odometer", Id, nullable=False),
        sa.Column("service_every_km", Id, nullable=True),
        sa.Column("service_every_months", Id, nullable=True),
        sa.Column("next_service_km", Id, nullable=True),
        sa.Column("next_service_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('van', 'truck', 'car', 'bike')", name=op.f("ck_logistics_vehicle_kind_known")
        ),
        sa.CheckConstraint(
            "capacity > 0 AND (room IS NULL OR room > 0)",
            name=op.f("ck_logistics_vehicle_carries_something"),
        ),
        sa.CheckConstraint(
            "cost_a_day >= 0 AND cost_a_km >= 0",
            name=op.f("ck_logistics_vehicle_costs_not_negative"),
        ),
        sa.CheckConstraint(
            "service_every_km > 0 AND service_every_months > 0",
            name=op.f("ck_logistics_vehicle_service_comes_again"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_vehicle_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["driver_id"],
            ["logistics_driver.id"],
            name=op.f("fk_logistics_vehicle_driver_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_vehicle")),
        sa.UniqueConstraint(
            "company_id", "plate", name=op.f("uq_logistics_vehicle_company_id_plate")
        ),
    )
    with op.batch_alter_table("logistics_vehicle", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_vehicle_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_vehicle_driver_id"), ["driver_id"], unique=False
        )

    op.create_table(
        "logistics_fleet_entry",
        sa.Column("vehicle_id", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("odometer", Id, nullable=True),
        sa.Column("litres", Exact(6), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('odometer', 'fuel', 'service', 'contract', 'other')",
            name=op.f("ck_logistics_fleet_entry_kind_known"),
        ),
        sa.CheckConstraint(
            "amount >= 0 AND litres >= 0 AND odometer >= 0",
            name=op.f("ck_logistics_fleet_entry_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_fleet_entry_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vehicle_id"],
            ["logistics_vehicle.id"],
            name=op.f("fk_logistics_fleet_entry_vehicle_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_fleet_entry")),
    )
    with op.batch_alter_table("logistics_fleet_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_fleet_entry_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_fleet_entry_vehicle_id"), ["vehicle_id"], unique=False
        )

    op.create_table(
        "logistics_plan_vehicle",
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("vehicle_id", Id, nullable=False),
        sa.Column("depot_id", Id, nullable=False),
        sa.Column("distance", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["depot_id"],
            ["logistics_place.id"],
            name=op.f("fk_logistics_plan_vehicle_depot_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["logistics_plan.id"],
            name=op.f("fk_logistics_plan_vehicle_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["vehicle_id"],
            ["logistics_vehicle.id"],
            name=op.f("fk_logistics_plan_vehicle_vehicle_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_plan_vehicle")),
        sa.UniqueConstraint(
            "plan_id", "vehicle_id", name=op.f("uq_logistics_plan_vehicle_plan_id_vehicle_id")
        ),
    )
    with op.batch_alter_table("logistics_plan_vehicle", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_plan_vehicle_depot_id"), ["depot_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_plan_vehicle_vehicle_id"), ["vehicle_id"], unique=False
        )

    op.create_table(
        "logistics_shipment",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("party_id", Id, nullable=True),
        sa.Column("address_id", Id, nullable=True),
        sa.Column("warehouse_id", Id, nullable=True),
        sa.Column("ship_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("service_id", Id, nullable=True),
        sa.Column("carrier_id", Id, nullable=True),
        sa.Column("tracking_number", sa.String(length=60), nullable=True),
        sa.Column("cost", Exact(3), nullable=False),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(length=120), nullable=True),
        sa.Column("proof_note", sa.String(length=1000), nullable=True),
        sa.Column("signature", sa.String(length=20000), nullable=True),
        sa.Column("incoterm", sa.String(length=3), nullable=True),
        sa.Column("incoterm_place", sa.String(length=80), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("cost >= 0", name=op.f("ck_logistics_shipment_cost_not_negative")),
        sa.CheckConstraint(
            "service_id IS NULL OR NOT own", name=op.f("ck_logistics_shipment_own_or_carrier")
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["base_address.id"],
            name=op.f("fk_logistics_shipment_address_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["carrier_id"],
            ["logistics_carrier.id"],
            name=op.f("fk_logistics_shipment_carrier_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_shipment_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_logistics_shipment_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["logistics_service.id"],
            name=op.f("fk_logistics_shipment_service_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_shipment")),
        sa.UniqueConstraint(
            "company_id",
            "carrier_id",
            "tracking_number",
            name=op.f("uq_logistics_shipment_company_id_carrier_id_tracking_number"),
        ),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_shipment_company_id_number")
        ),
    )
    with op.batch_alter_table("logistics_shipment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_shipment_address_id"), ["address_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_shipment_carrier_id"), ["carrier_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_shipment_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index("ix_logistics_shipment_due", ["state", "ship_on", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_logistics_shipment_party_id"), ["party_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_shipment_service_id"), ["service_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_shipment_tracking_number"), ["tracking_number"], unique=False
        )

    op.create_table(
        "logistics_tariff",
        sa.Column("service_id", Id, nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("postcode", sa.String(length=20), nullable=True),
        sa.Column("basis", sa.String(length=6), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("fuel", Exact(4), nullable=False),
        sa.Column("minimum", Exact(3), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "basis IN ('weight', 'amount')", name=op.f("ck_logistics_tariff_basis_known")
        ),
        sa.CheckConstraint(
            "fuel >= 0 AND minimum >= 0", name=op.f("ck_logistics_tariff_not_negative")
        ),
        sa.CheckConstraint(
            "valid_until >= valid_from", name=op.f("ck_logistics_tariff_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_tariff_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["logistics_service.id"],
            name=op.f("fk_logistics_tariff_service_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_tariff")),
    )
    with op.batch_alter_table("logistics_tariff", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_tariff_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_logistics_tariff_zone",
            ["service_id", "country", "postcode", "valid_from"],
            unique=False,
        )

    op.create_table(
        "logistics_tour",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("plan_id", Id, nullable=True),
        sa.Column("vehicle_id", Id, nullable=False),
        sa.Column("driver_id", Id, nullable=True),
        sa.Column("depot_id", Id, nullable=True),
        sa.Column("distance", Exact(6), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_tour_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["depot_id"],
            ["logistics_place.id"],
            name=op.f("fk_logistics_tour_depot_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["driver_id"],
            ["logistics_driver.id"],
            name=op.f("fk_logistics_tour_driver_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["logistics_plan.id"],
            name=op.f("fk_logistics_tour_plan_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vehicle_id"],
            ["logistics_vehicle.id"],
            name=op.f("fk_logistics_tour_vehicle_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_tour")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_tour_company_id_number")
        ),
    )
    with op.batch_alter_table("logistics_tour", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_tour_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_logistics_tour_depot_id"), ["depot_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_logistics_tour_driver_id"), ["driver_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_logistics_tour_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_logistics_tour_vehicle_id"), ["vehicle_id"], unique=False
        )

    op.create_table(
        "logistics_billed",
        sa.Column("shipment_id", Id, nullable=False),
        sa.Column("statement_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["logistics_shipment.id"],
            name=op.f("fk_logistics_billed_shipment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["logistics_statement.id"],
            name=op.f("fk_logistics_billed_statement_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_billed")),
        sa.UniqueConstraint("shipment_id", name=op.f("uq_logistics_billed_shipment_id")),
    )
    with op.batch_alter_table("logistics_billed", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_billed_statement_id"), ["statement_id"], unique=False
        )

    op.create_table(
        "logistics_parcel",
        sa.Column("shipment_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("weight", Exact(6), nullable=False),
        sa.Column("length", Id, nullable=True),
        sa.Column("width", Id, nullable=True),
        sa.Column("height", Id, nullable=True),
        sa.Column("stated_volume", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "length > 0 AND width > 0 AND height > 0",
            name=op.f("ck_logistics_parcel_size_positive"),
        ),
        sa.CheckConstraint(
            "weight >= 0 AND stated_volume >= 0", name=op.f("ck_logistics_parcel_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["logistics_shipment.id"],
            name=op.f("fk_logistics_parcel_shipment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_parcel")),
    )
    with op.batch_alter_table("logistics_parcel", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_parcel_shipment_id"), ["shipment_id"], unique=False
        )

    op.create_table(
        "logistics_photo",
        sa.Column("shipment_id", Id, nullable=False),
        sa.Column("media", sa.String(length=20), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "length(data) BETWEEN 1 AND 1000000", name=op.f("ck_logistics_photo_size_capped")
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["logistics_shipment.id"],
            name=op.f("fk_logistics_photo_shipment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_photo")),
        sa.UniqueConstraint("shipment_id", name=op.f("uq_logistics_photo_shipment_id")),
    )
    op.create_table(
        "logistics_plan_stop",
        sa.Column("plan_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("shipment_id", Id, nullable=False),
        sa.Column("vehicle_id", Id, nullable=True),
        sa.Column("turn", Id, nullable=True),
        sa.Column("arrives", sa.String(length=5), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["logistics_plan.id"],
            name=op.f("fk_logistics_plan_stop_plan_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["logistics_shipment.id"],
            name=op.f("fk_logistics_plan_stop_shipment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vehicle_id"],
            ["logistics_vehicle.id"],
            name=op.f("fk_logistics_plan_stop_vehicle_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_plan_stop")),
        sa.UniqueConstraint(
            "plan_id", "shipment_id", name=op.f("uq_logistics_plan_stop_plan_id_shipment_id")
        ),
    )
    with op.batch_alter_table("logistics_plan_stop", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_plan_stop_shipment_id"), ["shipment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_plan_stop_vehicle_id"), ["vehicle_id"], unique=False
        )

    op.create_table(
        "logistics_return",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("party_id", Id, nullable=False),
        sa.Column("address_id", Id, nullable=True),
        sa.Column("shipment_id", Id, nullable=True),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("tracking_number", sa.String(length=60), nullable=True),
        sa.Column("credit", sa.Boolean(), nullable=False),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("receipt_kind", sa.String(length=60), nullable=True),
        sa.Column("receipt_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "reason IN ('damaged', 'wrong', 'unwanted', 'late', 'refused', 'other')",
            name=op.f("ck_logistics_return_reason_known"),
        ),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["base_address.id"],
            name=op.f("fk_logistics_return_address_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_return_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_logistics_return_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["logistics_shipment.id"],
            name=op.f("fk_logistics_return_shipment_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_return")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_logistics_return_company_id_number")
        ),
        sa.UniqueConstraint(
            "source_kind", "source_id", name=op.f("uq_logistics_return_source_kind_source_id")
        ),
    )
    with op.batch_alter_table("logistics_return", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_return_address_id"), ["address_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_return_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_return_party_id"), ["party_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_return_shipment_id"), ["shipment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_logistics_return_state"), ["state"], unique=False)

    op.create_table(
        "logistics_shipment_line",
        sa.Column("shipment_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("weight", Exact(6), nullable=True),
        sa.Column("volume", Exact(6), nullable=True),
        sa.Column("value", Exact(3), nullable=True),
        sa.Column("customs_code", sa.String(length=12), nullable=True),
        sa.Column("origin", sa.String(length=2), nullable=True),
        sa.Column("delivery_kind", sa.String(length=60), nullable=True),
        sa.Column("delivery_id", Id, nullable=True),
        sa.Column("delivery_line_id", Id, nullable=True),
        sa.Column("left", sa.Boolean(), nullable=False),
        sa.Column("refused", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_logistics_shipment_line_quantity_positive")
        ),
        sa.CheckConstraint(
            "refused >= 0 AND refused <= quantity",
            name=op.f("ck_logistics_shipment_line_refused_within"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_logistics_shipment_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["logistics_shipment.id"],
            name=op.f("fk_logistics_shipment_line_shipment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_shipment_line")),
    )
    with op.batch_alter_table("logistics_shipment_line", schema=None) as batch_op:
        batch_op.create_index(
            "ix_logistics_shipment_line_delivery", ["delivery_id", "delivery_kind"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_shipment_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_shipment_line_shipment_id"), ["shipment_id"], unique=False
        )

    op.create_table(
        "logistics_statement_line",
        sa.Column("statement_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("tracking", sa.String(length=60), nullable=True),
        sa.Column("shipment_id", Id, nullable=True),
        sa.Column("charged", Exact(3), nullable=False),
        sa.Column("expected", Exact(3), nullable=False),
        sa.Column("difference", Exact(3), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "charged >= 0", name=op.f("ck_logistics_statement_line_charged_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["logistics_shipment.id"],
            name=op.f("fk_logistics_statement_line_shipment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["logistics_statement.id"],
            name=op.f("fk_logistics_statement_line_statement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_statement_line")),
    )
    with op.batch_alter_table("logistics_statement_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_statement_line_shipment_id"), ["shipment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_statement_line_statement_id"), ["statement_id"], unique=False
        )

    op.create_table(
        "logistics_tariff_step",
        sa.Column("tariff_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("up_to", Exact(6), nullable=False),
        sa.Column("base", Exact(3), nullable=False),
        sa.Column("rate", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "base >= 0 AND rate >= 0", name=op.f("ck_logistics_tariff_step_prices_not_negative")
        ),
        sa.CheckConstraint("up_to > 0", name=op.f("ck_logistics_tariff_step_up_to_positive")),
        sa.ForeignKeyConstraint(
            ["tariff_id"],
            ["logistics_tariff.id"],
            name=op.f("fk_logistics_tariff_step_tariff_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_tariff_step")),
        sa.UniqueConstraint(
            "tariff_id", "up_to", name=op.f("uq_logistics_tariff_step_tariff_id_up_to")
        ),
    )
    op.create_table(
        "logistics_tour_stop",
        sa.Column("tour_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("shipment_id", Id, nullable=False),
        sa.Column("arrives", sa.String(length=5), nullable=True),
        sa.Column("arrived_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "outcome IN ('open', 'delivered', 'partly', 'refused')",
            name=op.f("ck_logistics_tour_stop_outcome_known"),
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["logistics_shipment.id"],
            name=op.f("fk_logistics_tour_stop_shipment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["tour_id"],
            ["logistics_tour.id"],
            name=op.f("fk_logistics_tour_stop_tour_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_tour_stop")),
        sa.UniqueConstraint(
            "tour_id", "shipment_id", name=op.f("uq_logistics_tour_stop_tour_id_shipment_id")
        ),
    )
    with op.batch_alter_table("logistics_tour_stop", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_tour_stop_shipment_id"), ["shipment_id"], unique=False
        )

    op.create_table(
        "logistics_tracking",
        sa.Column("shipment_id", Id, nullable=False),
        sa.Column("happened_at", Moment(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=True),
        sa.Column("text", sa.String(length=400), nullable=True),
        sa.Column("received_by", sa.String(length=120), nullable=True),
        sa.Column("applied", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "status IN ('under_way', 'delivered', 'failed', 'returned', 'note')",
            name=op.f("ck_logistics_tracking_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_logistics_tracking_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["logistics_shipment.id"],
            name=op.f("fk_logistics_tracking_shipment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_tracking")),
        sa.UniqueConstraint(
            "shipment_id",
            "happened_at",
            "status",
            name=op.f("uq_logistics_tracking_shipment_id_happened_at_status"),
        ),
    )
    with op.batch_alter_table("logistics_tracking", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_tracking_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_tracking_shipment_id"), ["shipment_id"], unique=False
        )

    op.create_table(
        "logistics_return_line",
        sa.Column("return_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("received", Exact(6), nullable=False),
        sa.Column("good", Exact(6), nullable=False),
        sa.Column("damaged", Exact(6), nullable=False),
        sa.Column("missing", Exact(6), nullable=False),
        sa.Column("fate", sa.String(length=10), nullable=False),
        sa.Column("lot", sa.String(length=60), nullable=True),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "fate IN ('quarantine', 'scrap')", name=op.f("ck_logistics_return_line_fate_known")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_logistics_return_line_quantity_positive")),
        sa.CheckConstraint(
            "received >= 0 AND good >= 0 AND damaged >= 0 AND missing >= 0 AND price >= 0",
            name=op.f("ck_logistics_return_line_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_logistics_return_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["logistics_return.id"],
            name=op.f("fk_logistics_return_line_return_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logistics_return_line")),
    )
    with op.batch_alter_table("logistics_return_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_logistics_return_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_logistics_return_line_return_id"), ["return_id"], unique=False
        )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    with op.batch_alter_table("logistics_return_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_return_line_return_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_return_line_product_id"))

    op.drop_table("logistics_return_line")
    with op.batch_alter_table("logistics_tracking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_tracking_shipment_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_tracking_company_id"))

    op.drop_table("logistics_tracking")
    with op.batch_alter_table("logistics_tour_stop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_tour_stop_shipment_id"))

    op.drop_table("logistics_tour_stop")
    op.drop_table("logistics_tariff_step")
    with op.batch_alter_table("logistics_statement_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_statement_line_statement_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_statement_line_shipment_id"))

    op.drop_table("logistics_statement_line")
    with op.batch_alter_table("logistics_shipment_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_shipment_line_shipment_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_shipment_line_product_id"))
        batch_op.drop_index("ix_logistics_shipment_line_delivery")

    op.drop_table("logistics_shipment_line")
    with op.batch_alter_table("logistics_return", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_return_state"))
        batch_op.drop_index(batch_op.f("ix_logistics_return_shipment_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_return_party_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_return_company_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_return_address_id"))

    op.drop_table("logistics_return")
    with op.batch_alter_table("logistics_plan_stop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_plan_stop_vehicle_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_plan_stop_shipment_id"))

    op.drop_table("logistics_plan_stop")
    op.drop_table("logistics_photo")
    with op.batch_alter_table("logistics_parcel", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_parcel_shipment_id"))

    op.drop_table("logistics_parcel")
    with op.batch_alter_table("logistics_billed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_billed_statement_id"))

    op.drop_table("logistics_billed")
    with op.batch_alter_table("logistics_tour", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_tour_vehicle_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_tour_plan_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_tour_driver_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_tour_depot_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_tour_company_id"))

    op.drop_table("logistics_tour")
    with op.batch_alter_table("logistics_tariff", schema=None) as batch_op:
        batch_op.drop_index("ix_logistics_tariff_zone")
        batch_op.drop_index(batch_op.f("ix_logistics_tariff_company_id"))

    op.drop_table("logistics_tariff")
    with op.batch_alter_table("logistics_shipment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_shipment_tracking_number"))
        batch_op.drop_index(batch_op.f("ix_logistics_shipment_service_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_shipment_party_id"))
        batch_op.drop_index("ix_logistics_shipment_due")
        batch_op.drop_index(batch_op.f("ix_logistics_shipment_company_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_shipment_carrier_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_shipment_address_id"))

    op.drop_table("logistics_shipment")
    with op.batch_alter_table("logistics_plan_vehicle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_plan_vehicle_vehicle_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_plan_vehicle_depot_id"))

    op.drop_table("logistics_plan_vehicle")
    with op.batch_alter_table("logistics_fleet_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_fleet_entry_vehicle_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_fleet_entry_company_id"))

    op.drop_table("logistics_fleet_entry")
    with op.batch_alter_table("logistics_vehicle", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_vehicle_driver_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_vehicle_company_id"))

    op.drop_table("logistics_vehicle")
    with op.batch_alter_table("logistics_statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_statement_company_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_statement_carrier_id"))

    op.drop_table("logistics_statement")
    with op.batch_alter_table("logistics_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_service_company_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_service_carrier_id"))

    op.drop_table("logistics_service")
    with op.batch_alter_table("logistics_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_place_name"))
        batch_op.drop_index(batch_op.f("ix_logistics_place_company_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_place_address_id"))

    op.drop_table("logistics_place")
    op.drop_table("logistics_site")
    op.drop_table("logistics_region")
    op.drop_table("logistics_product_ext")
    op.drop_table("logistics_lane")
    with op.batch_alter_table("logistics_driver", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_driver_user_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_driver_company_id"))

    op.drop_table("logistics_driver")
    with op.batch_alter_table("logistics_carrier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_carrier_product_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_carrier_party_id"))
        batch_op.drop_index(batch_op.f("ix_logistics_carrier_company_id"))

    op.drop_table("logistics_carrier")
    with op.batch_alter_table("logistics_scenario", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_scenario_company_id"))

    op.drop_table("logistics_scenario")
    with op.batch_alter_table("logistics_plan", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_logistics_plan_company_id"))

    op.drop_table("logistics_plan")
