"""What making brings to the plugin."""

from __future__ import annotations

from dougong_production.parts import Part

MAKING = Part()
