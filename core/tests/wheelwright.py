"""Wheels of plugins that a test has written, without a build tool."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path


def make_wheel(
    package: Path,
    into: Path,
    *,
    name: str = "",
    version: str = "0.1.0",
    requires: tuple[str, ...] = ("dougong-core",),
    distribution: str = "",
    more: dict[str, str] | None = None,
    record: bool = True,
) -> Path:
    """Pack a package folder (``dougong_fleet``) as the wheel of its plugin."""
    name = name or package.name.removeprefix("dougong_")
    called = (distribution or f"dougong-{name}").replace("-", "_")
    info = f"{called}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {called.replace('_', '-')}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {one}\n" for one in requires)
    files = {
        path.relative_to(package.parent).as_posix(): path.read_bytes()
        for path in sorted(package.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    files[f"{info}/METADATA"] = metadata.encode()
    entry = f"[dougong.plugins]\n{name} = {package.name}.plugin:plugin\n"
    files[f"{info}/entry_points.txt"] = entry.encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    lines = [f"{path},sha256={_digest(content)},{len(content)}" for path, content in files.items()]
    files |= {path: content.encode() for path, content in (more or {}).items()}
    if record:
        files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,"]).encode()
    wheel = into / f"{called}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return wheel


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
