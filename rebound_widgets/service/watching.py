"""What the service says of itself: lines of JSON without a personal word, and figures for Prometheus."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import traceback
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

OURS = "rebound.service"
log = logging.getLogger(OURS)

_SPANS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5)


class JsonLine(logging.Formatter):
    """One line of JSON. Of any other library only the place that logged is written, of an exception its kind."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name == OURS
        line = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage() if ours else f"{record.name} at {record.module}:{record.lineno}",
            **(getattr(record, "facts", None) or {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            frames = traceback.extract_tb(record.exc_info[1].__traceback__)[-6:]
            line["problem"] = type(record.exc_info[1]).__name__
            line["places"] = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
        return json.dumps(line, ensure_ascii=True)


def log_to_stderr() -> None:
    """Send whatever is logged to the standard error, where systemd and JupyterHub read it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)


class Figures:
    """Counts of calls, by operation and status; of nobody's."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._calls = Counter(
            "rebound_centre_calls", "Calls answered", ["operation", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "rebound_centre_seconds",
            "How long an answer took",
            ["operation"],
            buckets=_SPANS,
            registry=self._registry,
        )
        self._cleared = Counter(
            "rebound_centre_shares_over",
            "Shares whose last day was over and that were erased",
            registry=self._registry,
        )

    def answered(self, operation: str, status: int, seconds: float) -> None:
        """Count one call."""
        self._calls.labels(operation, str(status)).inc()
        self._seconds.labels(operation).observe(seconds)

    def cleared(self, count: int) -> None:
        """Count what time erased."""
        self._cleared.inc(count)

    def text(self) -> bytes:
        """As Prometheus reads it."""
        return generate_latest(self._registry)
