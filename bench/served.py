"""A house under gunicorn, as in production: several processes on one database."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select

from dougong import Actor
from dougong.db import make_engine
from dougong.people.roles.service import give_role
from dougong.people.tokens.service import create_token
from dougong.people.users.service import add_user
from dougong.plugins.models import Registry, Worker
from dougong.plugins.registry import Runtime
from dougong_base import Party, Product, Unit

PASSWORD = "correct horse 7"
#: Seconds after which nothing that is waited for will come.
PATIENCE = 60.0


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    cookies: str = ""


@dataclass
class Served:
    """The master process, where it listens, and who may come in."""

    url: str
    folder: Path
    token: str
    customer: int
    product: int
    workers: int = 2
    port: int = 0
    cookie: str = ""
    master: subprocess.Popen[bytes] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start the processes, and sign in."""
        self.environment = {
            **os.environ,
            "DOUGONG_HOME": str(self.folder),
            "DOUGONG_DATABASE_URL": self.url,
            "DOUGONG_SECRET_KEY": "for tests only " * 3,
            "DOUGONG_SECURITY_PASSWORD_SALT": "salt for tests " * 3,
            "DOUGONG_COLUMN_KEY": "column for tests " * 3,
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        words = ["-k", "gthread", "-w", str(self.workers), "--threads", "4"]
        place = ["--bind", f"127.0.0.1:{self.port}", "--graceful-timeout", "20"]
        with (self.folder / "errors").open("ab") as errors:
            self.master = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *words, *place, "dougong.web.live:wsgi()"],
                env=self.environment, cwd=self.folder, stdout=errors, stderr=errors,
            )  # fmt: skip
        self.until(lambda: len(self.served()) >= self.workers and self._ready())
        self.cookie = self._log_in()

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Tell the master to end, and wait until it has."""
        if self.master is not None:
            self.master.send_signal(number)
            self.master.wait(PATIENCE)
            self.master = None

    def ask(
        self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] = {}
    ) -> Answer:
        """One request over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            given = answer.headers.get_all("Set-Cookie") or []
            cookies = "; ".join(said.split(";")[0] for said in given)
            return Answer(answer.status, answer.read().decode(), cookies)
        finally:
            connection.close()

    def page(self, path: str) -> Answer:
        """A page, as somebody who is signed in."""
        return self.ask("GET", path, headers={"Cookie": self.cookie})

    def api(self, method: str, path: str, body: Any = None, key: str = "") -> Answer:
        """A call of the API; a write is sent under its key."""
        headers = {"Authorization": f"Bearer {self.token}"}
        if key:
            headers |= {"Idempotency-Key": key, "Content-Type": "application/json"}
        said = json.dumps(body) if body is not None else None
        return self.ask(method, f"/api/v1{path}", said, headers)

    def command(self, *words: str) -> str:
        """A command of ``dougong`` in a process of its own, beside those that serve."""
        done = subprocess.run(
            [sys.executable, "-c", "from dougong.cli import main; main()", *words],
            env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"dougong {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def served(self) -> dict[str, int]:
        """The processes that say they serve, and which generation of the house."""
        return self._generations()[1]

    def all_follow(self) -> bool:
        """Whether every process serves the house as it is now."""
        generation, served = self._generations()
        return len(served) == self.workers and set(served.values()) == {generation}

    def until(self, happened: Callable[[], bool]) -> float:
        """Wait for it; says how many seconds it took."""
        start = time.monotonic()
        while not happened():
            if time.monotonic() - start > PATIENCE:
                raise AssertionError((self.folder / "errors").read_text()[-3000:])
            time.sleep(0.05)
        return time.monotonic() - start

    def _generations(self) -> tuple[int, dict[str, int]]:
        engine = make_engine(self.url)
        with engine.connect().execution_options(reading=True) as connection:
            house = connection.scalar(select(Registry.generation)) or 0
            question = select(Worker.name, Worker.generation).where(Worker.kind == "web")
            served = dict(iter(connection.execute(question)))
        engine.dispose()
        return house, served

    def _ready(self) -> bool:
        try:
            return self.ask("GET", "/readyz").status == 200
        except OSError:
            return False

    def _log_in(self) -> str:
        door = self.ask("GET", "/login")
        word = re.search(r'name="csrf_token" value="([^"]+)"', door.text)
        assert word is not None, door.text
        form = {"login": "boss", "password": PASSWORD, "csrf_token": word[1]}
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": door.cookies}
        answer = self.ask("POST", "/login", urlencode(form), kind)
        assert answer.status == 303, answer.text
        return answer.cookies


@contextmanager
def served(runtime: Runtime, folder: Path, *, port: int = 0) -> Iterator[Served]:
    """Serve this house from two processes; the port is any that is free unless one is said."""

    def prepare(uow: Any) -> tuple[str, int, int]:
        user, _word = add_user(uow, "boss", "Boss", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "administrator")
        uow.flush()
        token = create_token(uow, "load", ["*"], user_id=user.id, company_id=1)[1]
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        customer = Party(code="CROWD", name="The crowd", is_customer=True)
        lamp = Product(code="CROWDLAMP", name="Lamp", unit_id=unit, sales_price=40)
        uow.add(customer, lamp)
        return token, customer.id, lamp.id

    made = Served(runtime.url, folder, *runtime.house.run(Actor.system(), prepare), port=port)
    try:
        made.start()
        yield made
    finally:
        made.stop()
