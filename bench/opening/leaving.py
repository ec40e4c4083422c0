"""Many visits one after the other by HTTP, each left as a page is left: what the server has at the end of them."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from opening import processes, sites

VISITS = 200
LOOKED_AT = (20, 100, VISITS)
"""After so many visits the server is looked at, once everybody's kernel had its time to go."""
GONE_S = 15
MINUTE_S = 62
"""And once the server has had its minute: it looks after its memory once in each."""
_KERNEL = re.compile(rb'"kernelId": ?"([0-9a-f-]{36})"')
Ask = Callable[..., tuple[bytes, str]]
Look = tuple[float, float, float]
"""MB of the server itself, MB with all it started, and how many kernels there are."""


def visits(count: int = VISITS) -> list[tuple[str, str]]:
    """The rows of the table, for one person's server and for a site's."""
    rows = []
    for name, start, visit in (
        ("rebound app", sites.workbook_ours, _by_one_person),
        ("rebound serve", _site, _by_somebody_new),
    ):
        with sites.empty_folder() as home, start(home) as site:
            found = list(_looked_at(site, visit, count))
        at = ", ".join(str(number) for number in LOOKED_AT if number <= count)
        for place, what in enumerate(("MB of the server itself", "MB with all it started", "kernels")):
            shown = ", ".join(f"{look[place]:.0f}" for look in found)
            rows.append((f"{name}, after {at} visits: {what}", shown))
    return rows


def _looked_at(site: sites.Site, visit: Callable[[sites.Site], None], count: int) -> Iterator[Look]:
    for number in range(1, count + 1):
        visit(site)
        if number in LOOKED_AT:
            until = time.monotonic() + GONE_S
            while processes.kernels(site.pid) and time.monotonic() < until:
                time.sleep(0.5)
            time.sleep(MINUTE_S)
            own, kernels = processes.memory_mb(site.pid, "Pss"), processes.kernels(site.pid)
            yield own, processes.tree_mb(site.pid), float(len(kernels))


def _asking(site: sites.Site) -> Ask:
    def ask(method: str, path: str, **headers: str) -> tuple[bytes, str]:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=sites.PATIENCE_S)
        connection.request(method, path, headers={"Origin": site.url.rstrip("/"), **headers})
        answer = connection.getresponse()
        body, cookie = answer.read(), answer.getheader("Set-Cookie", "").partition(";")[0]
        connection.close()
        return body, cookie

    return ask


def _opened_and_left(ask: Ask, cookie: str) -> None:
    body, _ = ask("GET", "/", Cookie=cookie)
    found = _KERNEL.search(body)
    assert found, body[-300:]
    assert b"vnd.jupyter.widget-view" in body
    ask("POST", f"/goodbye/{found[1].decode()}", Cookie=cookie)


def _by_one_person(site: sites.Site) -> None:
    _opened_and_left(_asking(site), site.headers["Cookie"])


def _by_somebody_new(site: sites.Site) -> None:
    ask = _asking(site)
    _, cookie = ask("POST", "/begin")
    _opened_and_left(ask, cookie)


@contextmanager
def _site(home: Path) -> Iterator[sites.Site]:
    """``rebound serve``, with room for everybody."""
    port = sites.free_port()
    options = ["serve", "--folder", str(home / "site"), "--port", str(port), "--visitors", "300"]
    with sites.running([sites.OURS, "-m", "rebound_widgets.cli", *options], home, port) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(sites.WARM_S)
        yield sites.Site("rebound serve", process.pid, port)
