"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id

revision = "pos_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"base": "base_0001", "core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "pos_till",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_pos_till_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["base_party.id"],
            name=op.f("fk_pos_till_customer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pos_till")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_pos_till_company_id_code")),
    )
    with op.batch_alter_table("pos_till", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pos_till_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pos_till_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "pos_day",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("till_id", Id, nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("opened_with", Exact(3), nullable=False),
        sa.Column("cash", Exact(3), nullable=False),
        sa.Column("card", Exact(3), nullable=False),
        sa.Column("counted", Exact(3), nullable=True),
        sa.Column("difference", Exact(3), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("opened_with >= 0", name=op.f("ck_pos_day_opened_with_not_negative")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_pos_day_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["till_id"], ["pos_till.id"], name=op.f("fk_pos_day_till_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pos_day")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_pos_day_company_id_number")),
    )
    with op.batch_alter_table("pos_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pos_day_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pos_day_opened_on"), ["opened_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_pos_day_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_pos_day_till_id"), ["till_id"], unique=False)
        batch_op.create_index(
            "uq_pos_day_open",
            ["till_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "pos_sale",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("day_id", Id, nullable=False),
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("untaxed", Exact(3), nullable=False),
        sa.Column("tax", Exact(3), nullable=False),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("means", sa.String(length=8), nullable=True),
        sa.Column("given", Exact(3), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "means IS NULL OR means IN ('cash', 'card')", name=op.f("ck_pos_sale_means_known")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_pos_sale_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["base_party.id"],
            name=op.f("fk_pos_sale_customer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["day_id"], ["pos_day.id"], name=op.f("fk_pos_sale_day_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pos_sale")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_pos_sale_company_id_number")),
    )
    with op.batch_alter_table("pos_sale", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pos_sale_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pos_sale_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pos_sale_day_id"), ["day_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pos_sale_sold_on"), ["sold_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_pos_sale_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_pos_sale_open",
            ["day_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "pos_sale_item",
        sa.Column("sale_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("untaxed", Exact(3), nullable=False),
        sa.Column("tax_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_pos_sale_item_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_pos_sale_item_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sale_id"], ["pos_sale.id"], name=op.f("fk_pos_sale_item_sale_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tax_id"], ["base_tax.id"], name=op.f("fk_pos_sale_item_tax_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pos_sale_item")),
    )
    with op.batch_alter_table("pos_sale_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pos_sale_item_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pos_sale_item_sale_id"), ["sale_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pos_sale_item_tax_id"), ["tax_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pos_sale_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pos_sale_item_tax_id"))
        batch_op.drop_index(batch_op.f("ix_pos_sale_item_sale_id"))
        batch_op.drop_index(batch_op.f("ix_pos_sale_item_product_id"))

    op.drop_table("pos_sale_item")
    with op.batch_alter_table("pos_sale", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pos_sale_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_pos_sale_state"))
        batch_op.drop_index(batch_op.f("ix_pos_sale_sold_on"))
        batch_op.drop_index(batch_op.f("ix_pos_sale_day_id"))
        batch_op.drop_index(batch_op.f("ix_pos_sale_customer_id"))
        batch_op.drop_index(batch_op.f("ix_pos_sale_company_id"))

    op.drop_table("pos_sale")
    with op.batch_alter_table("pos_day", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_pos_day_open",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.drop_index(batch_op.f("ix_pos_day_till_id"))
        batch_op.drop_index(batch_op.f("ix_pos_day_state"))
        batch_op.drop_index(batch_op.f("ix_pos_day_opened_on"))
        batch_op.drop_index(batch_op.f("ix_pos_day_company_id"))

    op.drop_table("pos_day")
    with op.batch_alter_table("pos_till", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pos_till_customer_id"))
        batch_op.drop_index(batch_op.f("ix_pos_till_company_id"))

    op.drop_table("pos_till")
