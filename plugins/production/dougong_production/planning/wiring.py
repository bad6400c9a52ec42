"""What planning brings to the plugin."""

from __future__ import annotations

from dougong_production.parts import Part

PLANNING = Part()
