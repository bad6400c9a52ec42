"""Invariants of the house's data, and what plugin authors declare their own with."""

from dougong.checks.links import linked
from dougong.checks.series import gapless

__all__ = ["gapless", "linked"]
