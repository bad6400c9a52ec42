"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.types import Exact, Id
from dougong_finance.protections import protect_all, unprotect_all

revision = "finance_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {"base": "base_0001", "core": "core_0001"}


def upgrade() -> None:
    op.create_table(
        "finance_account",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("nature", sa.String(length=12), nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("heading", sa.Boolean(), nullable=False),
        sa.Column("reconcile", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('asset', 'liability', 'equity', 'income', 'expense')",
            name=op.f("ck_finance_account_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_account_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_account_parent_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_account")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_finance_account_company_id_code")),
        sa.UniqueConstraint("company_id", "id", name="uq_finance_account_company"),
    )
    with op.batch_alter_table("finance_account", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_account_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_account_kind"), ["kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_finance_account_parent_id"), ["parent_id"], unique=False
        )

    op.create_table(
        "finance_account_use",
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("category_id", Id, nullable=True),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("tax_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN category_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN product_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN tax_id IS NULL THEN 0 ELSE 1 END) <= 1",
            name=op.f("ck_finance_account_use_one_scope"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_account_use_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["base_category.id"],
            name=op.f("fk_finance_account_use_category_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_account_use_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_finance_account_use_product_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tax_id"],
            ["base_tax.id"],
            name=op.f("fk_finance_account_use_tax_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_account_use")),
    )
    with op.batch_alter_table("finance_account_use", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_account_use_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_account_use_category_id"), ["category_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_account_use_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_account_use_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            "ix_finance_account_use_purpose", ["company_id", "purpose"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_account_use_tax_id"), ["tax_id"], unique=False)

    op.create_table(
        "finance_balance",
        sa.Column("company_id", Id, autoincrement=False, nullable=False),
        sa.Column("account_id", Id, autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("debit", Exact(3), nullable=False),
        sa.Column("credit", Exact(3), nullable=False),
        sa.CheckConstraint(
            "debit >= 0 AND credit >= 0", name=op.f("ck_finance_balance_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_balance_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_balance_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "company_id", "account_id", "month", name=op.f("pk_finance_balance")
        ),
    )
    op.create_table(
        "finance_journal",
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("account_id", Id, nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind NOT IN ('bank', 'cash') OR account_id IS NOT NULL",
            name=op.f("ck_finance_journal_money_has_account"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_journal_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_journal_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_finance_journal_currency"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_journal")),
        sa.UniqueConstraint("company_id", "code", name=op.f("uq_finance_journal_company_id_code")),
    )
    with op.batch_alter_table("finance_journal", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_journal_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_journal_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_journal_currency"), ["currency"], unique=False)

    op.create_table(
        "finance_entry",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("journal_id", Id, nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("debit", Exact(3), nullable=False),
        sa.Column("credit", Exact(3), nullable=False),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("source_key", sa.String(length=160), nullable=True),
        sa.Column("reverses_id", Id, nullable=True),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state = 'draft' OR debit = credit", name=op.f("ck_finance_entry_balanced")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_entry_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["finance_journal.id"],
            name=op.f("fk_finance_entry_journal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["finance_entry.id"],
            name=op.f("fk_finance_entry_reverses_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_entry")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_finance_entry_company_id_number")
        ),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_finance_entry_reverses_id")),
        sa.UniqueConstraint("source_key", name=op.f("uq_finance_entry_source_key")),
    )
    with op.batch_alter_table("finance_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_entry_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_finance_entry_date", ["company_id", "dated_on", "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_entry_journal_id"), ["journal_id"], unique=False
        )
        batch_op.create_index("ix_finance_entry_source", ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finance_entry_state"), ["state"], unique=False)

    op.create_table(
        "finance_entry_line",
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("party_id", Id, nullable=True),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("debit", Exact(3), nullable=False),
        sa.Column("credit", Exact(3), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("tax_id", Id, nullable=True),
        sa.Column("tax_base", Exact(3), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("currency_amount", Exact(3), nullable=True),
        sa.Column("posted", sa.Boolean(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "debit >= 0 AND credit >= 0 AND (debit = 0 OR credit = 0)",
            name=op.f("ck_finance_entry_line_one_side"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id", "account_id"],
            ["finance_account.company_id", "finance_account.id"],
            name="fk_finance_entry_line_account",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_entry_line_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_finance_entry_line_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["finance_entry.id"],
            name=op.f("fk_finance_entry_line_entry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_finance_entry_line_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["tax_id"],
            ["base_tax.id"],
            name=op.f("fk_finance_entry_line_tax_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_entry_line")),
    )
    with op.batch_alter_table("finance_entry_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_entry_line_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_entry_line_entry_id"), ["entry_id"], unique=False
        )
        batch_op.create_index(
            "ix_finance_entry_line_ledger",
            ["company_id", "account_id", "dated_on", "id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_finance_entry_line_party", ["party_id", "account_id", "dated_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_entry_line_tax_id"), ["tax_id"], unique=False)

    op.create_table(
        "finance_payment",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("party_id", Id, nullable=False),
        sa.Column("journal_id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("company_currency", sa.String(length=3), nullable=True),
        sa.Column("rate", Exact(9), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("open", Exact(3), nullable=False),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("entry_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "direction IN ('in', 'out')", name=op.f("ck_finance_payment_direction_known")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_finance_payment_amount_positive")),
        sa.CheckConstraint(
            "open >= 0 AND open <= amount", name=op.f("ck_finance_payment_open_within_amount")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_payment_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_payment_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_finance_payment_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["finance_entry.id"],
            name=op.f("fk_finance_payment_entry_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["finance_journal.id"],
            name=op.f("fk_finance_payment_journal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_finance_payment_party_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_payment")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_finance_payment_company_id_number")
        ),
    )
    with op.batch_alter_table("finance_payment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_payment_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_finance_payment_list", ["company_id", "dated_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_payment_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_finance_payment_reference"), ["reference"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_payment_state"), ["state"], unique=False)

    op.create_table(
        "finance_year",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("closing_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_finance_year_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["closing_id"],
            ["finance_entry.id"],
            name=op.f("fk_finance_year_closing_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_year_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_year")),
        sa.UniqueConstraint(
            "company_id", "starts_on", name=op.f("uq_finance_year_company_id_starts_on")
        ),
    )
    with op.batch_alter_table("finance_year", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_year_closing_id"), ["closing_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_year_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_year_state"), ["state"], unique=False)

    op.create_table(
        "finance_item",
        sa.Column("line_id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("party_id", Id, nullable=True),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("open", Exact(3), nullable=False),
        sa.Column("booked", Exact(3), nullable=False),
        sa.Column("booked_open", Exact(3), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("side IN ('debit', 'credit')", name=op.f("ck_finance_item_side_known")),
        sa.CheckConstraint(
            "booked_open >= 0", name=op.f("ck_finance_item_booked_open_not_negative")
        ),
        sa.CheckConstraint(
            "open >= 0 AND open <= total", name=op.f("ck_finance_item_open_within_total")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_item_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_item_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["finance_entry_line.id"],
            name=op.f("fk_finance_item_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_finance_item_party_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_item")),
        sa.UniqueConstraint("line_id", name=op.f("uq_finance_item_line_id")),
    )
    with op.batch_alter_table("finance_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_item_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_finance_item_open",
            ["company_id", "account_id", "party_id", "due_on"],
            unique=False,
            postgresql_where=sa.text("open > 0"),
            sqlite_where=sa.text("open > 0"),
        )
        batch_op.create_index(batch_op.f("ix_finance_item_party_id"), ["party_id"], unique=False)
        batch_op.create_index("ix_finance_item_source", ["source_id"], unique=False)

    op.create_table(
        "finance_period",
        sa.Column("year_id", Id, nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_period_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["year_id"],
            ["finance_year.id"],
            name=op.f("fk_finance_period_year_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_period")),
        sa.UniqueConstraint("company_id", "month", name=op.f("uq_finance_period_company_id_month")),
    )
    with op.batch_alter_table("finance_period", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_period_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_period_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_finance_period_year_id"), ["year_id"], unique=False)

    op.create_table(
        "finance_allocation",
        sa.Column("debit_id", Id, nullable=False),
        sa.Column("credit_id", Id, nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("debit_booked", Exact(3), nullable=False),
        sa.Column("credit_booked", Exact(3), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("entry_id", Id, nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_finance_allocation_amount_positive")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_allocation_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["credit_id"],
            ["finance_item.id"],
            name=op.f("fk_finance_allocation_credit_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["debit_id"],
            ["finance_item.id"],
            name=op.f("fk_finance_allocation_debit_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["finance_entry.id"],
            name=op.f("fk_finance_allocation_entry_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_allocation")),
    )
    with op.batch_alter_table("finance_allocation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_allocation_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_allocation_credit_id"), ["credit_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_allocation_debit_id"), ["debit_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_allocation_entry_id"), ["entry_id"], unique=False
        )

    op.create_table(
        "finance_invoice",
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("party_id", Id, nullable=False),
        sa.Column("party_name", sa.String(length=200), nullable=False),
        sa.Column("party_tax_number", sa.String(length=40), nullable=True),
        sa.Column("party_address", sa.String(length=500), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("company_currency", sa.String(length=3), nullable=True),
        sa.Column("rate", Exact(9), nullable=False),
        sa.Column("payment_term_id", Id, nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("untaxed", Exact(3), nullable=False),
        sa.Column("tax", Exact(3), nullable=False),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("open", Exact(3), nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("journal_id", Id, nullable=False),
        sa.Column("entry_id", Id, nullable=True),
        sa.Column("reverses_id", Id, nullable=True),
        sa.Column("taken_id", Id, nullable=True),
        sa.Column("source_kind", sa.String(length=60), nullable=True),
        sa.Column("source_id", Id, nullable=True),
        sa.Column("source_key", sa.String(length=200), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind IN ('customer_invoice', 'customer_credit', 'supplier_bill', 'supplier_credit')",
            name=op.f("ck_finance_invoice_kind_known"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'cancelled') OR total >= 0",
            name=op.f("ck_finance_invoice_total_not_negative"),
        ),
        sa.CheckConstraint(
            "open >= 0 AND (open <= total OR total < 0)",
            name=op.f("ck_finance_invoice_open_within_total"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_invoice_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_finance_invoice_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["currency"],
            ["base_currency.code"],
            name=op.f("fk_finance_invoice_currency"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["finance_entry.id"],
            name=op.f("fk_finance_invoice_entry_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"],
            ["finance_journal.id"],
            name=op.f("fk_finance_invoice_journal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["base_party.id"],
            name=op.f("fk_finance_invoice_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_term_id"],
            ["base_payment_term.id"],
            name=op.f("fk_finance_invoice_payment_term_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["finance_invoice.id"],
            name=op.f("fk_finance_invoice_reverses_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["taken_id"],
            ["finance_item.id"],
            name=op.f("fk_finance_invoice_taken_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_invoice")),
        sa.UniqueConstraint(
            "company_id", "number", name=op.f("uq_finance_invoice_company_id_number")
        ),
        sa.UniqueConstraint("source_key", name=op.f("uq_finance_invoice_source_key")),
    )
    with op.batch_alter_table("finance_invoice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_invoice_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_invoice_due_on"), ["due_on"], unique=False)
        batch_op.create_index(
            "ix_finance_invoice_list", ["company_id", "kind", "issued_on", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_finance_invoice_party_id"), ["party_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_finance_invoice_reference"), ["reference"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_invoice_reverses_id"), ["reverses_id"], unique=False
        )
        batch_op.create_index("ix_finance_invoice_source", ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_finance_invoice_state"), ["state"], unique=False)

    op.create_table(
        "finance_invoice_line",
        sa.Column("invoice_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", Id, nullable=True),
        sa.Column("description", sa.String(length=300), nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("quantity", Exact(6), nullable=False),
        sa.Column("price", Exact(6), nullable=False),
        sa.Column("discount", Exact(4), nullable=False),
        sa.Column("tax_id", Id, nullable=True),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("untaxed", Exact(3), nullable=False),
        sa.Column("accrued_cost", Exact(6), nullable=True),
        sa.Column("source_line_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "discount >= 0", name=op.f("ck_finance_invoice_line_discount_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_invoice_line_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["finance_invoice.id"],
            name=op.f("fk_finance_invoice_line_invoice_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["base_product.id"],
            name=op.f("fk_finance_invoice_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["tax_id"],
            ["base_tax.id"],
            name=op.f("fk_finance_invoice_line_tax_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_invoice_line")),
    )
    with op.batch_alter_table("finance_invoice_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_invoice_line_invoice_id"), ["invoice_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_invoice_line_product_id"), ["product_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_invoice_line_source_line_id"), ["source_line_id"], unique=False
        )

    op.create_table(
        "finance_invoice_tax",
        sa.Column("invoice_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tax_id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=False),
        sa.Column("base", Exact(3), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_invoice_tax_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["finance_invoice.id"],
            name=op.f("fk_finance_invoice_tax_invoice_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tax_id"],
            ["base_tax.id"],
            name=op.f("fk_finance_invoice_tax_tax_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_invoice_tax")),
    )
    with op.batch_alter_table("finance_invoice_tax", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_invoice_tax_invoice_id"), ["invoice_id"], unique=False
        )

    op.create_table(
        "finance_payment_line",
        sa.Column("payment_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("invoice_id", Id, nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("discount", Exact(3), nullable=False),
        sa.Column("discount_account_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "amount >= 0 AND discount >= 0", name=op.f("ck_finance_payment_line_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["discount_account_id"],
            ["finance_account.id"],
            name=op.f("fk_finance_payment_line_discount_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["finance_invoice.id"],
            name=op.f("fk_finance_payment_line_invoice_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["finance_payment.id"],
            name=op.f("fk_finance_payment_line_payment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_payment_line")),
    )
    with op.batch_alter_table("finance_payment_line", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finance_payment_line_invoice_id"), ["invoice_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finance_payment_line_payment_id"), ["payment_id"], unique=False
        )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    with op.batch_alter_table("finance_payment_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_payment_line_payment_id"))
        batch_op.drop_index(batch_op.f("ix_finance_payment_line_invoice_id"))

    op.drop_table("finance_payment_line")
    with op.batch_alter_table("finance_invoice_tax", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_invoice_tax_invoice_id"))

    op.drop_table("finance_invoice_tax")
    with op.batch_alter_table("finance_invoice_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_invoice_line_source_line_id"))
        batch_op.drop_index(batch_op.f("ix_finance_invoice_line_product_id"))
        batch_op.drop_index(batch_op.f("ix_finance_invoice_line_invoice_id"))

    op.drop_table("finance_invoice_line")
    with op.batch_alter_table("finance_invoice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_invoice_state"))
        batch_op.drop_index("ix_finance_invoice_source")
        batch_op.drop_index(batch_op.f("ix_finance_invoice_reverses_id"))
        batch_op.drop_index(batch_op.f("ix_finance_invoice_reference"))
        batch_op.drop_index(batch_op.f("ix_finance_invoice_party_id"))
        batch_op.drop_index("ix_finance_invoice_list")
        batch_op.drop_index(batch_op.f("ix_finance_invoice_due_on"))
        batch_op.drop_index(batch_op.f("ix_finance_invoice_company_id"))

    op.drop_table("finance_invoice")
    with op.batch_alter_table("finance_allocation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_allocation_entry_id"))
        batch_op.drop_index(batch_op.f("ix_finance_allocation_debit_id"))
        batch_op.drop_index(batch_op.f("ix_finance_allocation_credit_id"))
        batch_op.drop_index(batch_op.f("ix_finance_allocation_company_id"))

    op.drop_table("finance_allocation")
    with op.batch_alter_table("finance_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_period_year_id"))
        batch_op.drop_index(batch_op.f("ix_finance_period_state"))
        batch_op.drop_index(batch_op.f("ix_finance_period_company_id"))

    op.drop_table("finance_period")
    with op.batch_alter_table("finance_item", schema=None) as batch_op:
        batch_op.drop_index("ix_finance_item_source")
        batch_op.drop_index(batch_op.f("ix_finance_item_party_id"))
        batch_op.drop_index(
            "ix_finance_item_open",
            postgresql_where=sa.text("open > 0"),
            sqlite_where=sa.text("open > 0"),
        )
        batch_op.drop_index(batch_op.f("ix_finance_item_company_id"))

    op.drop_table("finance_item")
    with op.batch_alter_table("finance_year", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_year_state"))
        batch_op.drop_index(batch_op.f("ix_finance_year_company_id"))
        batch_op.drop_index(batch_op.f("ix_finance_year_closing_id"))

    op.drop_table("finance_year")
    with op.batch_alter_table("finance_payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_payment_state"))
        batch_op.drop_index(batch_op.f("ix_finance_payment_reference"))
        batch_op.drop_index(batch_op.f("ix_finance_payment_party_id"))
        batch_op.drop_index("ix_finance_payment_list")
        batch_op.drop_index(batch_op.f("ix_finance_payment_company_id"))

    op.drop_table("finance_payment")
    with op.batch_alter_table("finance_entry_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_entry_line_tax_id"))
        batch_op.drop_index("ix_finance_entry_line_party")
        batch_op.drop_index("ix_finance_entry_line_ledger")
        batch_op.drop_index(batch_op.f("ix_finance_entry_line_entry_id"))
        batch_op.drop_index(batch_op.f("ix_finance_entry_line_company_id"))

    op.drop_table("finance_entry_line")
    with op.batch_alter_table("finance_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_entry_state"))
        batch_op.drop_index("ix_finance_entry_source")
        batch_op.drop_index(batch_op.f("ix_finance_entry_journal_id"))
        batch_op.drop_index("ix_finance_entry_date")
        batch_op.drop_index(batch_op.f("ix_finance_entry_company_id"))

    op.drop_table("finance_entry")
    with op.batch_alter_table("finance_journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_journal_currency"))
        batch_op.drop_index(batch_op.f("ix_finance_journal_company_id"))
        batch_op.drop_index(batch_op.f("ix_finance_journal_account_id"))

    op.drop_table("finance_journal")
    op.drop_table("finance_balance")
    with op.batch_alter_table("finance_account_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_account_use_tax_id"))
        batch_op.drop_index("ix_finance_account_use_purpose")
        batch_op.drop_index(batch_op.f("ix_finance_account_use_product_id"))
        batch_op.drop_index(batch_op.f("ix_finance_account_use_company_id"))
        batch_op.drop_index(batch_op.f("ix_finance_account_use_category_id"))
        batch_op.drop_index(batch_op.f("ix_finance_account_use_account_id"))

    op.drop_table("finance_account_use")
    with op.batch_alter_table("finance_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finance_account_parent_id"))
        batch_op.drop_index(batch_op.f("ix_finance_account_kind"))
        batch_op.drop_index(batch_op.f("ix_finance_account_company_id"))

    op.drop_table("finance_account")
