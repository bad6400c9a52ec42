"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.protections import protect_all, unprotect_all
from dougong.types import Id, Json, Moment

revision = "core_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {}


def upgrade() -> None:
    op.create_table(
        "core_audit",
        sa.Column("chain", sa.String(length=32), nullable=False),
        sa.Column("seq", Id, autoincrement=False, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=True),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq", name=op.f("pk_core_audit")),
    )
    with op.batch_alter_table("core_audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_audit_at"), ["at"], unique=False)
        batch_op.create_index("ix_core_audit_document", ["document", "document_id"], unique=False)

    op.create_table(
        "core_audit_chain",
        sa.Column("chain", sa.String(length=32), nullable=False),
        sa.Column("seq", Id, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("after_chain", sa.String(length=32), nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("after_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_core_audit_chain")),
    )
    op.create_table(
        "core_company",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_company")),
        sa.UniqueConstraint("code", name=op.f("uq_core_company_code")),
    )
    op.create_table(
        "core_document_link",
        sa.Column("from_kind", sa.String(length=60), nullable=False),
        sa.Column("from_id", Id, nullable=False),
        sa.Column("to_kind", sa.String(length=60), nullable=False),
        sa.Column("to_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_document_link")),
    )
    with op.batch_alter_table("core_document_link", schema=None) as batch_op:
        batch_op.create_index("ix_core_document_link_to", ["to_id"], unique=False)
        batch_op.create_index("uq_core_document_link", ["from_id", "to_id", "kind"], unique=True)

    op.create_table(
        "core_id_block",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("next", Id, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_id_block")),
    )
    op.create_table(
        "core_idempotency",
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("actor", "key", name=op.f("pk_core_idempotency")),
    )
    with op.batch_alter_table("core_idempotency", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_idempotency_created_at"), ["created_at"], unique=False
        )

    op.create_table(
        "core_job",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("arguments", Json, nullable=False),
        sa.Column("key", sa.String(length=160), nullable=True),
        sa.Column("company_id", Id, nullable=True),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("leased_until", Moment(), nullable=True),
        sa.Column("worker", sa.String(length=80), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_job")),
        sa.UniqueConstraint("key", name=op.f("uq_core_job_key")),
    )
    with op.batch_alter_table("core_job", schema=None) as batch_op:
        batch_op.create_index("ix_core_job_due", ["state", "due_at"], unique=False)

    op.create_table(
        "core_outbox",
        sa.Column("reaction", sa.String(length=200), nullable=False),
        sa.Column("event", sa.String(length=200), nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("company_id", Id, nullable=True),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("leased_until", Moment(), nullable=True),
        sa.Column("worker", sa.String(length=80), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_outbox")),
    )
    with op.batch_alter_table("core_outbox", schema=None) as batch_op:
        batch_op.create_index("ix_core_outbox_due", ["state", "due_at"], unique=False)

    op.create_table(
        "core_plugin",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("installed_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status in ('installed', 'enabled')", name=op.f("ck_core_plugin_status_known")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_plugin")),
    )
    op.create_table(
        "core_registry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation", Id, nullable=False),
        sa.Column("restart_generation", Id, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_core_registry_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_registry")),
    )
    op.create_table(
        "core_worker",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("generation", Id, nullable=False),
        sa.Column("restart_generation", Id, nullable=False),
        sa.Column("failed", Json, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_worker")),
    )
    with op.batch_alter_table("core_worker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_worker_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "core_series",
        sa.Column("company_id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_series_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("company_id", "kind", "year", name=op.f("pk_core_series")),
    )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    op.drop_table("core_series")
    with op.batch_alter_table("core_worker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_worker_seen_at"))

    op.drop_table("core_worker")
    op.drop_table("core_registry")
    op.drop_table("core_plugin")
    with op.batch_alter_table("core_outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_core_outbox_due")

    op.drop_table("core_outbox")
    with op.batch_alter_table("core_job", schema=None) as batch_op:
        batch_op.drop_index("ix_core_job_due")

    op.drop_table("core_job")
    with op.batch_alter_table("core_idempotency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_idempotency_created_at"))

    op.drop_table("core_idempotency")
    op.drop_table("core_id_block")
    with op.batch_alter_table("core_document_link", schema=None) as batch_op:
        batch_op.drop_index("uq_core_document_link")
        batch_op.drop_index("ix_core_document_link_to")

    op.drop_table("core_document_link")
    op.drop_table("core_company")
    op.drop_table("core_audit_chain")
    with op.batch_alter_table("core_audit", schema=None) as batch_op:
        batch_op.drop_index("ix_core_audit_document")
        batch_op.drop_index(batch_op.f("ix_core_audit_at"))

    op.drop_table("core_audit")
