"""The person's days as a calendar file, days to ask and to look back included."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..history.exporting import Planned, calendar_bytes
from ..widgets.download import Download
from .naming import name_of
from .rooms import Panel
from .silence import days_to_ask
from .visit import Visit

CHOSEN = ("door", "silence", "talk")
"""Days chosen after a no or in a silence, the questions ``no/<name>-on``; each has its title in ``calendar``."""
CHECK_IN_DAY = "keep-going/check-in-day"
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Dates:
    """The panel and the button of ``#/keep-going/calendar``."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        label = visit.words("keep-going.calendar.save")
        self._download = Download(
            "rebound.ics",
            lambda: calendar_of(visit),
            label=label,
            kind="primary",
            media_type="text/calendar",
            words=visit.group("download"),
        )

    def panels(self) -> list[Panel]:
        """How many days there are."""
        say = self._visit.words
        count = calendar_of(self._visit).count(b"BEGIN:VEVENT")
        panel: Panel = {"id": "dates", "title": say("keep-going.calendar.title")}
        if not count:
            return [{**panel, "text": say("keep-going.calendar.none")}]
        text = [say.plural("keep-going.calendar.count", count), say("keep-going.calendar.text")]
        return [{**panel, "text": text}]

    def widgets(self) -> list[Any]:
        """The button that saves the file."""
        return [self._download]


def calendar_of(visit: Visit) -> bytes:
    """Every day of the workbook as iCalendar, in the language of the visit. Taken in twice, each is there once."""
    return calendar_bytes(visit.workbook.history(), visit.group("calendar"), planned_days(visit))


def planned_days(visit: Visit) -> list[Planned]:
    """Days to ask about silent firms, days chosen after a no, and the weekly look back where one was chosen."""
    say = visit.words
    planned = [
        Planned(uid=f"{one.application_id}-ask", title=say("calendar.ask", name=one.company), on=day)
        for one, day in days_to_ask(visit)
    ]
    planned += _chosen_days(visit)
    chosen = visit.workbook.reply(visit.workbook.question(CHECK_IN_DAY))
    if chosen.value and chosen.made_at is not None:
        # Counted from the day it was chosen, so that the series stays the same one whenever it is taken in.
        begun = chosen.made_at.astimezone().date()
        on = begun + dt.timedelta(days=(DAYS.index(str(chosen.value)) - begun.weekday()) % 7)
        planned.append(Planned(uid="look-back", title=say("calendar.look-back"), on=on, weekly=True))
    return planned


def _chosen_days(visit: Visit) -> list[Planned]:
    """The days a person chose about an application; what is deleted has none, and an answered silence none either."""
    workbook, say = visit.workbook, visit.words
    answers = workbook.history().answers
    days = answers[answers["question"].isin([f"no/{name}-on" for name in CHOSEN]) & answers["value"].notna()]
    planned = []
    for question, about, day in zip(days["question"], days["application_id"], days["value"], strict=True):
        name, record = str(question).removeprefix("no/").removesuffix("-on"), workbook.find(str(about))
        if record is None or record.deleted:
            continue
        if name == "silence" and record.body.get("outcome", "open") != "open":
            continue
        title = say(f"calendar.{name}", name=name_of(visit, record))
        planned.append(Planned(uid=f"{about}-{name}", title=title, on=dt.date.fromisoformat(str(day))))
    return planned
