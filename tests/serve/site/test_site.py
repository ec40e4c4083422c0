"""``rebound serve`` as visitors meet it, by HTTP: each has a workbook, and nobody reaches another's."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import signal
from pathlib import Path

import pytest

from rebound_widgets.serve.site.taking_home import FILE_NAME
from rebound_widgets.workbook import Workbook

from .conftest import Serve, Served, Visitor, until, websocket


@pytest.fixture(scope="module")
def site(serve: Serve) -> Served:
    return serve(args=["--prefix", "/workbook"], prefix="/workbook/")


@pytest.fixture(scope="module")
def ana(site: Served) -> tuple[Visitor, str]:
    """A visitor with her workbook open, and the id of her kernel."""
    visitor = site.visitor()
    visitor.begin()
    return visitor, visitor.open()


def home_of(site: Served, visitor: Visitor) -> Path:
    """The folder of a visitor's workbook, which only whoever has the key can name."""
    (key,) = visitor.cookies.values()
    return site.folder / "visits" / hashlib.sha256(key.encode()).hexdigest() / "home"


def test_looking_makes_nothing(site: Served) -> None:
    """A link that is looked at, by a person or a machine, makes no workbook and sets no cookie."""
    before = site.homes()
    page = site.visitor().ask("")
    assert (200, None) == (page.status, page.headers["Set-Cookie"])
    assert "Begin" in page.body
    assert before == site.homes()


def test_the_key_is_kept_from_scripts_and_other_sites(site: Served) -> None:
    """The cookie is HttpOnly, SameSite and for this path; behind TLS it is Secure too."""
    for proto in ("http", "https"):
        cookie = site.visitor().ask("begin", "POST", X_Forwarded_Proto=proto).headers["Set-Cookie"]
        kept = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/workbook/"} <= kept
        assert ("secure" in kept) == (proto == "https")


def test_a_workbook_opens_and_says_until_when(site: Served, ana: tuple[Visitor, str]) -> None:
    """The page has the visitor's widgets, and a line with the moment it ends; the page about it says so too."""
    visitor, _ = ana
    page = visitor.ask("")
    assert "widget-view" in page.body
    assert "Your workbook stays here until " in page.body
    assert "Everything stays on this computer" not in page.body
    assert "It stays here until " in visitor.ask("visit").body
    assert "/workbook/files/" in page.body


def test_nobody_reaches_anothers_kernel(site: Served, ana: tuple[Visitor, str]) -> None:
    """With no key, a made-up key or another's key, a kernel is neither seen, nor spoken to, nor ended."""
    owner, kernel = ana
    other = site.visitor()
    other.begin()
    other.open()
    made_up = Visitor(site.port, site.prefix, {next(iter(owner.cookies)): "x" * 43})
    named = Visitor(site.port, site.prefix, {next(iter(owner.cookies)): home_of(site, owner).parent.name})
    for stranger in (site.visitor(), made_up, named, other):
        assert 404 == stranger.ask(f"api/kernels/{kernel}").status
        assert 404 == websocket(stranger, kernel)
        assert 404 == stranger.ask(f"goodbye/{kernel}", "POST").status
    assert 200 == owner.ask(f"api/kernels/{kernel}").status


def test_another_sites_page_cannot_act_for_a_visitor(site: Served, ana: tuple[Visitor, str]) -> None:
    """Forms, lines and fetches from elsewhere are refused, even with the visitor's own key."""
    owner, kernel = ana
    assert 403 == websocket(owner, kernel, origin="http://evil.example")
    for origin in ("http://evil.example", "null", f"http://127.0.0.1:{site.port + 1}"):
        assert 403 == owner.ask("visit/end", "POST", "sure=yes", Origin=origin).status
    assert 403 == owner.ask("visit/take-home", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").status
    followed = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}
    assert 200 == owner.ask("visit", **followed).status
    assert 200 == owner.ask(f"api/kernels/{kernel}").status


