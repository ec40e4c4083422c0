"""How long a desk with 300 students and 30,000 records of theirs takes to open: `python bench/caseload.py`.

Each student shared a hundred records: 40 applications and 20 interviews of a search in numbers, and 40 things they
wrote or chose to show, of some 900 characters each. Every run is a process of its own, as a kernel is: the import of
the desk's pages, then opening the workbook and drawing the list (target: 2 s together with the import), one person's
page, the figures. The middle of five runs is printed, by the clock and in processor time, which other work on the
machine does not lengthen.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rebound_widgets.domain.record import Write

STUDENTS, RECORDS, RUNS, TARGET_S = 300, 30_000, 5, 2.0
TODAY = dt.date(2026, 11, 5)
PHASES = ("import", "open", "list", "person", "figures")
FIRSTS = ("Aisha", "Bo", "Carla", "Deniz", "Eva", "Farid", "Grace", "Hana", "Inés", "Jun", "Kofi", "Lena")
STEPS = """
import datetime as dt, sys, time
times = [(time.perf_counter(), time.process_time())]
def step(): times.append((time.perf_counter(), time.process_time()))
from rebound_widgets.desk.app import DeskApp
from rebound_widgets.desk.book import Desk
step()
desk = Desk.open(sys.argv[1], clock=lambda: dt.datetime(2026, 11, 5, 12, tzinfo=dt.UTC))
step()
app = DeskApp(desk)
def go(where): app.shell._receive(None, {"type": "go", "address": where}, [])
go("desk")
step()
go(f"session/{desk.people()[150].id}")
step()
go("cohort")
step()
print(len(desk.people()))
for clock in range(2): print(*(after[clock] - before[clock] for before, after in zip(times, times[1:])))
"""


def shared(students: int = STUDENTS, records: int = RECORDS, seed: int = 7) -> Iterator[Write]:
    """What so many invented students shared, as the desk keeps it, so many records of theirs in all."""
    chance, each = random.Random(seed), records // students  # noqa: S311 - invented people
    for number in range(students):
        yield Write(
            record_id=f"share-{number}", kind="received", body=_share(chance, number, each), based_on=0
        )


def _share(chance: random.Random, number: int, records: int) -> dict[str, Any]:
    given = TODAY - dt.timedelta(days=chance.randrange(30))
    rows = [_application(chance, f"key-{number}-{one}", held=one % 2) for one in range(records * 4 // 10)]
    common = {"kind": "numbers", "title": "My search in numbers", "last_on": given.isoformat()}
    items = [{"id": "numbers", **common, "applications": rows}]
    items += [_answers(chance, one) for one in range(records * 4 // 10)]
    return {
        "share": f"share-{number}",
        "sender": f"sender-{number}",
        "from": f"{FIRSTS[number % len(FIRSTS)]} {number:03}",
        "for": "Ana Reyes",
        "why": "Our next talk",
        "given_on": given.isoformat(),
        "until": (TODAY + dt.timedelta(days=1 + chance.randrange(60))).isoformat(),
        "counted": True,
        "programme": f"Programme {number % 7}",
        "term": "2026/27",
        "locale": "en",
        "seal": f"{number:064}",
        "items": items,
        "received_on": given.isoformat(),
        "opened_on": None,
    }


def _application(chance: random.Random, key: str, held: int) -> dict[str, Any]:
    sent = TODAY - dt.timedelta(days=30 + chance.randrange(150))
    outcome = chance.choice(("no", "no", "open", "open", "withdrawn"))
    talked = (sent + dt.timedelta(days=14)).isoformat()
    return {
        "key": key,
        "applied_on": sent.isoformat(),
        "stage": "interview" if held else "applied",
        "outcome": outcome,
        "outcome_on": (sent + dt.timedelta(days=25)).isoformat() if outcome == "no" else None,
        "reached": {"interview": talked} if held else {},
        "interviews": [{"held_on": talked, "stage": "interview", "looked_back": bool(chance.randrange(2))}]
        * held,
    }


def _answers(chance: random.Random, place: int) -> dict[str, Any]:
    words = " ".join("".join(chance.choices("abcdefghilmnoprstu", k=6)) for _ in range(60))
    pairs = [["What happened?", words], ["What did you learn?", words]]
    title = f"Harbour Analytics, analyst, round {place}: What happened"
    told = {"chapter": "debrief", "exercise": "recall", "parts": [{"title": "", "pairs": pairs}]}
    return {"id": f"answers:debrief/recall@{place}", "kind": "answers", "title": title, **told}


def fill(home: Path, students: int = STUDENTS, records: int = RECORDS) -> None:
    """Write such a desk into ``home``."""
    from rebound_widgets.desk.book import Desk

    noon = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
    desk = Desk.open(home, clock=lambda: noon)
    desk.workbook.record("desk/name", "Ana Reyes")
    desk.workbook.take_in(list(shared(students, records)))
    desk.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        size = sum(path.stat().st_size for path in Path(folder).glob("*.rebound")) / 1e6
        runs = []
        for _ in range(RUNS):
            command = [sys.executable, "-c", STEPS, folder]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            people, *clocks = done.stdout.splitlines()
            assert int(people) == STUDENTS
            runs.append([[float(one) for one in clock.split()] for clock in clocks])
    print(f"a desk of {STUDENTS} students and {RECORDS:,} records ({size:.0f} MB), middle of {RUNS} runs")
    for place, name in enumerate(PHASES):
        by_clock, processor = (statistics.median(run[clock][place] for run in runs) for clock in range(2))
        print(f"  {name:8} {by_clock:6.2f} s by the clock {processor:6.2f} s of processor")
    by_clock, processor = (statistics.median(sum(run[clock][:3]) for run in runs) for clock in range(2))
    met = "met" if by_clock < TARGET_S else "MISSED"
    print(
        f"opened and listed after {by_clock:.2f} s ({processor:.2f} s of processor): target {TARGET_S} s {met}"
    )


if __name__ == "__main__":
    main()
