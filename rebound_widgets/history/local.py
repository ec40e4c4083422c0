"""Days and words of an answer, as they are read everywhere."""

from __future__ import annotations

import datetime as dt
import json
import re
import zoneinfo
from functools import lru_cache
from typing import Any

_OFFSET = re.compile(r"^([+-])([01]\d|2[0-3]):?([0-5]\d)$")


def value_text(value: Any) -> str:
    """An answer's value as text: words and numbers as they are, lists and forms as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def local_day(moment: dt.datetime, zone: str | None) -> str:
    """The calendar day of a moment, as ISO 8601 text.

    Args:
        moment: The moment, aware.
        zone: An offset such as ``+01:00`` or a name such as ``Europe/Berlin``; UTC where it is neither.
    """
    return moment.astimezone(_zone(zone or "")).date().isoformat()


@lru_cache(maxsize=64)
def _zone(name: str) -> dt.tzinfo:
    offset = _OFFSET.match(name)
    if offset:
        span = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return dt.timezone(-span if offset[1] == "-" else span)
    try:
        return zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return dt.UTC
