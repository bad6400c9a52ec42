"""From nothing to the first answer, in a process of its own; and the memory it then holds."""

from __future__ import annotations

import os
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
from werkzeug.test import create_environ
said = []
page = b"".join(app(create_environ("/login"), lambda status, *_: said.append(status)))
assert said == ["200 OK"], said
import time
said = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(time.process_time(), said["VmRSS"].split()[0])
"""


def run(times: int = 5) -> list[str]:
    """CPU seconds and megabytes, the median of a few starts.

    Python keeps what it compiled, as it does wherever a package is installed: the first start
    compiles and is not counted.
    """
    with TemporaryDirectory() as folder:
        kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/compiled"}
        databases = Databases("", Path(folder))
        url = databases.copy(SHIPPED)
        found = []
        for _turn in range(times + 1):
            given = [sys.executable, "-c", _WORKER, url]
            told = subprocess.run(
                given, capture_output=True, text=True, check=True, env=os.environ | kept
            )
            seconds, kilobytes = told.stdout.split()[-2:]
            found.append((float(seconds), int(kilobytes) / 1024))
        databases.close()
    seconds, megabytes = sorted(found[1:])[times // 2]
    return [
        f"cold start to the first answer  {seconds:.2f} s CPU   target 1.5 s | Odoo 4.1 s | Tryton 2.3 s",
        f"memory of a worker after it     {megabytes:.0f} MB      target 90 MB | Odoo 137 MB | Tryton 105 MB",
    ]
