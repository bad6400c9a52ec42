"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id
from dougong_crm.protections import protect_all, unprotect_all

revision = "crm_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"base": "base_0001", "core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "crm_price_list",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_crm_price_list_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_crm_price_list_currency"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_price_list")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_crm_price_list_company_id_code")),
    )
    with op.batch_alter_table("crm_price_list", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_crm_price_list_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "crm_stage",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "probability BETWEEN 0 AND 100", name=op.f("ck_crm_stage_probability_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_crm_stage_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_stage")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_crm_stage_company_id_name")),
    )
    with op.batch_alter_table("crm_stage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_stage_company_id"), ["company_id"], unique=False)

    op.create_table(
        "crm_lead",
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("organisation", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("city", sa.String(length=80), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("interest", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("lost_reason", sa.String(length=200), nullable=True),
        sa.Column("customer_id", Id, nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("salesperson_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'contacted', 'converted', 'lost')",
            name=op.f("ck_crm_lead_state_known"),
        ),
        sa.CheckConstraint(
            "organisation IS NOT NULL OR name IS NOT NULL", name=op.f("ck_crm_lead_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_crm_lead_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["base_party.id"],
            name=op.f("fk_crm_lead_customer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["salesperson_id"],
            ["core_user.id"],
            name=op.f("fk_crm_lead_salesperson_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_lead")),
    )
    with op.batch_alter_table("crm_lead", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_lead_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_lead_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_lead_email"), ["email"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_crm_lead_salesperson_id"), ["salesperson_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_crm_lead_source"), ["source"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_lead_state"), ["state"], unique=False)

    op.create_table(
        "crm_price_rule",
        sa.Column("list_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("customer_id", Id, nullable=True),
        sa.Column("group", sa.String(length=60), nullable=True),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("category_id", Id, nullable=True),
        sa.Column("minimum", Exact(6), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("percent", Exact(4), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('fixed', 'percent')", name=op.f("ck_crm_price_rule_kind_known")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on",
            name=op.f("ck_crm_price_rule_ends_after_start"),
        ),
        sa.CheckConstraint("minimum >= 0", name=op.f("ck_crm_price_rule_minimum_not_negative")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_crm_price_rule_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["base_category.id"],
            name=op.f("fk_crm_price_rule_category_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["base_party.id"],
            name=op.f("fk_crm_price_rule_customer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["crm_price_list.id"],
            name=op.f("fk_crm_price_rule_list_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_crm_price_rule_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_price_rule")),
    )
    with op.batch_alter_table("crm_price_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_crm_price_rule_category_id"), ["category_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_crm_price_rule_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_crm_price_rule_list_id"), ["list_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_crm_price_rule_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "crm_opportunity",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("customer_id", Id, nullable=True),
        sa.Column("lead_id", Id, nullable=True),
        sa.Column("stage_id", Id, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("value", Exact(3), nullable=False),
        sa.Column("probability", sa.Integer(), nullable=False),
        sa.Column("expected", Exact(3), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("next_activity", sa.String(length=120), nullable=True),
        sa.Column("next_activity_on", sa.Date(), nullable=True),
        sa.Column("lost_reason", sa.String(length=200), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("salesperson_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'won', 'lost')", name=op.f("ck_crm_opportunity_state_known")
        ),
        sa.CheckConstraint(
            "probability BETWEEN 0 AND 100", name=op.f("ck_crm_opportunity_probability_sensible")
        ),
        sa.CheckConstraint("value >= 0", name=op.f("ck_crm_opportunity_value_not_negative")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_crm_opportunity_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_crm_opportunity_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["base_party.id"],
            name=op.f("fk_crm_opportunity_customer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["crm_lead.id"],
            name=op.f("fk_crm_opportunity_lead_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["salesperson_id"],
            ["core_user.id"],
            name=op.f("fk_crm_opportunity_salesperson_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["stage_id"],
            ["crm_stage.id"],
            name=op.f("fk_crm_opportunity_stage_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_opportunity")),
    )
    with op.batch_alter_table("crm_opportunity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_crm_opportunity_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_crm_opportunity_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_crm_opportunity_expected_on"), ["expected_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_crm_opportunity_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_crm_opportunity_next_activity_on"), ["next_activity_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_crm_opportunity_salesperson_id"), ["salesperson_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_crm_opportunity_stage_id"), ["stage_id"], unique=False)
        batch_op.create_index("ix_crm_opportunity_state_stage", ["state", "stage_id"], unique=False)

    op.create_table(
        "crm_quote",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("quoted_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("opportunity_id", Id, nullable=True),
        sa.Column("reject_reason", sa.String(length=200), nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("discount", Exact(4), nullable=False),
        sa.Column("untaxed", Exact(3), nullable=False),
        sa.Column("tax_total", Exact(3), nullable=False),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("margin", Exact(3), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("payment_term_id", Id, nullable=True),
        sa.Column("salesperson_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'accepted', 'rejected', 'expired', 'replaced')",
            name=op.f("ck_crm_quote_state_known"),
        ),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= quoted_on",
            name=op.f("ck_crm_quote_valid_after_quoted"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_crm_quote_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_crm_quote_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["base_party.id"],
            name=op.f("fk_crm_quote_customer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["opportunity_id"],
            ["crm_opportunity.id"],
            name=op.f("fk_crm_quote_opportunity_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_term_id"],
            ["base_payment_term.id"],
            name=op.f("fk_crm_quote_payment_term_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["salesperson_id"],
            ["core_user.id"],
            name=op.f("fk_crm_quote_salesperson_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_quote")),
        sa.UniqueConstraint(
            "company_id", "number", "revision", name=op.f("uq_crm_quote_company_id_number_revision")
        ),
    )
    with op.batch_alter_table("crm_quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_quote_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_quote_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_crm_quote_opportunity_id"), ["opportunity_id"], unique=False
        )
        batch_op.create_index("ix_crm_quote_quoted_on_id", ["quoted_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_quote_reference"), ["reference"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_crm_quote_salesperson_id"), ["salesperson_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_crm_quote_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_quote_total"), ["total"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_quote_valid_until"), ["valid_until"], unique=False)

    op.create_table(
        "crm_order",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("invoice_address_id", Id, nullable=True),
        sa.Column("delivery_address_id", Id, nullable=True),
        sa.Column("quote_id", Id, nullable=True),
        sa.Column("warehouse_id", Id, nullable=True),
        sa.Column("invoice_on", sa.String(length=8), nullable=True),
        sa.Column("delivery_state", sa.String(length=8), nullable=False),
        sa.Column("invoice_state", sa.String(length=8), nullable=False),
        sa.Column("payment_state", sa.String(length=8), nullable=False),
        sa.Column("unbilled", Exact(3), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("discount", Exact(4), nullable=False),
        sa.Column("untaxed", Exact(3), nullable=False),
        sa.Column("tax_total", Exact(3), nullable=False),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("margin", Exact(3), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("payment_term_id", Id, nullable=True),
        sa.Column("salesperson_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'cancelled') OR confirmed_on IS NOT NULL",
            name=op.f("ck_crm_order_confirmed_has_date"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'confirmed', 'done', 'cancelled')",
            name=op.f("ck_crm_order_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_crm_order_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_crm_order_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["base_party.id"],
            name=op.f("fk_crm_order_customer_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_address_id"],
            ["base_address.id"],
            name=op.f("fk_crm_order_delivery_address_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["invoice_address_id"],
            ["base_address.id"],
            name=op.f("fk_crm_order_invoice_address_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_term_id"],
            ["base_payment_term.id"],
            name=op.f("fk_crm_order_payment_term_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["crm_quote.id"], name=op.f("fk_crm_order_quote_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["salesperson_id"],
            ["core_user.id"],
            name=op.f("fk_crm_order_salesperson_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_order")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_crm_order_company_id_number")),
    )
    with op.batch_alter_table("crm_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_order_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_order_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_crm_order_delivery_state"), ["delivery_state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_crm_order_invoice_state"), ["invoice_state"], unique=False
        )
        batch_op.create_index("ix_crm_order_ordered_on_id", ["ordered_on", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_crm_order_payment_state"), ["payment_state"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_crm_order_quote_id"), ["quote_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_order_reference"), ["reference"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_crm_order_salesperson_id"), ["salesperson_id"], unique=False
        )
        batch_op.create_index(
            "ix_crm_order_state_ordered_on", ["state", "ordered_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_crm_order_total"), ["total"], unique=False)

    op.create_table(
        "crm_quote_line",
        sa.Column("quote_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("own_quantity", Exact(6), nullable=False),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("discount", Exact(4), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("cost", Exact(6), nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("tax_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("discount >= 0", name=op.f("ck_crm_quote_line_discount_not_negative")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_crm_quote_line_price_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_crm_quote_line_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_crm_quote_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"],
            ["crm_quote.id"],
            name=op.f("fk_crm_quote_line_quote_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tax_id"], ["base_tax.id"], name=op.f("fk_crm_quote_line_tax_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["base_unit.id"],
            name=op.f("fk_crm_quote_line_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_quote_line")),
    )
    with op.batch_alter_table("crm_quote_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_crm_quote_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_crm_quote_line_quote_id"), ["quote_id"], unique=False)

    op.create_table(
        "crm_change",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'applied', 'cancelled')", name=op.f("ck_crm_change_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_crm_change_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["crm_order.id"], name=op.f("fk_crm_change_order_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_change")),
    )
    with op.batch_alter_table("crm_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_change_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_change_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_change_state"), ["state"], unique=False)

    op.create_table(
        "crm_follow_up",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("document_kind", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('delivery', 'receipt', 'invoice')", name=op.f("ck_crm_follow_up_kind_known")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'paid', 'cancelled', 'done')",
            name=op.f("ck_crm_follow_up_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["crm_order.id"],
            name=op.f("fk_crm_follow_up_order_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_follow_up")),
        sa.UniqueConstraint(
            "document_kind",
            "document_id",
            "order_id",
            name=op.f("uq_crm_follow_up_document_kind_document_id_order_id"),
        ),
    )
    with op.batch_alter_table("crm_follow_up", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_follow_up_order_id"), ["order_id"], unique=False)

    op.create_table(
        "crm_order_line",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("delivered", Exact(6), nullable=False),
        sa.Column("announced", Exact(6), nullable=False),
        sa.Column("came_back", Exact(6), nullable=False),
        sa.Column("asked", Exact(6), nullable=False),
        sa.Column("billed", Exact(6), nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("own_quantity", Exact(6), nullable=False),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("discount", Exact(4), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("cost", Exact(6), nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("tax_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "announced >= 0 AND announced <= delivered",
            name=op.f("ck_crm_order_line_announced_within_delivered"),
        ),
        sa.CheckConstraint(
            "delivered >= 0 AND came_back >= 0 AND came_back <= delivered",
            name=op.f("ck_crm_order_line_came_back_within_delivered"),
        ),
        sa.CheckConstraint("discount >= 0", name=op.f("ck_crm_order_line_discount_not_negative")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_crm_order_line_price_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_crm_order_line_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["crm_order.id"],
            name=op.f("fk_crm_order_line_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_crm_order_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["tax_id"], ["base_tax.id"], name=op.f("fk_crm_order_line_tax_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["base_unit.id"],
            name=op.f("fk_crm_order_line_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_order_line")),
    )
    with op.batch_alter_table("crm_order_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_order_line_order_id"), ["order_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_crm_order_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "crm_return",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'confirmed', 'done', 'cancelled')",
            name=op.f("ck_crm_return_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_crm_return_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["crm_order.id"], name=op.f("fk_crm_return_order_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_return")),
        sa.UniqueConstraint("company_id", "number", name=op.f("uq_crm_return_company_id_number")),
    )
    with op.batch_alter_table("crm_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crm_return_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_return_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crm_return_state"), ["state"], unique=False)

    op.create_table(
        "crm_change_line",
        sa.Column("change_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("order_line_id", Id, nullable=True),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_crm_change_line_quantity_not_negative")),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["crm_change.id"],
            name=op.f("fk_crm_change_line_change_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["order_line_id"],
            ["crm_order_line.id"],
            name=op.f("fk_crm_change_line_order_line_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_crm_change_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_change_line")),
    )
    with op.batch_alter_table("crm_change_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_crm_change_line_change_id"), ["change_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_crm_change_line_order_line_id"), ["order_line_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_crm_change_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "crm_return_line",
        sa.Column("return_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("order_line_id", Id, nullable=True),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("received", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_crm_return_line_quantity_positive")),
        sa.CheckConstraint("received >= 0", name=op.f("ck_crm_return_line_received_not_negative")),
        sa.ForeignKeyConstraint(
            ["order_line_id"],
            ["crm_order_line.id"],
            name=op.f("fk_crm_return_line_order_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_crm_return_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["crm_return.id"],
            name=op.f("fk_crm_return_line_return_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crm_return_line")),
    )
    with op.batch_alter_table("crm_return_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_crm_return_line_order_line_id"), ["order_line_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_crm_return_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_crm_return_line_return_id"), ["return_id"], unique=False
        )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    with op.batch_alter_table("crm_return_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_return_line_return_id"))
        batch_op.drop_index(batch_op.f("ix_crm_return_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_crm_return_line_order_line_id"))

    op.drop_table("crm_return_line")
    with op.batch_alter_table("crm_change_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_change_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_crm_change_line_order_line_id"))
        batch_op.drop_index(batch_op.f("ix_crm_change_line_change_id"))

    op.drop_table("crm_change_line")
    with op.batch_alter_table("crm_return", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_return_state"))
        batch_op.drop_index(batch_op.f("ix_crm_return_order_id"))
        batch_op.drop_index(batch_op.f("ix_crm_return_company_id"))

    op.drop_table("crm_return")
    with op.batch_alter_table("crm_order_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_order_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_crm_order_line_order_id"))

    op.drop_table("crm_order_line")
    with op.batch_alter_table("crm_follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_follow_up_order_id"))

    op.drop_table("crm_follow_up")
    with op.batch_alter_table("crm_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_change_state"))
        batch_op.drop_index(batch_op.f("ix_crm_change_order_id"))
        batch_op.drop_index(batch_op.f("ix_crm_change_company_id"))

    op.drop_table("crm_change")
    with op.batch_alter_table("crm_quote_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_quote_line_quote_id"))
        batch_op.drop_index(batch_op.f("ix_crm_quote_line_product_id"))

    op.drop_table("crm_quote_line")
    with op.batch_alter_table("crm_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_order_total"))
        batch_op.drop_index("ix_crm_order_state_ordered_on")
        batch_op.drop_index(batch_op.f("ix_crm_order_salesperson_id"))
        batch_op.drop_index(batch_op.f("ix_crm_order_reference"))
        batch_op.drop_index(batch_op.f("ix_crm_order_quote_id"))
        batch_op.drop_index(batch_op.f("ix_crm_order_payment_state"))
        batch_op.drop_index("ix_crm_order_ordered_on_id")
        batch_op.drop_index(batch_op.f("ix_crm_order_invoice_state"))
        batch_op.drop_index(batch_op.f("ix_crm_order_delivery_state"))
        batch_op.drop_index(batch_op.f("ix_crm_order_customer_id"))
        batch_op.drop_index(batch_op.f("ix_crm_order_company_id"))

    op.drop_table("crm_order")
    with op.batch_alter_table("crm_quote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_quote_valid_until"))
        batch_op.drop_index(batch_op.f("ix_crm_quote_total"))
        batch_op.drop_index(batch_op.f("ix_crm_quote_state"))
        batch_op.drop_index(batch_op.f("ix_crm_quote_salesperson_id"))
        batch_op.drop_index(batch_op.f("ix_crm_quote_reference"))
        batch_op.drop_index("ix_crm_quote_quoted_on_id")
        batch_op.drop_index(batch_op.f("ix_crm_quote_opportunity_id"))
        batch_op.drop_index(batch_op.f("ix_crm_quote_customer_id"))
        batch_op.drop_index(batch_op.f("ix_crm_quote_company_id"))

    op.drop_table("crm_quote")
    with op.batch_alter_table("crm_opportunity", schema=None) as batch_op:
        batch_op.drop_index("ix_crm_opportunity_state_stage")
        batch_op.drop_index(batch_op.f("ix_crm_opportunity_stage_id"))
        batch_op.drop_index(batch_op.f("ix_crm_opportunity_salesperson_id"))
        batch_op.drop_index(batch_op.f("ix_crm_opportunity_next_activity_on"))
        batch_op.drop_index(batch_op.f("ix_crm_opportunity_lead_id"))
        batch_op.drop_index(batch_op.f("ix_crm_opportunity_expected_on"))
        batch_op.drop_index(batch_op.f("ix_crm_opportunity_customer_id"))
        batch_op.drop_index(batch_op.f("ix_crm_opportunity_company_id"))

    op.drop_table("crm_opportunity")
    with op.batch_alter_table("crm_price_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_price_rule_product_id"))
        batch_op.drop_index(batch_op.f("ix_crm_price_rule_list_id"))
        batch_op.drop_index(batch_op.f("ix_crm_price_rule_customer_id"))
        batch_op.drop_index(batch_op.f("ix_crm_price_rule_category_id"))

    op.drop_table("crm_price_rule")
    with op.batch_alter_table("crm_lead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_lead_state"))
        batch_op.drop_index(batch_op.f("ix_crm_lead_source"))
        batch_op.drop_index(batch_op.f("ix_crm_lead_salesperson_id"))
        batch_op.drop_index(batch_op.f("ix_crm_lead_email"))
        batch_op.drop_index(batch_op.f("ix_crm_lead_customer_id"))
        batch_op.drop_index(batch_op.f("ix_crm_lead_company_id"))

    op.drop_table("crm_lead")
    with op.batch_alter_table("crm_stage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_stage_company_id"))

    op.drop_table("crm_stage")
    with op.batch_alter_table("crm_price_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_crm_price_list_company_id"))

    op.drop_table("crm_price_list")