@pytest.mark.parametrize(
    "path",
    [
        "voila/files/visits",
        "voila/render/workbook.ipynb",
        "api/contents",
        "api/contents/visits",
        "api/kernels",
        "api/sessions",
        "api/terminals",
        "api/status",
        "files/visits",
        "files/0123456789abcdef/../../visits",
        "visits/",
        "tree",
        "lab",
        "login",
        "app/keys.json",
        "%2e%2e/app/keys.json",
    ],
)
def test_there_is_nothing_else(site: Served, ana: tuple[Visitor, str], path: str) -> None:
    """No file, folder, list of kernels or log-in is there, for nobody and for a visitor."""
    for visitor in (site.visitor(), ana[0]):
        answer = visitor.ask(path)
        assert answer.status in {403, 404}
        assert "keys" not in answer.body


def test_the_workbook_is_taken_home_by_its_writer_alone(site: Served, ana: tuple[Visitor, str]) -> None:
    """The file holds the visitor's words; whoever has no key is shown a page without any."""
    visitor, _ = ana
    workbook = Workbook.open(home_of(site, visitor))
    workbook.record("ready/letter", "Only mine.")
    workbook.close()
    taken = visitor.ask("visit/take-home")
    assert f'attachment; filename="{FILE_NAME}"' == taken.headers["Content-Disposition"]
    assert "no-store" == taken.headers["Cache-Control"]
    assert "Only mine." in json.dumps(json.loads(taken.body))
    for stranger in (
        site.visitor(),
        Visitor(site.port, site.prefix, {next(iter(visitor.cookies)): "y" * 43}),
    ):
        answer = stranger.ask("visit/take-home")
        assert "Only mine." not in answer.body
        assert "This visit is over" in answer.body


def test_a_visit_ends_when_its_visitor_says_so(site: Served) -> None:
    """Only with the box ticked; then the folder is gone, the kernel too, and the browser's drafts go."""
    visitor = site.visitor()
    visitor.begin()
    kernel, home = visitor.open(), home_of(site, visitor)
    assert "Nothing was erased" in visitor.ask("visit/end", "POST").body
    assert home.is_dir()
    key = dict(visitor.cookies)
    ended = visitor.ask("visit/end", "POST", "sure=yes")
    assert "Your visit has ended" in ended.body
    assert "localStorage" in ended.body
    assert not home.parent.exists()
    late = Visitor(site.port, site.prefix, key)
    assert 404 == late.ask(f"api/kernels/{kernel}").status
    assert "This visit is over" in late.ask("").body
    assert "Begin" in late.ask("").body, "the old key is taken away, and one can begin anew"


def test_health_says_nothing_about_anybody(site: Served, ana: tuple[Visitor, str]) -> None:
    """Whoever watches over the site learns that it is well, and no more."""
    answer = site.visitor().ask("health")
    assert (200, {"status": "ok"}) == (answer.status, json.loads(answer.body))


def test_figures_are_for_whoever_holds_the_token_and_name_nobody(
    site: Served, ana: tuple[Visitor, str]
) -> None:
    """Pages, kernels, seconds, refusals: with the token of the file that nobody else can read, and with no other."""
    visitor, kernel_id = ana
    file = site.folder / "app" / "metrics.token"
    assert 0o600 == file.stat().st_mode & 0o777
    token = file.read_text(encoding="utf-8").strip()
    stranger = site.visitor()
    refused = [
        stranger.ask("metrics"),
        visitor.ask("metrics"),
        stranger.ask("metrics", Authorization=f"Bearer {token}x"),
        stranger.ask(f"metrics?token={token}"),
        stranger.ask("metrics", Authorization=f"Basic {token}"),
    ]
    assert {(401, "Refused.\n")} == {(one.status, one.body) for one in refused}
    assert 404 == stranger.ask(f"api/kernels/{kernel_id}").status
    page = stranger.ask("metrics", Authorization=f"Bearer {token}")
    assert 200 == page.status
    found = {
        name: float(value)
        for name, _, value in (line.rpartition(" ") for line in page.body.splitlines() if line[0] != "#")
    }
    assert found['rebound_openings_total{how="opened"}'] == found["rebound_opening_seconds_count"] > 0
    assert found["rebound_opening_seconds_sum"] > 0
    assert found["rebound_kernels"] >= 1 > found["rebound_pages_open"]
    assert found["rebound_workbooks_kept"] == len(site.homes())
    assert found['rebound_refusals_total{why="figures"}'] == 5
    assert found['rebound_refusals_total{why="stranger"}'] >= 1
    for words in (kernel_id, *visitor.cookies.values(), *(home.name for home in site.homes()), token):
        assert words not in page.body


