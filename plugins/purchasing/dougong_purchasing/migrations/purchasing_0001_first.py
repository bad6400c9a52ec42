"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id, Json
from dougong_purchasing.protections import protect_all, unprotect_all

revision = "purchasing_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"base": "base_0001", "core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "purchasing_rfq",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("needed_on", sa.Date(), nullable=True),
        sa.Column("award_by", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'awarded', 'cancelled')",
            name=op.f("ck_purchasing_rfq_state_known"),
        ),
        sa.CheckConstraint(
            "award_by IS NULL OR award_by >= answer_by",
            name=op.f("ck_purchasing_rfq_award_after_answers"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_rfq_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_rfq")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_purchasing_rfq_company_id_number")
        ),
    )
    with op.batch_alter_table("purchasing_rfq", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_rfq_answer_by"), ["answer_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_rfq_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_rfq_state"), ["state"], unique=False)

    op.create_table(
        "purchasing_blanket",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("supplier_id", Id, nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'open', 'closed', 'cancelled')",
            name=op.f("ck_purchasing_blanket_state_known"),
        ),
        sa.CheckConstraint(
            "starts_on <= ends_on", name=op.f("ck_purchasing_blanket_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_blanket_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_purchasing_blanket_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_blanket_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_blanket")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_purchasing_blanket_company_id_number")
        ),
    )
    with op.batch_alter_table("purchasing_blanket", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_blanket_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_blanket_ends_on"), ["ends_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_blanket_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_purchasing_blanket_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "purchasing_landed_cost",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("supplier_id", Id, nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("valued", sa.Boolean(), nullable=False),
        sa.Column("billed", sa.Boolean(), nullable=False),
        sa.Column("gone", Json, nullable=False),
        sa.Column("opposite_of_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "method IN ('value', 'weight', 'volume', 'quantity', 'equal')",
            name=op.f("ck_purchasing_landed_cost_method_known"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'allocated', 'cancelled')",
            name=op.f("ck_purchasing_landed_cost_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_landed_cost_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["opposite_of_id"],
            ["purchasing_landed_cost.id"],
            name=op.f("fk_purchasing_landed_cost_opposite_of_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_landed_cost_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_landed_cost")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_purchasing_landed_cost_company_id_number")
        ),
    )
    with op.batch_alter_table("purchasing_landed_cost", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_cost_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_cost_opposite_of_id"), ["opposite_of_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_cost_state"), ["state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_cost_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "purchasing_order",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("supplier_id", Id, nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("payment_term_id", Id, nullable=True),
        sa.Column("buyer_id", Id, nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("warehouse_id", Id, nullable=True),
        sa.Column("revision", Id, nullable=False),
        sa.Column("warned_grade", sa.String(length=1), nullable=True),
        sa.Column("bill_on", sa.String(length=8), nullable=True),
        sa.Column("receipt_state", sa.String(length=8), nullable=False),
        sa.Column("bill_state", sa.String(length=8), nullable=False),
        sa.Column("payment_state", sa.String(length=8), nullable=False),
        sa.Column("untaxed", Exact(3), nullable=False),
        sa.Column("tax_total", Exact(3), nullable=False),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("worth", Exact(3), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'cancelled') OR confirmed_on IS NOT NULL",
            name=op.f("ck_purchasing_order_confirmed_has_date"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'confirmed', 'done', 'cancelled')",
            name=op.f("ck_purchasing_order_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"],
            ["core_user.id"],
            name=op.f("fk_purchasing_order_buyer_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_order_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_purchasing_order_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_term_id"],
            ["base_payment_term.id"],
            name=op.f("fk_purchasing_order_payment_term_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_order_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_order")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_purchasing_order_company_id_number")
        ),
    )
    with op.batch_alter_table("purchasing_order", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_bill_state"), ["bill_state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_buyer_id"), ["buyer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_purchasing_order_ordered_on_id", ["ordered_on", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_payment_state"), ["payment_state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_receipt_state"), ["receipt_state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_reference"), ["reference"], unique=False
        )
        batch_op.create_index(
            "ix_purchasing_order_state_ordered_on", ["state", "ordered_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_supplier_id"), ["supplier_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_order_total"), ["total"], unique=False)

    op.create_table(
        "purchasing_party_ext",
        sa.Column("party_id", Id, autoincrement=False, nullable=False),
        sa.Column("over_receipt", Exact(4), nullable=True),
        sa.CheckConstraint(
            "over_receipt >= 0", name=op.f("ck_purchasing_party_ext_over_receipt_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_party_ext_party_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_purchasing_party_ext")),
    )
    op.create_table(
        "purchasing_product_ext",
        sa.Column("product_id", Id, autoincrement=False, nullable=False),
        sa.Column("over_receipt", Exact(4), nullable=True),
        sa.CheckConstraint(
            "over_receipt >= 0", name=op.f("ck_purchasing_product_ext_over_receipt_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_product_ext_product_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_purchasing_product_ext")),
    )
    op.create_table(
        "purchasing_quota",
        sa.Column("product_id", Id, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on <= ends_on",
            name=op.f("ck_purchasing_quota_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_quota_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_quota_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_quota")),
    )
    with op.batch_alter_table("purchasing_quota", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_quota_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_quota_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "purchasing_quote",
        sa.Column("rfq_id", Id, nullable=False),
        sa.Column("supplier_id", Id, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("payment_term_id", Id, nullable=True),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("mailed_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'answered', 'declined')",
            name=op.f("ck_purchasing_quote_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_quote_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_purchasing_quote_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_term_id"],
            ["base_payment_term.id"],
            name=op.f("fk_purchasing_quote_payment_term_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["rfq_id"],
            ["purchasing_rfq.id"],
            name=op.f("fk_purchasing_quote_rfq_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_quote_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_quote")),
        sa.UniqueConstraint(
            "rfq_id", "supplier_id", name=op.f("uq_purchasing_quote_rfq_id_supplier_id")
        ),
    )
    with op.batch_alter_table("purchasing_quote", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_quote_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_quote_rfq_id"), ["rfq_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_purchasing_quote_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_purchasing_quote_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "purchasing_request",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("requester_id", Id, nullable=True),
        sa.Column("department", sa.String(length=60), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("needed_on", sa.Date(), nullable=False),
        sa.Column("supplier_id", Id, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("worth", Exact(3), nullable=False),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'approved', 'ordered', 'refused')",
            name=op.f("ck_purchasing_request_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_request_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["requester_id"],
            ["core_user.id"],
            name=op.f("fk_purchasing_request_requester_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_request_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_request")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_purchasing_request_company_id_number")
        ),
    )
    with op.batch_alter_table("purchasing_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_request_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_request_department"), ["department"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_request_needed_on"), ["needed_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_request_requester_id"), ["requester_id"], unique=False
        )
        batch_op.create_index(
            "ix_purchasing_request_source", ["source_id", "source_kind"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_request_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_purchasing_request_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "purchasing_rfq_line",
        sa.Column("rfq_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("awarded", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "awarded >= 0 AND awarded <= quantity",
            name=op.f("ck_purchasing_rfq_line_awarded_within_asked"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_purchasing_rfq_line_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_rfq_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["rfq_id"],
            ["purchasing_rfq.id"],
            name=op.f("fk_purchasing_rfq_line_rfq_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_rfq_line")),
    )
    with op.batch_alter_table("purchasing_rfq_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_rfq_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_rfq_line_rfq_id"), ["rfq_id"], unique=False)

    op.create_table(
        "purchasing_rfq_supplier",
        sa.Column("rfq_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("supplier_id", Id, nullable=False),
        sa.Column("warned_grade", sa.String(length=1), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["rfq_id"],
            ["purchasing_rfq.id"],
            name=op.f("fk_purchasing_rfq_supplier_rfq_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_rfq_supplier_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_rfq_supplier")),
        sa.UniqueConstraint(
            "rfq_id", "supplier_id", name=op.f("uq_purchasing_rfq_supplier_rfq_id_supplier_id")
        ),
    )
    with op.batch_alter_table("purchasing_rfq_supplier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_rfq_supplier_rfq_id"), ["rfq_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_rfq_supplier_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "purchasing_score",
        sa.Column("supplier_id", Id, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("quality", Exact(4), nullable=True),
        sa.Column("price", Exact(4), nullable=True),
        sa.Column("delivery", Exact(4), nullable=True),
        sa.Column("service", Exact(4), nullable=True),
        sa.Column("total", Exact(4), nullable=True),
        sa.Column("grade", sa.String(length=1), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'valid')", name=op.f("ck_purchasing_score_state_known")
        ),
        sa.CheckConstraint(
            "service IS NULL OR service >= 0", name=op.f("ck_purchasing_score_service_not_negative")
        ),
        sa.CheckConstraint(
            "starts_on <= ends_on", name=op.f("ck_purchasing_score_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_score_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_score_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_score")),
        sa.UniqueConstraint(
            "company_id",
            "supplier_id",
            "starts_on",
            "ends_on",
            name=op.f("uq_purchasing_score_company_id_supplier_id_starts_on_ends_on"),
        ),
    )
    with op.batch_alter_table("purchasing_score", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_score_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_score_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_purchasing_score_grade"), ["grade"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_purchasing_score_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "purchasing_supplier_list",
        sa.Column("supplier_id", Id, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("priority", Id, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR starts_on IS NULL OR starts_on <= ends_on",
            name=op.f("ck_purchasing_supplier_list_ends_after_start"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_supplier_list_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_purchasing_supplier_list_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_supplier_list_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_supplier_list")),
    )
    with op.batch_alter_table("purchasing_supplier_list", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_supplier_list_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_supplier_list_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "purchasing_arrival",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("order_line_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("receipt_kind", sa.String(length=60), nullable=False),
        sa.Column("receipt_id", Id, nullable=False),
        sa.Column("receipt_number", sa.String(length=30), nullable=False),
        sa.Column("receipt_line_id", Id, nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("value", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["purchasing_order.id"],
            name=op.f("fk_purchasing_arrival_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_arrival_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_arrival")),
    )
    with op.batch_alter_table("purchasing_arrival", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_arrival_order_id"), ["order_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_arrival_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            "ix_purchasing_arrival_receipt", ["receipt_id", "receipt_kind"], unique=False
        )

    op.create_table(
        "purchasing_blanket_line",
        sa.Column("blanket_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("called", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "called >= 0 AND called <= quantity",
            name=op.f("ck_purchasing_blanket_line_called_within_agreed"),
        ),
        sa.CheckConstraint(
            "price >= 0", name=op.f("ck_purchasing_blanket_line_price_not_negative")
        ),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_purchasing_blanket_line_quantity_positive")
        ),
        sa.ForeignKeyConstraint(
            ["blanket_id"],
            ["purchasing_blanket.id"],
            name=op.f("fk_purchasing_blanket_line_blanket_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_blanket_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_blanket_line")),
    )
    with op.batch_alter_table("purchasing_blanket_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_blanket_line_blanket_id"), ["blanket_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_blanket_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "purchasing_follow_up",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("document_kind", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('delivery', 'receipt', 'invoice')",
            name=op.f("ck_purchasing_follow_up_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'paid', 'cancelled', 'done')",
            name=op.f("ck_purchasing_follow_up_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["purchasing_order.id"],
            name=op.f("fk_purchasing_follow_up_order_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_follow_up")),
        sa.UniqueConstraint(
            "document_kind",
            "document_id",
            "order_id",
            name=op.f("uq_purchasing_follow_up_document_kind_document_id_order_id"),
        ),
    )
    with op.batch_alter_table("purchasing_follow_up", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_follow_up_order_id"), ["order_id"], unique=False
        )

    op.create_table(
        "purchasing_landed_part",
        sa.Column("landed_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_purchasing_landed_part_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["landed_id"],
            ["purchasing_landed_cost.id"],
            name=op.f("fk_purchasing_landed_part_landed_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_landed_part_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_landed_part")),
    )
    with op.batch_alter_table("purchasing_landed_part", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_part_landed_id"), ["landed_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_part_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "purchasing_landed_receipt",
        sa.Column("landed_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("receipt", sa.String(length=30), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["landed_id"],
            ["purchasing_landed_cost.id"],
            name=op.f("fk_purchasing_landed_receipt_landed_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["purchasing_order.id"],
            name=op.f("fk_purchasing_landed_receipt_order_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_landed_receipt")),
    )
    with op.batch_alter_table("purchasing_landed_receipt", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_receipt_landed_id"), ["landed_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_receipt_order_id"), ["order_id"], unique=False
        )

    op.create_table(
        "purchasing_landed_share",
        sa.Column("landed_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("receipt_kind", sa.String(length=60), nullable=False),
        sa.Column("receipt_id", Id, nullable=False),
        sa.Column("receipt_line_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("value", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["landed_id"],
            ["purchasing_landed_cost.id"],
            name=op.f("fk_purchasing_landed_share_landed_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_landed_share_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_landed_share")),
    )
    with op.batch_alter_table("purchasing_landed_share", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_share_landed_id"), ["landed_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_landed_share_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "purchasing_match",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("bill_kind", sa.String(length=60), nullable=False),
        sa.Column("bill_id", Id, nullable=False),
        sa.Column("bill", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("differs", sa.String(length=8), nullable=True),
        sa.Column("why", Json, nullable=True),
        sa.Column("compared_on", sa.Date(), nullable=True),
        sa.Column("expected", Exact(3), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("most", Exact(3), nullable=True),
        sa.Column("released_by_id", Id, nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "differs IN ('received', 'ordered', 'price', 'unknown')",
            name=op.f("ck_purchasing_match_differs_known"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'held', 'released', 'done', 'gone')",
            name=op.f("ck_purchasing_match_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_match_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["purchasing_order.id"],
            name=op.f("fk_purchasing_match_order_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"],
            ["core_user.id"],
            name=op.f("fk_purchasing_match_released_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_match")),
        sa.UniqueConstraint(
            "bill_kind",
            "bill_id",
            "order_id",
            name=op.f("uq_purchasing_match_bill_kind_bill_id_order_id"),
        ),
    )
    with op.batch_alter_table("purchasing_match", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_purchasing_match_bill"), ["bill"], unique=False)
        batch_op.create_index(batch_op.f("ix_purchasing_match_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_purchasing_match_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_match_differs"), ["differs"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_purchasing_match_order_id"), ["order_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_match_state"), ["state"], unique=False)

    op.create_table(
        "purchasing_quota_line",
        sa.Column("quota_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("supplier_id", Id, nullable=False),
        sa.Column("part", Exact(4), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("part > 0", name=op.f("ck_purchasing_quota_line_part_positive")),
        sa.ForeignKeyConstraint(
            ["quota_id"],
            ["purchasing_quota.id"],
            name=op.f("fk_purchasing_quota_line_quota_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"],
            ["base_party.id"],
            name=op.f("fk_purchasing_quota_line_supplier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_quota_line")),
    )
    with op.batch_alter_table("purchasing_quota_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_quota_line_quota_id"), ["quota_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_quota_line_supplier_id"), ["supplier_id"], unique=False
        )

    op.create_table(
        "purchasing_quote_line",
        sa.Column("quote_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("rfq_line_id", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("price", Exact(6), nullable=True),
        sa.Column("lead_days", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "lead_days >= 0", name=op.f("ck_purchasing_quote_line_lead_days_not_negative")
        ),
        sa.CheckConstraint("price >= 0", name=op.f("ck_purchasing_quote_line_price_not_negative")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_quote_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"],
            ["purchasing_quote.id"],
            name=op.f("fk_purchasing_quote_line_quote_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rfq_line_id"],
            ["purchasing_rfq_line.id"],
            name=op.f("fk_purchasing_quote_line_rfq_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_quote_line")),
    )
    with op.batch_alter_table("purchasing_quote_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_quote_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_quote_line_quote_id"), ["quote_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_quote_line_rfq_line_id"), ["rfq_line_id"], unique=False
        )

    op.create_table(
        "purchasing_return",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'confirmed', 'done', 'cancelled')",
            name=op.f("ck_purchasing_return_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_purchasing_return_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["purchasing_order.id"],
            name=op.f("fk_purchasing_return_order_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_return")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_purchasing_return_company_id_number")
        ),
    )
    with op.batch_alter_table("purchasing_return", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_return_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_return_order_id"), ["order_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_return_state"), ["state"], unique=False)

    op.create_table(
        "purchasing_revision",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("changed_by_id", Id, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("line_id", Id, nullable=True),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("what", sa.String(length=12), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=True),
        sa.Column("after", sa.String(length=40), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "what IN ('quantity', 'price', 'expected_on', 'given_up')",
            name=op.f("ck_purchasing_revision_what_known"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["core_user.id"],
            name=op.f("fk_purchasing_revision_changed_by_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["purchasing_order.id"],
            name=op.f("fk_purchasing_revision_order_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_revision")),
    )
    with op.batch_alter_table("purchasing_revision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_revision_order_id"), ["order_id"], unique=False
        )

    op.create_table(
        "purchasing_supplier_price",
        sa.Column("list_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("minimum", Exact(6), nullable=False),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("multiple", Exact(6), nullable=False),
        sa.Column("lead_days", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "lead_days >= 0", name=op.f("ck_purchasing_supplier_price_lead_days_not_negative")
        ),
        sa.CheckConstraint(
            "minimum >= 0", name=op.f("ck_purchasing_supplier_price_minimum_not_negative")
        ),
        sa.CheckConstraint(
            "multiple >= 0", name=op.f("ck_purchasing_supplier_price_multiple_not_negative")
        ),
        sa.CheckConstraint(
            "price >= 0", name=op.f("ck_purchasing_supplier_price_price_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["purchasing_supplier_list.id"],
            name=op.f("fk_purchasing_supplier_price_list_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_supplier_price_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_supplier_price")),
    )
    with op.batch_alter_table("purchasing_supplier_price", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_supplier_price_code"), ["code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_supplier_price_list_id"), ["list_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_supplier_price_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "purchasing_match_line",
        sa.Column("match_id", Id, nullable=False),
        sa.Column("order_line_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["match_id"],
            ["purchasing_match.id"],
            name=op.f("fk_purchasing_match_line_match_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_match_line")),
    )
    with op.batch_alter_table("purchasing_match_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_match_line_match_id"), ["match_id"], unique=False
        )

    op.create_table(
        "purchasing_order_line",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("description", sa.String(length=500), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("unit_id", Id, nullable=False),
        sa.Column("own_quantity", Exact(6), nullable=False),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("discount", Exact(4), nullable=False),
        sa.Column("tax_id", Id, nullable=True),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("own_amount", Exact(3), nullable=False),
        sa.Column("unit_cost", Exact(6), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("blanket_line_id", Id, nullable=True),
        sa.Column("received", Exact(6), nullable=False),
        sa.Column("announced", Exact(6), nullable=False),
        sa.Column("came_back", Exact(6), nullable=False),
        sa.Column("asked", Exact(6), nullable=False),
        sa.Column("billed", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "announced >= 0 AND announced <= received",
            name=op.f("ck_purchasing_order_line_announced_within_received"),
        ),
        sa.CheckConstraint(
            "discount >= 0", name=op.f("ck_purchasing_order_line_discount_not_negative")
        ),
        sa.CheckConstraint("price >= 0", name=op.f("ck_purchasing_order_line_price_not_negative")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_purchasing_order_line_quantity_positive")),
        sa.CheckConstraint(
            "received >= 0 AND came_back >= 0 AND came_back <= received",
            name=op.f("ck_purchasing_order_line_came_back_within_received"),
        ),
        sa.ForeignKeyConstraint(
            ["blanket_line_id"],
            ["purchasing_blanket_line.id"],
            name=op.f("fk_purchasing_order_line_blanket_line_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["purchasing_order.id"],
            name=op.f("fk_purchasing_order_line_order_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_order_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["tax_id"],
            ["base_tax.id"],
            name=op.f("fk_purchasing_order_line_tax_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["base_unit.id"],
            name=op.f("fk_purchasing_order_line_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_order_line")),
    )
    with op.batch_alter_table("purchasing_order_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_line_blanket_line_id"),
            ["blanket_line_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_line_order_id"), ["order_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_order_line_product_id"), ["product_id"], unique=False
        )

    op.create_table(
        "purchasing_award",
        sa.Column("rfq_id", Id, nullable=False),
        sa.Column("rfq_line_id", Id, nullable=False),
        sa.Column("quote_id", Id, nullable=False),
        sa.Column("order_line_id", Id, nullable=True),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["order_line_id"],
            ["purchasing_order_line.id"],
            name=op.f("fk_purchasing_award_order_line_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["quote_id"],
            ["purchasing_quote.id"],
            name=op.f("fk_purchasing_award_quote_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rfq_id"],
            ["purchasing_rfq.id"],
            name=op.f("fk_purchasing_award_rfq_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rfq_line_id"],
            ["purchasing_rfq_line.id"],
            name=op.f("fk_purchasing_award_rfq_line_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_award")),
    )
    with op.batch_alter_table("purchasing_award", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_award_order_line_id"), ["order_line_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_award_quote_id"), ["quote_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_purchasing_award_rfq_id"), ["rfq_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_purchasing_award_rfq_line_id"), ["rfq_line_id"], unique=False
        )

    op.create_table(
        "purchasing_request_line",
        sa.Column("request_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("needed_on", sa.Date(), nullable=True),
        sa.Column("warehouse_id", Id, nullable=True),
        sa.Column("demand_kind", sa.String(length=60), nullable=True),
        sa.Column("demand_id", Id, nullable=True),
        sa.Column("order_line_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_purchasing_request_line_quantity_positive")
        ),
        sa.ForeignKeyConstraint(
            ["order_line_id"],
            ["purchasing_order_line.id"],
            name=op.f("fk_purchasing_request_line_order_line_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_request_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["purchasing_request.id"],
            name=op.f("fk_purchasing_request_line_request_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_request_line")),
    )
    with op.batch_alter_table("purchasing_request_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_request_line_order_line_id"), ["order_line_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_request_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_request_line_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "purchasing_return_line",
        sa.Column("return_id", Id, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("product_id", Id, nullable=False),
        sa.Column("order_line_id", Id, nullable=True),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("sent", Exact(6), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "quantity > 0", name=op.f("ck_purchasing_return_line_quantity_positive")
        ),
        sa.CheckConstraint("sent >= 0", name=op.f("ck_purchasing_return_line_sent_not_negative")),
        sa.ForeignKeyConstraint(
            ["order_line_id"],
            ["purchasing_order_line.id"],
            name=op.f("fk_purchasing_return_line_order_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_purchasing_return_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["purchasing_return.id"],
            name=op.f("fk_purchasing_return_line_return_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchasing_return_line")),
    )
    with op.batch_alter_table("purchasing_return_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_purchasing_return_line_order_line_id"), ["order_line_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_return_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_purchasing_return_line_return_id"), ["return_id"], unique=False
        )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    with op.batch_alter_table("purchasing_return_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_return_line_return_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_return_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_return_line_order_line_id"))

    op.drop_table("purchasing_return_line")
    with op.batch_alter_table("purchasing_request_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_request_line_request_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_request_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_request_line_order_line_id"))

    op.drop_table("purchasing_request_line")
    with op.batch_alter_table("purchasing_award", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_award_rfq_line_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_award_rfq_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_award_quote_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_award_order_line_id"))

    op.drop_table("purchasing_award")
    with op.batch_alter_table("purchasing_order_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_order_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_order_line_order_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_order_line_blanket_line_id"))

    op.drop_table("purchasing_order_line")
    with op.batch_alter_table("purchasing_match_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_match_line_match_id"))

    op.drop_table("purchasing_match_line")
    with op.batch_alter_table("purchasing_supplier_price", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_supplier_price_product_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_supplier_price_list_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_supplier_price_code"))

    op.drop_table("purchasing_supplier_price")
    with op.batch_alter_table("purchasing_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_revision_order_id"))

    op.drop_table("purchasing_revision")
    with op.batch_alter_table("purchasing_return", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_return_state"))
        batch_op.drop_index(batch_op.f("ix_purchasing_return_order_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_return_company_id"))

    op.drop_table("purchasing_return")
    with op.batch_alter_table("purchasing_quote_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_quote_line_rfq_line_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_quote_line_quote_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_quote_line_product_id"))

    op.drop_table("purchasing_quote_line")
    with op.batch_alter_table("purchasing_quota_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_quota_line_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_quota_line_quota_id"))

    op.drop_table("purchasing_quota_line")
    with op.batch_alter_table("purchasing_match", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_match_state"))
        batch_op.drop_index(batch_op.f("ix_purchasing_match_order_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_match_differs"))
        batch_op.drop_index(batch_op.f("ix_purchasing_match_company_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_match_bill_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_match_bill"))

    op.drop_table("purchasing_match")
    with op.batch_alter_table("purchasing_landed_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_share_product_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_share_landed_id"))

    op.drop_table("purchasing_landed_share")
    with op.batch_alter_table("purchasing_landed_receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_receipt_order_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_receipt_landed_id"))

    op.drop_table("purchasing_landed_receipt")
    with op.batch_alter_table("purchasing_landed_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_part_product_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_part_landed_id"))

    op.drop_table("purchasing_landed_part")
    with op.batch_alter_table("purchasing_follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_follow_up_order_id"))

    op.drop_table("purchasing_follow_up")
    with op.batch_alter_table("purchasing_blanket_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_blanket_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_blanket_line_blanket_id"))

    op.drop_table("purchasing_blanket_line")
    with op.batch_alter_table("purchasing_arrival", schema=None) as batch_op:
        batch_op.drop_index("ix_purchasing_arrival_receipt")
        batch_op.drop_index(batch_op.f("ix_purchasing_arrival_product_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_arrival_order_id"))

    op.drop_table("purchasing_arrival")
    with op.batch_alter_table("purchasing_supplier_list", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_supplier_list_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_supplier_list_company_id"))

    op.drop_table("purchasing_supplier_list")
    with op.batch_alter_table("purchasing_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_score_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_score_grade"))
        batch_op.drop_index(batch_op.f("ix_purchasing_score_ends_on"))
        batch_op.drop_index(batch_op.f("ix_purchasing_score_company_id"))

    op.drop_table("purchasing_score")
    with op.batch_alter_table("purchasing_rfq_supplier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_rfq_supplier_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_rfq_supplier_rfq_id"))

    op.drop_table("purchasing_rfq_supplier")
    with op.batch_alter_table("purchasing_rfq_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_rfq_line_rfq_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_rfq_line_product_id"))

    op.drop_table("purchasing_rfq_line")
    with op.batch_alter_table("purchasing_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_request_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_request_state"))
        batch_op.drop_index("ix_purchasing_request_source")
        batch_op.drop_index(batch_op.f("ix_purchasing_request_requester_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_request_needed_on"))
        batch_op.drop_index(batch_op.f("ix_purchasing_request_department"))
        batch_op.drop_index(batch_op.f("ix_purchasing_request_company_id"))

    op.drop_table("purchasing_request")
    with op.batch_alter_table("purchasing_quote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_quote_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_quote_state"))
        batch_op.drop_index(batch_op.f("ix_purchasing_quote_rfq_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_quote_company_id"))

    op.drop_table("purchasing_quote")
    with op.batch_alter_table("purchasing_quota", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_quota_product_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_quota_company_id"))

    op.drop_table("purchasing_quota")
    op.drop_table("purchasing_product_ext")
    op.drop_table("purchasing_party_ext")
    with op.batch_alter_table("purchasing_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_order_total"))
        batch_op.drop_index(batch_op.f("ix_purchasing_order_supplier_id"))
        batch_op.drop_index("ix_purchasing_order_state_ordered_on")
        batch_op.drop_index(batch_op.f("ix_purchasing_order_reference"))
        batch_op.drop_index(batch_op.f("ix_purchasing_order_receipt_state"))
        batch_op.drop_index(batch_op.f("ix_purchasing_order_payment_state"))
        batch_op.drop_index("ix_purchasing_order_ordered_on_id")
        batch_op.drop_index(batch_op.f("ix_purchasing_order_company_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_order_buyer_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_order_bill_state"))

    op.drop_table("purchasing_order")
    with op.batch_alter_table("purchasing_landed_cost", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_cost_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_cost_state"))
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_cost_opposite_of_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_landed_cost_company_id"))

    op.drop_table("purchasing_landed_cost")
    with op.batch_alter_table("purchasing_blanket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_blanket_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_blanket_state"))
        batch_op.drop_index(batch_op.f("ix_purchasing_blanket_ends_on"))
        batch_op.drop_index(batch_op.f("ix_purchasing_blanket_company_id"))

    op.drop_table("purchasing_blanket")
    with op.batch_alter_table("purchasing_rfq", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_purchasing_rfq_state"))
        batch_op.drop_index(batch_op.f("ix_purchasing_rfq_company_id"))
        batch_op.drop_index(batch_op.f("ix_purchasing_rfq_answer_by"))

    op.drop_table("purchasing_rfq")
