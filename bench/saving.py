"""How long from the last key to durable: `python bench/saving.py [REPLIES]`.

Prints, for replies of a page's usual size, how long the kernel takes from a message's arrival to its acknowledgement,
which is sent only once the reply is on disk (target: 95 of 100 within 100 ms). The page waits 700 ms after the last
key, so last key to acknowledgement is that plus this plus the way there and back (target: 2.1 s).
"""

from __future__ import annotations

import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rebound_widgets.app.app import App
from rebound_widgets.workbook import Workbook

TARGET_MS = 100.0
IDLE_MS = 700.0


async def replies(app: App, interview: str, count: int) -> list[float]:
    """Milliseconds from each message's arrival to its acknowledgement, on the open page of a debrief."""
    page = app.shell._on_go("debrief", f"{interview}/recall")
    app.shell.pages = {"debrief": page}
    (asking,) = [one for one in page.children if type(one).__name__ == "Exercise"]
    told: list[dict[str, Any]] = []
    asking.send = lambda content, buffers=None: told.append(content)
    chance, text, revision, times = random.Random(7), "", 0, []  # noqa: S311 - invented words
    for seq in range(count):
        text = (text + " " + "".join(chance.choices("abcdefgh", k=12)))[-4000:].strip()
        content = {
            "type": "reply",
            "seq": seq,
            "page": "bench",
            "record_id": interview,
            "question": "debrief/recall",
            "item": None,
            "value": text,
            "base_revision": revision,
        }
        began = time.perf_counter()
        asking._handle_custom_msg(content, [])
        kept = [one for one in told if one["type"] == "kept" and one["seq"] == seq]
        times.append((time.perf_counter() - began) * 1000)
        assert len(kept) == 1, told[-1]
        revision = kept[0]["revision"]
        told.clear()
        await asyncio.sleep(0)  # what the kernel does between two messages: the page is drawn anew
    return times


def main(arguments: list[str]) -> None:
    count = int(arguments[0]) if arguments else 500
    with tempfile.TemporaryDirectory() as home:
        workbook = Workbook.open(Path(home))
        interview = workbook.add_interview(workbook.add_application({"company": "Acme"}).record_id).record_id
        times = asyncio.run(replies(App(workbook), interview, count))
        workbook.close()
    centiles = statistics.quantiles(times, n=100)
    fast, slow = centiles[49], centiles[94]
    print(
        f"{count} replies: median {fast:.1f} ms, 95 of 100 within {slow:.1f} ms, longest {max(times):.1f} ms"
    )
    print(
        f"target {TARGET_MS:.0f} ms; from the last key, idle time included: {IDLE_MS + slow:.0f} ms and the way"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
