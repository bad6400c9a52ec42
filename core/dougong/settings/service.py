"""Read and change settings: ``uow.setting("crm.invoice_on")`` ends here."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from dougong.errors import NotFound
from dougong.i18n import _
from dougong.people.secrets import Sealer
from dougong.plugin import Setting
from dougong.settings import values
from dougong.settings.models import SettingValue
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

#: Another process may have changed a setting; nobody works with an old one for longer.
SECONDS = 1.0
#: Where a unit of work that changes settings keeps them until its commit.
CHANGED = "settings_changed"


class Settings:
    """The declared settings of the house and what was chosen; the runtime hands it to the house.

    ``house.read_setting = Settings(wiring.settings, key)``; the key of the house locks the secrets
    among them.
    """

    def __init__(self, declared: Mapping[str, Setting], house_key: str = "") -> None:
        self.declared, self.house_key = declared, house_key
        self._known: dict[int, tuple[float, dict[str, Any]]] = {}
        self._lock = threading.Lock()

    def __call__(self, uow: UnitOfWork, key: str) -> Any:
        """The value in the actor's company, or the default."""
        return self.value(uow.session, key, uow.company_id)

    def setting(self, key: str) -> Setting:
        """The declaration; raises `NotFound`."""
        found = self.declared.get(key)
        if found is None:
            raise NotFound(_("setting"), key)
        return found

    def value(self, session: Session, key: str, company_id: int) -> Any:
        """The value in this company, or the default."""
        setting = self.setting(key)
        changed: dict[tuple[int, str], Any] = session.info.get(CHANGED, {})
        if (company_id, key) in changed:
            return changed[company_id, key]
        return self.chosen(session, company_id).get(key, setting.default)

    def chosen(self, session: Session, company_id: int) -> dict[str, Any]:
        """Everything that was chosen in a company; remembered for a second."""
        known = self._known.get(company_id)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        found = self._read(session, company_id)
        if CHANGED not in session.info:
            with self._lock:
                self._known[company_id] = (time.monotonic() + SECONDS, found)
        return found

    @cached_property
    def sealer(self) -> Sealer:
        """Locks and opens secrets; raises `NotReady` where the house has no key."""
        return Sealer(self.house_key)

    def forget(self) -> None:
        """Read afresh the next time."""
        with self._lock:
            self._known.clear()

    def _read(self, session: Session, company_id: int) -> dict[str, Any]:
        rows = session.execute(
            select(SettingValue.key, SettingValue.value, SettingValue.secret).where(
                SettingValue.company_id == company_id
            ),
            execution_options={SCOPED: True},
        )
        return {
            key: values.from_json(self.declared[key], value)
            if secret is None
            else self.sealer.open(secret, _place(company_id, key))
            for key, value, secret in rows
            if key in self.declared
        }


def settings_of(source: UnitOfWork | Session) -> Settings:
    """The settings of the house this unit of work or session belongs to."""
    session = source if isinstance(source, Session) else source.session
    found = session.info["house"].read_setting
    if not isinstance(found, Settings):
        raise LookupError("this house was built without settings")
    return found


def read(source: UnitOfWork | Session, key: str, company_id: int) -> Any:
    """The value of a setting in a company, or its default."""
    session = source if isinstance(source, Session) else source.session
    return settings_of(source).value(session, key, company_id)


def write(uow: UnitOfWork, key: str, value: Any) -> Any:
    """Choose a value in the actor's company; ``None`` returns to the default."""
    uow.require("core.setting.write")
    settings, company = settings_of(uow), uow.company_id
    setting = settings.setting(key)
    wanted = setting.default if value is None else values.checked(setting, value)
    row = uow.session.scalar(
        select(SettingValue).where(SettingValue.key == key, SettingValue.company_id == company)
    )
    if value is None:
        if row is not None:
            uow.remove(row)
    else:
        if row is None:
            row = SettingValue(key=key, company_id=company)
            uow.add(row)
        secret = setting.kind == "secret"
        row.value = "" if secret else values.to_json(wanted)
        row.secret = settings.sealer.seal(wanted, _place(company, key)) if secret else None
    _remember(uow, settings, (company, key), wanted)
    return wanted


def _remember(uow: UnitOfWork, settings: Settings, place: tuple[int, str], value: Any) -> None:
    """Let this unit of work see its own choice, and everybody else after the commit."""
    changed = uow.session.info.get(CHANGED)
    if changed is None:
        changed = uow.session.info[CHANGED] = {}
        event.listen(uow.session, "after_commit", lambda _session: settings.forget())
    changed[place] = value


def _place(company_id: int, key: str) -> str:
    """Where a secret belongs; moved elsewhere it does not open."""
    return f"core_setting.secret:{company_id}:{key}"
