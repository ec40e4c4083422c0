"""200 shares and readings a second at the desk service: a real hub, PostgreSQL, and locust, all on this machine.

Run as root by ``make bench-hub``. 200 students share every other second with ten counsellors, who read ten shares a
second each. Everything shares the processors: hub, service, database and locust itself.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.hub.campus import ROOT, Campus

STUDENTS, COUNSELLORS = 200, 10
P95_MS = 200.0
WARM_S = 10
"""Seconds in which everybody arrives; they are not counted."""


def somebody(campus: Campus, name: str, *groups: str) -> dict[str, Any]:
    """An account that the hub knows, without one on the machine; their name, token and id at the centre."""
    campus.api(f"users/{name}", "POST")
    for group in groups:
        campus.api(f"groups/{group}/users", "POST", {"users": [name]})
    token = campus.token(name)
    return {"name": name, "token": token, "id": campus.centre("/v1/me", token).json["id"]}


def cast_of(campus: Campus) -> dict[str, list[dict[str, Any]]]:
    """Everybody who takes part; the students have agreed."""
    counsellors = [somebody(campus, f"reader{number}", "counsellors") for number in range(COUNSELLORS)]
    students = [somebody(campus, f"student{number}") for number in range(STUDENTS)]
    for one in students:
        campus.centre("/v1/me/consent", one["token"], "PUT", {"words": "centre-1"})
    return {"students": students, "counsellors": counsellors}


def run(campus: Campus, locust: Path, seconds: int) -> list[dict[str, str]]:
    """What locust counted, a row for each kind of call and one for all."""
    cast, out = campus.folder / "cast.json", campus.folder / "locust"
    cast.write_text(json.dumps(cast_of(campus)), encoding="utf-8")
    command = [
        *(str(locust), "--headless", "--locustfile", str(Path(__file__).with_name("crowd.py"))),
        *("--users", str(STUDENTS + COUNSELLORS), "--spawn-rate", "40", "--run-time", f"{WARM_S + seconds}s"),
        *("--host", campus.choices.centre_url, "--csv", str(out), "--only-summary", "--reset-stats"),
    ]
    ran = subprocess.run(
        command, env={**os.environ, "REBOUND_CAST": str(cast)}, capture_output=True, text=True, check=False
    )
    with Path(f"{out}_stats.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        raise RuntimeError(ran.stderr[-2000:])
    return rows


def main() -> int:
    """Measure, print, and say whether it was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--locust", type=Path, required=True)
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    proxy = subprocess.run([ROOT / ".ci" / "hub"], capture_output=True, text=True, check=True).stdout.strip()
    # Nobody signs on here: what matters is what the hub says of two hundred tokens.
    campus = Campus(proxy, ['c.JupyterHub.authenticator_class = "dummy"'])
    try:
        before = os.getloadavg()[0]
        rows = run(campus, given.locust, given.seconds)
    finally:
        campus.stop()
    print(f"{os.cpu_count()} processors, load average before {before:.1f}, {given.seconds} s")
    print(f"{'':10} {'calls':>7} {'failed':>7} {'a second':>9} {'p50 ms':>7} {'p95 ms':>7} {'p99 ms':>7}")
    for row in rows:
        values = (row["Request Count"], row["Failure Count"], f"{float(row['Requests/s']):.0f}")
        times = (row["50%"], row["95%"], row["99%"])
        print(
            f"{row['Name']:10} {values[0]:>7} {values[1]:>7} {values[2]:>9} "
            + " ".join(f"{t:>7}" for t in times)
        )
    whole = next(row for row in rows if row["Name"] == "Aggregated")
    kept = float(whole["95%"]) < P95_MS and whole["Failure Count"] == "0"
    print(f"95 of 100 within {P95_MS:.0f} ms and none failed: {'yes' if kept else 'no'}")
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
