"""The parts of the page on testing."""

from __future__ import annotations

import inspect

import dougong_base.testing
from dougong import testing, testing_contract, testing_tools
from referring.saying import said


def fixtures() -> str:
    """What pytest finds once dougong is installed."""
    text = "| fixture | what it is |\n| --- | --- |\n"
    for module in (testing, dougong_base.testing):
        for name, one in vars(module).items():
            act = getattr(one, "__wrapped__", None) or getattr(one, "_fixture_function", None)
            if type(one).__name__ == "FixtureFunctionDefinition" and act is not None:
                first = said(act).split("\n\n")[0].replace("\n", " ")
                if name not in ("cheap_passwords", "databases"):
                    text += f"| `{name}` | {first} |\n"
    made = [n for n, act in vars(dougong_base.testing.Factories).items()
            if inspect.isfunction(act) and not n.startswith("_")]  # fmt: skip
    made = ", ".join(f"`make.{name}`" for name in made)
    return (
        f"{text}\n`make` comes with dougong-base and stores at once: {made}. "
        f"`events` is {said(testing_tools.Recorder)[0].lower()}{said(testing_tools.Recorder)[1:]}"
        f" `clock` is {said(testing_tools.Clock)[0].lower()}{said(testing_tools.Clock)[1:]}\n"
    )


def promises() -> str:
    """What every plugin promises, in the order in which it is proven."""
    text = "| promise | how it is looked at |\n| --- | --- |\n"
    for name, act in vars(testing_contract.PluginContract).items():
        if name.startswith("test_"):
            promise = name.removeprefix("test_").replace("_", " ").replace(" api", " API")
            text += f"| {promise} | {said(act).split(chr(10) * 2)[0].replace(chr(10), ' ')} |\n"
    return text
