"""One person's open workbook: takes replies and commands, appends revisions, moves one number."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from .. import places
from ..content import Content, ContentBroken, choose_language, load_content
from ..domain.kinds import Repeat
from ..domain.question import Question
from ..domain.record import Conflict, Revision, Write, answer_id, new_id
from ..domain.refused import Refused
from ..store import Store, utc_now
from .care import FILE_NAME, Care
from .keeping import Keeper
from .present import Present
from .records import Records
from .replies import Kept, items_ever, reply_key
from .versions import earlier_versions

if TYPE_CHECKING:
    from ..history import History

LANGUAGE = "language"
"""The setting that holds the language the person chose, as BCP 47."""


class Workbook(Records, Care):
    """One person's workbook, open.

    ``revision`` and ``day`` are what pages observe: the one moves after every write, of this process or another,
    the other when a new day has begun. Everything a page shows follows from ``content``, the records of that
    revision and the day.

    Args:
        store: Where the records are.
        content: What is asked.
        clock: Gives the moment in UTC.
    """

    revision = traitlets.Int(0)
    day = traitlets.Instance(dt.date)

    def __init__(self, store: Store, content: Content, clock: Callable[[], dt.datetime] = utc_now) -> None:
        super().__init__()
        self.store = store
        self.content = content
        self._clock = clock
        self._history: tuple[int, History] | None = None
        self._keeper = Keeper(store)
        self._present = Present(store)
        self.day = self.today()
        self.revision = store.revision()

    @classmethod
    def open(
        cls,
        home: str | Path | None = None,
        *,
        locale: str | None = None,
        wishes: Sequence[str] = (),
        overlay: Path | None = None,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> Workbook:
        """Open the workbook in ``home``, making the folder and the file when they are not there.

        Args:
            home: The folder; ``REBOUND_HOME`` or the usual place where not given.
            locale: The language; where not given, the person's own choice, and where there is none, the first
                of ``wishes`` that can be met.
            wishes: Tags, as BCP 47.
            overlay: An institution's own content.
            clock: Gives the moment in UTC.

        Raises:
            Refused: the file is damaged, newer than this Rebound, or not a workbook.
            ContentBroken: the overlay cannot be used.
        """
        store = Store.open(places.home(home) / FILE_NAME, clock=clock)
        chosen = store.get(f"setting-{LANGUAGE}")
        own = None if chosen is None else chosen.body.get("value")
        try:
            content = load_content(choose_language([locale, own, *wishes]), overlay)
        except ContentBroken:
            store.close()
            raise
        return cls(store, content, clock)

    def __repr__(self) -> str:
        return f"<Workbook at revision {self.revision}>"

    def close(self) -> None:
        """Let go of the file, after the backup that is due, if there is one."""
        self._keeper.close()
        self.store.close()

    @property
    def id(self) -> str:
        """The workbook's own id, made with it."""
        return self.store.workbook_id

    def today(self) -> dt.date:
        """The local calendar day."""
        return self.now().date()

    def now(self) -> dt.datetime:
        """The moment, in the local time zone."""
        return self._clock().astimezone()

    # What is there -----------------------------------------------------------------------------------------

    def poll(self) -> None:
        """Notice what another window or process has written, and that a new day has begun."""
        self.day = self.today()
        self._present.look_again()
        self.revision = self.store.revision()

    def current(self, kind: str | None = None) -> list[Revision]:
        """The live records of this revision, of one kind or all, in the order they were begun."""
        self._present.reach(self.revision)
        return self._present.all(kind)

    def find(self, record_id: str) -> Revision | None:
        """A record of this revision, a deleted one too; ``None`` where there is none."""
        self._present.reach(self.revision)
        return self._present.get(record_id)

    def history(self) -> History:
        """The history as frames; each is made once for every change of what it is made of."""
        from ..history import History  # noqa: PLC0415 - pandas is loaded when the first frame is wanted

        if self._history is None or self._history[0] != self.revision:
            made = History(self.current())
            if self._history is not None:
                made.take_over(self._history[1])
            self._history = (self.revision, made)
        return self._history[1]

    def question(self, question_id: str) -> Question:
        """The question of that id.

        Raises:
            Refused: the workbook asks no such question.
        """
        chapter = self.content.chapters.get(question_id.partition("/")[0])
        with contextlib.suppress(KeyError):
            if chapter is not None:
                return chapter.question(question_id)
        raise Refused(
            "question-unknown", "The workbook asks no question called {got!r}.", got=question_id[:60]
        )

    def reply(self, question: Question, *, record_id: str | None = None, item: int | None = None) -> Kept:
        """The reply to one question as it is now."""
        if question.field is not None and record_id is not None:
            name = _field_name(question)
            found = self.find(record_id)
            if found is None:
                return Kept(value=None, revision=0, made_at=None)
            return Kept(value=found.body.get(name), revision=found.number, made_at=found.made_at)
        found = self.find(answer_id(question.id, record_id, item))
        if found is None:
            return Kept(value=None, revision=0, made_at=None)
        value = None if found.deleted else found.body.get("value")
        return Kept(value=value, revision=found.number, made_at=found.made_at)

    def replies(self, questions: Sequence[Question], *, record_id: str | None = None) -> dict[str, Kept]:
        """The replies to ``questions`` and to those of list items, deleted ones too, by ``reply_key``."""
        found: dict[str, Kept] = {}
        for question in questions:
            kept = self.reply(question, record_id=record_id)
            found[reply_key(question.id)] = kept
            if isinstance(question, Repeat):
                for item in items_ever(self.store, question, record_id):
                    for inner in question.questions:
                        found[reply_key(inner.id, item)] = self.reply(inner, record_id=record_id, item=item)
        return found

    def versions(
        self, questions: Sequence[Question], *, record_id: str | None = None
    ) -> dict[str, list[Kept]]:
        """What stood in the replies before, newest first; see ``versions.earlier_versions``."""
        return earlier_versions(self.store, questions, record_id)

    # Replies -----------------------------------------------------------------------------------------------

    def record(
        self,
        question_id: str,
        value: Any,
        *,
        record_id: str | None = None,
        item: int | None = None,
        base_revision: int | None = None,
        origin: str = "command",
    ) -> Kept:
        """Take one reply and keep it: on disk when this returns.

        Args:
            question_id: ``"<chapter>/<question>"``.
            value: Plain JSON as the page sent it.
            record_id: The application or interview the reply is about; ``None`` for the person's own.
            item: The number of the item inside a list, from 1.
            base_revision: The revision the page had seen; ``None`` says it does not matter.
            origin: Which page it came from.

        Raises:
            Refused: the value is no reply to this question, or what it is about is gone.
            Conflict: the reply was changed elsewhere since ``base_revision``; nothing was written.
        """
        question = self.question(question_id)
        accepted = question.accept(value)
        if question.field is not None:
            return self._record_field(question, accepted, record_id, base_revision, origin)
        kept_id = answer_id(question.id, record_id, item)
        body = {
            "question": question.id,
            "item": item,
            "subject": record_id,
            "kind": question.kind,
            "value": accepted,
            "zone": self._zone(),
        }
        before = self.store.get(kept_id)
        if before is not None and not before.deleted and before.body.get("value") == accepted:
            return Kept(value=accepted, revision=before.number, made_at=before.made_at)
        if before is None and accepted is None:
            return Kept(value=None, revision=0, made_at=None)
        write = Write(record_id=kept_id, kind="answer", body=body, based_on=base_revision)
        (revision,) = self._write([write], origin=origin)
        return Kept(value=accepted, revision=revision.number, made_at=revision.made_at)

    def _record_field(
        self, question: Question, value: Any, record_id: str | None, base_revision: int | None, origin: str
    ) -> Kept:
        kind, name = str(question.field).split(".")
        if record_id is None:
            raise Refused(
                "record-missing", "“{ask}” has to be about one {kind}.", ask=question.ask, kind=kind
            )
        revision = self.change(
            record_id,
            {name: value},
            kind=kind,
            base_revision=base_revision,
            origin=origin,
            names={name: question.ask},
        )
        return Kept(value=revision.body.get(name), revision=revision.number, made_at=revision.made_at)

    # Settings ----------------------------------------------------------------------------------------------

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of this workbook, such as the language; ``default`` where it was never set."""
        found = self.find(f"setting-{name}")
        return default if found is None or found.deleted else found.body.get("value", default)

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a setting; the last one set holds."""
        write = Write(record_id=f"setting-{name}", kind="setting", body={"value": value}, based_on=None)
        self._write([write], origin="command")

    # Bringing in -------------------------------------------------------------------------------------------

    def take_in(
        self,
        writes: Sequence[Write],
        *,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> str:
        """Add the records of an import in one change; returns the change, which ``undo`` takes back.

        Safe to call from a worker; ``revision`` then moves at the next ``poll``.
        """
        change = new_id("change")
        self.store.write(
            writes,
            change=change,
            origin="import",
            progress=progress,
            cancelled=cancelled,
            give_back=False,
        )
        self._keeper.wrote()
        return change

    def fill(self, revisions: Sequence[Revision]) -> None:
        """Fill this empty workbook with every revision of another; only an export has them.

        Raises:
            Refused: something was written here before, or the revisions make no whole workbook.
        """
        self.store.bring(revisions)
        self._keeper.wrote()
        self.poll()

    def _write(self, writes: Sequence[Write], *, origin: str, change: str | None = None) -> list[Revision]:
        try:
            revisions = self.store.write(writes, change=change, origin=origin)
        except Conflict:
            self.poll()  # memory does not know yet what the other one wrote, and whoever asked wants to see it
            raise
        self._keeper.wrote()
        self.revision = max(self.revision, *(r.number for r in revisions))
        return revisions

    def _zone(self) -> str:
        """The local offset from UTC at this moment, as ``+01:00``."""
        return self.now().isoformat()[-6:]


def _field_name(question: Question) -> str:
    return str(question.field).partition(".")[2]
