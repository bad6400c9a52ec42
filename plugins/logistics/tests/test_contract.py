"""What every plugin promises, kept by this one."""

from __future__ import annotations

from dougong.testing import PluginContract


class TestContract(PluginContract):
    plugin = "logistics"
