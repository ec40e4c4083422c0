"""A table of records that sorts, filters, searches and takes edits, of a hundred thousand rows and on a phone."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, ClassVar

from . import frontend
from .exercise import Clash, Kept
from .message_widget import MessageWidget
from .table_shape import accept_columns, accept_row
from .words import EXERCISE
from .words_views import TABLE

ROWS_PER_MESSAGE = 500
"""The first rows: as many as are there at once."""
ROWS_PER_PIECE = 4_000
"""Every further message: each goes both ways, and between two of them the kernel answers others."""
VIEWS = ("table", "board")
_STATUS = (
    "ready saving saved received refused two_versions offline lost lost_notebook saving_unstored "
    "offline_unstored lost_unstored try_again load_again date_partial"
)
_REMEMBERED = 4096
_NEW = "new-"

OnEdit = Callable[[str, str, Any, int], "Mapping[str, Any] | Kept"]
OnAdd = Callable[[Mapping[str, Any], str], Mapping[str, Any]]


class HistoryTable(MessageWidget):
    """A table of records; the same rows as cards on a phone, and as a board by one of its choices.

    Rows travel by message in pieces; sorting, filtering and searching happen in the browser. An edit is kept
    by the browser until it is acknowledged, as with ``Exercise``.

    Args:
        columns: Mappings with ``name``, ``label``, ``kind`` (``text``, ``date``, ``choice``, ``number``),
            ``options`` of a choice (values, or mappings with ``value``, ``label`` and a ``tone``: ``accent``,
            ``plum``, ``warm``, ``quiet``), ``editable``, ``width`` in em, ``hint``, ``lines`` (text of more
            than one line). The first column names a row.
        rows: Mappings with ``id``, ``revision`` and the columns' names; days as ISO 8601 text or ``date``.
            With ``href`` a row's "Open" is a link.
        on_edit: ``on_edit(row_id, name, value, base_revision)`` keeps a cell and returns the row or a
            ``Kept`` once it is on disk; raises ``NotKept`` or ``Clash``. ``base_revision`` is the revision
            the person saw, moved on by this page's own edits. Without it, and where ``editable`` is false,
            cells are read only: there is nowhere to keep an edit.
        on_add: ``on_add(values, token)`` makes a row from its first cells and returns it. ``token`` is the
            same when the browser sends a row again to another kernel: a caller that derives the row's id from
            it adds no row twice.
        on_open: ``on_open(row_id)``.
        on_delete: ``on_delete(row_id)`` deletes a row; a callable it returns takes that back (and may return
            the row), and the table then offers "Bring it back".
        view: ``"table"`` or ``"board"``, the one shown first.
        board: The name of the choice column a board goes by; the first editable choice where empty. Without
            any there is no board.
        sort: Column name and ``"ascending"`` or ``"descending"``; the order of ``rows`` where ``None``.
        name: Names the table on a page and its drafts in the browser.
        workbook: The workbook's id; drafts in the browser are kept apart by it.
        words: See ``words_views.TABLE``.
    """

    _esm = frontend.module(frontend.STATIC / "table.js")
    _css = frontend.style("table")
    WORDS: ClassVar[Mapping[str, str]] = {**{key: EXERCISE[key] for key in _STATUS.split()}, **TABLE}
    HEARS = ("more", "edit", "open", "delete", "undo", "beat")

    def __init__(  # noqa: PLR0913 - each says one thing about the table, and nearly all have a default
        self,
        columns: Iterable[Mapping[str, Any]],
        rows: Iterable[Mapping[str, Any]] = (),
        *,
        on_edit: OnEdit | None = None,
        on_add: OnAdd | None = None,
        on_open: Callable[[str], Any] | None = None,
        on_delete: Callable[[str], Any] | None = None,
        view: str = "table",
        board: str = "",
        sort: tuple[str, str] | None = None,
        name: str = "table",
        workbook: str = "",
        words: Mapping[str, str] | None = None,
    ) -> None:
        self._columns = accept_columns(columns)
        if view not in VIEWS:
            raise ValueError(f"A table's view is one of {', '.join(VIEWS)}; it was given {view!r}.")
        self._edit, self._add, self._open, self._delete = on_edit, on_add, on_open, on_delete
        self._frame = {
            "view": view,
            "board": board or self._board_column(),
            "sort": list(sort) if sort else None,
            "name": name,
            "workbook": workbook,
        }
        self._rows: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._generation = 0
        self._answered: OrderedDict[tuple[str, int], dict[str, Any]] = OrderedDict()
        self._moved: OrderedDict[tuple[str, str, int], int] = OrderedDict()
        self._made: OrderedDict[str, str] = OrderedDict()
        self._begun: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._undoing: OrderedDict[str, Callable[[], Any]] = OrderedDict()
        self._take(rows)
        super().__init__(words)

    def _board_column(self) -> str:
        choices = [column for column in self._columns if column["kind"] == "choice" and column["options"]]
        return next((column["name"] for column in choices if column["editable"]), "")

    def _names(self) -> list[str]:
        return [column["name"] for column in self._columns]

    def _take(self, rows: Iterable[Mapping[str, Any]]) -> None:
        names = self._names()
        known = self._rows
        accepted = [row if known.get(str(row.get("id"))) is row else accept_row(row, names) for row in rows]
        self._rows = OrderedDict((row["id"], row) for row in accepted)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as the kernel knows them, with the edits it has kept."""
        return [dict(row) for row in self._rows.values()]

    def row(self, row_id: str) -> Mapping[str, Any] | None:
        """A row as the kernel knows it; given to ``show`` again as it is, it costs next to nothing."""
        return self._rows.get(row_id)

    def show(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Shows these rows; only what differs travels, and nothing a person is writing is written over."""
        before = self._rows
        self._take(rows)
        after = self._rows
        stayed = [row_id for row_id in before if row_id in after]
        if stayed != [row_id for row_id in after if row_id in before] or len(stayed) < len(before) / 2:
            self._generation += 1
            self._show()
            return
        self._tell_changes(before)

    def update(self, rows: Iterable[Mapping[str, Any]] = (), *, removed: Iterable[str] = ()) -> None:
        """Shows these rows in place of those of the same id, or after the others, and takes some away."""
        before = OrderedDict(self._rows)
        names = self._names()
        for row in rows:
            accepted = accept_row(row, names)
            self._rows[accepted["id"]] = accepted
        for row_id in removed:
            self._rows.pop(str(row_id), None)
        self._tell_changes(before)

    def _tell_changes(self, before: Mapping[str, Mapping[str, Any]]) -> None:
        changed = [
            [place, row]
            for place, (row_id, row) in enumerate(self._rows.items())
            if before.get(row_id) != row
        ]
        gone = [row_id for row_id in before if row_id not in self._rows]
        if not changed and not gone:
            return
        if len(changed) > ROWS_PER_MESSAGE:
            self._generation += 1
            self._show()
            return
        self._say({"type": "changed", "page": None, "rows": changed, "removed": gone})

    def shown(self) -> dict[str, Any]:
        return {
            **self._frame,
            "columns": self._columns,
            "can": {
                "edit": self._edit is not None,
                "add": self._add is not None,
                "open": self._open is not None,
                "delete": self._delete is not None,
            },
            "generation": self._generation,
            "total": len(self._rows),
            "rows": self._piece(0, ROWS_PER_MESSAGE),
        }

    def _piece(self, start: int, most: int) -> list[dict[str, Any]]:
        return list(islice(self._rows.values(), start, start + most))

    def _size(self) -> int | None:
        return len(self._rows)

    # What the browser says ---------------------------------------------------------------------------------

    def _on_beat(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        self._say({"type": "beat", "n": content.get("n"), "page": content.get("page")})

    def _on_more(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        start = max(int(content.get("from") or 0), 0)
        self._say(
            {
                "type": "rows",
                "page": content.get("page"),
                "generation": self._generation,
                "from": start,
                "total": len(self._rows),
                "rows": self._piece(start, ROWS_PER_PIECE),
            }
        )

    def _on_open(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        act, row_id = self._open, str(content.get("id"))
        if act is not None and row_id in self._rows:
            self._act(content, lambda: act(row_id), lambda _: {"type": "done"})

    def _on_delete(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        act, row_id = self._delete, str(content.get("id"))
        if act is None:
            return

        def deleted(undo: Any) -> dict[str, Any]:
            if callable(undo):
                _remember(self._undoing, row_id, undo, most=100)
            self._rows.pop(row_id, None)
            return {"type": "deleted", "id": row_id, "undo": callable(undo)}

        self._act(content, lambda: act(row_id), deleted)

    def _on_undo(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        row_id = str(content.get("id"))
        undo = self._undoing.pop(row_id, None)

        def undone(row: Any) -> dict[str, Any]:
            if isinstance(row, Mapping):
                self.update([row])
            return {"type": "undone", "id": row_id}

        if undo is None:  # another kernel deleted it
            self._tell(content, {"type": "failed", "sentence": self._words["undo_lost"]})
        else:
            self._act(content, undo, undone)

    def _act(
        self, content: Mapping[str, Any], act: Callable[[], Any], done: Callable[[Any], dict[str, Any]]
    ) -> None:
        self._run(
            act,
            lambda value: self._tell(content, done(value)),
            lambda sentence: self._tell(content, {"type": "failed", "sentence": sentence}),
        )

    def _tell(self, content: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        self._say({**answer, "page": content.get("page"), "ticket": content.get("ticket")})

    # Edits -------------------------------------------------------------------------------------------------

    def _on_edit(self, content: Mapping[str, Any], _buffers: Sequence[Any]) -> None:
        seq, page = content.get("seq"), str(content.get("page"))
        if not isinstance(seq, int) or content.get("field") not in self._names():
            self.log.error("HistoryTable: a message that is no edit was left alone.")
            return
        answer = self._answered.get((page, seq))
        if answer is None:
            answer = {**self._answer(content, page), "seq": seq, "page": page}
            if answer["type"] == "kept":
                _remember(self._answered, (page, seq), answer)
        self._say(answer)

    def _answer(self, content: Mapping[str, Any], page: str) -> dict[str, Any]:
        try:
            given_id, field, value = str(content["id"]), str(content["field"]), content.get("value")
            kept = self._keep(given_id, field, value, int(content.get("base_revision") or 0), page)
        except Clash as clash:
            return {"type": "clash", "theirs": clash.theirs.as_mapping()}
        except Exception as error:  # whatever it is, the page must hear an answer
            again = bool(getattr(error, "again", not hasattr(error, "sentence")))
            return {"type": "refused", "sentence": self._sentence(error), "again": again}
        made_at = kept.as_mapping()["made_at"] or dt.datetime.now(dt.UTC).isoformat()
        row = self._rows.get(self._made.get(given_id, given_id))
        return {"type": "kept", "revision": kept.revision, "made_at": made_at, "was": given_id, "row": row}

    def _keep(self, row_id: str, field: str, value: Any, base: int, page: str) -> Kept:
        if row_id.startswith(_NEW) and row_id not in self._made:
            return self._keep_new(row_id, field, value)
        row_id = self._made.get(row_id, row_id)
        if self._edit is None or not self._editable(field):
            raise PermissionError("the table takes no edit of this cell")
        # Two cells of one row, edited in one breath, name the same revision: the second follows on the first.
        seen, claimed = base, base
        while (page, row_id, seen) in self._moved:
            seen = self._moved[page, row_id, seen]
        there = self._rows.get(row_id, {})
        if claimed == 0 and there:
            seen = there["revision"]  # a row this page has made
        try:
            kept = self._edit(row_id, field, value, seen)
        except Clash as clash:
            if clash.theirs.value != value:
                raise
            kept = clash.theirs  # both wrote the same
        return self._know(row_id, field, value, kept, page, claimed)

    def _keep_new(self, token: str, field: str, value: Any) -> Kept:
        if self._add is None:
            raise PermissionError("the table takes no new rows")
        values = {**self._begun.get(token, {}), field: value}
        _remember(self._begun, token, values)
        row = accept_row(self._add(values, token), self._names())
        self._rows[row["id"]] = row
        _remember(self._made, token, row["id"])
        self._begun.pop(token, None)
        return Kept(row.get(field), row["revision"])

    def _know(
        self, row_id: str, field: str, value: Any, kept: Mapping[str, Any] | Kept, page: str, claimed: int
    ) -> Kept:
        """Takes over what the caller has kept."""
        if isinstance(kept, Kept):
            row = {**self._rows.get(row_id, {"id": row_id}), field: kept.value, "revision": kept.revision}
            self._rows[row_id] = accept_row(row, self._names())
        else:
            self._rows[row_id] = accept_row(kept, self._names())
            kept = Kept(self._rows[row_id].get(field), self._rows[row_id]["revision"])
        if kept.revision != claimed:
            _remember(self._moved, (page, row_id, claimed), kept.revision)
        return kept

    def _editable(self, field: str) -> bool:
        return any(column["name"] == field and column["editable"] for column in self._columns)


def _remember(memory: OrderedDict[Any, Any], key: Any, value: Any, *, most: int = _REMEMBERED) -> None:
    """Keeps the newest entries of ``memory``."""
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > most:
        memory.popitem(last=False)
