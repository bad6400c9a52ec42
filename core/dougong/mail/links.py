"""Links that a stranger may follow: signed with the house's key, so that nobody makes one up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itsdangerous import BadData, URLSafeSerializer

from dougong.settings.service import settings_of

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


def sign(uow: UnitOfWork, purpose: str, value: Any) -> str:
    """A text that carries ``value`` (numbers, texts, lists of them) and fits into an address."""
    return _signer(uow, purpose).dumps(value)


def unsign(uow: UnitOfWork, purpose: str, token: str) -> Any:
    """What was signed for this purpose, or None where it was not signed by this house."""
    try:
        return _signer(uow, purpose).loads(token)
    except BadData:
        return None


def page_of(uow: UnitOfWork, path: str) -> str:
    """The whole address of a page of this house, as set under “Address of this house”."""
    house = str(uow.setting("core.address") or "http://localhost:8080").rstrip("/")
    return f"{house}/{path.lstrip('/')}"


def _signer(uow: UnitOfWork, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(settings_of(uow).house_key, salt=purpose)
