"""The room's service: who may say what, what each is told, and that it forgets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.content import load_content
from rebound_widgets.domain.refused import Refused
from rebound_widgets.group import service as service_module
from rebound_widgets.group.asked import for_groups
from rebound_widgets.group.room import LASTS_S, Room
from rebound_widgets.group.service import HOST, Service
from rebound_widgets.group.tally import SETTLED_S
from rebound_widgets.group.wire import Line

EXERCISE, PREPARED = "debrief/both-sides", "debrief/felt-prepared"
EXERCISES = for_groups(load_content("en"))


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Told:
    """A kernel's end of the line, and what it was told."""

    def __init__(self, service: Service, key: str) -> None:
        self.states: list[dict[str, Any]] = []
        self.line = Line(service.address, key, self.states.append)
        self.line.open()

    async def until(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a state."""
        for _ in range(500):
            if self.states and condition(self.states[-1]):
                return self.states[-1]
            await asyncio.sleep(0.01)
        raise AssertionError(self.states[-1:])

    async def refused(self, kind: str, **more: Any) -> str:
        """The rule by which something is refused."""
        try:
            await self.line.ask(kind, **more)
        except Refused as refused:
            return refused.rule
        return ""


Story = Callable[[Service, Clock], Awaitable[None]]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks after itself every few hundredths of a second."""
    monkeypatch.setattr(service_module, "_TICK_S", 0.03)


@pytest.fixture
def forgotten() -> list[bool]:
    """How often the workbooks were erased."""
    return []


@pytest.fixture
def tell(tmp_path: Path, forgotten: list[bool]) -> Callable[[Story], None]:
    """Runs a story with a service that has begun."""

    async def forget() -> None:
        forgotten.append(True)

    def run(story: Story) -> None:
        async def main() -> None:
            clock = Clock()
            service = Service(
                EXERCISES,
                tmp_path / "room.json",
                lambda path, text: (path.write_text(text), None)[1],
                around=lambda: {"people": 7},
                forget=forget,
                clock=clock,
            )
            await service.begin()
            try:
                await story(service, clock)
            finally:
                await service.end()
                await asyncio.sleep(0)
                for task in asyncio.all_tasks() - {asyncio.current_task()}:
                    task.cancel()

        asyncio.run(main())

    return run


def test_a_person_is_told_nothing_of_others(tell: Callable[[Story], None]) -> None:
    """A phone learns which exercise is open, and neither totals, nor the wall, nor the code."""

    async def story(service: Service, clock: Clock) -> None:
        host, people = Told(service, service.admit(HOST)), []
        await host.until(lambda state: "code" in state)
        await host.line.ask("open", exercise=EXERCISE)
        for number in range(6):
            people.append(Told(service, service.admit(f"p{number}")))
            await people[-1].until(lambda state: state["exercise"] == EXERCISE)
            await people[-1].line.ask("picks", picks={PREPARED: ["4"]})
        await people[0].line.ask("wall", text="Hello, all")
        clock.now += SETTLED_S
        seen = await host.until(lambda state: bool(state["totals"]))
        assert {"people": 5, "counts": {"1": 0, "2": 0, "3": 0, "4": 5, "5": 0}} == seen["totals"][PREPARED]
        assert ["Hello, all"] == [one["text"] for one in seen["wall"]]
        assert "p0" not in json.dumps(host.states)
        for person in people:
            assert {"type", "exercise", "phase", "ends_at"} == set().union(*person.states)

    tell(story)


def test_a_phone_cannot_lead(tell: Callable[[Story], None]) -> None:
    """What the host may say is refused to everybody else, and a host's page answers nothing itself."""

    async def story(service: Service, _clock: Clock) -> None:
        person, host = Told(service, service.admit("p")), Told(service, service.admit(HOST))
        await person.until(bool)
        await host.until(bool)
        for kind in ("open", "take-down", "close", "forget", "state", ""):
            assert "group-not-said" == await person.refused(kind, exercise=EXERCISE, mark="x")
        assert "group-not-said" == await host.refused("picks", picks={})
        assert "group-no-exercise" == await host.refused("open", exercise="no/pause")
        assert "group-no-answer" == await person.refused("picks", picks={"no/feeling": ["9"]})

    tell(story)


def test_without_the_secret_nobody_is_heard(tell: Callable[[Story], None]) -> None:
    """A wrong secret, nonsense, and a line that is far too long are hung up on; the room goes on."""

    async def story(service: Service, _clock: Clock) -> None:
        host, port = service.address.split(":")
        for said in (
            b'{"key": "guess"}\n',
            b"[]\n",
            b"\xff\n",
            b"5\n",
            b"x" * 200_000 + b"\n",
            b'{"key": null}\n',
        ):
            reader, writer = await asyncio.open_connection(host, int(port))
            writer.write(said)
            try:
                answer = await asyncio.wait_for(reader.read(), 10)
            except ConnectionResetError:
                answer = b""
            writer.close()
            assert b"" == answer
        person = Told(service, service.admit("p"))
        await person.until(bool)

    tell(story)


def test_it_forgets(tell: Callable[[Story], None], tmp_path: Path, forgotten: list[bool]) -> None:
    """At the end the workbooks are erased, old secrets open nothing, and the file holds nobody's mark or word."""

    async def story(service: Service, clock: Clock) -> None:
        host, person = Told(service, service.admit(HOST)), Told(service, service.admit("person-1"))
        first = await host.until(lambda state: "code" in state)
        await host.line.ask("open", exercise=EXERCISE)
        await person.until(lambda state: bool(state["exercise"]))
        await person.line.ask("picks", picks={PREPARED: ["4"]})
        await person.line.ask("wall", text="My words")
        kept = (tmp_path / "room.json").read_text()
        assert "person-1" in kept
        assert "My words" in kept
        await host.line.ask("forget")
        second = await host.until(lambda state: state["code"] != first["code"])
        assert ([], {}, "") == (second["wall"], second["totals"], second["exercise"])
        kept = (tmp_path / "room.json").read_text()
        assert "person-1" not in kept
        assert "My words" not in kept
        assert [True] == forgotten
        await host.line.ask("close")
        clock.now += 3600
        await host.until(lambda state: state["code"] != second["code"])
        assert [True, True] == forgotten

    tell(story)


def test_a_restart_keeps_the_room(tell: Callable[[Story], None]) -> None:
    """Code, exercise and wall are there again when the server is."""
    codes: list[str] = []

    async def before(service: Service, _clock: Clock) -> None:
        host, person = Told(service, service.admit(HOST)), Told(service, service.admit("p"))
        codes.append((await host.until(lambda state: "code" in state))["code"])
        await host.line.ask("open", exercise=EXERCISE)
        await person.until(bool)
        await person.line.ask("wall", text="Still here")

    async def after(service: Service, _clock: Clock) -> None:
        host = Told(service, service.admit(HOST))
        state = await host.until(lambda state: "code" in state)
        assert (codes[0], EXERCISE) == (state["code"], state["exercise"])
        assert ["Still here"] == [one["text"] for one in state["wall"]]

    tell(before)
    tell(after)


def test_a_room_of_three_days_ago_does_not_come_back(
    tell: Callable[[Story], None], tmp_path: Path, forgotten: list[bool], quick: None
) -> None:
    """Its code opens nothing, its wall is gone, and the workbooks with it; while somebody is there it stays."""
    kept = Room(EXERCISES, Clock())
    kept.say("p1", "Here.")
    said = kept.as_json()
    (tmp_path / "room.json").write_text(json.dumps(said | {"used_at": said["used_at"] - 3 * LASTS_S}))

    async def story(service: Service, clock: Clock) -> None:
        assert [True] == forgotten
        assert kept.code != service.room.code
        assert {} == service.room.wall
        code, person = service.room.code, Told(service, service.admit("p"))
        await person.until(bool)
        for _ in range(3):
            clock.now += LASTS_S / 2
            await asyncio.sleep(0.2)
        assert code == service.room.code
        assert [True] == forgotten

    tell(story)


def test_a_group_that_cannot_be_forgotten_is_tried_on(
    tell: Callable[[Story], None], forgotten: list[bool], quick: None, logged_errors: Any
) -> None:
    """What goes wrong twice is told once, and the room is forgotten all the same."""

    async def story(service: Service, clock: Clock) -> None:
        whole, failed = service._forget, []

        async def forget() -> None:
            if len(failed) < 2:
                failed.append(True)
                raise OSError(5, "Input/output error")
            await whole()

        service._forget = forget
        clock.now += LASTS_S
        while not forgotten:
            await asyncio.sleep(0.05)
        assert 2 == len(failed)

    tell(story)
    assert 1 == len(logged_errors)
    logged_errors.clear()