def test_lines_of_the_log_are_for_machines(site: Served, ana: tuple[Visitor, str]) -> None:
    """Each line of a site's log is JSON with a moment, how grave it is, and what happened."""
    lines = [json.loads(line) for line in site.log.splitlines()]
    assert lines
    assert {"at", "level", "what"} == set.intersection(*(set(line) for line in lines))
    assert {"info", "warning", "error"} >= {line["level"] for line in lines}


def test_no_key_and_no_word_is_in_the_log(site: Served, ana: tuple[Visitor, str]) -> None:
    """Keys, names of folders and words stay out of the log, after everything above."""
    visitor, _ = ana
    (key,) = visitor.cookies.values()
    assert "a visit is over" in site.log
    for secret in (key, home_of(site, visitor).parent.name, "Only mine."):
        assert secret not in site.log


def test_a_restart_keeps_key_and_words(serve: Serve) -> None:
    """The server is killed and started again: the same browser finds the same words."""
    first = serve()
    visitor = first.visitor()
    visitor.begin()
    visitor.open()
    workbook = Workbook.open(home_of(first, visitor))
    workbook.record("ready/letter", "Still here.")
    workbook.close()
    first.stop(signal.SIGKILL)
    serve(first.folder, port=first.port)
    assert visitor.open()
    assert "Still here." in visitor.ask("visit/take-home").body


def test_what_is_over_goes_at_the_start(serve: Serve) -> None:
    """A day after the last sign of life the folder is removed, and its visitor is told that it is over."""
    first = serve()
    gone, stays = first.visitor(), first.visitor()
    gone.begin()
    stays.begin()
    first.stop()
    old = (dt.datetime.now(dt.UTC) - dt.timedelta(hours=24, seconds=1)).timestamp()
    os.utime(home_of(first, gone).parent / "seen", (old, old))
    again = serve(first.folder, port=first.port)
    assert until(lambda: len(again.homes()) == 1)
    assert home_of(first, stays).is_dir()
    assert "This visit is over" in gone.ask("").body
    assert "widget-view" in stays.ask("").body


def test_a_full_site_says_so(serve: Serve) -> None:
    """Whoever comes when all places are taken reads a sentence; whoever is there goes on."""
    site = serve(args=["--visitors", "1"])
    first, second = site.visitor(), site.visitor()
    second.begin()
    first.begin()
    first.open()
    full = second.ask("")
    assert (503, "300") == (full.status, full.headers["Retry-After"])
    assert "All places are taken at the moment" in full.body
    assert 503 == site.visitor().ask("begin", "POST").status
    assert first.open()


def test_a_visitor_opens_three_pages_and_no_more(serve: Serve) -> None:
    """A fourth page ends a kernel whose page was left; nobody fills the machine with kernels."""
    site = serve()
    visitor = site.visitor()
    visitor.begin()
    kernels = [visitor.open() for _ in range(4)]
    answers = [visitor.ask(f"api/kernels/{kernel}").status for kernel in kernels]
    assert [404, 200, 200, 200] == answers
