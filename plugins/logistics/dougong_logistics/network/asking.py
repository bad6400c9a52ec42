"""A scenario as the arithmetic needs it."""

from __future__ import annotations

from dougong import Refused, _
from dougong_logistics.network.locating import Network
from dougong_logistics.network.models import Scenario


def network_of(scenario: Scenario) -> Network:
    """Sites, regions and lanes by number; refused where a lane names what is not there."""
    if not scenario.sites or not scenario.regions:
        raise Refused(_("Enter sites and regions first."))
    row = {site.name: n for n, site in enumerate(scenario.sites)}
    column = {region.name: n for n, region in enumerate(scenario.regions)}
    cost: list[list[float | None]] = [[None] * len(column) for _site in row]
    for lane in scenario.lanes:
        if lane.site not in row or lane.region not in column:
            raise Refused(
                _(
                    "The lane from %(site)s to %(region)s names a site or region that the scenario"
                    " does not have.",
                    site=lane.site,
                    region=lane.region,
                )
            )
        cost[row[lane.site]][column[lane.region]] = float(lane.cost)
    return Network(
        [float(site.fixed) for site in scenario.sites],
        [None if s.capacity is None else float(s.capacity) for s in scenario.sites],
        [float(region.demand) for region in scenario.regions],
        cost,
    )
