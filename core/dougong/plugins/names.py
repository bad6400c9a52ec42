"""Which names a plugin may have."""

from __future__ import annotations

import re

#: Without underscore, so that a table's first token names its owner.
PLUGIN_NAME = re.compile(r"^[a-z][a-z0-9]{1,23}$")

#: The first words of the core's own tables, rights, addresses and commands.
RESERVED = frozenset(
    {
        "core",
        "account",
        "alembic",
        "dougong",
        "api",
        "static",
        "admin",
        "audit",
        "backup",
        "bench",
        "check",
        "company",
        "config",
        "demo",
        "export",
        "help",
        "import",
        "init",
        "portal",
        "job",
        "jobs",
        "login",
        "logout",
        "migrations",
        "outbox",
        "people",
        "plugin",
        "plugins",
        "privacy",
        "role",
        "routes",
        "serve",
        "settings",
        "shell",
        "token",
        "user",
        "users",
    }
)
