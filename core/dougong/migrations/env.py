"""Alembic's environment for every history of the house."""

from alembic import context

from dougong.migrations.running import run

run(context)
