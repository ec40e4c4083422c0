"""Builds the stored workbook of the newest format: run once when a format is released, never again after that.

    python tests/store/formats/build.py

Writes ``<format>.rebound``, a workbook as this version makes it, and ``<format>.json``, what must be in it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import tempfile
from pathlib import Path

from rebound_widgets.domain.record import Write
from rebound_widgets.store import Store, schema

HERE = Path(__file__).resolve().parent
ZONE = {"zone": "+01:00"}


def main() -> None:
    """Build both files; refuses to replace those of a released format."""
    target = HERE / f"{schema.revision_name(schema.FORMAT)}.rebound"
    if target.exists():
        raise SystemExit(f"{target.name} is released; it is not made anew.")
    moments = (dt.datetime(2026, 11, 5, 14, minute, tzinfo=dt.UTC) for minute in itertools.count())
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "workbook.rebound", clock=lambda: next(moments)) as store:
            fill(store)
            expected = {
                "workbook_id": store.workbook_id,
                "live": [revision.record_id for revision in store.current()],
                "history": {
                    revision.record_id: [dict(r.body) for r in store.history_of(revision.record_id)]
                    for revision in (*store.current(), *store.current(deleted=True))
                },
            }
        target.write_bytes((Path(folder) / "workbook.rebound").read_bytes())
    target.with_suffix(".json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(target)


def fill(store: Store) -> None:
    """A small search: every kind of record, an edit, an undo, a deletion, an erasure, and a restore."""
    application = {
        "company": "Müller & Söhne",
        "role": "Analystin",
        "applied_on": "2026-10-03",
        "stage": "interview",
        "outcome": "open",
        "reached": {"applied": "2026-10-03"},
    }
    interview = {"application_id": "application-1", "round": 1, "held_on": "2026-11-04"}
    answer = {
        "question": "debrief/asked-text",
        "item": 1,
        "subject": "interview-1",
        "kind": "prose",
        "value": "“Why us?”\nI said: お世話になります 😀",
        **ZONE,
    }
    scale = {"question": "debrief/felt", "item": None, "subject": "interview-1", "kind": "scale", "value": 4}
    write(store, "application-1", "application", application)
    write(store, "interview-1", "interview", interview)
    write(store, "answer-interview-1/debrief/asked-text/1", "answer", answer)
    write(store, "answer-interview-1/debrief/felt", "answer", {**scale, **ZONE})
    write(store, "answer-interview-1/debrief/asked-text/1", "answer", {**answer, "value": "shorter"})
    for kind in ("contact", "document", "note", "letter", "import", "setting"):
        write(store, f"{kind}-1", kind, {"text": f"a {kind}", "n": 1.5, "none": None, "list": [1, "ä", {}]})
    write(store, "note-2", "note", {"text": "to be erased"})
    change = write(store, "application-1", "application", {**application, "outcome": "no"})
    store.undo(change)
    write(store, "contact-1", "contact", {}, deleted=True)
    store.erase_records(["note-2"])
    backup = store.backup()
    write(store, "letter-1", "letter", {"text": "after the backup"})
    store.restore(backup.path)


def write(store: Store, record_id: str, kind: str, body: dict[str, object], *, deleted: bool = False) -> str:
    """Write one record over whatever is there; returns the change."""
    wish = Write(record_id=record_id, kind=kind, body=body, based_on=None, deleted=deleted)
    return store.write([wish])[0].change


if __name__ == "__main__":
    main()
