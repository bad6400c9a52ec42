"""A file of parties brought in: read, checked, stored, audited."""

from __future__ import annotations

from bench.meter import Result, sample
from bench.site import Site
from dougong.resources.exchange import load, read_table

ROWS = 5_000


def run(site: Site) -> list[Result]:
    """The cost of a row, three files of 5,000."""
    result = Result("import, a row", each=ROWS)
    noun = site.runtime.nouns.get("base.parties")
    for turn in range(4):
        rows = (f"I{turn}{n:05},Customer {n},c{n}@example.com,yes" for n in range(ROWS))
        data = "\n".join(("code,name,email,is_customer", *rows)).encode()
        before = list(result.samples)
        with sample(site.meter, result):
            report = load(site.runtime.house, site.actor, noun, read_table("p.csv", data))
        if not report.saved:
            raise AssertionError(report)
        if turn == 0:
            result.samples = before
    return [result]
