"""Reports stand in the menu of their department, without being put there one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dougong.plugin import MenuItem
from dougong.reports.running import plugin_of

if TYPE_CHECKING:
    from dougong.wiring import Wiring

#: Below everything a department has put there itself.
AFTER = 5000


def report_entries(wiring: Wiring) -> list[MenuItem]:
    """An entry for each report that no entry leads to, under its plugin's own heading."""
    led_to = {item.to for item in wiring.menus}
    headings: dict[str, str] = {}
    for item in sorted(wiring.menus, key=lambda i: i.order):
        if not item.parent:
            headings.setdefault(item.key.partition(".")[0], item.key)
    return [
        MenuItem(
            key=f"{report.name}.report",
            label=report.label,
            to=report.name,
            parent=headings[plugin_of(report)],
            icon=report.icon,
            order=AFTER + report.order,
            needs=report.needs,
        )
        for report in wiring.reports.values()
        if report.name not in led_to and plugin_of(report) in headings
    ]
