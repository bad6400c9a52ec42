"""A customer's browser, for tests of what a plugin shows in the portal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask.testing import FlaskClient

from dougong import Actor
from dougong.web.app import create_app
from dougong_base.portal.links import path_in
from dougong_base.portal.service import keys_of, until

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong.plugins.registry import Runtime

_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Visitor(FlaskClient):
    """A browser without a window that keeps a customer's link."""

    def send(self, at: str, action: str, **said: Any) -> Any:
        """Fill in the form of a document's page, and send it."""
        hidden = dict(_HIDDEN.findall(self.get(at).text))
        return self.post(f"{at}/{action}", data={**hidden, **said})


def visitor_of(runtime: Runtime, party_id: int, company_id: int = 1) -> Visitor:
    """A browser that has followed the link of a customer of a company."""
    house = Actor.system(company_id)

    def path(uow: UnitOfWork) -> str:
        return path_in(uow, keys_of(uow, [party_id])[party_id], until(uow))

    app = create_app(runtime, {**runtime.config, "ACT_AS": None})
    app.test_client_class = Visitor
    browser: Any = app.test_client()
    browser.get(runtime.house.run(house, path))
    return browser  # type: ignore[no-any-return]
