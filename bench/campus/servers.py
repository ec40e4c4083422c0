"""Fifty real single-user servers under one hub: how long they take to start, and memory for each student.

Run as root by ``make bench-servers``. For each of fifty system users the hub starts ``rebound hosted``; then each of
them signs in and opens the workbook, so that a page's kernel runs. Memory is read from ``smaps_rollup``: PSS counts a
page that several processes share by its share, USS only what is a process's own.
"""

from __future__ import annotations

import argparse
import contextlib
import http.cookiejar
import os
import pwd
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests.hub.campus import ROOT, Campus, processes_of, wait_for

AT_ONCE = 4
"""Servers that start at the same time; a class does not come in one second."""
KERNEL = re.compile(r'"kernelId": ?"([0-9a-f-]{36})"')


def memory_mb(pid: int) -> tuple[float, float]:
    """PSS and USS of a process."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = {name: int(size) / 1024 for name, size in re.findall(r"^(\w+): +(\d+) kB", text, re.MULTILINE)}
    return found["Pss"], found["Private_Clean"] + found["Private_Dirty"]


def of_student(name: str) -> tuple[float, float]:
    """PSS and USS of everything that runs under an account."""
    whole = [0.0, 0.0]
    for pid in processes_of(pwd.getpwnam(name).pw_uid):
        with contextlib.suppress(OSError, KeyError):
            pss, uss = memory_mb(pid)
            whole = [whole[0] + pss, whole[1] + uss]
    return whole[0], whole[1]


def available_mb() -> float:
    """What the machine could still give, as Linux reckons."""
    found = re.search(r"MemAvailable: +(\d+)", Path("/proc/meminfo").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024


def processor_s(names: Sequence[str]) -> float:
    """Seconds of processor that everything under these accounts has used."""
    ticks = 0
    for name in names:
        for pid in processes_of(pwd.getpwnam(name).pw_uid):
            with contextlib.suppress(OSError):
                times = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
                ticks += sum(int(times[place]) for place in range(11, 15))
    return ticks / os.sysconf("SC_CLK_TCK")


def start_all(campus: Campus, names: Sequence[str]) -> list[float]:
    """Start everybody's server, a few at a time; seconds that each took."""
    took: list[float] = []
    for first in range(0, len(names), AT_ONCE):
        some = names[first : first + AT_ONCE]
        began = time.monotonic()
        for name in some:
            campus.api(f"users/{name}/server", "POST")
        for name in some:
            wait_for(
                "a server",
                lambda name=name: campus.api(f"users/{name}")["servers"].get("", {}).get("ready"),
                180,
            )
            took.append(time.monotonic() - began)
    return took


def open_page(campus: Campus, name: str) -> float:
    """Sign in and open the workbook, as a browser does; seconds that the page took."""
    cookies = http.cookiejar.CookieJar()
    browser = build_opener(HTTPCookieProcessor(cookies))
    browser.open(f"{campus.url}/hub/login").read()
    mark = next(one.value for one in cookies if one.name == "_xsrf")
    form = {"username": name, "password": campus.accounts.passwords[name], "_xsrf": mark}
    browser.open(f"{campus.url}/hub/login?next=/hub/home", urlencode(form).encode()).read()
    began = time.monotonic()
    page = browser.open(f"{campus.url}/user/{name}/").read().decode()
    if KERNEL.search(page) is None:
        raise RuntimeError(f"no page came: {page[:300]}")
    return time.monotonic() - began


def say(title: str, names: Sequence[str], free_before: float) -> None:
    """Print what a student's part of memory is now."""
    time.sleep(10)
    found = [of_student(name) for name in names]
    pss, uss = ([one[place] for one in found] for place in (0, 1))
    given = (free_before - available_mb()) / len(names)
    print(
        f"{title}: PSS {statistics.mean(pss):.0f} MB a student (most {max(pss):.0f}), "
        f"USS {statistics.mean(uss):.0f} (most {max(uss):.0f}); the machine has {given:.0f} MB less for each",
        flush=True,
    )


def quantiles(times: Sequence[float]) -> str:
    """The middle and the longest."""
    return f"half within {statistics.median(times):.1f} s, all within {max(times):.1f} s"


def main() -> int:
    """Start them, open a page on each, and print what they use."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", type=int, default=50)
    given = parser.parse_args()
    proxy = subprocess.run([ROOT / ".ci" / "hub"], capture_output=True, text=True, check=True).stdout.strip()
    campus = Campus(proxy)
    try:
        names = [campus.person(f"m{number}") for number in range(given.servers)]
        measure(campus, names, lambda: print(f"load average {os.getloadavg()[0]:.1f}", flush=True))
    finally:
        campus.stop()
    return 0


def measure(campus: Campus, names: Sequence[str], busy: Callable[[], None]) -> None:
    """All of it."""
    busy()
    free = available_mb()
    print(f"{len(names)} servers started, {AT_ONCE} at a time: {quantiles(start_all(campus, names))}")
    say("no page open", names, free)
    print(f"no page open: {resting(names):.2f}% of a processor for each", flush=True)
    before = processor_s(names)
    print(f"a page opened, one after the other: {quantiles([open_page(campus, name) for name in names])}")
    say("a page open", names, free)
    print(f"opening it took {(processor_s(names) - before) / len(names):.2f} s of a processor")
    print(f"a page open: {resting(names):.2f}% of a processor for each")
    busy()


def resting(names: Sequence[str], seconds: float = 20) -> float:
    """Of one processor, what everybody's processes use while nobody does anything, in percent for each."""
    before, began = processor_s(names), time.monotonic()
    time.sleep(seconds)
    return 100 * (processor_s(names) - before) / (time.monotonic() - began) / len(names)


if __name__ == "__main__":
    sys.exit(main())
