"""From nothing to the first answer, in a process of its own; and the memory it then holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from dougong.testing import SHIPPED
from dougong.testing_databases import Databases

_WORKER = """
import sys
from dougong.memory import begin, settle
begin()
from dougong.plugins.registry import Runtime
from dougong.web.app import create_app
runtime = Runtime(sys.argv[1], {"TESTING": True, "SECRET_KEY": "only to measure " * 3})
app = create_app(runtime, runtime.config)
settle()
answer = app.test_client().get("/login")
assert answer.status_code == 200, answer.status_code
import time
said = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(time.process_time(), said["VmRSS"].split()[0])
"""


def run(times: int = 5) -> list[str]:
    """CPU seconds and megabytes, the median of a few starts."""
    with TemporaryDirectory() as folder:
        databases = Databases("", Path(folder))
        url = databases.copy(SHIPPED)
        found = []
        for _turn in range(times):
            given = [sys.executable, "-c", _WORKER, url]
            told = subprocess.run(given, capture_output=True, text=True, check=True)
            seconds, kilobytes = told.stdout.split()[-2:]
            found.append((float(seconds), int(kilobytes) / 1024))
        databases.close()
    seconds, megabytes = sorted(found)[times // 2]
    return [
        f"cold start to the first answer  {seconds:.2f} s CPU   target 1.5 s | Odoo 4.1 s | Tryton 2.3 s",
        f"memory of a worker after it     {megabytes:.0f} MB      target 90 MB | Odoo 137 MB | Tryton 105 MB",
    ]
