"""The command line and the API of the user guide, done by somebody who types what it says."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest
from docs_runner import CHAIN, Reader
from waitress.server import create_server

from dougong.plugins.registry import Runtime
from dougong.web.app import create_app

pytestmark = pytest.mark.once

DOCS = Path(__file__).parents[1] / "docs"
USER = DOCS / "user"


@pytest.fixture
def reader(databases, tmp_path):
    url = databases.copy(CHAIN)
    yield Reader(tmp_path, url, in_process=True)
    databases.drop(url)


@pytest.fixture
def served(reader):
    """The reader's house at an address of its own."""
    url = reader.surroundings["DOUGONG_DATABASE_URL"]
    runtime = Runtime(url, {"TESTING": True, "SECRET_KEY": "for tests only " * 3})
    server = create_server(create_app(runtime, runtime.config), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}/api/v1"
    server.close()
    thread.join(5)
    runtime.close()


@pytest.mark.skipif(not shutil.which("curl"), reason="the guide calls curl")
def test_the_chain_goes_as_it_is_printed_by_command_and_by_call(reader, served):
    done = [what for _kind, what in reader.follow(USER / "commands.md")]
    assert "dougong check" in done

    token = reader.answers[done[-2]].split()[-1]
    reader.surroundings |= {"URL": served, "TOKEN": token}
    said, complaint, code = reader.say("bash -e chain.sh")
    assert code == 0, complaint
    order = json.loads("{" + said.replace("}\n{", "}{").rpartition("}{")[2])
    assert (order["state"], order["payment_state"]) == ("done", "full"), (said, complaint)


@pytest.mark.parametrize("page", ["modules", "people", "data", "series"])
def test_what_an_administrator_types_does_what_the_page_says(reader, page):
    reader.call('dougong user add ada --name "Ada Lovelace" --role administrator')
    assert list(reader.follow(DOCS / "admin" / f"{page}.md"))


def test_a_new_site_is_made_as_the_page_says(tmp_path):
    reader = Reader(tmp_path, in_process=True)
    commands = [what for kind, what in reader.follow(DOCS / "admin" / "install.md")]
    assert commands[-1] == "dougong check"
    assert {path.name for path in (tmp_path / "site").iterdir()} >= {"site.toml", "secrets.json"}
