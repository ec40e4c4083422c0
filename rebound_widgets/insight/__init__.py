"""Pure functions on frames: what is open, what comes next, and what a search's numbers are worth.

Each name is loaded when it is first used: the first page needs a few of them, and no pandas. No module here is called
as what it gives: loading it would put it in the place of that.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .all_of_it import everything
    from .calendar_weeks import Week, weeks
    from .debriefs import (
        Change,
        Moment,
        Promised,
        ThenNow,
        Topic,
        Topics,
        promised_dates,
        then_and_now,
        threw_me,
        topics,
    )
    from .effort_by_week import Effort, EffortWeek, Period, answers_over_time, effort
    from .flowing import Exit, Flow, FlowStage, flow
    from .groups import Difference, GroupRate, Groups, answers_by, compare
    from .known_rates import BaseRate, base_rate, base_rates
    from .letter_loops import has_blank
    from .loop import Loop
    from .loops import next_step, open_loops
    from .odds import Odds, Tenths, in_ten, odds_of_offer
    from .sent import Frames
    from .stages import StepRate, stage_rates, step_of
    from .sticking import Sticks, where_it_sticks
    from .values import FEWEST, LEVEL, OWN, Rate, Source, TooFew, plain
    from .waiting import (
        Chance,
        ReferenceCurve,
        WaitingCurve,
        WaitingDays,
        chance_of_answer,
        reference_curve,
        time_to_answer,
        waiting_days,
    )

_WHERE = {
    "BaseRate": ".known_rates",
    "Chance": ".waiting",
    "Change": ".debriefs",
    "Difference": ".groups",
    "Effort": ".effort_by_week",
    "EffortWeek": ".effort_by_week",
    "Exit": ".flowing",
    "FEWEST": ".values",
    "Flow": ".flowing",
    "FlowStage": ".flowing",
    "Frames": ".sent",
    "GroupRate": ".groups",
    "Groups": ".groups",
    "LEVEL": ".values",
    "Loop": ".loop",
    "Moment": ".debriefs",
    "OWN": ".values",
    "Odds": ".odds",
    "Period": ".effort_by_week",
    "Promised": ".debriefs",
    "Rate": ".values",
    "ReferenceCurve": ".waiting",
    "Source": ".values",
    "StepRate": ".stages",
    "Sticks": ".sticking",
    "Tenths": ".odds",
    "ThenNow": ".debriefs",
    "TooFew": ".values",
    "Topic": ".debriefs",
    "Topics": ".debriefs",
    "WaitingCurve": ".waiting",
    "WaitingDays": ".waiting",
    "Week": ".calendar_weeks",
    "answers_by": ".groups",
    "answers_over_time": ".effort_by_week",
    "base_rate": ".known_rates",
    "base_rates": ".known_rates",
    "chance_of_answer": ".waiting",
    "compare": ".groups",
    "effort": ".effort_by_week",
    "everything": ".all_of_it",
    "flow": ".flowing",
    "has_blank": ".letter_loops",
    "in_ten": ".odds",
    "next_step": ".loops",
    "odds_of_offer": ".odds",
    "open_loops": ".loops",
    "plain": ".values",
    "promised_dates": ".debriefs",
    "reference_curve": ".waiting",
    "stage_rates": ".stages",
    "step_of": ".stages",
    "then_and_now": ".debriefs",
    "threw_me": ".debriefs",
    "time_to_answer": ".waiting",
    "topics": ".debriefs",
    "waiting_days": ".waiting",
    "weeks": ".calendar_weeks",
    "where_it_sticks": ".sticking",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name], __name__), name)


__all__ = [
    "FEWEST",
    "LEVEL",
    "OWN",
    "BaseRate",
    "Chance",
    "Change",
    "Difference",
    "Effort",
    "EffortWeek",
    "Exit",
    "Flow",
    "FlowStage",
    "Frames",
    "GroupRate",
    "Groups",
    "Loop",
    "Moment",
    "Odds",
    "Period",
    "Promised",
    "Rate",
    "ReferenceCurve",
    "Source",
    "StepRate",
    "Sticks",
    "Tenths",
    "ThenNow",
    "TooFew",
    "Topic",
    "Topics",
    "WaitingCurve",
    "WaitingDays",
    "Week",
    "answers_by",
    "answers_over_time",
    "base_rate",
    "base_rates",
    "chance_of_answer",
    "compare",
    "effort",
    "everything",
    "flow",
    "has_blank",
    "in_ten",
    "next_step",
    "odds_of_offer",
    "open_loops",
    "plain",
    "promised_dates",
    "reference_curve",
    "stage_rates",
    "step_of",
    "then_and_now",
    "threw_me",
    "time_to_answer",
    "topics",
    "waiting_days",
    "weeks",
    "where_it_sticks",
]
