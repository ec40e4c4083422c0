"""Charts: a search as pictures, each with its finding as the title. They are drawn by ``widgets``, in chapters.

Importing this package loads no chart: the first page needs the road alone, and no pandas.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .picture import Draw, Picture
    from .sentences import base_sentence, percent, say_base, say_odds, say_rate, say_tenths

    CHARTS: Mapping[str, Draw]

_WHERE = {
    "Draw": ".picture",
    "Picture": ".picture",
    "base_sentence": ".sentences",
    "percent": ".sentences",
    "say_base": ".sentences",
    "say_odds": ".sentences",
    "say_rate": ".sentences",
    "say_tenths": ".sentences",
}


@functools.cache
def _charts() -> Mapping[str, Draw]:
    """Every chart by its name."""
    from .answers_over_time import answers_over_time  # noqa: PLC0415 - the charts load pandas
    from .flow import flow  # noqa: PLC0415
    from .road import road  # noqa: PLC0415
    from .stage_rates import rates  # noqa: PLC0415
    from .time_to_answer import time_to_answer  # noqa: PLC0415
    from .topics import topics  # noqa: PLC0415

    return MappingProxyType(
        {
            "road": road,
            "flow": flow,
            "stage-rates": rates,
            "time-to-answer": time_to_answer,
            "answers-over-time": answers_over_time,
            "topics": topics,
        }
    )


def __getattr__(name: str) -> Any:
    if name == "CHARTS":
        return _charts()
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name], __name__), name)


__all__ = [
    "CHARTS",
    "Draw",
    "Picture",
    "base_sentence",
    "percent",
    "say_base",
    "say_odds",
    "say_rate",
    "say_tenths",
]
