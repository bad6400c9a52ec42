"""Backups: the house in one file, checked, and put back only where it fits."""

from __future__ import annotations

import dataclasses
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text

from dougong import Refused
from dougong.backup import make_backup, restore_backup, verify_backup
from dougong.backup.contents import BadBackup
from dougong.backup.restoring import NotEmpty, restore_secrets
from dougong.companies.models import Company
from dougong.db import make_engine
from dougong.plugins.discovery import discover


@pytest.fixture
def url(make_runtime):
    return make_runtime().url


@pytest.fixture
def backup(url, tmp_path):
    path = tmp_path / "house.backup"
    make_backup(url, path)
    return path


@pytest.fixture
def empty(databases):
    place = databases.empty()
    yield place
    databases.drop(place)


def rewrite(path: Path, change) -> Path:
    """The same file with members changed by name."""
    with zipfile.ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    other = path.with_name("other.backup")
    with zipfile.ZipFile(other, "w") as target:
        for name, data in change(members).items():
            target.writestr(name, data)
    return other


def test_a_backup_is_put_back_as_it_was(backup, empty):
    restore_backup(backup, empty)

    engine = make_engine(empty)
    with engine.connect() as connection:
        assert connection.scalar(select(Company.name)) == "Dougong Trading"
        assert connection.scalar(text("SELECT count(*) FROM v_audit")) is not None
    engine.dispose()


def test_a_backup_is_whole_and_says_what_it_holds(backup):
    manifest, wrong = verify_backup(backup)

    assert not wrong
    assert manifest.revisions["core"] == "core_0001"
    assert manifest.has_secrets is False


def test_a_backup_is_read_by_its_owner_only(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_never_takes_the_place_of_another(url, backup):
    with pytest.raises(Refused, match="already"):
        make_backup(url, backup)


def test_one_changed_byte_is_found(backup):
    def spoil(members):
        (name,) = [n for n in members if n.startswith("database")]
        data = bytearray(members[name])
        data[len(data) // 2] ^= 1
        return members | {name: bytes(data)}

    _manifest, wrong = verify_backup(rewrite(backup, spoil))

    assert any("check sum" in str(sentence) for sentence in wrong)


def test_a_member_nobody_told_of_is_found(backup):
    _manifest, wrong = verify_backup(rewrite(backup, lambda m: m | {"../evil": b"x"}))

    assert [str(s) for s in wrong] == ["../evil is not in the manifest."]


def test_a_damaged_backup_is_not_put_back(backup, empty):
    spoilt = rewrite(backup, lambda m: {n: d for n, d in m.items() if n == "manifest.json"})

    with pytest.raises(BadBackup, match="missing"):
        restore_backup(spoilt, empty)


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_another_file_is_no_backup(tmp_path, content):
    path = tmp_path / "letter.txt"
    path.write_bytes(content)

    with pytest.raises(BadBackup):
        verify_backup(path)


def test_a_backup_is_not_put_over_a_house(url, backup):
    with pytest.raises(NotEmpty):
        restore_backup(backup, url)


def test_a_backup_of_a_newer_package_is_refused(backup, empty):
    newer = rewrite(
        backup,
        lambda m: m | {"manifest.json": m["manifest.json"].replace(b"core_0001", b"core_0099")},
    )

    with pytest.raises(BadBackup, match="does not know"):
        restore_backup(newer, empty)


def test_a_newer_form_of_backup_is_refused(backup):
    newer = rewrite(
        backup,
        lambda m: m | {"manifest.json": m["manifest.json"].replace(b'"format": 1', b'"format": 2')},
    )

    with pytest.raises(BadBackup, match="newer"):
        verify_backup(newer)


def test_a_backup_is_not_put_into_the_other_kind_of_database(backup, empty, tmp_path):
    other = (
        "postgresql+psycopg://nobody@/nothing"
        if make_url(empty).get_backend_name() == "sqlite"
        else f"sqlite:///{tmp_path / 'other.db'}"
    )

    with pytest.raises(BadBackup, match="The backup is for"):
        restore_backup(backup, other)


def test_the_keys_of_the_house_go_along_only_where_asked(url, tmp_path):
    (tmp_path / "keys").write_text("hush")
    path = tmp_path / "with-keys.backup"
    make_backup(url, path, {"keys": tmp_path / "keys"})
    target = tmp_path / "new"
    target.mkdir()

    assert restore_secrets(path, target) == ["keys"]
    assert (target / "keys").read_text() == "hush"
    assert stat.S_IMODE((target / "keys").stat().st_mode) == 0o600


def test_data_of_a_plugin_without_a_package_comes_back(backup, empty):
    found = dataclasses.replace(discover(), manifests={})

    assert restore_backup(backup, empty, found).dialect
