"""What an address for programs is written with."""

from __future__ import annotations

from dougong.web.bodies import Body, Day, Id, Whole, takes
from dougong.web.calls import act_once, as_json, to_answer

__all__ = ["Body", "Day", "Id", "Whole", "act_once", "as_json", "takes", "to_answer"]
