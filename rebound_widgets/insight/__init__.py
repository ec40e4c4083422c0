"""Pure functions on frames: what is open, what comes next, and what a search's numbers are worth."""

from .base_rates import BaseRate, base_rate, base_rates
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
from .effort import Effort, EffortWeek, Period, answers_over_time, effort
from .everything import everything
from .flowing import Exit, Flow, FlowStage, flow
from .groups import Difference, GroupRate, Groups, answers_by, compare
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
from .weeks import Week, weeks

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
