"""The pages of a group around its workbooks: joining with a code, the try of a phone, and the counsellor's way in."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from http import HTTPStatus

from ...group.room import CODE_LENGTH
from ...group.service import HOST, Service
from ...group.wire import ADDRESS, KEY
from .. import sheets
from ..keys import Keys
from .pages import Front, PartRoom
from .visits import Visit

_TRIES, _WITHIN_S = 20, 60.0


@dataclass
class Group:
    """What the pages of a group need.

    Attributes:
        service: The room's service.
        keys: The token that lets the counsellor in.
        reached: When something that is not this computer last asked; ``None`` where nothing has.
    """

    service: Service
    keys: Keys
    reached: float | None = None
    _tries: deque[float] = field(default_factory=deque)

    def may_try(self) -> bool:
        """Whether one more code may be tried now: guessing is slow, however many do it."""
        now = time.monotonic()
        while self._tries and now - self._tries[0] > _WITHIN_S:
            self._tries.popleft()
        return len(self._tries) < _TRIES

    def tried(self) -> None:
        """A wrong code was tried."""
        self._tries.append(time.monotonic())


class GroupRoom(PartRoom):
    """What the pages of a group share."""

    @property
    def group(self) -> Group:
        """The group."""
        group: Group = self.settings["group"]
        return group

    def show_join(self, notice: str = "", code: str = "", status: HTTPStatus = HTTPStatus.OK) -> None:
        """The page with the one field, or why there is none."""
        if self.group.service.room.phase != "writing":
            notice = self.told("closed")
            self.show("welcome", [sheets.Block(look="notice", text=[notice])], status=status)
            return
        ask = {"label": self.told("code"), "name": "code", "value": code, "longest": 2 * CODE_LENGTH}
        join = sheets.Block(
            text=[*([notice] if notice else []), self.told("welcome_kept")],
            look="notice" if notice else "",
            ask=ask,
            label=self.told("join"),
            post=self.place("join"),
            main=True,
        )
        self.show("welcome", [join, *self.open_line()], status=status)


class GroupFront(GroupRoom, Front):
    """The workbook of whoever joined; the field for the code for everybody else."""

    def welcome(self) -> None:
        self.show_join()

    def own_env(self, visit: Visit) -> dict[str, str]:
        service = self.group.service
        return {ADDRESS: service.address, KEY: service.admit(visit.name)}

    def strip(self, _visit: Visit) -> sheets.Strip:
        return sheets.Strip(self.told("strip"), self.told("strip_link"), self.place("visit"))


class Join(GroupRoom):
    """Somebody joins: by the form, or by the picture, which fills the form in."""

    def get(self, code: str = "") -> None:
        if self.guests.visit_of(self.request) is not None:
            self.redirect(self.place())
        else:
            self.show_join(code=code[: 2 * CODE_LENGTH])

    async def post(self, _code: str = "") -> None:
        if self.guests.visit_of(self.request) is None:
            typed = self.get_body_argument("code", "")[:100]
            if not self.group.may_try():
                self.show_join(self.told("slow"), status=HTTPStatus.TOO_MANY_REQUESTS)
                return
            if not self.group.service.room.opens(typed):
                self.group.tried()
                self.show_join(self.told("wrong"), status=HTTPStatus.FORBIDDEN)
                return
            if not await self.guests.has_room(self.kernels, None):
                self.show_full()
                return
            self.guests.let_in(self, await asyncio.to_thread(self.guests.visits.begin))
            self.group.service.tell()
        self.redirect(self.place(), status=HTTPStatus.SEE_OTHER)


class Hello(GroupRoom):
    """Whether a phone reaches this computer."""

    def get(self) -> None:
        if self.request.remote_ip not in {"127.0.0.1", "::1"}:
            self.group.reached = time.time()
            self.group.service.tell()
        self.show("hello", [sheets.Block(text=[self.told("hello_more")]), *self.open_line()])


class HostFront(GroupRoom, Front):
    """The counsellor's page. The token in its address lets in, once for each browser."""

    async def get(self) -> None:
        token = self.get_query_argument("token", "")
        if token and self.group.keys.opens(token):
            if self.guests.visit_of(self.request) is None:
                self.guests.let_in(self, await asyncio.to_thread(self.guests.visits.begin))
            self.redirect(self.place())
        elif self.guests.visit_of(self.request) is None:
            self.say(HTTPStatus.FORBIDDEN, "closed")
        else:
            await super().get()

    def own_env(self, _visit: Visit) -> dict[str, str]:
        service = self.group.service
        return {ADDRESS: service.address, KEY: service.admit(HOST)}

    def strip(self, _visit: Visit) -> None:
        return None
