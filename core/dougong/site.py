"""A site: the folder where one house keeps its address, its secrets and its files."""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dougong.errors import NotReady, Refused
from dougong.i18n import _

#: Secrets of a site, each made by `init` and kept with mode 0600.
SECRETS = ("SECRET_KEY", "SECURITY_PASSWORD_SALT", "COLUMN_KEY")
#: Shorter keys can be guessed.
LEAST_SECRET = 32
#: More stand in front of nobody; a larger number is a mistake.
MOST_PROXIES = 9


class WeakSecret(NotReady):
    """A key that others could know."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "%(name)s is missing or too short: run `dougong init`,"
                " or give one of 32 characters and more.",
                name=name,
            )
        )


@dataclass(frozen=True)
class Site:
    """Where a house lives: its folder, its database, its configuration with secrets."""

    home: Path
    url: str
    config: dict[str, Any] = field(default_factory=dict)

    @property
    def exports(self) -> Path:
        """Where the data of uninstalled plugins are kept."""
        return self.home / "exports"

    def require_secrets(self) -> None:
        """Refuse to serve with keys that are missing or short."""
        for name in SECRETS:
            if len(str(self.config.get(name, ""))) < LEAST_SECRET:
                raise WeakSecret(name)


def find_site() -> Site:
    """The site of this process: ``DOUGONG_HOME`` and ``DOUGONG_DATABASE_URL``, else ``./instance``."""
    home = Path(os.environ.get("DOUGONG_HOME") or "instance").resolve()
    said = _read_toml(home / "site.toml")
    url = os.environ.get("DOUGONG_DATABASE_URL") or said.get("database_url") or _default_url(home)
    config = {**_read_secrets(home / "secrets.json"), **said.get("config", {})}
    config |= {
        key.removeprefix("DOUGONG_"): value
        for key, value in os.environ.items()
        if key.removeprefix("DOUGONG_") in SECRETS
    }
    config["PROXIES"] = _proxies(os.environ.get("DOUGONG_PROXIES") or config.get("PROXIES", 0))
    config.setdefault("HOME", str(home))
    return Site(home, _with_driver(url), config)


def _proxies(said: Any) -> int:
    """How many servers in front of this one pass requests on, each adding whom it heard."""
    try:
        number = int(said)
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number <= MOST_PROXIES:
        raise Refused(
            _(
                "DOUGONG_PROXIES is the number of proxies in front, from 0 to %(most)s, not “%(said)s”.",
                most=MOST_PROXIES,
                said=said,
            )
        )
    return number


def make_site(site: Site) -> bool:
    """Make the folder and its secrets; what is there stays. Says whether secrets were made."""
    site.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = site.home / "secrets.json"
    known = _read_secrets(path)
    missing = [name for name in SECRETS if name not in known]
    if missing:
        made = {name: urlsafe_b64encode(secrets.token_bytes(32)).decode() for name in missing}
        _write_private(path, json.dumps({**known, **made}, indent=2) + "\n")
    settings = site.home / "site.toml"
    if not settings.exists():
        # The address may hold a password.
        _write_private(settings, _settings_text(site.url))
    return bool(missing)


def _settings_text(url: str) -> str:
    return (
        "# The site's own settings. DOUGONG_DATABASE_URL in the environment goes first.\n"
        f"database_url = {json.dumps(url)}\n\n[config]\n"
    )


def _write_private(path: Path, text: str) -> None:
    """Nobody else may read it, not even for the moment between writing and closing."""
    spare = path.with_suffix(".new")
    with os.fdopen(os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    spare.replace(path)


def _read_toml(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise Refused(_("%(path)s is not valid TOML: %(error)s.", path=path, error=error)) from None


def _read_secrets(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return {}
    except ValueError:
        raise Refused(_("%(path)s cannot be read; restore it from a backup.", path=path)) from None


def _default_url(home: Path) -> str:
    return f"sqlite:///{home / 'dougong.db'}"


def _with_driver(url: str) -> str:
    """People write postgresql://; the driver here is psycopg."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url
