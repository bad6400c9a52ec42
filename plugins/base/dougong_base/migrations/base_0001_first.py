"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id
from dougong_base.protections import protect_all, unprotect_all

revision = "base_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "base_calendar",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("monday", sa.Boolean(), nullable=False),
        sa.Column("tuesday", sa.Boolean(), nullable=False),
        sa.Column("wednesday", sa.Boolean(), nullable=False),
        sa.Column("thursday", sa.Boolean(), nullable=False),
        sa.Column("friday", sa.Boolean(), nullable=False),
        sa.Column("saturday", sa.Boolean(), nullable=False),
        sa.Column("sunday", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "monday OR tuesday OR wednesday OR thursday OR friday OR saturday OR sunday",
            name=op.f("ck_base_calendar_one_working_day"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_calendar")),
        sa.UniqueConstraint("code", name=op.f("uq_base_calendar_code")),
    )
    op.create_table(
        "base_category",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_base_category_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["base_category.id"],
            name=op.f("fk_base_category_parent_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_category")),
        sa.UniqueConstraint("parent_id", "name", name=op.f("uq_base_category_parent_id_name")),
    )
    with op.batch_alter_table("base_category", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_category_name"), ["name"], unique=False)

    op.create_table(
        "base_currency",
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("symbol", sa.String(length=8), nullable=False),
        sa.Column("digits", Id, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("digits BETWEEN 0 AND 3", name=op.f("ck_base_currency_digits_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_currency")),
        sa.UniqueConstraint("code", name=op.f("uq_base_currency_code")),
    )
    op.create_table(
        "base_payment_term",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("discount_percent", Exact(4), nullable=False),
        sa.Column("discount_days", Id, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "discount_days >= 0", name=op.f("ck_base_payment_term_discount_days_not_negative")
        ),
        sa.CheckConstraint(
            "discount_percent >= 0", name=op.f("ck_base_payment_term_discount_sensible")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_payment_term")),
        sa.UniqueConstraint("code", name=op.f("uq_base_payment_term_code")),
    )
    op.create_table(
        "base_tax",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("rate", Exact(4), nullable=False),
        sa.Column("amount", Exact(6), nullable=False),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("compound", sa.Boolean(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('percent', 'fixed', 'group')", name=op.f("ck_base_tax_kind_known")
        ),
        sa.CheckConstraint(
            "scope IN ('sale', 'purchase', 'both')", name=op.f("ck_base_tax_scope_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_tax")),
        sa.UniqueConstraint("code", name=op.f("uq_base_tax_code")),
    )
    op.create_table(
        "base_unit",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("factor", Exact(9), nullable=False),
        sa.Column("digits", Id, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("digits BETWEEN 0 AND 6", name=op.f("ck_base_unit_digits_known")),
        sa.CheckConstraint("factor > 0", name=op.f("ck_base_unit_factor_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_base_unit_code")),
    )
    with op.batch_alter_table("base_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_unit_family"), ["family"], unique=False)

    op.create_table(
        "base_currency_rate",
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("against", sa.String(length=3), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("rate", Exact(9), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "currency <> against", name=op.f("ck_base_currency_rate_two_currencies")
        ),
        sa.CheckConstraint("rate > 0", name=op.f("ck_base_currency_rate_rate_positive")),
        sa.ForeignKeyConstraint(
            ["against"],
            ["base_currency.code"],
            name=op.f("fk_base_currency_rate_against"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_base_currency_rate_currency"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_currency_rate")),
        sa.UniqueConstraint(
            "currency", "against", "on", name=op.f("uq_base_currency_rate_currency_against_on")
        ),
    )
    op.create_table(
        "base_holiday",
        sa.Column("calendar_id", Id, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("worked", sa.Boolean(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["calendar_id"],
            ["base_calendar.id"],
            name=op.f("fk_base_holiday_calendar_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_holiday")),
        sa.UniqueConstraint("calendar_id", "on", name=op.f("uq_base_holiday_calendar_id_on")),
    )
    op.create_table(
        "base_party",
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("is_customer", sa.Boolean(), nullable=False),
        sa.Column("is_supplier", sa.Boolean(), nullable=False),
        sa.Column("is_employee", sa.Boolean(), nullable=False),
        sa.Column("tax_number", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("website", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("payment_term_id", Id, nullable=True),
        sa.Column("supplier_term_id", Id, nullable=True),
        sa.Column("credit_limit", Exact(3), nullable=True),
        sa.Column("group", sa.String(length=60), nullable=True),
        sa.Column("territory", sa.String(length=60), nullable=True),
        sa.Column("industry", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('organisation', 'person')", name=op.f("ck_base_party_kind_known")
        ),
        sa.CheckConstraint(
            "credit_limit >= 0", name=op.f("ck_base_party_credit_limit_not_negative")
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_base_party_not_its_own_parent")),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_base_party_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["base_party.id"],
            name=op.f("fk_base_party_parent_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_term_id"],
            ["base_payment_term.id"],
            name=op.f("fk_base_party_payment_term_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_term_id"],
            ["base_payment_term.id"],
            name=op.f("fk_base_party_supplier_term_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_party")),
        sa.UniqueConstraint("code", name=op.f("uq_base_party_code")),
    )
    with op.batch_alter_table("base_party", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_party_currency"), ["currency"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_party_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_party_group"), ["group"], unique=False)
        batch_op.create_index("ix_base_party_name_id", ["name", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_party_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_base_party_payment_term_id"), ["payment_term_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_base_party_phone"), ["phone"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_base_party_supplier_term_id"), ["supplier_term_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_base_party_tax_number"), ["tax_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_party_territory"), ["territory"], unique=False)

    op.create_table(
        "base_payment_term_line",
        sa.Column("term_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", Exact(4), nullable=False),
        sa.Column("days", Id, nullable=False),
        sa.Column("end_of_month", sa.Boolean(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('percent', 'fixed', 'remainder')",
            name=op.f("ck_base_payment_term_line_kind_known"),
        ),
        sa.CheckConstraint("days >= 0", name=op.f("ck_base_payment_term_line_days_not_negative")),
        sa.CheckConstraint("value >= 0", name=op.f("ck_base_payment_term_line_value_not_negative")),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["base_payment_term.id"],
            name=op.f("fk_base_payment_term_line_term_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_payment_term_line")),
    )
    with op.batch_alter_table("base_payment_term_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_payment_term_line_term_id"), ["term_id"], unique=False
        )

    op.create_table(
        "base_product",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("category_id", Id, nullable=True),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("sales_price", Exact(6), nullable=False),
        sa.Column("cost_price", Exact(6), nullable=False),
        sa.Column("barcode", sa.String(length=40), nullable=True),
        sa.Column("tracking", sa.String(length=8), nullable=False),
        sa.Column("sales_tax_id", Id, nullable=True),
        sa.Column("purchase_tax_id", Id, nullable=True),
        sa.Column("lead_days", Id, nullable=False),
        sa.Column("weight", Exact(6), nullable=True),
        sa.Column("volume", Exact(6), nullable=True),
        sa.Column("description", sa.String(length=2000), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("kind IN ('goods', 'service')", name=op.f("ck_base_product_kind_known")),
        sa.CheckConstraint(
            "tracking IN ('none', 'lot', 'serial')", name=op.f("ck_base_product_tracking_known")
        ),
        sa.CheckConstraint("lead_days >= 0", name=op.f("ck_base_product_lead_days_not_negative")),
        sa.CheckConstraint(
            "sales_price >= 0 AND cost_price >= 0", name=op.f("ck_base_product_prices_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["base_category.id"],
            name=op.f("fk_base_product_category_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_tax_id"],
            ["base_tax.id"],
            name=op.f("fk_base_product_purchase_tax_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sales_tax_id"],
            ["base_tax.id"],
            name=op.f("fk_base_product_sales_tax_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["base_unit.id"], name=op.f("fk_base_product_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_product")),
        sa.UniqueConstraint("barcode", name=op.f("uq_base_product_barcode")),
        sa.UniqueConstraint("code", name=op.f("uq_base_product_code")),
    )
    with op.batch_alter_table("base_product", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_product_category_id"), ["category_id"], unique=False
        )
        batch_op.create_index("ix_base_product_name_id", ["name", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_base_product_purchase_tax_id"), ["purchase_tax_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_base_product_sales_tax_id"), ["sales_tax_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_base_product_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "base_tax_member",
        sa.Column("group_id", Id, nullable=False),
        sa.Column("tax_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("group_id <> tax_id", name=op.f("ck_base_tax_member_not_itself")),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["base_tax.id"],
            name=op.f("fk_base_tax_member_group_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tax_id"], ["base_tax.id"], name=op.f("fk_base_tax_member_tax_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_tax_member")),
        sa.UniqueConstraint("group_id", "tax_id", name=op.f("uq_base_tax_member_group_id_tax_id")),
    )
    with op.batch_alter_table("base_tax_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_tax_member_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_tax_member_tax_id"), ["tax_id"], unique=False)

    op.create_table(
        "base_address",
        sa.Column("party_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("street2", sa.String(length=200), nullable=True),
        sa.Column("postcode", sa.String(length=20), nullable=True),
        sa.Column("city", sa.String(length=80), nullable=True),
        sa.Column("region", sa.String(length=80), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "role IN ('main', 'invoice', 'delivery', 'other')",
            name=op.f("ck_base_address_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_base_address_party_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_address")),
    )
    with op.batch_alter_table("base_address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_address_city"), ["city"], unique=False)
        batch_op.create_index(batch_op.f("ix_base_address_party_id"), ["party_id"], unique=False)

    op.create_table(
        "base_bank_account",
        sa.Column("party_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=True),
        sa.Column("bank", sa.String(length=120), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("bic", sa.String(length=11), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_base_bank_account_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_base_bank_account_party_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_bank_account")),
    )
    with op.batch_alter_table("base_bank_account", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_bank_account_party_id"), ["party_id"], unique=False
        )

    op.create_table(
        "base_barcode",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_base_barcode_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_base_barcode_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_barcode")),
        sa.UniqueConstraint("code", name=op.f("uq_base_barcode_code")),
    )
    with op.batch_alter_table("base_barcode", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_barcode_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "base_contact",
        sa.Column("party_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('mail', 'phone', 'mobile', 'fax', 'web', 'chat', 'other')",
            name=op.f("ck_base_contact_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_base_contact_party_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_contact")),
    )
    with op.batch_alter_table("base_contact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_contact_party_id"), ["party_id"], unique=False)
        batch_op.create_index("ix_base_contact_value_kind", ["value", "kind"], unique=False)

    op.create_table(
        "base_portal_key",
        sa.Column("party_id", Id, nullable=False),
        sa.Column("secret", sa.String(length=60), nullable=False),
        sa.Column("renewed_on", sa.Date(), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("length(secret) >= 20", name=op.f("ck_base_portal_key_secret_long")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_base_portal_key_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_base_portal_key_party_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_portal_key")),
        sa.UniqueConstraint(
            "party_id", "company_id", name=op.f("uq_base_portal_key_party_id_company_id")
        ),
    )
    with op.batch_alter_table("base_portal_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_portal_key_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_base_portal_key_party_id"), ["party_id"], unique=False)

    op.create_table(
        "base_portal_log_in",
        sa.Column("party_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_base_portal_log_in_party_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_base_portal_log_in_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_portal_log_in")),
        sa.UniqueConstraint("user_id", name=op.f("uq_base_portal_log_in_user_id")),
    )
    with op.batch_alter_table("base_portal_log_in", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_base_portal_log_in_party_id"), ["party_id"], unique=False
        )

    op.create_table(
        "base_supplier_item",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("supplier_id", Id, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("minimum", Exact(6), nullable=False),
        sa.Column("lead_days", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "lead_days >= 0", name=op.f("ck_base_supplier_item_lead_days_not_negative")
        ),
        sa.CheckConstraint("minimum >= 0", name=op.f("ck_base_supplier_item_minimum_not_negative")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_base_supplier_item_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_base_supplier_item_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_base_supplier_item_product_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_base_supplier_item_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_supplier_item")),
    )
    with op.batch_alter_table("base_supplier_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_base_supplier_item_code"), ["code"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_base_supplier_item_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_base_supplier_item_supplier_id"), ["supplier_id"], unique=False
        )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    with op.batch_alter_table("base_supplier_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_supplier_item_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_base_supplier_item_product_id"))
        batch_op.drop_index(batch_op.f("ix_base_supplier_item_code"))

    op.drop_table("base_supplier_item")
    with op.batch_alter_table("base_portal_log_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_portal_log_in_party_id"))

    op.drop_table("base_portal_log_in")
    with op.batch_alter_table("base_portal_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_portal_key_party_id"))
        batch_op.drop_index(batch_op.f("ix_base_portal_key_company_id"))

    op.drop_table("base_portal_key")
    with op.batch_alter_table("base_contact", schema=None) as batch_op:
        batch_op.drop_index("ix_base_contact_value_kind")
        batch_op.drop_index(batch_op.f("ix_base_contact_party_id"))

    op.drop_table("base_contact")
    with op.batch_alter_table("base_barcode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_barcode_product_id"))

    op.drop_table("base_barcode")
    with op.batch_alter_table("base_bank_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_bank_account_party_id"))

    op.drop_table("base_bank_account")
    with op.batch_alter_table("base_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_address_party_id"))
        batch_op.drop_index(batch_op.f("ix_base_address_city"))

    op.drop_table("base_address")
    with op.batch_alter_table("base_tax_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_tax_member_tax_id"))
        batch_op.drop_index(batch_op.f("ix_base_tax_member_group_id"))

    op.drop_table("base_tax_member")
    with op.batch_alter_table("base_product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_product_unit_id"))
        batch_op.drop_index(batch_op.f("ix_base_product_sales_tax_id"))
        batch_op.drop_index(batch_op.f("ix_base_product_purchase_tax_id"))
        batch_op.drop_index("ix_base_product_name_id")
        batch_op.drop_index(batch_op.f("ix_base_product_category_id"))

    op.drop_table("base_product")
    with op.batch_alter_table("base_payment_term_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_payment_term_line_term_id"))

    op.drop_table("base_payment_term_line")
    with op.batch_alter_table("base_party", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_party_territory"))
        batch_op.drop_index(batch_op.f("ix_base_party_tax_number"))
        batch_op.drop_index(batch_op.f("ix_base_party_supplier_term_id"))
        batch_op.drop_index(batch_op.f("ix_base_party_phone"))
        batch_op.drop_index(batch_op.f("ix_base_party_payment_term_id"))
        batch_op.drop_index(batch_op.f("ix_base_party_parent_id"))
        batch_op.drop_index("ix_base_party_name_id")
        batch_op.drop_index(batch_op.f("ix_base_party_group"))
        batch_op.drop_index(batch_op.f("ix_base_party_email"))
        batch_op.drop_index(batch_op.f("ix_base_party_currency"))

    op.drop_table("base_party")
    op.drop_table("base_holiday")
    op.drop_table("base_currency_rate")
    with op.batch_alter_table("base_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_unit_family"))

    op.drop_table("base_unit")
    op.drop_table("base_tax")
    op.drop_table("base_payment_term")
    op.drop_table("base_currency")
    with op.batch_alter_table("base_category", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_base_category_name"))

    op.drop_table("base_category")
    op.drop_table("base_calendar")
