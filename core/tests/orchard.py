"""A house without plugins, and two on the machine as their authors wrote them: cherry stands on apple."""

from __future__ import annotations

import pytest
from authoring import author as author
from sqlalchemy import text

from dougong.plugins.discovery import discover
from dougong.plugins.lifecycle import Lifecycle

MODELS = """
    from decimal import Decimal
    from typing import ClassVar
    from sqlalchemy.orm import Mapped
    from dougong import Record, link_to
    from dougong_{name}.db import Base

    class Thing(Record, Base):
        __tablename__ = "{name}_thing"
        __document__: ClassVar[str] = "{name}.things"
        label: Mapped[str]
        price: Mapped[Decimal]
        {column}
"""

FIRST = """
    import sqlalchemy as sa
    from alembic import op
    from dougong.types import Exact, Id

    revision = "{name}_0001"
    down_revision = None
    plugin_depends: dict[str, str] = {depends}

    def upgrade():
        op.create_table(
            "{name}_thing",
            sa.Column("id", Id, autoincrement=False, nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("label", sa.String(200), nullable=False),
            sa.Column("price", Exact(3), nullable=False),
            {column}
            sa.PrimaryKeyConstraint("id", name=op.f("pk_{name}_thing")),
        )

    def downgrade():
        op.drop_table("{name}_thing")
"""

SECOND = """
    import sqlalchemy as sa
    from alembic import op

    revision = "apple_0002"
    down_revision = "apple_0001"

    def upgrade():
        with op.batch_alter_table("apple_thing") as table:
            table.add_column(sa.Column("colour", sa.String(200)))
            table.alter_column("label", type_=sa.String(300), existing_type=sa.String(200))

    def downgrade():
        with op.batch_alter_table("apple_thing") as table:
            table.alter_column("label", type_=sa.String(200), existing_type=sa.String(300))
            table.drop_column("colour")
"""

APPLE = """
def models(self):
    from dougong_apple.models import Thing
    return [Thing]
def views(self):
    return [("v_apple", "SELECT id, label FROM apple_thing")]
def seed(self, uow):
    from sqlalchemy import select
    from dougong_apple.models import Thing
    if uow.session.scalar(select(Thing.id).limit(1)) is None:
        from decimal import Decimal
        uow.add(Thing(label="first", price=Decimal("1.500")))
"""

CHERRY_COLUMN = 'apple_id: Mapped[int] = link_to("apple_thing.id", ondelete="CASCADE", index=False)'
CHERRY_SQL = (
    'sa.Column("apple_id", Id, sa.ForeignKey("apple_thing.id", ondelete="CASCADE",'
    ' name="fk_cherry_thing_apple_id"), nullable=False),'
)


def write_apple(author, body=APPLE, version="1.0", **more):
    files = {
        "models.py": MODELS.format(name="apple", column=more.pop("column", "")),
        "migrations/apple_0001_first.py": FIRST.format(name="apple", column="", depends={}),
    }
    author.write("apple", body, version=version, files=files | more.pop("files", {}), **more)


def write_cherry(author):
    author.write(
        "cherry",
        "def models(self):\n    from dougong_cherry.models import Thing\n    return [Thing]",
        requires=["apple"],
        files={
            "models.py": MODELS.format(name="cherry", column=CHERRY_COLUMN),
            "migrations/cherry_0001_first.py": FIRST.format(
                name="cherry", column=CHERRY_SQL, depends={"apple": "apple_0001"}
            ),
        },
    )


@pytest.fixture
def orchard(author, databases):
    """A house without plugins, and two on the machine: cherry stands on apple."""
    write_apple(author)
    write_cherry(author)
    url = databases.copy([])
    opened = []

    def open_lifecycle():
        opened.append(Lifecycle(url, discover()))
        return opened[-1]

    yield open_lifecycle
    for lifecycle in opened:
        lifecycle.close()
    databases.drop(url)


def states(lifecycle, names=("apple", "cherry")):
    return {s.name: s.state for s in lifecycle.standings() if s.name in names}


def labels(lifecycle, table="apple_thing"):
    with lifecycle.engine.connect() as connection:
        return list(connection.scalars(text(f"SELECT label FROM {table} ORDER BY id")))


def generations(lifecycle):
    snapshot = lifecycle.snapshot()
    return snapshot.generation, snapshot.restart_generation
