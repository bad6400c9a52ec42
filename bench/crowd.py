"""People and programs who use a house while something is done to it; they note every failure."""

from __future__ import annotations

import http.client
import json
import math
import secrets
import threading
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bench.served import Answer, Served
from dougong.db import make_engine
from dougong_base import Party
from dougong_crm.orders.models import Order

#: What they look at: pages, then answers of the API.
PAGES = (
    "/", "/base/parties", "/base/products", "/crm/orders", "/crm/customers",
    "/inventory/deliveries", "/inventory/stock", "/finance/invoices", "/finance/entries",
)  # fmt: skip
READS = (
    "/base/parties", "/crm/orders", "/inventory/deliveries", "/inventory/moves",
    "/finance/customer-invoices", "/finance/entries",
)  # fmt: skip


class _Closed(Exception):
    """The house was told to stop, and nobody opens any more."""


@dataclass
class Crowd:
    """Some visitors, each a thread that asks one thing after the other."""

    house: Served
    people: int = 4
    pause: float = 0.02
    #: Departments that come and go: their addresses may answer 404, with a sentence.
    moving: Collection[str] = ()
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    #: What was acknowledged: ids of parties, ids of orders, ids of orders that were confirmed.
    parties: list[int] = field(default_factory=list)
    orders: list[int] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    #: When the house was told to stop: no connection is no failure from then on.
    stopped: float = math.inf

    def __post_init__(self) -> None:
        #: A second crowd sends nothing under the keys of the first.
        self.name = secrets.token_hex(3)
        self._ending = threading.Event()
        self._threads = [
            threading.Thread(target=self._visit, args=(number,), daemon=True)
            for number in range(self.people)
        ]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._ending.set()
        for thread in self._threads:
            thread.join()

    def stopping(self) -> None:
        """From now on nobody expects that the door is open; what was asked before is answered."""
        self.stopped = time.monotonic()

    @property
    def asked(self) -> int:
        """How many requests were answered or failed."""
        return len(self.seconds)

    def lost(self) -> list[str]:
        """Whatever was acknowledged and is not in the database."""
        engine = make_engine(self.house.url)
        with engine.connect().execution_options(reading=True) as connection:
            parties = set(connection.scalars(select(Party.id)))
            states = dict(iter(connection.execute(select(Order.id, Order.state))))
        engine.dispose()
        return [
            *(f"party {id}" for id in self.parties if id not in parties),
            *(f"order {id}" for id in self.orders if id not in states),
            *(f"order {id} not confirmed" for id in self.confirmed if states[id] == "draft"),
        ]

    def _visit(self, who: int) -> None:
        turn = who
        while not self._ending.is_set():
            turn += 1
            try:
                self._act(who, turn)
            except _Closed:
                return
            self._ending.wait(self.pause)

    def _act(self, who: int, turn: int) -> None:
        kind = turn % 4
        if kind == 0:
            self._write_party(f"{self.name}{who}-{turn}")
        elif kind == 1:
            self._write_order(f"{self.name}{who}-{turn}")
        elif kind == 2:
            path = READS[turn // 4 % len(READS)]
            self._ask("GET", f"/api/v1{path}")
        else:
            self._ask("GET", PAGES[turn // 4 % len(PAGES)])

    def _write_party(self, key: str) -> None:
        body = {"code": f"V-{key}", "name": f"Visitor {key}", "is_customer": True}
        answer = self._ask("POST", "/api/v1/base/parties", body, f"party-{key}")
        if answer.status == 201:
            self.parties.append(json.loads(answer.text)["id"])

    def _write_order(self, key: str) -> None:
        line = {"product": self.house.product, "quantity": "1"}
        body = {"customer": self.house.customer, "lines": [line]}
        answer = self._ask("POST", "/api/v1/crm/orders", body, f"order-{key}")
        if answer.status != 201:
            return
        order = json.loads(answer.text)["id"]
        self.orders.append(order)
        path = f"/api/v1/crm/orders/{order}/confirm"
        if self._ask("POST", path, {}, f"confirm-{key}").status == 200:
            self.confirmed.append(order)

    def _ask(self, method: str, path: str, body: Any = None, key: str = "") -> Answer:
        start = time.monotonic()
        try:
            if path.startswith("/api/v1"):
                answer = self.house.api(method, path.removeprefix("/api/v1"), body, key)
            else:
                answer = self.house.page(path)
        except (OSError, http.client.HTTPException) as error:
            if start > self.stopped:
                raise _Closed from error
            self.failed.append(f"{type(error).__name__}: {method} {path} {error}")
            return Answer(0, "")
        finally:
            self.seconds.append(time.monotonic() - start)
        parts = path.removeprefix("/api/v1").split("/")
        self.answers[parts[1], answer.status] += 1
        if not self._right(parts[1], answer):
            self.failed.append(f"{method} {path}: {answer.status} {answer.text[:200]}")
        return answer

    def _right(self, department: str, answer: Answer) -> bool:
        if answer.status in (200, 201):
            return True
        # What is off says so in a sentence.
        return answer.status == 404 and department in self.moving and len(answer.text) > 20
