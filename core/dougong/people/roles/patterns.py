"""How rights are written: by name, or by a pattern that stands for many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dougong.errors import Invalid
from dougong.i18n import _

#: ``crm.order.read``, ``crm.order.*``, ``crm.*``, ``*.read``, ``*``.
PATTERN = re.compile(r"^(\*|[a-z][a-z0-9]*)(\.(\*|[a-z][a-z0-9_]*)){0,4}$")


def check_patterns(patterns: Sequence[str]) -> list[str]:
    """The rights as they are kept; raises `Invalid` for what can be none."""
    wrong = [p for p in patterns if not isinstance(p, str) or not PATTERN.match(p)]
    if wrong:
        raise Invalid({"rights": _("“%(pattern)s” is not a right.", pattern=wrong[0])})
    return sorted(set(patterns))
