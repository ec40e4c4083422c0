"""The search as one page to print. The only module that makes HTML: all it is given is text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from ...domain.question import Question
from ...domain.record import Revision
from ..history import History
from .reading_order import in_reading_order

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "lang": "en",
        "title": "My search",
        "made": "Written out on {day}.",
        "counts": "Applications: {applications}. Interviews: {interviews}.",
        "applications": "Applications",
        "notes": "Notes",
        "interviews": "Interviews, and what I wrote about them",
        "about": "What I wrote about applications",
        "own": "What I wrote for myself",
        "none": "Nothing yet.",
        "private": "Private answers left out of this page: {count}. The JSON export holds everything.",
        "company": "Firm",
        "role": "Role",
        "applied_on": "Applied",
        "stage": "Stage",
        "outcome": "Outcome",
        "outcome_on": "Answer on",
        "status_words": "Own words",
        "round": "round {number}",
        "scale": "{value} of {high}",
        "note": "Note",
        "stage.saved": "saved",
        "stage.applied": "applied",
        "stage.answered": "they answered",
        "stage.interview": "interview",
        "stage.final": "final round",
        "stage.offer": "offer",
        "outcome.open": "open",
        "outcome.no": "no",
        "outcome.withdrawn": "withdrawn",
        "outcome.declined": "declined",
        "outcome.accepted": "accepted",
        "outcome.started": "started",
    }
)
"""Every word on the page, in English."""

COLUMNS = ("company", "role", "applied_on", "stage", "outcome", "outcome_on", "status_words")
_DAYS = frozenset({"applied_on", "outcome_on"})
_SHORT = frozenset({"applied_on", "stage", "outcome", "outcome_on"})
_STYLE = Markup(
    "body{font:11pt/1.5 Georgia,serif;max-width:54em;margin:2em auto;padding:0 1em}"
    "body{color:#1c1c1c;background:#fff;overflow-wrap:anywhere}"
    "h1,h2,h3,h4,th{font-family:system-ui,sans-serif;line-height:1.25;break-after:avoid}"
    "h2{margin-top:2em}h3{margin:1.75em 0 .5em}h4{margin:1.25em 0 .25em;color:#555}"
    "table{border-collapse:collapse;width:100%;font-size:10pt}"
    "th,td{text-align:left;vertical-align:top;padding:.3em .6em .3em 0;border-bottom:1px solid #bbb}"
    "th,.short{white-space:nowrap}"
    "thead{display:table-header-group}tr,.pair{break-inside:avoid}"
    "dl{margin:0}dt{font-weight:bold}dd{margin:0 0 .75em;white-space:pre-wrap}"
    "@page{margin:18mm}@media print{body{margin:0;padding:0;max-width:none}}"
    "@media screen and (max-width:44em){thead{display:none}tr{display:block;padding:.6em 0}"
    "tr{border-bottom:1px solid #bbb}td{display:block;border:0;padding:0}td:empty{display:none}"
    "td::before{content:attr(data-name) ': ';color:#555}.short{white-space:normal}}"
)
_PAGE = Markup(
    '<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
)

ShowDay = Callable[[dt.date], str]


def html_bytes(
    history: History,
    today: dt.date,
    questions: Mapping[str, Question] = MappingProxyType({}),
    words: Mapping[str, str] = WORDS,
    show_day: ShowDay = dt.date.isoformat,
) -> bytes:
    """One page that stands by itself: no script, nothing from any other place, ready to print.

    Answers to private questions are left out, and how many is said.

    Args:
        history: The search.
        today: The day to put on it.
        questions: Question id to question, in order, for their words; an unknown one stands under its id.
        words: Every word on the page.
        show_day: How a day is written.
    """
    answers = [r for r in history.records("answer") if r.body.get("value") not in (None, "", [], {})]
    shown = [r for r in answers if not _is_private(r, questions)]
    page = _Page(history, shown, questions, words, show_day)
    counts = words["counts"].format(
        applications=len(history.records("application")), interviews=len(history.records("interview"))
    )
    body = [
        Markup("<h1>{}</h1>\n<p>{} {}</p>").format(
            words["title"], words["made"].format(day=show_day(today)), counts
        ),
        page.applications(),
        page.interviews(),
        page.about_applications(),
        page.own(),
    ]
    if len(shown) < len(answers):
        body.append(Markup("<p>{}</p>").format(words["private"].format(count=len(answers) - len(shown))))
    whole = Markup("\n").join(part for part in body if part)
    return str(_PAGE.format(lang=words["lang"], title=words["title"], style=_STYLE, body=whole)).encode(
        "utf-8", "replace"
    )


def _is_private(answer: Revision, questions: Mapping[str, Question]) -> bool:
    known = questions.get(str(answer.body.get("question")))
    return answer.body.get("kind") == "timed-page" or (known is not None and known.private)


class _Page:
    """The parts of the page."""

    def __init__(
        self,
        history: History,
        answers: Iterable[Revision],
        questions: Mapping[str, Question],
        words: Mapping[str, str],
        show_day: ShowDay,
    ) -> None:
        self._applications = history.records("application")
        self._interviews = history.records("interview")
        self._questions = questions
        self._words = words
        self._show_day = show_day
        self._by_subject: dict[str | None, list[Revision]] = {}
        for answer in answers:
            self._by_subject.setdefault(answer.body.get("subject"), []).append(answer)

    def applications(self) -> Markup:
        head = _joined(Markup("<th scope=col>{}</th>").format(self._words[name]) for name in COLUMNS)
        rows = _joined(self._row(record.body) for record in self._applications)
        table = Markup("<table>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>").format(
            head, rows
        )
        notes = [
            (self._title(record.body), str(record.body["note"]))
            for record in self._applications
            if record.body.get("note")
        ]
        if notes:
            table = Markup("{}\n<h3>{}</h3>\n{}").format(table, self._words["notes"], _pairs(notes))
        return self._section("applications", table if rows else self._none())

    def _row(self, body: Mapping[str, Any]) -> Markup:
        cells = []
        for name in COLUMNS:
            value = body.get(name) or ""
            if name in {"stage", "outcome"}:
                value = self._words.get(f"{name}.{value}", value)
            elif name in _DAYS and value:
                value = self._show_day(dt.date.fromisoformat(value))
            short = Markup(' class="short"') if name in _SHORT else Markup("")
            cells.append(
                Markup('<td{} data-name="{}">{}</td>').format(short, self._words[name], value)
                if value
                else Markup("<td></td>")
            )
        return Markup("<tr>{}</tr>\n").format(_joined(cells))

    def interviews(self) -> Markup:
        about = {record.record_id: record.body for record in self._applications}
        parts = []
        for interview in self._interviews:
            body = interview.body
            number = self._words["round"].format(number=body.get("round", 1))
            day = self._show_day(dt.date.fromisoformat(body["held_on"])) if body.get("held_on") else None
            title = self._title(about.get(str(body.get("application_id")), {}), number, day)
            note = _pairs([(self._words["note"], str(body["note"]))]) if body.get("note") else Markup("")
            parts.append(
                Markup("<h3>{}</h3>\n{}{}\n").format(title, note, self._answers(interview.record_id))
            )
        return self._section("interviews", _joined(parts) or self._none())

    def about_applications(self) -> Markup:
        parts = [
            Markup("<h3>{}</h3>\n{}\n").format(self._title(record.body), written)
            for record in self._applications
            if (written := self._answers(record.record_id))
        ]
        return self._section("about", _joined(parts)) if parts else Markup("")

    def own(self) -> Markup:
        return self._section("own", self._answers(None) or self._none())

    def _section(self, name: str, inside: Markup) -> Markup:
        return Markup("<section>\n<h2>{}</h2>\n{}\n</section>").format(self._words[name], inside)

    def _none(self) -> Markup:
        return Markup("<p>{}</p>").format(self._words["none"])

    def _title(self, body: Mapping[str, Any], *more: str | None) -> str:
        return ", ".join(str(part) for part in (body.get("company"), body.get("role"), *more) if part)

    def _answers(self, subject: str | None) -> Markup:
        answers = self._by_subject.get(subject, [])
        return _joined(
            Markup("{}{}\n").format(
                Markup("<h4>{}</h4>\n").format(part.title) if part.title else Markup(""), _pairs(part.pairs)
            )
            for part in in_reading_order(answers, self._questions, self._words["scale"])
        )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _pairs(pairs: Iterable[tuple[str, str]]) -> Markup:
    return Markup("<dl>\n{}</dl>").format(
        _joined(
            Markup('<div class="pair"><dt>{}</dt><dd>{}</dd></div>\n').format(term, text)
            for term, text in pairs
        )
    )
