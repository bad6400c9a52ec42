"""What a page says, read without a browser."""

from __future__ import annotations

import re

from sqlalchemy import func, select


def count(shop, me, model):
    with shop.read(me) as session:
        return session.scalar(select(func.count()).select_from(model))


def hidden(page, name):
    """The value of a hidden control."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    return found[1].replace("&#34;", '"') if found else None
