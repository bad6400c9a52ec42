"""The log: one JSON object a line, with the request it belongs to and no secret in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import orjson
from structlog.typing import EventDict, Processor, WrappedLogger

from dougong.logger import structlog

_SECRET = re.compile(r"(password|passwd|secret|token|authorization|cookie|api_?key|totp)", re.I)
#: The user and password in an address: ``postgresql://me:hush@host``.
_ADDRESS = re.compile(r"(://[^/\s:@]*:)[^@\s/]+@")
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}")
MASK = "***"
LONGEST = 8000


def configure(*, as_json: bool = True, level: str = "INFO") -> None:
    """Send what the house and its libraries say to the error stream, once a process."""
    end: Processor = structlog.processors.JSONRenderer(serializer=_json) if as_json else _plain()
    structlog.configure(
        processors=[*SHARED, end],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, end],
            foreign_pre_chain=SHARED,
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)


def configure_quietly() -> None:
    """For a command, or an application that nobody serves: readable, on the error stream.

    What was set up before stays. Without this the library would print the variables around an
    error, passwords too, wherever the package ``rich`` is installed.
    """
    if not structlog.is_configured():
        structlog.configure(
            processors=[*SHARED, _plain()],
            logger_factory=structlog.PrintLoggerFactory(_ErrorStream()),  # type: ignore[arg-type]
            cache_logger_on_first_use=False,
        )


def mask_secrets(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Put stars where a secret stood, at any depth, and cut what is too long."""
    return {key: _masked(key, value) for key, value in event.items()}


def _masked(key: str, value: Any) -> Any:
    if _SECRET.search(key):
        return MASK
    if isinstance(value, Mapping):
        return {str(k): _masked(str(k), v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_masked("", v) for v in value]
    if isinstance(value, str):
        text = _BEARER.sub(rf"\1 {MASK}", _ADDRESS.sub(rf"\1{MASK}@", value))
        return text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return value


def _plain() -> Processor:
    """Lines for people; a traceback without the values of its variables."""
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


class _ErrorStream:
    """Whatever the error stream is when something is written."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def _json(event: EventDict, **_options: Any) -> str:
    return orjson.dumps(event, default=str).decode()


#: What happens to every line, whoever reads it.
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    mask_secrets,
]
