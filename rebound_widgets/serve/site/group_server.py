"""The server of a group: a site whose visitors join a room, and the room's own service in the same process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...content import load_content
from ...group.asked import for_groups
from ...group.service import Service
from ..keys import Keys
from ..private import write_private
from ..words import Speak
from . import group_pages, pages
from .addresses import own_addresses
from .guests import Guests
from .server import Grounds, Site

ROOM_FILE = "room.json"


class GroupSite(Site):
    """A site with a room.

    Args:
        grounds: How it is reached.
        parts: Its parts; the last but one is the room, the last the counsellor's.
        keys: The token of the counsellor, and what signs.
        port: The port it listens on, part of the addresses that phones are told.
        fingerprint: Of its certificate, where it has one.
        content: A folder of an institution's own questions.
        sentences: Gives the server's own sentences.
        own_env: What every kernel needs to know.
        run_folder: An empty folder for the kernels' connection files; removed at the end.
    """

    def __init__(  # noqa: PLR0913 - the parts of one server
        self,
        grounds: Grounds,
        parts: Sequence[pages.Part],
        *,
        keys: Keys,
        port: int,
        fingerprint: str = "",
        content: Path | None = None,
        sentences: Speak,
        own_env: Mapping[str, str],
        run_folder: Path,
    ) -> None:
        self._members, self._host = parts[-2], parts[-1]
        self._port, self._fingerprint = port, fingerprint
        service = Service(
            for_groups(load_content("en", content)),
            grounds.folder / ROOM_FILE,
            write_private,
            around=self._around,
            forget=self._forget,
        )
        self.group = group_pages.Group(service, keys)
        super().__init__(
            grounds, parts, sentences=sentences, own_env=own_env, run_folder=run_folder, secret=keys.secret
        )

    @property
    def guests(self) -> Guests:
        """The people of the group."""
        return self._members.guests

    def init_settings(self) -> dict[str, Any]:
        return {**super().init_settings(), "group": self.group}

    def handlers_of(self, part: pages.Part) -> list[tuple[Any, ...]]:
        at, given = f"{self.grounds.base}{part.path}", {"part": part}
        if part is self._host:
            return [(at, group_pages.HostFront, given)]
        usual = super().handlers_of(part)
        if part is not self._members:
            return usual
        return [
            (at, group_pages.GroupFront, given),
            (f"{at}join(?:/([A-Za-z0-9]{{1,12}}))?", group_pages.Join, given),
            (f"{at}hello", group_pages.Hello, given),
            *[one for one in usual if one[1] not in (pages.Front, pages.Begin)],
        ]

    async def begin(self) -> None:
        await self.group.service.begin()
        await super().begin()

    async def finish(self) -> None:
        await self.group.service.end()

    def _around(self) -> dict[str, Any]:
        scheme = "https" if self.grounds.tls else "http"
        at = f"{self.grounds.base}{self._members.path}"
        return {
            "people": len(self.guests.visits),
            "addresses": [f"{scheme}://{one}:{self._port}{at}" for one in own_addresses()],
            "reached": self.group.reached,
            "fingerprint": self._fingerprint,
        }

    async def _forget(self) -> None:
        await self.guests.end_all(self.kernel_manager)
