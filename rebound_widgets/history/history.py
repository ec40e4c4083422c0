"""The history of a search: four typed frames made from its records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import places
from ..domain.record import Revision
from . import columns

if TYPE_CHECKING:
    import pandas as pd

FILE_NAME = "workbook.rebound"

_MADE_OF: Mapping[str, tuple[str, ...]] = {
    "applications": ("application", "interview", "note"),
    "interviews": ("interview", "answer"),
    "events": ("application", "interview"),
    "answers": ("answer", "interview"),
}
"""Of which kinds of record each frame is made."""

_FEW = 0.01
"""Up to this share of the applications, those that changed are put into the frame that is there."""


class History:
    """A search as pandas frames, computed from records when first asked for.

    The columns, dtypes and units are declared in ``columns.TABLES`` and shown in docs/reference/history.md. A
    history never changes; after a write, make another.

    Args:
        current: The current revision of every live record, in order of the records' first revisions.
    """

    def __init__(self, current: Iterable[Revision]) -> None:
        self._by_kind: dict[str, list[Revision]] = {}
        for revision in current:
            self._by_kind.setdefault(revision.kind, []).append(revision)

    @classmethod
    def of(cls, revisions: Iterable[Revision]) -> History:
        """The history these revisions tell: of each record the latest counts, deleted records do not.

        Args:
            revisions: In any number a record; rows come in the order in which records are first seen here.
        """
        latest: dict[str, Revision] = {}
        for revision in revisions:
            seen = latest.get(revision.record_id)
            if seen is None or seen.number <= revision.number:
                latest[revision.record_id] = revision
        return cls(revision for revision in latest.values() if not revision.deleted)

    @classmethod
    def sample(cls, today: str | dt.date | None = None) -> History:
        """An invented person's search of twelve weeks, to try things on.

        Args:
            today: The local calendar day it ends on, as a date or ISO 8601; the real one where not given.
        """
        from .samples import demo_revisions  # noqa: PLC0415 - only wanted for trying things

        day = dt.date.fromisoformat(today) if isinstance(today, str) else today
        return cls.of(demo_revisions(day or dt.datetime.now().astimezone().date()))

    @classmethod
    def read(cls, home: str | Path | None = None) -> History:
        """The history in a person's folder; an empty one where there is no workbook yet.

        Args:
            home: The folder; ``REBOUND_HOME`` or the usual place where not given.

        Raises:
            Refused: the workbook is damaged, newer than this Rebound, or not a workbook.
        """
        path = places.home(home) / FILE_NAME
        if not path.exists():
            return cls(())
        from ..store import Store  # noqa: PLC0415 - a history made from records needs no database

        with Store.open(path) as store:
            return cls.of(store.current())

    def __repr__(self) -> str:
        counts = {kind: len(self._by_kind.get(kind, ())) for kind in ("application", "interview", "answer")}
        return f"<History: {', '.join(f'{count} {kind}s' for kind, count in counts.items())}>"

    def records(self, kind: str) -> list[Revision]:
        """The current revision of every live record of one kind."""
        return list(self._by_kind.get(kind, ()))

    def all_records(self) -> list[Revision]:
        """The current revision of every live record of any kind."""
        return [revision for held in self._by_kind.values() for revision in held]

    @cached_property
    def applications(self) -> pd.DataFrame:
        """One row an application; columns as ``columns.APPLICATIONS``."""
        from . import frames  # noqa: PLC0415 - pandas is loaded when the first frame is wanted

        return frames.applications_frame(
            self.records("application"), self.records("interview"), self.records("note")
        )

    @cached_property
    def interviews(self) -> pd.DataFrame:
        """One row an interview; columns as ``columns.INTERVIEWS``."""
        from . import frames  # noqa: PLC0415 - pandas is loaded when the first frame is wanted

        return frames.interviews_frame(self.records("interview"), self.records("answer"))

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row for each stage entered on a known day; columns as ``columns.EVENTS``."""
        from . import frames  # noqa: PLC0415 - pandas is loaded when the first frame is wanted

        return frames.events_frame(self.records("application"), self.records("interview"))

    @cached_property
    def answers(self) -> pd.DataFrame:
        """One row an answer; columns as ``columns.ANSWERS``."""
        from . import frames  # noqa: PLC0415 - pandas is loaded when the first frame is wanted

        return frames.answers_frame(self.records("answer"), self.records("interview"))

    def take_over(self, before: History) -> None:
        """Use what ``before`` has made of records that are the same here, instead of making it again."""
        for name, kinds in _MADE_OF.items():
            if name in before.__dict__ and all(self._same(before, kind) for kind in kinds):
                self.__dict__[name] = before.__dict__[name]
        own, *rest = _MADE_OF["applications"]
        known = "applications" in before.__dict__ and "applications" not in self.__dict__
        if known and all(self._same(before, kind) for kind in rest):
            self._follow(before, own)

    def _same(self, before: History, kind: str) -> bool:
        return self._by_kind.get(kind) == before._by_kind.get(kind)

    def _follow(self, before: History, own: str) -> None:
        """Make the applications from those of ``before`` where only a few of them are others.

        A frame of a hundred thousand rows takes a second to make, and most saves change one of them.
        """
        places = {id(revision): place for place, revision in enumerate(before.records(own))}
        now = self.records(own)
        changed = [revision for revision in now if id(revision) not in places]
        if len(changed) > len(now) * _FEW:
            return
        places |= {id(revision): len(places) + place for place, revision in enumerate(changed)}
        import pandas as pd  # noqa: PLC0415

        from . import frames  # noqa: PLC0415

        fresh = frames.applications_frame(changed, self.records("interview"), self.records("note"))
        every = pd.concat([before.applications, fresh], ignore_index=True)
        self.__dict__["applications"] = every.take([places[id(one)] for one in now]).reset_index(drop=True)

    def frames(self) -> dict[str, pd.DataFrame]:
        """The four frames by name, in the order of ``columns.TABLES``."""
        return {name: getattr(self, name) for name in columns.TABLES}

    def silence(self, today: dt.date) -> pd.DataFrame:
        """How long each open application has been silent; columns as ``columns.SILENCE``.

        A sign of life is the day it was sent, any stage it entered, any interview, or an answer whose meaning
        is not known yet. A day still to come (an interview next week) counts as ``today``: nobody is silent
        then. Applications that were only saved are not in it.

        Args:
            today: The local calendar day.
        """
        from . import frames  # noqa: PLC0415

        return frames.silence_frame(self.records("application"), self.records("interview"), today)

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        """The four frames as lists of rows for JSON: days as ISO 8601 text, ``None`` for missing."""
        return {name: self.rows(name) for name in columns.TABLES}

    def rows(self, name: str) -> list[dict[str, Any]]:
        """One of the four frames as rows for JSON; see ``as_json``."""
        frame: pd.DataFrame = getattr(self, name)
        plain: Mapping[str, list[Any]] = {
            column.name: _plain(frame[column.name], column) for column in columns.TABLES[name]
        }
        return [dict(zip(plain, row, strict=True)) for row in zip(*plain.values(), strict=True)]


def _plain(series: pd.Series[Any], column: columns.Column) -> list[Any]:
    import pandas as pd  # noqa: PLC0415

    if column.dtype == columns.DAY:
        return [None if pd.isna(day) else day.date().isoformat() for day in series]
    if column.dtype == columns.MOMENT:
        return [None if pd.isna(moment) else moment.isoformat() for moment in series]
    return [None if pd.isna(value) else value for value in series.astype(object)]
