"""Charts: a search as pictures, each with its finding as the title. They are drawn by ``widgets``, in chapters."""

from collections.abc import Mapping
from types import MappingProxyType

from .answers_over_time import answers_over_time
from .flow import flow
from .picture import Draw, Picture
from .road import road
from .sentences import base_sentence, percent, say_base, say_odds, say_rate, say_tenths
from .stage_rates import rates
from .time_to_answer import time_to_answer
from .topics import topics

CHARTS: Mapping[str, Draw] = MappingProxyType(
    {
        "road": road,
        "flow": flow,
        "stage-rates": rates,
        "time-to-answer": time_to_answer,
        "answers-over-time": answers_over_time,
        "topics": topics,
    }
)
"""Every chart by its name."""

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
