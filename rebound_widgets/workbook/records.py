"""The applications and interviews of an open workbook: added, changed, deleted, and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import traitlets

from ..domain.application import STAGES, Application, Interview
from ..domain.record import Conflict, Revision, Write, new_id
from ..domain.refused import Refused
from ..store import Store
from .keeping import Keeper

_RECORDS: Mapping[str, type[Application] | type[Interview]] = {
    "application": Application,
    "interview": Interview,
}


class Records(traitlets.HasTraits):
    """The part of an open workbook that keeps records; ``Workbook`` is one."""

    store: Store
    _keeper: Keeper

    def poll(self) -> None:
        """Notice what was written elsewhere."""
        raise NotImplementedError

    def current(self, kind: str | None = None) -> list[Revision]:
        """The live records, in the order they were begun."""
        raise NotImplementedError

    def _write(self, writes: Sequence[Write], *, origin: str, change: str | None = None) -> list[Revision]:
        raise NotImplementedError

    def get(self, record_id: str, kind: str) -> Revision:
        """The live record of that id and kind.

        Raises:
            Refused: there is none, or it was deleted.
        """
        found = self.store.get(record_id)
        if found is None or found.deleted or found.kind != kind:
            raise Refused(
                "record-gone",
                "This {kind} is not in your workbook any more. It may have been deleted.",
                kind=kind,
            )
        return found

    def change(
        self,
        record_id: str,
        fields: Mapping[str, Any],
        *,
        kind: str,
        base_revision: int | None = None,
        origin: str = "command",
        names: Mapping[str, str] | None = None,
    ) -> Revision:
        """Change some fields of an application or interview.

        Two people may change different fields of one record; only the same field changed in both places is a
        conflict.

        Raises:
            Refused: a value that cannot be taken, or the record is gone.
            Conflict: one of ``fields`` was changed elsewhere since ``base_revision``; nothing was written.
        """
        current = self.get(record_id, kind)
        if base_revision is not None and base_revision < current.number:
            self._refuse_overwriting(current, fields, base_revision)
        merged = {**current.body, **fields}
        body = _RECORDS[kind].accept(merged, names or {}).as_body()
        write = Write(record_id=record_id, kind=kind, body=body, based_on=current.number)
        (revision,) = self._write([write], origin=origin)
        return revision

    def _refuse_overwriting(self, current: Revision, fields: Mapping[str, Any], base_revision: int) -> None:
        seen = [r for r in self.store.history_of(current.record_id) if r.number <= base_revision]
        then = seen[-1].body if seen else {}
        for name, value in fields.items():
            if current.body.get(name) not in (then.get(name), value):
                mine = Write(
                    record_id=current.record_id,
                    kind=current.kind,
                    body={**then, **fields},
                    based_on=base_revision,
                )
                raise Conflict(mine, current)

    def add_application(self, fields: Mapping[str, Any], *, origin: str = "command") -> Revision:
        """Add an application.

        Raises:
            Refused: a value that cannot be taken, or neither a firm nor a role.
        """
        body = Application.accept(fields).as_body()
        write = Write(record_id=new_id("application"), kind="application", body=body, based_on=0)
        (revision,) = self._write([write], origin=origin)
        return revision

    def add_interview(
        self, application_id: str, fields: Mapping[str, Any] | None = None, *, origin: str = "command"
    ) -> Revision:
        """Add an interview to an application; the application's stage follows when it was behind.

        The round is the next number where ``fields`` does not say.

        Raises:
            Refused: a value that cannot be taken, or the application is gone.
        """
        application = self.get(application_id, "application")
        rounds = [r.body.get("round", 1) for r in self.interviews(application_id)]
        given = {"round": max(rounds, default=0) + 1, **(fields or {}), "application_id": application_id}
        body = Interview.accept(given).as_body()
        writes = [Write(record_id=new_id("interview"), kind="interview", body=body, based_on=0)]
        stage = str(application.body.get("stage", "applied"))
        if STAGES.index(stage) < STAGES.index(body["stage"]):
            moved = {**application.body, "stage": body["stage"]}
            writes.append(
                Write(record_id=application_id, kind="application", body=moved, based_on=application.number)
            )
        return self._write(writes, origin=origin)[0]

    def interviews(self, application_id: str | None = None) -> list[Revision]:
        """The live interviews, of one application or all, by round and day."""
        found = [
            r
            for r in self.current("interview")
            if application_id is None or r.body.get("application_id") == application_id
        ]
        return sorted(found, key=lambda r: (r.body.get("round", 1), r.body.get("held_on") or ""))

    def put(self, record_id: str, kind: str, body: Mapping[str, Any], *, origin: str = "command") -> Revision:
        """Keep a record of a kind without a class of its own, such as a share, as it is given."""
        write = Write(record_id=record_id, kind=kind, body=body, based_on=None)
        (revision,) = self._write([write], origin=origin)
        return revision

    # Taking back -------------------------------------------------------------------------------------------

    def delete(self, record_id: str, *, origin: str = "command") -> str:
        """Delete a record and what belongs to it; returns the change, which ``undo`` takes back.

        Raises:
            Refused: there is no such record.
        """
        found = self.store.get(record_id)
        if found is None or found.deleted:
            raise Refused("record-gone-already", "This is not in your workbook any more.")
        doomed = [found, *self._belonging(found)]
        change = new_id("change")
        writes = [
            Write(record_id=r.record_id, kind=r.kind, body=r.body, based_on=r.number, deleted=True)
            for r in doomed
        ]
        self._write(writes, origin=origin, change=change)
        return change

    def _belonging(self, record: Revision) -> Iterator[Revision]:
        """What goes when ``record`` goes: an application's interviews, and the answers about any of them."""
        about = {record.record_id}
        if record.kind == "application":
            for interview in self.interviews(record.record_id):
                about.add(interview.record_id)
                yield interview
        for other in self.current():
            subject = (
                other.body.get("subject") if other.kind == "answer" else other.body.get("application_id")
            )
            if other.kind != "interview" and subject in about:
                yield other

    def undo(self, change: str, *, origin: str = "command") -> list[str]:
        """Take a change back. Returns the ids of records left alone because they were changed since."""
        undone = self.store.undo(change, origin=origin, give_back=False)
        self._keeper.wrote()
        self.poll()
        return list(undone.left)
