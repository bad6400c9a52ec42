"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id

revision = "rental_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"base": "base_0001", "core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "rental_asset",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("day_price", Exact(6), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('machine', 'vehicle', 'other')", name=op.f("ck_rental_asset_kind_known")
        ),
        sa.CheckConstraint("day_price >= 0", name=op.f("ck_rental_asset_day_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_rental_asset_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_rental_asset_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rental_asset")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_rental_asset_company_id_code")),
    )
    with op.batch_alter_table("rental_asset", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rental_asset_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_rental_asset_kind"), ["kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_rental_asset_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "rental_party_ext",
        sa.Column("party_id", Id, autoincrement=False, nullable=False),
        sa.Column("deposit", Exact(3), nullable=True),
        sa.CheckConstraint("deposit >= 0", name=op.f("ck_rental_party_ext_deposit_not_negative")),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_rental_party_ext_party_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_rental_party_ext")),
    )
    op.create_table(
        "rental_rental",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("asset_id", Id, nullable=False),
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("day_price", Exact(6), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_rental_rental_until_after_from")),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["rental_asset.id"],
            name=op.f("fk_rental_rental_asset_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_rental_rental_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["base_party.id"],
            name=op.f("fk_rental_rental_customer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rental_rental")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_rental_rental_company_id_number")
        ),
    )
    with op.batch_alter_table("rental_rental", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rental_rental_asset_id"), ["asset_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_rental_rental_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_rental_rental_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_rental_rental_from_on"), ["from_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_rental_rental_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_rental_rental_until_on"), ["until_on"], unique=False)

    op.create_table(
        "rental_day",
        sa.Column("asset_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rental_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["asset_id"],
            ["rental_asset.id"],
            name=op.f("fk_rental_day_asset_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["rental_id"],
            ["rental_rental.id"],
            name=op.f("fk_rental_day_rental_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rental_day")),
        sa.UniqueConstraint("asset_id", "day", name=op.f("uq_rental_day_asset_id_day")),
    )
    with op.batch_alter_table("rental_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rental_day_rental_id"), ["rental_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("rental_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rental_day_rental_id"))

    op.drop_table("rental_day")
    with op.batch_alter_table("rental_rental", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rental_rental_until_on"))
        batch_op.drop_index(batch_op.f("ix_rental_rental_state"))
        batch_op.drop_index(batch_op.f("ix_rental_rental_from_on"))
        batch_op.drop_index(batch_op.f("ix_rental_rental_customer_id"))
        batch_op.drop_index(batch_op.f("ix_rental_rental_company_id"))
        batch_op.drop_index(batch_op.f("ix_rental_rental_asset_id"))

    op.drop_table("rental_rental")
    op.drop_table("rental_party_ext")
    with op.batch_alter_table("rental_asset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rental_asset_product_id"))
        batch_op.drop_index(batch_op.f("ix_rental_asset_kind"))
        batch_op.drop_index(batch_op.f("ix_rental_asset_company_id"))

    op.drop_table("rental_asset")
