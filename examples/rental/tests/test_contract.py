"""What every plugin promises, kept by this one."""

from dougong.testing import PluginContract


class TestContract(PluginContract):
    plugin = "rental"
