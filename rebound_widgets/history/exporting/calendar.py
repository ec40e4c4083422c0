"""A calendar of the search: interviews, promised answers, first days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from icalendar import Calendar, Event

from ...domain.record import Revision
from ..history import History

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "interview": "Interview: {name}",
        "answer": "Answer promised: {name}",
        "start": "First day: {name}",
        "ask": "Ask how it stands: {name}",
        "look-back": "Look back at your week",
        "door": "Be in touch again: {name}",
        "silence": "Decide about the silence: {name}",
        "talk": "Talk with somebody",
    }
)
"""The titles of events, in English."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A day that is planned and in no record: a day to ask, a day to look back.

    Attributes:
        uid: What makes it the same day when it is taken in again; permanent.
        title: Its title.
        on: The day, the first one where it comes back each week.
        weekly: Whether it comes back each week.
    """

    uid: str
    title: str
    on: dt.date
    weekly: bool = False


def calendar_bytes(
    history: History, words: Mapping[str, str] = WORDS, planned: Iterable[Planned] = ()
) -> bytes:
    """The days of a search as iCalendar (RFC 5545).

    An event's UID never changes, so taking the file in twice does not double it. Times float: 14:30 is 14:30
    wherever the calendar is opened. An interview without a time lasts the whole day, one with a time an hour.
    No note and no name of a person is in it.

    Args:
        history: The search.
        words: The titles, with ``{name}`` for the firm and the role.
        planned: Further days.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Rebound//Rebound//EN")
    calendar.add("version", "2.0")
    for event in _events(history, words):
        calendar.add_component(event)
    newest = max((r for r in history.all_records()), key=lambda r: r.number, default=None)
    for one in planned:
        calendar.add_component(_planned(one, newest))
    return bytes(calendar.to_ical())


def _events(history: History, words: Mapping[str, str]) -> Iterator[Event]:
    applications = {revision.record_id: revision for revision in history.records("application")}
    for interview in history.records("interview"):
        application = applications.get(str(interview.body.get("application_id")))
        if interview.body.get("held_on"):
            yield _event(
                "interview",
                interview,
                words["interview"].format(name=_name(application)),
                interview.body["held_on"],
                interview.body.get("held_at"),
            )
    for application in applications.values():
        body = application.body
        if body.get("answer_promised_on") and (body.get("outcome") or "open") == "open":
            title = words["answer"].format(name=_name(application))
            yield _event("answer", application, title, body["answer_promised_on"])
        if body.get("starts_on"):
            yield _event(
                "start", application, words["start"].format(name=_name(application)), body["starts_on"]
            )


def _planned(one: Planned, newest: Revision | None) -> Event:
    """A planned day; it follows from the workbook as it is, so the newest revision is its version."""
    event = Event()
    event.add("uid", f"{one.uid}@rebound")
    if newest is not None:
        event.add("dtstamp", newest.made_at.astimezone(dt.UTC).replace(microsecond=0))
        event.add("sequence", newest.number)
    event.add("summary", one.title)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if one.weekly:
        event.add("rrule", {"freq": "weekly"})
    return event


def _name(application: Revision | None) -> str:
    body = application.body if application is not None else {}
    return ", ".join(part for part in (body.get("company"), body.get("role")) if part)


def _event(kind: str, record: Revision, title: str, day: str, time: str | None = None) -> Event:
    event = Event()
    event.add("uid", f"{record.record_id}-{kind}@rebound")
    event.add("dtstamp", record.made_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("sequence", record.number)
    event.add("summary", title.rstrip(": "))
    date = dt.date.fromisoformat(day)
    if time:
        begins = dt.datetime.combine(date, dt.time.fromisoformat(time))
        event.add("dtstart", begins)
        event.add("dtend", begins + dt.timedelta(hours=1))
    else:
        event.add("dtstart", date)
        event.add("dtend", date + dt.timedelta(days=1))
    return event
