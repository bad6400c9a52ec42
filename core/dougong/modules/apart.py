"""A process of its own looks ahead and carries out: modules that this process does not know yet
are not imported into it, and a change goes on when the serving process is replaced.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from dougong.errors import Refused
from dougong.i18n import _
from dougong.modules.errands import carry_out, end
from dougong.modules.planning import plan
from dougong.plugins.lifecycle import Lifecycle

#: Seconds that looking ahead may take.
PATIENCE = 60
_CHILD = "from dougong.modules.apart import main; main()"


class Apart:
    """Starts such processes for the house at this address."""

    def __init__(self, url: str, home: str) -> None:
        self.url, self.home = url, home

    def plan(self, action: str, name: str, language: str) -> dict[str, Any]:
        """What a change would do; raises `Refused` when nobody answers."""
        try:
            said = subprocess.run(
                [sys.executable, "-c", _CHILD, "plan", action, name],
                env=self._environment(language), capture_output=True, timeout=PATIENCE, check=True,
            )  # fmt: skip
            told: dict[str, Any] = json.loads(said.stdout)
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            raise Refused(_("What would happen cannot be told now. Try again.")) from error
        return told

    def start(self, errand_id: int, language: str) -> None:
        """Let it be carried out; comes back at once."""
        process = subprocess.Popen(
            [sys.executable, "-c", _CHILD, "carry", str(errand_id)],
            env=self._environment(language), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._follow, args=(process, errand_id), daemon=True).start()

    def _follow(self, process: subprocess.Popen[bytes], errand_id: int) -> None:
        code = process.wait()
        if code:
            life = Lifecycle(self.url)
            said = _("The process that worked on it ended with code %(code)s.", code=code)
            end(life.engine, errand_id, "refused", str(said))
            life.close()

    def _environment(self, language: str) -> dict[str, str]:
        given = {
            **os.environ,
            "DOUGONG_DATABASE_URL": self.url,
            "DOUGONG_LANGUAGE": language,
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        return {**given, "DOUGONG_HOME": self.home} if self.home else given


class Here:
    """Does the same in this process: for tests, and where no process can be started."""

    def __init__(self, url: str, home: str) -> None:
        self.url, self.home = url, home

    def plan(self, action: str, name: str, language: str) -> dict[str, Any]:
        """What a change would do."""
        life = Lifecycle(self.url)
        try:
            return plan(life, action, name)
        finally:
            life.close()

    def start(self, errand_id: int, language: str) -> None:
        """Carry it out before coming back."""
        life = Lifecycle(self.url)
        try:
            carry_out(life, errand_id, Path(self.home) / "exports")
        finally:
            life.close()


def main() -> None:
    """The process: ``plan ACTION NAME`` answers with JSON, ``carry ID`` says nothing."""
    from dougong.cli import spoken
    from dougong.commands.common import learn, quiet_output
    from dougong.i18n import speaking
    from dougong.site import find_site

    quiet_output()
    site, (what, *given) = find_site(), sys.argv[1:]
    life = Lifecycle(site.url)
    learn(spoken())
    with speaking(spoken()):
        if what == "plan":
            sys.stdout.write(json.dumps(plan(life, given[0], given[1])))
        else:
            carry_out(life, int(given[0]), site.exports)
    life.close()
