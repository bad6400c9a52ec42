"""The roles that every house has."""

from __future__ import annotations

from dougong.i18n import _
from dougong.plugin import Role

ADMINISTRATOR = Role("administrator", _("Administrator"), ["*"])
READER = Role("reader", _("Reader"), ["*.read"])
AUDITOR = Role(
    "auditor", _("Auditor"), ["*.read", "core.audit.read", "core.user.read", "core.role.read"]
)

#: What everybody may who may log in; whose documents they see says how much of it.
EVERYBODYS = frozenset({"core.activity.read", "core.activity.write"})

CORE_ROLES = {role.name: role for role in (ADMINISTRATOR, READER, AUDITOR)}
