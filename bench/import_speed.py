"""How long a log takes from file to frames, and how hostile files end: `python bench/import_speed.py [ROWS]`.

Prints seconds of wall clock and of processor, the longest time another thread had to wait, and peak memory,
each case in a process of its own. Everything in the logs is invented; the seed is fixed.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from rebound_widgets.charts.road import road_items
from rebound_widgets.domain.refused import Refused
from rebound_widgets.history.history import History
from rebound_widgets.history.importing import plan_import, propose, read_table
from rebound_widgets.insight import open_loops, weeks
from rebound_widgets.store import Store

HEADERS = ("Status", "Company", "Role", "Location", "Source", "Application", "Phone call", "1st interview",
           "Final answer", "Notes")  # fmt: skip
TODAY = dt.date(2025, 7, 1)


def rows(count: int) -> Iterator[tuple[str, ...]]:
    chance = random.Random(7)  # noqa: S311 - invented rows, the same every time
    for number in range(count):
        sent = dt.date(2023, 1, 1) + dt.timedelta(days=number % 900)

        def later(days: int, sent: dt.date = sent) -> str:
            return (sent + dt.timedelta(days=days)).strftime("%d/%m/%Y")

        met, answered = chance.random() < 0.1, chance.random() < 0.5
        yield (
            chance.choice(("Applied", "Rejected", "Interview", "Ghosted")),
            f"Firm {chance.randrange(60_000)}",
            chance.choice(("Data analyst", "Engineer", "Planner")),
            chance.choice(("Paris", "Lyon")),
            "LinkedIn",
            later(0),
            later(3) if met else "",
            f"{later(9)} 14:30" if met else "",
            later(20) if answered else "",
            f"note {number}",
        )


def csv_log(count: int) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    writer.writerows(rows(count))
    return out.getvalue().encode()


def xlsx_log(count: int) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADERS)
    for number, row in enumerate(rows(count), start=1):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


class Waits:
    """The longest time a second thread was kept from running."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def _beat(self) -> None:
        last = time.perf_counter()
        while not self._stop.wait(0.005):
            now = time.perf_counter()
            self.longest = max(self.longest, now - last)
            last = now

    def __enter__(self) -> Waits:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


@contextmanager
def timed(name: str) -> Iterator[None]:
    with Waits() as waits:
        wall, used = time.perf_counter(), time.process_time()
        yield
        wall, used = time.perf_counter() - wall, time.process_time() - used
    print(f"  {name:34}{wall:8.2f} s  {used:8.2f} s processor  longest wait {waits.longest * 1000:5.0f} ms")


def peak_mb() -> float:
    status = Path("/proc/self/status")
    if not status.exists():  # only Linux says so of one program alone
        return float("nan")
    (peak,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def whole_import(make: Callable[[int], bytes], count: int) -> None:
    """A log of ``count`` rows through every step, into a real store and out as frames."""
    data = make(count)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "w.rebound") as store:
        calls: list[int] = []
        with timed("read_table"):
            table = read_table(data, "log")
        with timed("propose"):
            mapping = propose(table)
        with timed("plan_import"):
            plan = plan_import(table, mapping, [], progress=lambda done, _: calls.append(done))
        with timed("plan.writes"):
            writes = plan.writes(progress=lambda done, _: calls.append(done))
        with timed("store.write"):
            store.write(writes, origin="import", give_back=False)
        with timed("store.current"):
            revisions = store.current()
        with timed("History, four frames"):
            history = History(revisions)
            frames = history.frames()
        with timed("open loops, weeks, road"):
            open_loops(history, TODAY)
            weeks(history, TODAY)
            road_items(history)
        with timed("plan_import again (all duplicates)"):
            again = plan_import(table, mapping, revisions)
    print(
        f"  {plan.new} new, {plan.interviews} interviews, {again.duplicates} recognised again, "
        f"{len(frames['events'])} events, {len(calls)} times progress, peak {peak_mb():.0f} MB"
    )


def hostile() -> dict[str, bytes]:
    """Files made to take a machine down, by name."""
    small = xlsx_log(3)
    sheet = "xl/worksheets/sheet1.xml"

    def repacked(change: Callable[[bytes], bytes], name: str = sheet) -> bytes:
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(small)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for member in old.infolist():
                part = old.read(member)
                new.writestr(member.filename, change(part) if member.filename == name else part)
        return out.getvalue()

    words = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    ten_million = b"\n".join([b"," * 99] * 100_000)
    many_different = b"Company," + b",".join(b"c%d" % n for n in range(99)) + b"\n"
    many_different += b"\n".join(
        b",".join(b"%d" % (row * 100 + column) for column in range(100)) for row in range(19_000)
    )
    return {
        "10 million cells, CSV": ten_million,
        "1.9 million different cells, CSV": many_different,
        "one cell at the far end, XLSX": repacked(lambda p: p.replace(b'r="A2"', b'r="XFD1048576"')),
        "200 MB of blanks in 0.2 MB, XLSX": repacked(lambda p: p + b" " * 210_000_000, "xl/styles.xml"),
        "entities, XLSX": repacked(lambda p: p.replace(b"<worksheet", words, 1)),
        "torn, XLSX": small[: len(small) // 2],
        "a quote never closed, CSV": b'Company,Role\n"' + b"A,b\n" * 1_000_000,
        "random bytes": random.Random(7).randbytes(5_000_000),  # noqa: S311
        "49 MB of one line": b"Company," + b"x" * 49_000_000,
    }


def one_hostile(path: Path) -> None:
    before, wall, used = peak_mb(), time.perf_counter(), time.process_time()
    try:
        table = read_table(path)
        ended = repr(plan_import(table, propose(table), []))
    except Refused as refused:
        ended = refused.rule
    wall, used = time.perf_counter() - wall, time.process_time() - used
    print(f"  {path.stem:34}{wall:6.2f} s {used:6.2f} s processor  {peak_mb() - before:4.0f} MB  {ended}")


def alone(*arguments: str) -> None:
    """Run one case in a process of its own, so that peaks of memory do not mix."""
    subprocess.run([sys.executable, __file__, *arguments], check=True)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--csv"]:
        whole_import(csv_log, int(arguments[1]))
    elif arguments[:1] == ["--xlsx"]:
        whole_import(xlsx_log, int(arguments[1]))
    elif arguments[:1] == ["--hostile"]:
        one_hostile(Path(arguments[1]))
    else:
        count = arguments[0] if arguments else "100000"
        for form in ("csv", "xlsx"):
            print(f"{count} rows, {form.upper()}", flush=True)
            alone(f"--{form}", count)
        print("hostile files", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for name, data in hostile().items():
                path = Path(folder) / f"{name}.log"
                path.write_bytes(data)
                alone("--hostile", str(path))


if __name__ == "__main__":
    main(sys.argv[1:])
