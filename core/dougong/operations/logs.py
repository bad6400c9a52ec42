"""The log: one JSON object a line, with the request it belongs to and no secret in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_SECRET = re.compile(r"(password|passwd|secret|token|authorization|cookie|api_?key|totp)", re.I)
#: The user and password in an address: ``postgresql://me:hush@host``.
_ADDRESS = re.compile(r"(://[^/\s:@]*:)[^@\s/]+@")
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}")
MASK = "***"
LONGEST = 8000


def configure(*, as_json: bool = True, level: str = "INFO") -> None:
    """Send what the house and its libraries say to the error stream, once a process."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask_secrets,
    ]
    end: Processor = (
        structlog.processors.JSONRenderer(serializer=_json)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, end],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, end],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(level=level, handlers=[handler], force=True)


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


def _json(event: EventDict, **_options: Any) -> str:
    return orjson.dumps(event, default=str).decode()
