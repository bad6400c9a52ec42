"""A plugin that greets whoever opens its page."""

from flask import Blueprint

from dougong import Plugin, hookimpl
from dougong.web.rights import public


class Hello(Plugin):
    """One page, open to everyone."""

    @hookimpl
    def pages(self) -> list[Blueprint]:
        page = Blueprint("hello", __name__)
        page.get("/world")(public(lambda: "Hello, world!"))
        return [page]


plugin = Hello()
