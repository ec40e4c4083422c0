"""A room: its code, the exercise that is open, what was counted, and the words that were sent to the wall."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.chapter import Exercise
from ..domain.refused import Refused
from .asked import checked, counted
from .tally import Tally, Totals

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for another."""
CODE_LENGTH = 6
LONGEST_WORD = 240
WORDS_EACH = 5
MOST_WORDS = 300
CLOSING_S = 15 * 60.0
"""How long everybody has to take their workbook home once the session is closing."""
LASTS_S = 24 * 3600.0
"""How long a room is there after the last that somebody was, as the workbooks of its people are."""

WRITING, CLOSING = "writing", "closing"


def new_code() -> str:
    """Six letters and figures that nobody guesses."""
    return "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))


def code_of(typed: str) -> str:
    """A code as it is compared: big letters, nothing between them."""
    return "".join(letter for letter in typed.upper() if letter in _LETTERS)[: CODE_LENGTH + 1]


@dataclass
class Room:
    """What a room knows. Of people only marks, and what each picked until it is counted.

    Attributes:
        exercises: Those that can be opened, by ``chapter/exercise``.
        clock: Gives the moment, in seconds.
        code: What is typed to join.
        exercise: The one that is open; empty where none is.
        phase: ``WRITING``, or ``CLOSING`` once everybody is taking their workbook home.
        ends_at: When a room that is closing is forgotten.
        taken: How many took their workbook home.
        wall: What was sent to everybody, by its mark.
        used_at: When somebody was last there, in seconds.
    """

    exercises: Mapping[str, Exercise]
    clock: Callable[[], float]
    code: str = field(default_factory=new_code)
    exercise: str = ""
    phase: str = WRITING
    ends_at: float | None = None
    wall: dict[str, str] = field(default_factory=dict)
    used_at: float = 0.0
    _tallies: dict[str, Tally] = field(default_factory=dict)
    _sent: Counter[str] = field(default_factory=Counter)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.used()

    def used(self) -> None:
        """Somebody is there."""
        self.used_at = self.clock()

    def opens(self, typed: str) -> bool:
        """Whether somebody may join with what they typed."""
        return self.phase == WRITING and secrets.compare_digest(code_of(typed), self.code)

    # The host ----------------------------------------------------------------------------------------------

    def open(self, exercise: str) -> None:
        """Open an exercise on every phone; what was counted of it before goes on being counted.

        Raises:
            Refused: a group cannot do that one.
        """
        if exercise and exercise not in self.exercises:
            raise Refused("group-no-exercise", "A group cannot do this exercise.")
        self.exercise = exercise

    def close(self) -> None:
        """Begin the end: nobody joins any more, and everybody takes their workbook home."""
        if self.phase != CLOSING:
            self.exercise, self.phase, self.ends_at = "", CLOSING, self.clock() + CLOSING_S

    def is_over(self) -> bool:
        """Whether the time to take workbooks home is over, or nobody was there for a day: a room lasts no longer."""
        now = self.clock()
        return (self.ends_at is not None and now >= self.ends_at) or now - self.used_at >= LASTS_S

    def take_down(self, mark: str) -> None:
        """Take words off the wall."""
        self.wall.pop(mark, None)

    # Everybody ---------------------------------------------------------------------------------------------

    def answer(self, person: str, picks: Any) -> None:
        """Take what somebody picked in the exercise that is open.

        Raises:
            Refused: it is no answer to that exercise.
        """
        exercise = self.exercises.get(self.exercise)
        known = checked(picks, exercise) if exercise else None
        if known is None or exercise is None:
            raise Refused("group-no-answer", "This is no answer to the exercise that is open.")
        options = {one.key: [option for option, _ in one.options] for one in counted(exercise)}
        for key, given in known.items():
            tally = self._tallies.setdefault(key, Tally(options[key]))
            tally.answer(person, given, self.clock())

    def say(self, person: str, text: Any) -> None:
        """Put somebody's words on the wall, without saying whose they are.

        Raises:
            Refused: no words, too long, or too many.
        """
        if not isinstance(text, str) or not (said := " ".join(_visible(text).split())):
            raise Refused("group-no-words", "Write some words first; nothing was sent.")
        if len(said) > LONGEST_WORD:
            raise Refused(
                "group-words-long",
                "The wall takes up to {limit} characters; this has {got}. It is still in the field.",
                limit=LONGEST_WORD,
                got=len(said),
            )
        if self.phase != WRITING or self._sent[person] >= WORDS_EACH or len(self.wall) >= MOST_WORDS:
            raise Refused(
                "group-words-many", "Each can send {limit} times; leave room for others.", limit=WORDS_EACH
            )
        self._sent[person] += 1
        mark = secrets.token_hex(4)
        # Not at the end: the order would say who wrote what to whoever looks around the room.
        before = list(self.wall.items())
        before.insert(secrets.randbelow(len(before) + 1), (mark, said))
        self.wall = dict(before)

    def took(self, person: str) -> None:
        """Somebody took their workbook home."""
        self._taken.add(person)

    @property
    def taken(self) -> int:
        """How many took their workbook home."""
        return len(self._taken)

    # What is seen ------------------------------------------------------------------------------------------

    def count(self) -> bool:
        """Count what is ready to be counted; whether anything was."""
        now = self.clock()
        # A list: every tally counts, not only those up to the first that had something.
        return True in [tally.count(now) for tally in self._tallies.values()]

    def totals(self) -> dict[str, Totals]:
        """What the room may see of the exercise that is open."""
        exercise = self.exercises.get(self.exercise)
        keys = [one.key for one in counted(exercise)] if exercise else []
        found = {key: self._tallies[key].totals() for key in keys if key in self._tallies}
        return {key: totals for key, totals in found.items() if totals is not None}

    # To disk and back --------------------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        """Everything, as plain JSON."""
        return {
            "code": self.code,
            "exercise": self.exercise,
            "phase": self.phase,
            "ends_at": self.ends_at,
            "used_at": self.used_at,
            "wall": self.wall,
            "tallies": {key: tally.as_json() for key, tally in self._tallies.items()},
            "sent": dict(self._sent),
            "taken": sorted(self._taken),
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Be as it was; an exercise that is no more is not open."""
        self.code, self.phase, self.ends_at = str(kept["code"]), str(kept["phase"]), kept["ends_at"]
        self.exercise = str(kept["exercise"]) if kept["exercise"] in self.exercises else ""
        self.wall = {str(mark): str(text) for mark, text in kept["wall"].items()}
        self.used_at = float(kept["used_at"])
        self._tallies = {key: Tally.from_json(one) for key, one in kept["tallies"].items()}
        self._sent, self._taken = Counter(kept["sent"]), set(kept["taken"])


_UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF])


def _visible(text: str) -> str:
    """Without what turns the direction of what stands beside it, and without control characters."""
    return "".join(
        letter if letter.isprintable() or letter.isspace() or letter in "\u200c\u200d" else " "
        for letter in text.translate(_UNSEEN)
    )
