"""Numbers without gaps: taken as the last thing before everything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

Key = tuple[int, str, int]


def draw(connection: Connection, wanted: Mapping[Key, int]) -> dict[Key, int]:
    """Take so many numbers of each series (company, kind, year); returns the last taken of each."""
    keys: Sequence[Key] = sorted(wanted)
    if connection.dialect.name == "postgresql":
        source = "SELECT * FROM unnest(%s::bigint[], %s::varchar[], %s::int[], %s::int[])"
        given = (
            [k[0] for k in keys], [k[1] for k in keys], [k[2] for k in keys], [wanted[k] for k in keys],
        )  # fmt: skip
    else:
        source = "VALUES " + ", ".join(["(?, ?, ?, ?)"] * len(keys))
        given = tuple(value for key in keys for value in (*key, wanted[key]))  # type: ignore[assignment]
    rows = connection.exec_driver_sql(
        f"INSERT INTO core_series (company_id, kind, year, last) {source}"
        " ON CONFLICT (company_id, kind, year) DO UPDATE SET last = core_series.last + excluded.last"
        " RETURNING company_id, kind, year, last",
        given,
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}
