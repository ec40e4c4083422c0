"""A counsellor's own workbook: takes shares in, honours their end, and knows the people they are from."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import places
from ..content import Content, ContentBroken
from ..domain.grant import plain_name
from ..domain.record import Revision
from ..domain.refused import Refused
from ..sharing import Share, kind_of_file, read_revocation, read_share
from ..sharing.centre import Centre
from ..sharing.files import LARGEST_BYTES, REVOKE
from ..sharing.share import as_body
from ..store import utc_now
from ..workbook import Workbook
from .centre_desk import CentreDesk
from .people import Person, people_of

MARK = "desk"
"""The setting that says that a workbook is a desk."""
NAMES = "desk-names"
"""The setting that holds the names the counsellor goes by."""
SUFFIXES = (".rebound-share", ".rebound-revoke")


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What came of one file.

    Attributes:
        rule: ``new``, ``known``, ``taken-back`` or ``refused``.
        name: The name of the person it is from; empty where nobody could say.
        refused: Why it was refused.
        file: The file's name.
    """

    rule: str
    name: str = ""
    refused: Refused | None = None
    file: str = ""


class Desk:
    """A counsellor's open workbook.

    Args:
        workbook: The open workbook, whose content has the desk's chapters too.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.centre = CentreDesk(Centre.from_env())
        self._people: tuple[tuple[int, int, dt.date, tuple[str, ...]], list[Person]] | None = None
        self.cleared = self._clear_out()
        workbook.observe(self._new_day, "day")

    @classmethod
    def open(
        cls,
        home: str | Path | None = None,
        *,
        locale: str | None = None,
        wishes: Sequence[str] = (),
        overlay: Path | None = None,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> Desk:
        """Open the desk in ``home``; what is over by now is erased before anything is shown.

        An institution's ``overlay`` that cannot be used is left out: the desk is where it is mended.

        Raises:
            Refused: the folder holds a person's own workbook, or the file cannot be opened.
        """
        workbook = _workbook(places.desk_home(home), overlay, locale=locale, wishes=wishes, clock=clock)
        if not workbook.setting(MARK):
            if workbook.revision:
                workbook.close()
                raise Refused(
                    "desk-not-a-desk",
                    "This folder holds somebody's own workbook, so it cannot be a desk. Name another folder "
                    "with --home.",
                )
            workbook.set_setting(MARK, True)
        workbook.content = with_desk(workbook.content)
        return cls(workbook)

    def close(self) -> None:
        """Let go of the file."""
        self.workbook.close()

    # Who the counsellor is ---------------------------------------------------------------------------------

    @property
    def names(self) -> tuple[str, ...]:
        """The names shares may be for; the first is the one that stands under a reply."""
        own = self.workbook.reply(self.workbook.question("desk/name")).value
        also = self.workbook.setting(NAMES, [])
        return tuple(dict.fromkeys(str(name) for name in (own, *also) if name))

    def also_called(self, name: str) -> None:
        """Take shares for that name too."""
        if plain_name(name) not in {plain_name(known) for known in self.names}:
            self.workbook.set_setting(NAMES, [*self.workbook.setting(NAMES, []), name])

    # Taking in ---------------------------------------------------------------------------------------------

    def take_in(self, file: bytes, passphrase: str = "", name: str = "") -> Taken:
        """Take in a share, or honour that one was taken back.

        Args:
            file: Its bytes.
            passphrase: What it was closed with.
            name: The file's name.

        Raises:
            Refused: it is neither, not whole, over, taken back, or for somebody else.
        """
        if kind_of_file(file) == REVOKE:
            return dataclasses.replace(self._take_back(file), file=name)
        return dataclasses.replace(self._receive(read_share(file, passphrase)), file=name)

    def take_folder(self, folder: Path) -> Iterator[Taken]:
        """Take in every share and every taking back that lies in a folder; what is refused says why.

        Raises:
            Refused: there is no such folder.
        """
        if not folder.is_dir():
            raise Refused(
                "desk-no-folder", "There is no folder {got!r} on this computer.", got=str(folder)[:200]
            )
        files = [path for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES and path.is_file()]
        # Shares first: a taking back in the same folder is then honoured at once.
        for path in sorted(files, key=lambda path: SUFFIXES.index(path.suffix)):
            try:
                with path.open("rb") as opened:
                    yield self.take_in(opened.read(LARGEST_BYTES + 1), name=path.name)
            except Refused as refused:
                yield Taken(rule="refused", refused=refused, file=path.name)
            except OSError:
                refusal = Refused("desk-unreadable", "This file cannot be read from here.")
                yield Taken(rule="refused", refused=refusal, file=path.name)

    def _receive(self, share: Share) -> Taken:
        grant, today = share.grant, self.workbook.today()
        gone = self.workbook.find(_gone(share.id))
        if gone is not None and gone.body.get("why") == "taken-back":
            raise Refused(
                "desk-taken-back",
                "This share was taken back on {day}. It is not read again.",
                day=gone.body["on"],
            )
        if today > grant.until:
            raise Refused(
                "desk-over", "This share was over on {day}. It is not read.", day=grant.until.isoformat()
            )
        if not any(grant.is_for(name) for name in self.names):
            raise Refused(
                "desk-somebody-else",
                "This share is for {name}, and your desk does not go by that name. It was not read.",
                name=grant.reader,
            )
        there = self.workbook.find(share.id)
        if there is not None and not there.deleted:
            return Taken(rule="known", name=grant.sharer)
        body = {**as_body(share), "received_on": today.isoformat(), "opened_on": None}
        self.workbook.put(share.id, "received", body)
        return Taken(rule="new", name=grant.sharer)

    def _take_back(self, file: bytes) -> Taken:
        revocation = read_revocation(file)
        found = self.workbook.find(revocation.share)
        if found is None or found.deleted or found.kind != "received":
            gone = self.workbook.find(_gone(revocation.share))
            if gone is not None:
                return Taken(rule="known")
            raise Refused(
                "desk-nothing-to-take-back",
                "Nothing of what this file takes back is on your desk, so nothing changed.",
            )
        if not revocation.fits(str(found.body["seal"])):
            raise Refused(
                "desk-not-theirs", "This file does not come from whoever made the share, so nothing changed."
            )
        name = str(found.body["from"])
        self._erase([found], "taken-back")
        return Taken(rule="taken-back", name=name)

    # The end of a share ------------------------------------------------------------------------------------

    def _new_day(self, _change: object) -> None:
        """On a desk that stays open a share ends too; what cannot be erased now is at the next opening."""
        with suppress(Refused):
            self.cleared += self._clear_out()

    def _clear_out(self) -> int:
        """Erase what is over, from backups too; how many shares that were."""
        today = self.workbook.today()
        over = [
            r
            for r in self.workbook.current("received")
            if "until" in r.body and str(r.body["until"]) < today.isoformat()
        ]
        self._erase(over, "over")
        return len(over)

    def _erase(self, doomed: Sequence[Revision], why: str) -> None:
        if not doomed:
            return
        today = self.workbook.today().isoformat()
        for one in doomed:
            self.workbook.put(
                _gone(one.record_id), "received", {"share": one.record_id, "why": why, "on": today}
            )
        self.workbook.erase_records([one.record_id for one in doomed])
        self._people = None

    def forget(self, person_id: str) -> None:
        """Erase everything about a person: what they shared, sessions, notes; from backups too."""
        doomed = [r.record_id for r in self.workbook.current("received") if r.body.get("sender") == person_id]
        sessions = [
            r.record_id for r in self.workbook.current("session") if r.body.get("person") == person_id
        ]
        about = set(sessions)
        doomed += [r.record_id for r in self.workbook.current("answer") if r.body.get("subject") in about]
        self.workbook.erase_records([*doomed, *sessions])
        self._people = None

    # People ------------------------------------------------------------------------------------------------

    def people(self) -> list[Person]:
        """Everybody something was shared by, or a session was held with, by name.

        Only what may be read today is in it.
        """
        today, names = self.workbook.today(), self.names
        key = self.workbook.revision, self.centre.version, today, names
        if self._people is None or self._people[0] != key:
            received = [r for r in self.workbook.current("received") if "items" in r.body]
            received += self.centre.received(today)
            sessions = self.workbook.current("session")
            self._people = key, people_of(received, sessions, today, (*names, *self.centre.names()))
        return self._people[1]

    def person(self, person_id: str) -> Person | None:
        """One of them; ``None`` where there is nobody of that id."""
        return next((person for person in self.people() if person.id == person_id), None)

    def opened(self, person: Person) -> None:
        """Note on which day each share of a person was first opened; a reply tells it."""
        today = self.workbook.today().isoformat()
        for share in person.shares:
            if share.body.get("opened_on") is None:
                self.workbook.put(share.record_id, "received", {**share.body, "opened_on": today})


def _workbook(home: Path, overlay: Path | None, **how: Any) -> Workbook:
    try:
        return Workbook.open(home, overlay=overlay, **how)
    except ContentBroken:
        return Workbook.open(home, **how)


def with_desk(content: Content) -> Content:
    """The content with the desk's chapters among the others."""
    return dataclasses.replace(content, chapters={**content.chapters, **content.desk})


def _gone(share_id: str) -> str:
    """The record that remembers a share that is gone by its id alone."""
    return f"gone/{share_id}"
