"""Links that a stranger may follow: signed with the house's key, so that nobody makes one up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itsdangerous import BadData, URLSafeSerializer

from dougong.settings.service import settings_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.unit_of_work import UnitOfWork


def sign(source: UnitOfWork | Session, purpose: str, value: Any) -> str:
    """A text that carries ``value`` (numbers, texts, lists of them) and fits into an address."""
    return _signer(source, purpose).dumps(value)


def unsign(source: UnitOfWork | Session, purpose: str, token: str) -> Any:
    """What was signed for this purpose, or None where it was not signed by this house."""
    try:
        return _signer(source, purpose).loads(token)
    except BadData:
        return None


def page_of(uow: UnitOfWork, path: str) -> str:
    """The whole address of a page of this house, as set under “Address of this house”."""
    house = str(uow.setting("core.address") or "http://localhost:8080").rstrip("/")
    return f"{house}/{path.lstrip('/')}"


def _signer(source: UnitOfWork | Session, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings_of(source).house_key, salt=purpose)
