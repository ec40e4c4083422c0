"""What the columns of a table hold: days, yes or no, status words; and what that says of its convention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from .conventions import Convention, Language, Library
from .days import DayReader, OrderEvidence
from .fields import DAY_TAKES, FIELDS, MARK_TAKES, OWN_TAKES
from .state_days import StateDay, has_words_and_day, split_states
from .table import Table
from .words import Meaning, fold, fold_header, header_parts

MOSTLY = 0.5
"""A column of days is one in which at least this share of what is filled in can be read as a day."""
_NAME_LENGTH = 100
_LOOKED_AT = 400
"""So many different cells show whether words stand beside the days of a column."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What one column holds.

    Attributes:
        header: Its header.
        cells: Different cells with how often each occurs, blanks left out.
        days: What its cells show about days.
        marks: How many of its filled cells say yes or no.
    """

    header: str
    cells: Counter[str]
    days: OrderEvidence
    marks: int

    @cached_property
    def _filled(self) -> int:
        return self.days.filled

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return self._filled == 0

    @property
    def is_days(self) -> bool:
        """Whether most of what is filled in is days."""
        return self._filled > 0 and self.days.days >= MOSTLY * self._filled

    @property
    def is_marks(self) -> bool:
        """Whether most of what is filled in says yes or no."""
        return self._filled > 0 and self.marks >= MOSTLY * self._filled

    @cached_property
    def is_names(self) -> bool:
        """Whether it could hold names or words for a state: short, not whole paragraphs."""
        lengths = sorted(len(text) for text in islice(self.cells, 500))
        return not lengths or lengths[len(lengths) // 2] <= _NAME_LENGTH

    @cached_property
    def is_numbers(self) -> bool:
        """Whether most cells hold no letter, as numbers of postings do."""
        texts = list(islice(self.cells, 500))
        return sum(not any(map(str.isalpha, text)) for text in texts) > MOSTLY * len(texts)


@dataclass(kw_only=True)
class Shape:
    """A table with its columns looked at, each once.

    Attributes:
        table: The table.
        words: The mapping files.
        profiles: One a column.
    """

    table: Table
    words: Library
    profiles: list[Profile] = field(init=False)
    _states: dict[int, Mapping[str, tuple[StateDay, ...]]] = field(init=False, default_factory=dict)
    _worded: dict[int, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        reader = DayReader(self.words)
        self.profiles = [self._profile(at, header, reader) for at, header in enumerate(self.table.headers)]

    def _profile(self, at: int, header: str, reader: DayReader) -> Profile:
        cells = Counter(row[at] for row in self.table.rows)
        for blank in [cell for cell in cells if not cell or cell.isspace()]:
            del cells[blank]
        answers = self.words.yes | self.words.no
        marks = sum(cell.strip().lower() in answers for cell in cells if len(cell) < 20)
        return Profile(header=header, cells=cells, days=reader.evidence(cells), marks=marks)

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The languages of this file, its own first: those of its headers and of its cells, and English."""

        def matches(language: Language) -> int:
            found = sum(
                any(s in language.headers for s in fold_header(header)) for header in self.table.headers
            )
            words = sum(
                fold(cell) in language.statuses
                for profile in self.profiles
                if len(profile.cells) <= 40
                for cell in profile.cells
            )
            return found + words

        counts = {language.language: matches(language) for language in self.words.languages}
        most = max(counts.values(), default=0)
        ranked = sorted(
            self.words.languages, key=lambda language: (-counts[language.language], language.language != "en")
        )
        return tuple(
            language
            for language in ranked
            if language.language == "en" or counts[language.language] >= max(2, most // 2)
        )

    def fits(self, field_id: str, at: int) -> bool:
        """Whether a column's cells can be what a field takes."""
        profile, takes = self.profiles[at], FIELDS[field_id].takes
        if profile.is_empty or takes in OWN_TAKES:
            return True
        if takes in MARK_TAKES:
            return profile.is_days or profile.is_marks
        if takes == "day":
            return profile.is_days
        if takes == "status":
            is_other = profile.is_days and not self._says_words(at)
            return not is_other and profile.marks < profile.days.filled and profile.is_names
        if field_id in {"company", "role"}:
            return (
                profile.is_names and not profile.is_days and not (field_id == "role" and profile.is_numbers)
            )
        return True

    def states(self, at: int) -> Mapping[str, tuple[StateDay, ...]]:
        """Every cell of a column that holds statuses with their days, to what it holds.

        A cell whose words have one meaning as they stand is left as it is.
        """
        if at not in self._states:
            self._states[at] = {
                cell: found
                for cell in self.profiles[at].cells
                if self.meaning(cell) is None and (found := split_states(cell, self.words))
            }
        return self._states[at]

    def days_of(self, at: int, field_id: str) -> Profile:
        """A column as its days show it: beside statuses, those days alone."""
        profile = self.profiles[at]
        if FIELDS[field_id].takes != "status":
            return profile
        days = [one.day for found in self.states(at).values() for one in found]
        return replace(profile, days=DayReader(self.words).evidence(days))

    def _says_words(self, at: int) -> bool:
        """Whether most cells with a day hold words beside it, as statuses do."""
        if at not in self._worded:
            cells = list(islice(self.profiles[at].cells, _LOOKED_AT))
            days = DayReader(self.words).evidence(cells).days
            worded = sum(has_words_and_day(cell, self.words) for cell in cells)
            self._worded[at] = worded >= MOSTLY * days
        return self._worded[at]

    def _says_endings(self, at: int) -> bool:
        """Whether a column of days says how applications ended: "Rejected 3 Oct"."""
        if not self._says_words(at):
            return False
        first = islice(self.states(at).values(), _LOOKED_AT)
        meanings = (self.meaning(word) for word in {one.word for found in first for one in found})
        return any(meaning is not None and meaning.outcome != "open" for meaning in meanings)

    def guess(self, convention: Convention) -> dict[int, str]:
        """Which column is what, by header words and cells: column to field.

        The convention's own header words go first, then the file's languages in turn; where two columns fit
        one field, the surer word wins, and then the column further left. A known part of a longer header comes
        last. What belongs to logs with one row a step is guessed for those only.
        """
        wishes: list[tuple[int, int, int, int, str]] = []
        sources = [convention.headers, *(language.headers for language in self.languages)]
        step = convention.rows == "transition"
        for at, header in enumerate(self.table.headers):
            spellings, later = fold_header(header), 0
            if not any(spelling in headers for spelling in spellings for headers in sources):
                spellings, later = self._part(header, sources), len(sources)
            for level, headers in enumerate(sources):
                found = [pair for spelling in spellings for pair in headers.get(spelling, ())]
                for choice, (name, rank) in enumerate(found):
                    if FIELDS[name].step and not step:
                        continue
                    own_step = 0 if step and FIELDS[name].step else 1
                    wishes.append((own_step, level + later, rank + choice, at, name))
        taken: dict[int, str] = {}
        ordered = [(at, name) for _, _, _, at, name in sorted(wishes)]
        states = {
            at
            for at, name in ordered
            if name == "status" and self.profiles[at].is_days and self._says_endings(at)
        }
        # A column headed "Answer" with "Rejected 3 Oct" is one of statuses first, and of days where another is.
        for first in (True, False):
            for at, name in ordered:
                if at in taken or name in taken.values():
                    continue
                if first and at in states and FIELDS[name].takes in DAY_TAKES:
                    continue
                # Our own export is taken at its word: a role may be called "3/4".
                if convention.neutralised or self.fits(name, at):
                    taken[at] = name
        return dict(sorted(taken.items()))

    def _part(self, header: str, sources: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
        """The one part of a longer header that is known: "status" of "Status / what happened", else nothing."""
        parts = header_parts(header)
        known = tuple(part for part in parts if any(part in headers for headers in sources))
        about_people = any(part in language.personal for part in parts for language in self.languages)
        return known if len(known) == 1 and not about_people else ()

    def meaning(self, word: str, convention: Convention | None = None) -> Meaning | None:
        """What a status word says in this file's languages, the convention's own words first."""
        spelled = fold(word)
        if convention is not None and spelled in convention.statuses:
            return convention.statuses[spelled]
        for language in self.languages:
            found = language.meaning(spelled)
            if found is not None:
                return found
        return None

    def feature(self, name: str, guess: Mapping[int, str], step_guess: Mapping[int, str]) -> Sequence[str]:
        """The headers that make up one of ``conventions.FEATURES``; empty where the table has not got it."""
        headers = self.table.headers
        fields = {field_id: at for at, field_id in guess.items()}
        if name in {"stage-days", "stage-marks"}:
            wanted = {"stage-days": "is_days", "stage-marks": "is_marks"}[name]
            return [
                headers[at]
                for at, field_id in guess.items()
                if FIELDS[field_id].takes in MARK_TAKES
                and field_id not in {"applied_on", "saved_on"}
                and getattr(self.profiles[at], wanted)
            ]
        if name == "transitions":
            return self._transition_headers({field_id: at for at, field_id in step_guess.items()})
        if name == "named":
            return [headers[fields[key]] for key in ("company", "role") if key in fields]
        return self._status_headers(name, fields["status"]) if "status" in fields else []

    def _status_headers(self, name: str, at: int) -> list[str]:
        """The column of statuses, as often as different cells of it show the feature."""
        cells = self.profiles[at].cells
        composed = (any(language.composed(fold(cell)) for language in self.languages) for cell in cells)
        counts = {"status-words": 1, "status-days": len(self.states(at))}
        return [self.table.headers[at]] * (counts[name] if name in counts else sum(composed))

    def _transition_headers(self, fields: Mapping[str, int]) -> list[str]:
        firm = fields.get("company", fields.get("role", fields.get("key")))
        if firm is None or "to_stage" not in fields or not {"from_stage", "changed_on"} & {*fields}:
            return []
        if "from_stage" not in fields and len(self.profiles[firm].cells) == len(self.table.rows):
            return []
        return [self.table.headers[fields[key]] for key in ("from_stage", "to_stage") if key in fields]
