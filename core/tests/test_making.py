"""What `migrations create` says of the revision that it has written."""

from __future__ import annotations

from dougong.migrations.making import unfilled

REVISION = """
from alembic import op
import sqlalchemy as sa

def upgrade():
    with op.batch_alter_table("fleet_vehicle", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plate", sa.String(length=12), nullable=False))
        batch_op.add_column(sa.Column("note", sa.String(length=80), nullable=True))
    op.add_column("fleet_driver", sa.Column("name", sa.Text(), nullable=False))
    op.add_column("fleet_driver", sa.Column("on", sa.Boolean(), nullable=False, server_default="1"))
    op.create_table("fleet_tour", sa.Column("id", sa.Integer(), nullable=False))
"""


def test_columns_that_rows_of_before_would_leave_empty_are_named(tmp_path):
    (tmp_path / "fleet_0002.py").write_text(REVISION)

    found = list(unfilled(tmp_path / "fleet_0002.py"))

    assert sorted(found) == ["fleet_driver.name", "fleet_vehicle.plate"]
