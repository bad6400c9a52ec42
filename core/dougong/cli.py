"""The ``dougong`` command: groups are found by their files and imported when they are asked for."""

from __future__ import annotations

import ast
import importlib
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

import click

#: Each module here has one ``command``; its docstring's first line is the help that is listed.
HERE = Path(__file__).parent / "commands"
HELPERS = {"__init__", "common"}


@cache
def core_commands() -> dict[str, str]:
    """The core's commands with their sentences, read without importing them."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        if path.stem not in HELPERS and not path.stem.startswith("_"):
            doc = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
            found[path.stem.rstrip("_").replace("_", "-")] = doc.split("\n")[0]
    return found


def plugin_commands() -> dict[str, str]:
    """The plugins on this machine; each may have commands under its name."""
    from dougong.plugins.discovery import discover

    return {name: manifest.label for name, manifest in discover().manifests.items()}


class Dougong(click.Group):
    """Finds commands by name; whatever goes wrong is told in one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The core's commands; those of plugins are listed apart."""
        return sorted(core_commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one command that is asked for."""
        if cmd_name in core_commands():
            return _core_command(cmd_name)
        if cmd_name in plugin_commands():
            from dougong.commands.common import commands_of

            found: click.Command = _told(commands_of, cmd_name)
            return found
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List names and sentences without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(core_commands().items()))
        if plugins := plugin_commands():
            with formatter.section("Plugins"):
                formatter.write_dl(sorted(plugins.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command in the reader's language; errors become a sentence and an exit code."""
        from dougong.i18n import language, speaking
        from dougong.memory import begin

        begin()
        code = spoken()
        if code == language():
            return _told(super().invoke, ctx)
        from dougong.commands.common import learn

        learn(code)
        with speaking(code):
            return _told(super().invoke, ctx)


def spoken() -> str:
    """The reader's language, from ``DOUGONG_LANGUAGE`` or the environment's own."""
    said = (
        os.environ.get("DOUGONG_LANGUAGE") or os.environ.get("LC_ALL") or os.environ.get("LANG", "")
    )
    return "zh_Hans_CN" if said.lower().startswith("zh") else "en"


def _core_command(name: str) -> click.Command:
    stem = name.replace("-", "_")
    if not (HERE / f"{stem}.py").exists():
        stem += "_"
    module = importlib.import_module(f"dougong.commands.{stem}")
    for attribute in ("command", "group", name.replace("-", "_")):
        found = getattr(module, attribute, None)
        if isinstance(found, click.Command):
            return found
    raise click.ClickException(f"dougong.commands.{stem} has no command.")


def _told(act: Any, *given: Any) -> Any:
    try:
        return act(*given)
    except (
        click.exceptions.Exit,
        click.Abort,
        click.ClickException,
        KeyboardInterrupt,
        # Whoever reads along has had enough (``| head``): click ends in silence.
        BrokenPipeError,
    ):
        raise
    except Exception as error:
        from dougong.commands.common import Sentence, sentence_of

        if os.environ.get("DOUGONG_DEBUG") or "TESTING_RAISE" in os.environ:
            raise
        raise Sentence(sentence_of(error)) from error


@click.group(
    cls=Dougong,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Settings: DOUGONG_HOME (the folder of the site), DOUGONG_DATABASE_URL, DOUGONG_LANGUAGE,"
    " DOUGONG_SAFE_MODE=1 (no plugin is loaded), DOUGONG_DEBUG=1 (errors with their trace).",
)
@click.version_option(package_name="dougong-core", prog_name="dougong")
def main() -> None:
    """Dougong: a plugin-based ERP."""


if __name__ == "__main__":
    sys.exit(main())
