"""Every insight of a search at once: what ``rebound insight`` says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .debriefs import promised_dates, then_and_now, threw_me, topics
from .effort_by_week import answers_over_time, effort
from .flowing import flow
from .groups import BY, answers_by
from .odds import odds_of_offer
from .sent import Frames
from .stages import stage_rates
from .sticking import where_it_sticks
from .values import TooFew
from .waiting import reference_curve, time_to_answer, waiting_days

AHEAD = (1, 5, 10)
"""For how many interviews ahead the odds are said."""
SILENT = (7, 14, 30, 45)
"""For how many days of silence the chance of an answer is said."""


def everything(history: Frames, today: dt.date) -> dict[str, Any]:
    """Every insight by its name; see ``values.plain`` for JSON."""
    curve = time_to_answer(history, today)
    return {
        "odds": {str(n): odds_of_offer(history, today, n=n) for n in AHEAD},
        "stage_rates": stage_rates(history, today),
        "where_it_sticks": where_it_sticks(history, today),
        "time_to_answer": curve,
        "chance_of_answer": {
            str(days): curve if isinstance(curve, TooFew) else curve.chance_after(days) for days in SILENT
        },
        "waiting_days": waiting_days(history, today),
        "reference_curve": reference_curve(),
        "answers_by": {by: answers_by(history, today, by) for by in BY},
        "interviews_by": {by: answers_by(history, today, by, "interview") for by in BY},
        "flow": flow(history, today),
        "answers_over_time": answers_over_time(history, today),
        "effort": effort(history, today),
        "topics": topics(history),
        "threw_me": threw_me(history),
        "then_and_now": then_and_now(history),
        "promised_dates": promised_dates(history, today),
    }
