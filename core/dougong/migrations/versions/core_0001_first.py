"""first"""

import sqlalchemy as sa
from alembic import op

from dougong.protections import protect_all, unprotect_all
from dougong.types import Exact, Id, Json, Moment

revision = "core_0001"
down_revision = None
branch_labels = None
depends_on = None
#: Revisions of other plugins that must be there first, by plugin.
plugin_depends: dict[str, str] = {}


def upgrade() -> None:
    op.create_table(
        "core_activity_kind",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("icon", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "days BETWEEN 0 AND 365", name=op.f("ck_core_activity_kind_days_sensible")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_activity_kind")),
        sa.UniqueConstraint("name", name=op.f("uq_core_activity_kind_name")),
    )
    op.create_table(
        "core_attempts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("wait_until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_core_attempts")),
    )
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
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_company")),
        sa.UniqueConstraint("code", name=op.f("uq_core_company_code")),
    )
    op.create_table(
        "core_custom",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("values", Json, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_custom")),
    )
    with op.batch_alter_table("core_custom", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_custom_kind"), ["kind"], unique=False)

    op.create_table(
        "core_custom_field",
        sa.Column("noun", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("label_zh", sa.String(length=80), nullable=True),
        sa.Column("help", sa.String(length=200), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=True),
        sa.Column("target", sa.String(length=60), nullable=True),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.Column("indexed", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "kind in ('text', 'number', 'money', 'date', 'flag', 'choice', 'link')",
            name=op.f("ck_core_custom_field_kind_known"),
        ),
        sa.CheckConstraint(
            "state in ('active', 'removed')", name=op.f("ck_core_custom_field_state_known")
        ),
        sa.CheckConstraint(
            "digits >= 0 and digits <= 6", name=op.f("ck_core_custom_field_digits_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_custom_field")),
        sa.UniqueConstraint("noun", "name", name=op.f("uq_core_custom_field_noun_name")),
    )
    with op.batch_alter_table("core_custom_field", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_custom_field_noun"), ["noun"], unique=False)

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
        "core_external_id",
        sa.Column("resource", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_external_id")),
        sa.UniqueConstraint(
            "resource",
            "source",
            "external_id",
            "company_id",
            name=op.f("uq_core_external_id_resource_source_external_id_company_id"),
        ),
    )
    with op.batch_alter_table("core_external_id", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_external_id_document_id"), ["document_id"], unique=False
        )

    op.create_table(
        "core_file",
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("size", Id, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_file")),
    )
    with op.batch_alter_table("core_file", schema=None) as batch_op:
        batch_op.create_index("ix_core_file_document", ["document", "document_id"], unique=False)

    op.create_table(
        "core_form_layout",
        sa.Column("noun", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("rules", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_form_layout")),
        sa.UniqueConstraint("noun", "role", name=op.f("uq_core_form_layout_noun_role")),
    )
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
        "core_import_map",
        sa.Column("resource", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("mapping", Json, nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_import_map")),
        sa.UniqueConstraint("resource", "name", name=op.f("uq_core_import_map_resource_name")),
    )
    op.create_table(
        "core_import_step",
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=120), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("finished_at", Moment(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_import_step")),
        sa.UniqueConstraint(
            "plan", "step", "company_id", name=op.f("uq_core_import_step_plan_step_company_id")
        ),
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
        "core_note",
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("written_at", Moment(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_note")),
    )
    with op.batch_alter_table("core_note", schema=None) as batch_op:
        batch_op.create_index("ix_core_note_document", ["document", "document_id"], unique=False)

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
        sa.Column("brings", Json, nullable=False),
        sa.CheckConstraint(
            "status in ('installed', 'enabled')", name=op.f("ck_core_plugin_status_known")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_plugin")),
    )
    op.create_table(
        "core_plugin_change",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_plugin_change")),
    )
    with op.batch_alter_table("core_plugin_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_plugin_change_name"), ["name"], unique=False)

    op.create_table(
        "core_plugin_errand",
        sa.Column("action", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("names", Json, nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("file", sa.String(length=120), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(state in ('done', 'refused')) = (ended_at is not null)",
            name=op.f("ck_core_plugin_errand_ended"),
        ),
        sa.CheckConstraint(
            "state in ('asked', 'running', 'done', 'refused')",
            name=op.f("ck_core_plugin_errand_state_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_plugin_errand")),
    )
    with op.batch_alter_table("core_plugin_errand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_plugin_errand_name"), ["name"], unique=False)

    op.create_table(
        "core_registry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation", Id, nullable=False),
        sa.Column("restart_generation", Id, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_core_registry_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_registry")),
    )
    op.create_table(
        "core_rights_generation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", Id, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_rights_generation")),
    )
    op.create_table(
        "core_role",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("rights", Json, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_role")),
        sa.UniqueConstraint("name", name=op.f("uq_core_role_name")),
    )
    op.create_table(
        "core_saved_view",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("resource", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("parameters", Json, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_saved_view")),
        sa.UniqueConstraint(
            "user_id", "resource", "name", name=op.f("uq_core_saved_view_user_id_resource_name")
        ),
    )
    with op.batch_alter_table("core_saved_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_saved_view_resource"), ["resource"], unique=False)

    op.create_table(
        "core_tag",
        sa.Column("family", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("colour", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "colour IN ('secondary', 'blue', 'cyan', 'green', 'orange', 'red', 'purple')",
            name=op.f("ck_core_tag_colour_known"),
        ),
        sa.CheckConstraint("name <> ''", name=op.f("ck_core_tag_named")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_tag")),
        sa.UniqueConstraint("family", "key", name=op.f("uq_core_tag_family_key")),
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
        "core_document_tag",
        sa.Column("tag_id", Id, nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["tag_id"],
            ["core_tag.id"],
            name=op.f("fk_core_document_tag_tag_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_document_tag")),
        sa.UniqueConstraint(
            "document_id",
            "tag_id",
            "document",
            name=op.f("uq_core_document_tag_document_id_tag_id_document"),
        ),
    )
    with op.batch_alter_table("core_document_tag", schema=None) as batch_op:
        batch_op.create_index("ix_core_document_tag_tag", ["tag_id", "document_id"], unique=False)

    op.create_table(
        "core_file_content",
        sa.Column("file_id", Id, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["core_file.id"],
            name=op.f("fk_core_file_content_file_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_file_content")),
    )
    with op.batch_alter_table("core_file_content", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_file_content_file_id"), ["file_id"], unique=True)

    op.create_table(
        "core_import_run",
        sa.Column("resource", sa.String(length=60), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("ran_at", Moment(), nullable=False),
        sa.Column("ran_by", sa.String(length=200), nullable=False),
        sa.Column("undone_at", Moment(), nullable=True),
        sa.Column("undone_by", sa.String(length=200), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_import_run_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_import_run")),
    )
    with op.batch_alter_table("core_import_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_import_run_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_import_run_resource"), ["resource"], unique=False)

    op.create_table(
        "core_letterhead",
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("tax_number", sa.String(length=40), nullable=True),
        sa.Column("registration", sa.String(length=120), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("website", sa.String(length=200), nullable=True),
        sa.Column("bank", sa.String(length=120), nullable=True),
        sa.Column("account", sa.String(length=60), nullable=True),
        sa.Column("bic", sa.String(length=11), nullable=True),
        sa.Column("closing", sa.Text(), nullable=True),
        sa.Column("logo", sa.Text(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_core_letterhead_name_said")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_letterhead_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_letterhead")),
        sa.UniqueConstraint(
            "company_id", "language", name=op.f("uq_core_letterhead_company_id_language")
        ),
    )
    with op.batch_alter_table("core_letterhead", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_letterhead_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "core_paper_look",
        sa.Column("paper", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("said", Json, nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_paper_look_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_paper_look")),
    )
    with op.batch_alter_table("core_paper_look", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_paper_look_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_core_paper_look_paper", ["company_id", "paper", "language"], unique=False
        )

    op.create_table(
        "core_problem",
        sa.Column("fingerprint", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("module", sa.String(length=24), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", Moment(), nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("done_by", sa.String(length=100), nullable=True),
        sa.Column("job_id", Id, nullable=True),
        sa.Column("letter_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"], ["core_job.id"], name=op.f("fk_core_problem_job_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["core_outbox.id"],
            name=op.f("fk_core_problem_letter_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_problem")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_core_problem_fingerprint")),
    )
    with op.batch_alter_table("core_problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_problem_job_id"), ["job_id"], unique=False)
        batch_op.create_index("ix_core_problem_last", ["state", "last_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_problem_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "core_record_rule",
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("role_id", Id, nullable=False),
        sa.Column("resource", sa.String(length=60), nullable=False),
        sa.Column("filter", Json, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["core_role.id"],
            name=op.f("fk_core_record_rule_role_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_record_rule")),
    )
    with op.batch_alter_table("core_record_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_record_rule_role_id"), ["role_id"], unique=False)

    op.create_table(
        "core_series",
        sa.Column("company_id", Id, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("bearer", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_series_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("company_id", "kind", "year", name=op.f("pk_core_series")),
    )
    op.create_table(
        "core_series_gap",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("final", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "first >= 1 AND final >= first", name=op.f("ck_core_series_gap_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_series_gap_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_series_gap")),
    )
    with op.batch_alter_table("core_series_gap", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_series_gap_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_core_series_gap_kind", ["company_id", "kind", "year"], unique=False
        )

    op.create_table(
        "core_series_pattern",
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=60), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("restart", sa.String(length=10), nullable=False),
        sa.Column("by", sa.String(length=100), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_series_pattern_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_series_pattern")),
    )
    with op.batch_alter_table("core_series_pattern", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_series_pattern_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index("ix_core_series_pattern_kind", ["company_id", "kind"], unique=False)

    op.create_table(
        "core_setting",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", Json, nullable=False),
        sa.Column("secret", sa.Text(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_setting_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_setting")),
        sa.UniqueConstraint("company_id", "key", name=op.f("uq_core_setting_company_id_key")),
    )
    with op.batch_alter_table("core_setting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_setting_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "core_user",
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False),
        sa.Column("company_id", Id, nullable=True),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("password_at", Moment(), nullable=True),
        sa.Column("totp", sa.String(length=255), nullable=True),
        sa.Column("has_totp", sa.Boolean(), nullable=False),
        sa.Column("totp_step", Id, nullable=False),
        sa.Column("recovery", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("login = lower(login)", name=op.f("ck_core_user_login_lower")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_user_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_user")),
        sa.UniqueConstraint("email", name=op.f("uq_core_user_email")),
        sa.UniqueConstraint("login", name=op.f("uq_core_user_login")),
    )
    with op.batch_alter_table("core_user", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_user_company_id"), ["company_id"], unique=False)

    op.create_table(
        "core_activity",
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("kind_id", Id, nullable=False),
        sa.Column("summary", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assignee_id", Id, nullable=False),
        sa.Column("planned_by_id", Id, nullable=True),
        sa.Column("feedback", sa.String(length=2000), nullable=True),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(state = 'done') = (done_at IS NOT NULL)", name=op.f("ck_core_activity_done_with_time")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'done', 'cancelled')", name=op.f("ck_core_activity_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"],
            ["core_user.id"],
            name=op.f("fk_core_activity_assignee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_activity_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["kind_id"],
            ["core_activity_kind.id"],
            name=op.f("fk_core_activity_kind_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["planned_by_id"],
            ["core_user.id"],
            name=op.f("fk_core_activity_planned_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_activity")),
    )
    with op.batch_alter_table("core_activity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_activity_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_core_activity_document", ["document_id", "document"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_activity_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_activity_kind_id"), ["kind_id"], unique=False)
        batch_op.create_index(
            "ix_core_activity_open",
            ["assignee_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("state = 'planned'"),
            postgresql_where=sa.text("state = 'planned'"),
        )
        batch_op.create_index(
            batch_op.f("ix_core_activity_planned_by_id"), ["planned_by_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_activity_state"), ["state"], unique=False)

    op.create_table(
        "core_api_token",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("prefix", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("scopes", Json, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_api_token_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_core_api_token_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_api_token")),
        sa.UniqueConstraint("key", name=op.f("uq_core_api_token_key")),
    )
    with op.batch_alter_table("core_api_token", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_api_token_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_api_token_user_id"), ["user_id"], unique=False)

    op.create_table(
        "core_approval",
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("resource", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("seen", Id, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("amount", Exact(3), nullable=True),
        sa.Column("asked_by_id", Id, nullable=True),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'approved', 'refused', 'withdrawn')",
            name=op.f("ck_core_approval_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["core_user.id"],
            name=op.f("fk_core_approval_asked_by_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_approval_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_approval")),
    )
    with op.batch_alter_table("core_approval", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_approval_asked_by_id"), ["asked_by_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_approval_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            "ix_core_approval_document", ["document_id", "resource"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_approval_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_core_approval_waiting",
            ["document_id", "resource", "step"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "core_approval_rule",
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("resource", sa.String(length=60), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=True),
        sa.Column("least", Exact(3), nullable=True),
        sa.Column("filter", Json, nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("role_id", Id, nullable=True),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("four_eyes", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN role_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_core_approval_rule_one_who"),
        ),
        sa.CheckConstraint(
            "(field IS NULL) = (least IS NULL)", name=op.f("ck_core_approval_rule_field_with_least")
        ),
        sa.CheckConstraint(
            "days BETWEEN 0 AND 365", name=op.f("ck_core_approval_rule_days_sensible")
        ),
        sa.CheckConstraint(
            "turn BETWEEN 1 AND 9", name=op.f("ck_core_approval_rule_turn_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_approval_rule_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["core_role.id"],
            name=op.f("fk_core_approval_rule_role_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_core_approval_rule_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_approval_rule")),
    )
    with op.batch_alter_table("core_approval_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_approval_rule_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_approval_rule_resource"), ["resource"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_approval_rule_role_id"), ["role_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_approval_rule_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "core_dashboard",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("sharing", sa.String(length=10), nullable=False),
        sa.Column("shipped", sa.String(length=80), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("name <> '' OR shipped <> ''", name=op.f("ck_core_dashboard_named")),
        sa.CheckConstraint(
            "sharing IN ('private', 'roles', 'everybody')",
            name=op.f("ck_core_dashboard_sharing_known"),
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_dashboard_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["core_user.id"],
            name=op.f("fk_core_dashboard_owner_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_dashboard")),
    )
    with op.batch_alter_table("core_dashboard", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_dashboard_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_dashboard_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            "uq_core_dashboard_shipped",
            ["company_id", "shipped"],
            unique=True,
            sqlite_where=sa.text("shipped <> ''"),
            postgresql_where=sa.text("shipped <> ''"),
        )

    op.create_table(
        "core_deputy",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("deputy_id", Id, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_core_deputy_in_order")),
        sa.CheckConstraint("user_id <> deputy_id", name=op.f("ck_core_deputy_somebody_else")),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_deputy_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["deputy_id"],
            ["core_user.id"],
            name=op.f("fk_core_deputy_deputy_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["core_user.id"], name=op.f("fk_core_deputy_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_deputy")),
    )
    with op.batch_alter_table("core_deputy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_deputy_company_id"), ["company_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_deputy_deputy_id"), ["deputy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_deputy_user_id"), ["user_id"], unique=False)

    op.create_table(
        "core_favourite",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_core_favourite_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_favourite")),
        sa.UniqueConstraint("user_id", "address", name=op.f("uq_core_favourite_user_id_address")),
    )
    op.create_table(
        "core_follower",
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["core_user.id"], name=op.f("fk_core_follower_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_follower")),
        sa.UniqueConstraint(
            "document",
            "document_id",
            "user_id",
            name=op.f("uq_core_follower_document_document_id_user_id"),
        ),
    )
    with op.batch_alter_table("core_follower", schema=None) as batch_op:
        batch_op.create_index("ix_core_follower_document_id", ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_follower_user_id"), ["user_id"], unique=False)

    op.create_table(
        "core_imported",
        sa.Column("run_id", Id, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("created", sa.Boolean(), nullable=False),
        sa.Column("left_as", sa.String(length=64), nullable=False),
        sa.Column("before", Json, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["core_import_run.id"],
            name=op.f("fk_core_imported_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_imported")),
    )
    with op.batch_alter_table("core_imported", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_imported_run_id"), ["run_id"], unique=False)

    op.create_table(
        "core_notice",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
        sa.Column("told_at", Moment(), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["core_user.id"], name=op.f("fk_core_notice_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_notice")),
    )
    with op.batch_alter_table("core_notice", schema=None) as batch_op:
        batch_op.create_index("ix_core_notice_document", ["document", "document_id"], unique=False)
        batch_op.create_index(
            "ix_core_notice_unread",
            ["user_id", "id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "core_notice_way",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "way IN ('mail', 'digest', 'bell')", name=op.f("ck_core_notice_way_way_known")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_core_notice_way_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_notice_way")),
        sa.UniqueConstraint("user_id", name=op.f("uq_core_notice_way_user_id")),
    )
    op.create_table(
        "core_printout",
        sa.Column("user_id", Id, nullable=True),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("ready_at", Moment(), nullable=True),
        sa.Column("filename", sa.String(length=120), nullable=True),
        sa.Column("problem", sa.String(length=500), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["core_user.id"], name=op.f("fk_core_printout_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_printout")),
    )
    with op.batch_alter_table("core_printout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_printout_asked_at"), ["asked_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_printout_user_id"), ["user_id"], unique=False)

    op.create_table(
        "core_problem_case",
        sa.Column("problem_id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["problem_id"],
            ["core_problem.id"],
            name=op.f("fk_core_problem_case_problem_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_problem_case")),
    )
    with op.batch_alter_table("core_problem_case", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_problem_case_problem_id"), ["problem_id"], unique=False
        )

    op.create_table(
        "core_seen",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["core_user.id"], name=op.f("fk_core_seen_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_seen")),
        sa.UniqueConstraint("user_id", "kind", "name", name=op.f("uq_core_seen_user_id_kind_name")),
    )
    with op.batch_alter_table("core_seen", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_core_seen_user_id"), ["user_id"], unique=False)

    op.create_table(
        "core_session",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("seen_at", Moment(), nullable=False),
        sa.Column("idle_seconds", sa.Integer(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("proven_at", Moment(), nullable=False),
        sa.Column("as_user_id", Id, nullable=True),
        sa.Column("as_until", Moment(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("user_agent", sa.String(length=200), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["as_user_id"],
            ["core_user.id"],
            name=op.f("fk_core_session_as_user_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_session_company_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["core_user.id"], name=op.f("fk_core_session_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_session")),
        sa.UniqueConstraint("key", name=op.f("uq_core_session_key")),
    )
    with op.batch_alter_table("core_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_session_as_user_id"), ["as_user_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_session_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "core_steps_away",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("module", sa.String(length=24), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_steps_away_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_core_steps_away_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_steps_away")),
        sa.UniqueConstraint(
            "user_id",
            "company_id",
            "module",
            name=op.f("uq_core_steps_away_user_id_company_id_module"),
        ),
    )
    with op.batch_alter_table("core_steps_away", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_steps_away_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_steps_away_user_id"), ["user_id"], unique=False)

    op.create_table(
        "core_user_company",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_user_company_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_core_user_company_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_user_company")),
        sa.UniqueConstraint(
            "user_id", "company_id", name=op.f("uq_core_user_company_user_id_company_id")
        ),
    )
    with op.batch_alter_table("core_user_company", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_user_company_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_user_company_user_id"), ["user_id"], unique=False)

    op.create_table(
        "core_user_role",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("role_id", Id, nullable=False),
        sa.Column("company_id", Id, nullable=True),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_user_role_company_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["role_id"],
            ["core_role.id"],
            name=op.f("fk_core_user_role_role_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_core_user_role_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_user_role")),
        sa.UniqueConstraint(
            "user_id",
            "role_id",
            "company_id",
            name=op.f("uq_core_user_role_user_id_role_id_company_id"),
        ),
    )
    with op.batch_alter_table("core_user_role", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_user_role_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_core_user_role_role_id"), ["role_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_core_user_role_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_core_user_role_everywhere",
            ["user_id", "role_id"],
            unique=True,
            sqlite_where=sa.text("company_id IS NULL"),
            postgresql_where=sa.text("company_id IS NULL"),
        )

    op.create_table(
        "core_visit",
        sa.Column("user_id", Id, nullable=False),
        sa.Column("noun", sa.String(length=60), nullable=False),
        sa.Column("document_id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["core_user.id"], name=op.f("fk_core_visit_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_visit")),
        sa.UniqueConstraint(
            "user_id", "noun", "document_id", name=op.f("uq_core_visit_user_id_noun_document_id")
        ),
    )
    op.create_table(
        "core_approval_vote",
        sa.Column("approval_id", Id, nullable=False),
        sa.Column("rule_id", Id, nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("user_id", Id, nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "verdict IN ('approve', 'refuse')", name=op.f("ck_core_approval_vote_verdict_known")
        ),
        sa.ForeignKeyConstraint(
            ["approval_id"],
            ["core_approval.id"],
            name=op.f("fk_core_approval_vote_approval_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_core_approval_vote_user_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_approval_vote")),
        sa.UniqueConstraint(
            "approval_id", "rule_id", name=op.f("uq_core_approval_vote_approval_id_rule_id")
        ),
    )
    with op.batch_alter_table("core_approval_vote", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_approval_vote_rule_id"), ["rule_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_approval_vote_user_id"), ["user_id"], unique=False
        )

    op.create_table(
        "core_dashboard_beginning",
        sa.Column("user_id", Id, nullable=True),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("dashboard_id", Id, nullable=True),
        sa.Column("shipped", sa.String(length=80), nullable=False),
        sa.Column("company_id", Id, nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(dashboard_id IS NULL) = (shipped <> '')",
            name=op.f("ck_core_dashboard_beginning_one_dashboard"),
        ),
        sa.CheckConstraint(
            "user_id IS NULL OR role = ''", name=op.f("ck_core_dashboard_beginning_one_whom")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["core_company.id"],
            name=op.f("fk_core_dashboard_beginning_company_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["dashboard_id"],
            ["core_dashboard.id"],
            name=op.f("fk_core_dashboard_beginning_dashboard_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["core_user.id"],
            name=op.f("fk_core_dashboard_beginning_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_dashboard_beginning")),
    )
    with op.batch_alter_table("core_dashboard_beginning", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_dashboard_beginning_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_dashboard_beginning_dashboard_id"), ["dashboard_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_core_dashboard_beginning_user_id"), ["user_id"], unique=False
        )
        batch_op.create_index(
            "uq_core_dashboard_beginning_role",
            ["company_id", "role"],
            unique=True,
            sqlite_where=sa.text("user_id IS NULL"),
            postgresql_where=sa.text("user_id IS NULL"),
        )
        batch_op.create_index(
            "uq_core_dashboard_beginning_user",
            ["company_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("user_id IS NOT NULL"),
            postgresql_where=sa.text("user_id IS NOT NULL"),
        )

    op.create_table(
        "core_dashboard_card",
        sa.Column("dashboard_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("target", sa.String(length=80), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.Column("measure", sa.String(length=120), nullable=False),
        sa.Column("alert", sa.String(length=5), nullable=False),
        sa.Column("threshold", Exact(3), nullable=True),
        sa.Column("shipped", sa.String(length=120), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.CheckConstraint(
            "(alert = '') = (threshold IS NULL)",
            name=op.f("ck_core_dashboard_card_alert_with_threshold"),
        ),
        sa.CheckConstraint(
            "alert IN ('', 'above', 'below')", name=op.f("ck_core_dashboard_card_alert_known")
        ),
        sa.CheckConstraint(
            "kind IN ('number', 'chart', 'rows')", name=op.f("ck_core_dashboard_card_kind_known")
        ),
        sa.CheckConstraint(
            "source IN ('list', 'report', 'widget')",
            name=op.f("ck_core_dashboard_card_source_known"),
        ),
        sa.CheckConstraint(
            "width BETWEEN 2 AND 12", name=op.f("ck_core_dashboard_card_width_sensible")
        ),
        sa.ForeignKeyConstraint(
            ["dashboard_id"],
            ["core_dashboard.id"],
            name=op.f("fk_core_dashboard_card_dashboard_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_dashboard_card")),
    )
    with op.batch_alter_table("core_dashboard_card", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_core_dashboard_card_dashboard_id"), ["dashboard_id"], unique=False
        )

    op.create_table(
        "core_dashboard_role",
        sa.Column("dashboard_id", Id, nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["dashboard_id"],
            ["core_dashboard.id"],
            name=op.f("fk_core_dashboard_role_dashboard_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_dashboard_role")),
        sa.UniqueConstraint(
            "dashboard_id", "role", name=op.f("uq_core_dashboard_role_dashboard_id_role")
        ),
    )
    protect_all(op.get_bind())


def downgrade() -> None:
    unprotect_all(op.get_bind())
    op.drop_table("core_dashboard_role")
    with op.batch_alter_table("core_dashboard_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_dashboard_card_dashboard_id"))

    op.drop_table("core_dashboard_card")
    with op.batch_alter_table("core_dashboard_beginning", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_core_dashboard_beginning_user",
            sqlite_where=sa.text("user_id IS NOT NULL"),
            postgresql_where=sa.text("user_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "uq_core_dashboard_beginning_role",
            sqlite_where=sa.text("user_id IS NULL"),
            postgresql_where=sa.text("user_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_core_dashboard_beginning_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_dashboard_beginning_dashboard_id"))
        batch_op.drop_index(batch_op.f("ix_core_dashboard_beginning_company_id"))

    op.drop_table("core_dashboard_beginning")
    with op.batch_alter_table("core_approval_vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_approval_vote_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_approval_vote_rule_id"))

    op.drop_table("core_approval_vote")
    op.drop_table("core_visit")
    with op.batch_alter_table("core_user_role", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_core_user_role_everywhere",
            sqlite_where=sa.text("company_id IS NULL"),
            postgresql_where=sa.text("company_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_core_user_role_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_user_role_role_id"))
        batch_op.drop_index(batch_op.f("ix_core_user_role_company_id"))

    op.drop_table("core_user_role")
    with op.batch_alter_table("core_user_company", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_user_company_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_user_company_company_id"))

    op.drop_table("core_user_company")
    with op.batch_alter_table("core_steps_away", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_steps_away_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_steps_away_company_id"))

    op.drop_table("core_steps_away")
    with op.batch_alter_table("core_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_session_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_session_company_id"))
        batch_op.drop_index(batch_op.f("ix_core_session_as_user_id"))

    op.drop_table("core_session")
    with op.batch_alter_table("core_seen", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_seen_user_id"))

    op.drop_table("core_seen")
    with op.batch_alter_table("core_problem_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_problem_case_problem_id"))

    op.drop_table("core_problem_case")
    with op.batch_alter_table("core_printout", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_printout_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_printout_asked_at"))

    op.drop_table("core_printout")
    op.drop_table("core_notice_way")
    with op.batch_alter_table("core_notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_core_notice_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.drop_index("ix_core_notice_document")

    op.drop_table("core_notice")
    with op.batch_alter_table("core_imported", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_imported_run_id"))

    op.drop_table("core_imported")
    with op.batch_alter_table("core_follower", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_follower_user_id"))
        batch_op.drop_index("ix_core_follower_document_id")

    op.drop_table("core_follower")
    op.drop_table("core_favourite")
    with op.batch_alter_table("core_deputy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_deputy_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_deputy_deputy_id"))
        batch_op.drop_index(batch_op.f("ix_core_deputy_company_id"))

    op.drop_table("core_deputy")
    with op.batch_alter_table("core_dashboard", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_core_dashboard_shipped",
            sqlite_where=sa.text("shipped <> ''"),
            postgresql_where=sa.text("shipped <> ''"),
        )
        batch_op.drop_index(batch_op.f("ix_core_dashboard_owner_id"))
        batch_op.drop_index(batch_op.f("ix_core_dashboard_company_id"))

    op.drop_table("core_dashboard")
    with op.batch_alter_table("core_approval_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_approval_rule_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_approval_rule_role_id"))
        batch_op.drop_index(batch_op.f("ix_core_approval_rule_resource"))
        batch_op.drop_index(batch_op.f("ix_core_approval_rule_company_id"))

    op.drop_table("core_approval_rule")
    with op.batch_alter_table("core_approval", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_core_approval_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index(batch_op.f("ix_core_approval_state"))
        batch_op.drop_index("ix_core_approval_document")
        batch_op.drop_index(batch_op.f("ix_core_approval_company_id"))
        batch_op.drop_index(batch_op.f("ix_core_approval_asked_by_id"))

    op.drop_table("core_approval")
    with op.batch_alter_table("core_api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_api_token_user_id"))
        batch_op.drop_index(batch_op.f("ix_core_api_token_company_id"))

    op.drop_table("core_api_token")
    with op.batch_alter_table("core_activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_activity_state"))
        batch_op.drop_index(batch_op.f("ix_core_activity_planned_by_id"))
        batch_op.drop_index(
            "ix_core_activity_open",
            sqlite_where=sa.text("state = 'planned'"),
            postgresql_where=sa.text("state = 'planned'"),
        )
        batch_op.drop_index(batch_op.f("ix_core_activity_kind_id"))
        batch_op.drop_index(batch_op.f("ix_core_activity_due_on"))
        batch_op.drop_index("ix_core_activity_document")
        batch_op.drop_index(batch_op.f("ix_core_activity_company_id"))

    op.drop_table("core_activity")
    with op.batch_alter_table("core_user", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_user_company_id"))

    op.drop_table("core_user")
    with op.batch_alter_table("core_setting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_setting_company_id"))

    op.drop_table("core_setting")
    with op.batch_alter_table("core_series_pattern", schema=None) as batch_op:
        batch_op.drop_index("ix_core_series_pattern_kind")
        batch_op.drop_index(batch_op.f("ix_core_series_pattern_company_id"))

    op.drop_table("core_series_pattern")
    with op.batch_alter_table("core_series_gap", schema=None) as batch_op:
        batch_op.drop_index("ix_core_series_gap_kind")
        batch_op.drop_index(batch_op.f("ix_core_series_gap_company_id"))

    op.drop_table("core_series_gap")
    op.drop_table("core_series")
    with op.batch_alter_table("core_record_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_record_rule_role_id"))

    op.drop_table("core_record_rule")
    with op.batch_alter_table("core_problem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_problem_letter_id"))
        batch_op.drop_index("ix_core_problem_last")
        batch_op.drop_index(batch_op.f("ix_core_problem_job_id"))

    op.drop_table("core_problem")
    with op.batch_alter_table("core_paper_look", schema=None) as batch_op:
        batch_op.drop_index("ix_core_paper_look_paper")
        batch_op.drop_index(batch_op.f("ix_core_paper_look_company_id"))

    op.drop_table("core_paper_look")
    with op.batch_alter_table("core_letterhead", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_letterhead_company_id"))

    op.drop_table("core_letterhead")
    with op.batch_alter_table("core_import_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_import_run_resource"))
        batch_op.drop_index(batch_op.f("ix_core_import_run_company_id"))

    op.drop_table("core_import_run")
    with op.batch_alter_table("core_file_content", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_file_content_file_id"))

    op.drop_table("core_file_content")
    with op.batch_alter_table("core_document_tag", schema=None) as batch_op:
        batch_op.drop_index("ix_core_document_tag_tag")

    op.drop_table("core_document_tag")
    with op.batch_alter_table("core_worker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_worker_seen_at"))

    op.drop_table("core_worker")
    op.drop_table("core_tag")
    with op.batch_alter_table("core_saved_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_saved_view_resource"))

    op.drop_table("core_saved_view")
    op.drop_table("core_role")
    op.drop_table("core_rights_generation")
    op.drop_table("core_registry")
    with op.batch_alter_table("core_plugin_errand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_plugin_errand_name"))

    op.drop_table("core_plugin_errand")
    with op.batch_alter_table("core_plugin_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_plugin_change_name"))

    op.drop_table("core_plugin_change")
    op.drop_table("core_plugin")
    with op.batch_alter_table("core_outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_core_outbox_due")

    op.drop_table("core_outbox")
    with op.batch_alter_table("core_note", schema=None) as batch_op:
        batch_op.drop_index("ix_core_note_document")

    op.drop_table("core_note")
    with op.batch_alter_table("core_job", schema=None) as batch_op:
        batch_op.drop_index("ix_core_job_due")

    op.drop_table("core_job")
    op.drop_table("core_import_step")
    op.drop_table("core_import_map")
    with op.batch_alter_table("core_idempotency", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_idempotency_created_at"))

    op.drop_table("core_idempotency")
    op.drop_table("core_id_block")
    op.drop_table("core_form_layout")
    with op.batch_alter_table("core_file", schema=None) as batch_op:
        batch_op.drop_index("ix_core_file_document")

    op.drop_table("core_file")
    with op.batch_alter_table("core_external_id", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_external_id_document_id"))

    op.drop_table("core_external_id")
    with op.batch_alter_table("core_document_link", schema=None) as batch_op:
        batch_op.drop_index("uq_core_document_link")
        batch_op.drop_index("ix_core_document_link_to")

    op.drop_table("core_document_link")
    with op.batch_alter_table("core_custom_field", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_custom_field_noun"))

    op.drop_table("core_custom_field")
    with op.batch_alter_table("core_custom", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_core_custom_kind"))

    op.drop_table("core_custom")
    op.drop_table("core_company")
    op.drop_table("core_audit_chain")
    with op.batch_alter_table("core_audit", schema=None) as batch_op:
        batch_op.drop_index("ix_core_audit_document")
        batch_op.drop_index(batch_op.f("ix_core_audit_at"))

    op.drop_table("core_audit")
    op.drop_table("core_attempts")
    op.drop_table("core_activity_kind")
