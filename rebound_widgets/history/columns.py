"""The declared columns of the four frames: what ``History`` promises and docs/reference/history.md shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..domain.application import FORMATS, OUTCOMES, SIZES, STAGES

STR = "str"
DAY = "datetime64[s]"
MOMENT = "datetime64[us, UTC]"
INTEGER = "Int64"
FLOAT = "Float64"
CATEGORY = "category"

MISSING: Mapping[str, str] = MappingProxyType(
    {STR: "NaN", DAY: "NaT", MOMENT: "NaT", INTEGER: "NA", FLOAT: "NA", CATEGORY: "NaN"}
)
"""What stands for "not known" in a column of each dtype; ``pandas.isna`` is true of all of them."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a frame.

    Attributes:
        name: Its name.
        dtype: Its pandas dtype.
        unit: What one step of it is, or empty where there is none.
        meaning: What it holds, in a sentence.
        categories: The words it can hold, for dtype ``category``.
        ordered: Whether those words have an order, so that ``<`` and ``max`` work.
    """

    name: str
    dtype: str
    unit: str
    meaning: str
    categories: tuple[str, ...] = ()
    ordered: bool = False


def _column(name: str, dtype: str, meaning: str, unit: str = "") -> Column:
    return Column(name=name, dtype=dtype, unit=unit, meaning=meaning)


def _day(name: str, meaning: str) -> Column:
    return _column(name, DAY, meaning, "local calendar day")


def _words(name: str, categories: tuple[str, ...], meaning: str, *, ordered: bool = False) -> Column:
    return Column(name=name, dtype=CATEGORY, unit="", meaning=meaning, categories=categories, ordered=ordered)


APPLICATIONS = (
    _column("id", STR, "The record's id."),
    _column("company", STR, "The firm."),
    _column("role", STR, "The job's title as advertised."),
    _column("role_family", STR, "The person's own grouping of titles."),
    _words("size", SIZES, "Number of people at the firm.", ordered=True),
    _column("location", STR, "Where the job is."),
    _column("source", STR, "Where the person found it."),
    _day("applied_on", "The day it was sent."),
    _words("stage", STAGES, "The furthest stage reached; a no keeps the stage it came at.", ordered=True),
    _words("outcome", OUTCOMES, "How it ended, or open."),
    _day("outcome_on", "The day the last answer came."),
    _day("answer_promised_on", "The day they said they would answer by."),
    _day("starts_on", "The first day at work of an accepted offer."),
    _column("status_words", STR, "The status as the person's own log had it."),
    _column("notes_count", INTEGER, "Notes on the application and on its interviews.", "notes"),
)

INTERVIEWS = (
    _column("id", STR, "The record's id."),
    _column("application_id", STR, "The application it belongs to."),
    _column("round", INTEGER, "Its number among the application's interviews, from 1."),
    _words("format", FORMATS, "How it was held."),
    _day("held_on", "The day it was or will be held."),
    _words("stage", STAGES, "answered for a first call, interview or final.", ordered=True),
    _column(
        "felt_prepared", INTEGER, "How prepared the person felt (debrief/felt-prepared).", "step, 1 to 5"
    ),
    _column("answers_rated", INTEGER, "How many of the questions asked have a rating.", "answers"),
    _column(
        "mean_rating",
        FLOAT,
        "Mean of those ratings (debrief/asked-rating); NA when there is none.",
        "step, 1 to 5",
    ),
)

EVENTS = (
    _column("application_id", STR, "The application."),
    _words("stage", STAGES, "The stage it entered; each at most once an application.", ordered=True),
    _day("entered_on", "The first known day at that stage; stages without a known day have no row."),
)

ANSWERS = (
    _column("record_id", STR, "The answer's record id."),
    _column("application_id", STR, "The application it is about, directly or through its interview."),
    _column("interview_id", STR, "The interview it is about."),
    _column("chapter", STR, "The chapter that asked."),
    _column("question", STR, "The question's id, chapter/question."),
    _column("item", INTEGER, "The item's number in a list, from 1."),
    _column("kind", STR, "The kind of question."),
    _column("value", STR, "The answer as text; lists and forms as JSON."),
    _column("number", FLOAT, "The answer to a scale or number question as a number.", "the question's own"),
    _column("revision", INTEGER, "The number of the revision that holds it."),
    _column("answered_at", MOMENT, "When that revision was written.", "UTC"),
    _day("local_date", "The calendar day then, in the time zone the person was in."),
)

TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {"applications": APPLICATIONS, "interviews": INTERVIEWS, "events": EVENTS, "answers": ANSWERS}
)
"""Every frame of a history by name, with its columns in order."""

SILENCE = (
    _column("application_id", STR, "An open application that was sent."),
    _day("last_sign_on", "The last day anything happened with it, at the latest the day asked about."),
    _column("days", INTEGER, "Days from then to the day asked about; NA when it has no dates.", "days"),
)
"""The columns of ``History.silence``, which is computed and never stored."""
