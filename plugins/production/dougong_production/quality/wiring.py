"""What quality and maintenance bring to the plugin."""

from __future__ import annotations

from dougong_production.parts import Part

QUALITY = Part()
