"""The plugin's first test; the fixtures come with dougong."""

import importlib
from pathlib import Path

import pytest

from dougong.plugins.collecting import forget
from dougong.web.app import create_app

HERE = Path(__file__).parents[1]


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """What `pip install` does: the package on the path, and its entry point beside it."""
    info = tmp_path / "dougong_hello-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dougong-hello\nVersion: 0.1.0\n")
    entry = "[dougong.plugins]\nhello = dougong_hello.plugin:plugin\n"
    (info / "entry_points.txt").write_text(entry)
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield
    forget("hello", "dougong_hello")


@pytest.mark.usefixtures("installed")
def test_it_greets(make_runtime):
    runtime = make_runtime("hello")
    browser = create_app(runtime, runtime.config).test_client()

    assert browser.get("/hello/world").text == "Hello, world!"
