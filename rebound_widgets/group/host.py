"""The counsellor's page of a group: how to join, the exercise that is open, totals, the wall, the end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..chapters.quick import Declined
from ..chapters.rooms import Panel
from ..chapters.visit import Visit
from ..domain.chapter import Exercise
from ..domain.refused import Refused
from ..widgets.chart import Chart
from ..widgets.join_code import JoinCode
from ..widgets.page import Page
from ..widgets.panels import Panels
from ..widgets.text import Text
from .asked import for_groups
from .present import PresentPanels
from .qr import qr_rows
from .room import CLOSING
from .totals import picture, pictured, total_blocks
from .wire import Line

GROUP = "group"
ROOMS = ("exercises", "reach", "end")


class HostPage:
    """``#/group`` and its rooms: ``exercises`` to choose from, ``reach`` for phones, ``end``.

    Args:
        visit: The visit.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._state: dict[str, Any] = {}
        self.line = Line.of_environment(self._heard)
        self._offered = for_groups(visit.content)
        self._room, self._address = "", ""
        words = visit.group("actions")
        panels = [Panels(on_action=self._act, words=words) for _ in range(4)]
        self._top, self._wall, self._list, self._end = panels
        # On every page of the host's, so whichever is opened first is drawn with it.
        self._margin = PresentPanels(self.line.open, on_action=self._act, words=words)
        self._code = JoinCode()
        self._totals = Text(words=words)
        self._charts: dict[str, Chart] = {}
        self._chapter = visit.content.desk[GROUP]
        self.widget = Page(self._chapter.title, lede=self._chapter.lede)

    def open(self, rest: str) -> None:
        """Show what the rest of the address says."""
        self._room = rest if rest in ROOMS else ""
        self.refresh()

    def refresh(self) -> None:
        """Show the room as it is now."""
        say = self._visit.words
        self._margin.show([self._contents()])
        if not self._state:
            self.widget.head(self._chapter.title, self._chapter.lede)
            self._top.show([{"id": "away", "title": say("group.away"), "text": say("group.away_text")}])
            self._arrange([self._top])
            return
        draw = {"": self._front, "exercises": self._exercises, "reach": self._reach, "end": self._ending}
        title = say(f"group.rooms.{self._room}") if self._room else self._chapter.title
        lede = say(f"group.rooms.{self._room}_lede") if self._room else self._chapter.lede
        self.widget.head(title, lede)
        self._arrange(draw[self._room]())

    def _arrange(self, children: list[Any]) -> None:
        if self.widget.children != children:
            self.widget.children = children
        if self.widget.margin != [self._margin]:
            self.widget.margin = [self._margin]

    def _heard(self, state: dict[str, Any]) -> None:
        self._state = state
        self.refresh()

    def _contents(self) -> Panel:
        say = self._visit.words
        rows = []
        for name in ("", *ROOMS):
            text = say(f"group.rooms.{name or 'front'}")
            here = name == self._room
            link = {"detail": say("rooms.here")} if here else {"href": f"#/group/{name}".rstrip("/")}
            rows.append({"text": text, **link})
        return {"id": "parts", "look": "margin", "title": self._chapter.title, "rows": rows}

    # What is done ------------------------------------------------------------------------------------------

    def _act(self, action: dict[str, Any]) -> Any:
        if action["id"] == "address":
            self._address = str(action["address"])
            self.refresh()
            return None
        return self._say(action)

    async def _say(self, action: dict[str, Any]) -> None:
        kind = str(action["id"])
        more = {name: action[name] for name in ("exercise", "mark") if name in action}
        try:
            await self.line.ask(kind, **more)
        except Refused as refused:
            raise Declined(self._visit.sentence(refused)) from None
        if kind == "open" and more.get("exercise"):
            self._visit.go("group")

    # The front ---------------------------------------------------------------------------------------------

    @property
    def _exercise(self) -> Exercise | None:
        return self._offered.get(str(self._state.get("exercise", "")))

    def _front(self) -> list[Any]:
        if self._state["phase"] == CLOSING:
            self._end.show(self._end_panels())
            return [self._end]
        exercise = self._exercise
        self._show_code()
        self._top.show([self._now(exercise)])
        if exercise is None:
            return [self._code, self._top, *self._wall_shown()]
        self._totals.show(total_blocks(exercise, self._state.get("totals", {}), self._visit))
        return [self._top, self._totals, *self._pictures(exercise), *self._wall_shown(), self._code]

    def _pictures(self, exercise: Exercise) -> list[Chart]:
        totals = self._state.get("totals", {})
        shown = []
        for one in pictured(exercise, totals):
            drawn = picture(one, totals[one.key], self._visit)
            if one.key in self._charts:
                self._charts[one.key].show(**drawn)
            else:
                self._charts[one.key] = Chart(**drawn, words=self._visit.group("chart"))
            shown.append(self._charts[one.key])
        return shown

    def _show_code(self) -> None:
        say, address = self._visit.words, self._joining()
        code = str(self._state["code"])
        rows = qr_rows(f"{address}join/{code}") if address else []
        people = say.plural("group.people", int(self._state["people"]))
        self._code.show(
            rows,
            code=f"{code[:3]} {code[3:]}",
            label=say("group.code"),
            address=address,
            alt=say("group.qr"),
            lines=[say("group.join", address=address.removesuffix("/")), people],
        )

    def _joining(self) -> str:
        known = list(self._state["addresses"])
        return self._address if self._address in known else known[0] if known else ""

    def _now(self, exercise: Exercise | None) -> Panel:
        say = self._visit.words
        choose = {"id": "choose", "label": say("group.choose"), "href": "#/group/exercises"}
        if exercise is None:
            text = [say("group.none_text")]
            return {
                "id": "now",
                "look": "next",
                "title": say("group.none"),
                "text": text,
                "actions": [choose],
            }
        stop = {"id": "open", "label": say("group.stop"), "look": "plain", "exercise": ""}
        another = {**choose, "label": say("group.another"), "look": "plain"}
        text = [say("group.now_text"), say("group.rule")]
        return {"id": "now", "title": exercise.title, "text": text, "actions": [another, stop]}

    def _wall_shown(self) -> list[Any]:
        say, wall = self._visit.words, list(self._state["wall"])
        if not wall:
            return []
        down = say("group.take_down")
        rows = [
            {
                "text": one["text"],
                "actions": [{"id": "take-down", "label": down, "look": "plain", "mark": one["mark"]}],
            }
            for one in wall
        ]
        self._wall.show([{"id": "wall", "title": say("group.wall"), "rows": rows}])
        return [self._wall]

    # The rooms ---------------------------------------------------------------------------------------------

    def _exercises(self) -> list[Any]:
        say, content = self._visit.words, self._visit.content
        panels: list[Panel] = []
        for chapter in content.chapters.values():
            rows = [
                {
                    "text": exercise.title,
                    "detail": say("group.minutes", why=exercise.why, minutes=exercise.minutes),
                    "actions": [{"id": "open", "label": say("group.open"), "look": "plain", "exercise": key}],
                }
                for key, exercise in self._offered.items()
                if key.partition("/")[0] == chapter.id
            ]
            if rows:
                panels.append({"id": chapter.id, "title": chapter.title, "rows": rows})
        self._list.show(panels)
        return [self._list]

    def _reach(self) -> list[Any]:
        say = self._visit.words
        addresses, reached = list(self._state["addresses"]), self._state.get("reached")
        rows = [
            {"text": f"{address}hello", "actions": [self._choice(address)] if len(addresses) > 1 else []}
            for address in addresses
        ]
        text = [say("group.reach.try")] if addresses else [say("group.reach.none")]
        panels: list[Panel] = [{"id": "try", "title": say("group.reach.title"), "text": text, "rows": rows}]
        if reached:
            moment = dt.datetime.fromtimestamp(float(reached)).astimezone()
            time = self._visit.content.facts.show_time(moment)
            panels.insert(0, {"id": "reached", "look": "next", "title": say("group.reach.yes", time=time)})
        text = [say(f"group.reach.{name}") for name in ("no_network", "no_hotspot", "no_firewall")]
        panels.append({"id": "no", "title": say("group.reach.no"), "text": text})
        panels.append({"id": "line", "title": say("group.reach.line"), "text": self._line_text()})
        self._list.show(panels)
        address = self._joining()
        if not address:
            return [self._list]
        self._code.show(
            qr_rows(f"{address}hello"),
            code="",
            label="",
            address=f"{address}hello",
            alt=say("group.reach.qr"),
            lines=[say("group.reach.point")],
        )
        return [self._code, self._list]

    def _choice(self, address: str) -> dict[str, Any]:
        here = address == self._joining()
        label = self._visit.words("group.reach.used" if here else "group.reach.use")
        return {"id": "address", "label": label, "look": "main" if here else "plain", "address": address}

    def _line_text(self) -> list[str]:
        say = self._visit.words
        print_ = str(self._state.get("fingerprint") or "")
        if not print_:
            return [say("group.reach.plain"), say("group.reach.offer")]
        return [say("group.reach.https"), say("group.reach.fingerprint", fingerprint=print_)]

    def _ending(self) -> list[Any]:
        self._end.show(self._end_panels())
        return [self._end]

    def _end_panels(self) -> list[Panel]:
        say, people = self._visit.words, int(self._state["people"])
        ask = {
            "title": say("group.end.sure"),
            "text": say("group.end.sure_text"),
            "yes": say("group.end.forget"),
            "no": say("group.end.wait"),
        }
        forget = {"id": "forget", "label": say("group.end.forget"), "look": "plain", "confirm": ask}
        if self._state["phase"] != CLOSING:
            close = {"id": "close", "label": say("group.end.close")}
            text = [say("group.end.text"), say.plural("group.people", people)]
            return [
                {
                    "id": "end",
                    "look": "next",
                    "title": say("group.end.title"),
                    "text": text,
                    "actions": [close],
                }
            ]
        moment = dt.datetime.fromtimestamp(float(self._state["ends_at"])).astimezone()
        time = self._visit.content.facts.show_time(moment)
        text = [
            say("group.end.closing_text", time=time),
            say("group.end.taken", taken=int(self._state["taken"]), people=people),
        ]
        return [
            {
                "id": "end",
                "look": "next",
                "title": say("group.end.closing"),
                "text": text,
                "actions": [forget],
            }
        ]
