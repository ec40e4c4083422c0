"""What is asked about a list before it is brought in: its columns, its words, its days, its look-alikes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Any

from ..domain.refused import Refused
from ..domain.value_questions import Number
from ..history.importing import FIELDS, ImportPlan, Mapping, Meaning, Remembered, Table
from .bring_in_words import LOOK_ALIKES_SHOWN, described, one_a_row
from .visit import Visit

EARLIEST_YEAR = 1990
OFFERED = tuple(
    name for name, field in FIELDS.items() if not field.step and field.takes not in {"id", "digest"}
)
STEPS_OFFERED = (
    "company",
    "role",
    "key",
    "from_stage",
    "to_stage",
    "changed_on",
    "location",
    "source",
    "note",
)
MEANINGS = (
    "saved",
    "applied",
    "answered",
    "interview",
    "final",
    "offer",
    "no",
    "no@applied",
    "no@interview",
    "withdrawn",
    "declined",
    "accepted",
    "started",
)

Asked = tuple[list[dict[str, Any]], dict[str, str | None]]
"""Questions as ``Exercise`` takes them, and what is answered of them."""


@dataclass
class Corrections:
    """What the person said about one list, over what they said about the last one like it.

    Attributes:
        before: That list; ``None`` where there was none, or where it is not to count.
        fields: Field to header, or to ``""`` for "not in this list".
        statuses: Status word to its meaning.
        order: The order of day and month.
        year: The year of the first day without one.
        left_out: Rows not to bring in.
    """

    before: Remembered | None = None
    fields: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str | Meaning | None] = field(default_factory=dict)
    order: str | None = None
    year: int | None = None
    left_out: set[int] = field(default_factory=set)

    def for_propose(self) -> dict[str, Any]:
        """The arguments of ``propose``; a copy, so that it can be used in a worker."""
        before = self.before
        return {
            "date_order": self.order or (before.date_order if before else None),
            "field_map": {**(before.field_map if before else {}), **self.fields},
            "status_map": {**(before.status_map if before else {}), **self.statuses},
            "year": self.year,
            "strict": False,
        }

    def map_column(self, table: Table, mapping: Mapping, at: int, field_id: str | None) -> None:
        """Take what a column is; ``None`` leaves it out."""
        was = {name for name, header in self.fields.items() if header == table.headers[at]}
        if at in mapping.fields:
            was.add(mapping.fields[at])
        self.fields.update(dict.fromkeys(was, ""))  # said a moment ago it may not be in the mapping yet
        if field_id:
            self.fields[field_id] = table.headers[at]

    def leave(self, row: int, out: bool) -> None:
        """Leave a row out, or take it after all."""
        (self.left_out.add if out else self.left_out.discard)(row)


def accept_year(visit: Visit, value: Any) -> int | None:
    """A year as the person gave it, or ``None``.

    Raises:
        NotKept: no such year; the page shows the sentence at the field.
    """
    try:
        year = _year(visit).accept(value)
    except Refused as refused:
        raise visit.not_kept(refused) from None
    return None if year is None else int(year)


def _year(visit: Visit) -> Number:
    return Number(
        id="import/year",
        ask=visit.words("search.import.mapping.year"),
        minimum=EARLIEST_YEAR,
        maximum=visit.workbook.today().year + 1,
    )


def decisions(visit: Visit, mapping: Mapping) -> Asked:
    """What the file does not say of itself: the order of its days, their year."""
    questions = []
    for ask in mapping.asks:
        hint = visit.sentence(ask.refused)
        if ask.kind == "date-order":
            words = visit.words("search.import.mapping.date_order")
            questions.append({**_choice(visit, "order", words, ask.options, "order."), "hint": hint})
        elif ask.kind == "year":
            questions.append({**_year(visit).as_mapping(), "hint": hint})
    return questions, {}


def columns_asked(visit: Visit, table: Table, mapping: Mapping) -> Asked:
    """A question a column: what it is, with a cell of it as an example."""
    leave_out = visit.words("search.import.mapping.leave_out")
    usual = STEPS_OFFERED if mapping.rows == "transition" else OFFERED
    questions: list[dict[str, Any]] = []
    replies: dict[str, str | None] = {}
    for at, header in enumerate(table.headers):
        taken = mapping.fields.get(at, usual[0])
        offered = usual if taken in usual else (*usual, taken)
        asked = _choice(visit, f"column-{at}", header, offered, "field.", leave_out)
        questions.append({**asked, "hint": _example(visit, table, at)})
        replies[f"import/column-{at}"] = mapping.fields.get(at)
    return questions, replies


def words_asked(visit: Visit, mapping: Mapping) -> Asked:
    """A question a status word: what it means."""
    keep = visit.words("search.import.mapping.status_keep")
    questions: list[dict[str, Any]] = []
    replies: dict[str, str | None] = {}
    for words, meaning in mapping.statuses.items():
        key, count = f"status-{_name(words)}", mapping.status_counts.get(words, 0)
        ask = visit.words.plural("search.import.mapping.status_ask", count, words=words)
        questions.append(_choice(visit, key, ask, MEANINGS, "meaning.", keep))
        replies[f"import/{key}"] = offered(meaning) if meaning else None
    return questions, replies


def status_called(mapping: Mapping, name: str) -> str:
    """The status word of a question's id."""
    return next(words for words in mapping.statuses if _name(words) == name)


def _name(words: str) -> str:
    return f"{zlib.crc32(words.encode()):08x}"


def offered(meaning: Meaning) -> str | None:
    """The meaning as it is offered; ``None`` for one that leaves an application open and names no stage.

    An acceptance is always one of an offer, and a no after a test is shown as a no.
    """
    wanted = str(meaning) if meaning.outcome in {"open", "no"} else meaning.outcome
    return next((name for name in (wanted, meaning.outcome) if name in MEANINGS), None)


def look_alikes(visit: Visit, plan: ImportPlan, left_out: set[int]) -> Asked:
    """A question for each row that looks like an application in the workbook, both told side by side."""
    questions: list[dict[str, Any]] = []
    replies: dict[str, str | None] = {}
    drafts = {draft.row: draft for draft in plan.drafts}
    for row, alike in list(one_a_row(plan).items())[:LOOK_ALIKES_SHOWN]:
        theirs = described(visit, drafts[row].body)
        options = [
            {"id": "take", "text": visit.words("search.import.alike.take", theirs=theirs)},
            {
                "id": "leave",
                "text": visit.words("search.import.alike.leave", mine=described(visit, alike.as_json())),
            },
        ]
        ask = visit.words("search.import.alike.ask", number=row)
        questions.append(
            {"kind": "choice", "id": f"import/alike-{row}", "ask": ask, "hint": "", "private": False,
             "options": options, "own": False, "unanswered": visit.words("search.import.alike.unsure")}
        )  # fmt: skip
        replies[f"import/alike-{row}"] = "leave" if row in left_out else None
    return questions, replies


def _choice(
    visit: Visit, key: str, ask: str, ids: tuple[str, ...], group: str, unanswered: str = ""
) -> dict[str, Any]:
    options = [
        {"id": name, "text": visit.words(f"search.import.{group}{name.replace('@', '-at-')}")} for name in ids
    ]
    return {
        "kind": "choice",
        "id": f"import/{key}",
        "ask": ask,
        "hint": "",
        "private": False,
        "options": options,
        "own": False,
        "unanswered": unanswered,
    }


def _example(visit: Visit, table: Table, at: int) -> str:
    cell = next((row[at] for row in table.rows if row[at].strip()), "")
    shown = " ".join(cell.split())[:60]
    return visit.words("search.import.mapping.example", cell=shown) if shown else ""
