"""What a hub answers to nobody, and to somebody else: nothing of anybody's."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyterhub import apihandlers, handlers

from rebound_widgets.service.operations import OPERATIONS

from .campus import Answer, Campus, wait_for

BELOW = (
    "",
    "?token=x",
    "api",
    "api/contents",
    "api/kernels",
    "api/kernels/00000000-0000-0000-0000-000000000000",
    "api/kernels/00000000-0000-0000-0000-000000000000/channels",
    "api/sessions",
    "api/status",
    "api/terminals",
    "app/keys.json",
    "files/0000000000000000/page.mjs",
    "files/portrait.png",
    "goodbye/00000000-0000-0000-0000-000000000000",
    "health",
    "lab",
    "lab/tree/workbook.ipynb",
    "login",
    "metrics",
    "nbconvert/html/portrait.png",
    "notebooks/workbook.ipynb",
    "oauth_callback",
    "oauth_callback?code=x&state=y",
    "static/favicon.ico",
    "terminals/1",
    "tree",
    "view/portrait.png",
    "voila",
    "voila/files/portrait.png",
    "voila/files/../portrait.png",
    "voila/files/.local/share/rebound/workbook.rebound",
    "voila/render/workbook.ipynb",
    "voila/static/voila.js",
    "voila/tree",
    "workbook.rebound",
    "%2e%2e/%2e%2e/etc/passwd",
    "//portrait.png",
)
PICTURE = b"\x89PNG a portrait of nobody"
WORDS = "the letter to the firm in Lindau"


@pytest.fixture(scope="module")
def mara(campus: Campus) -> Iterator[str]:
    """A student whose server runs, with a picture in her home and words in her workbook."""
    name = campus.person("mara")
    home = Path(f"~{name}").expanduser()
    for folder in (home, home / ".local" / "share" / "rebound"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "portrait.png").write_bytes(PICTURE)
        (folder / "workbook.ipynb").write_text(WORDS, encoding="utf-8")
    for path in home.rglob("*"):
        shutil.chown(path, name, name)
    campus.api(f"users/{name}/server", "POST")
    wait_for("her server", lambda: campus.api(f"users/{name}")["servers"].get("", {}).get("ready"))
    yield name
    campus.api(f"users/{name}/server", "DELETE")


def leaks(answer: Answer) -> list[str]:
    """What of hers is in an answer."""
    body = answer.body.decode("utf-8", "replace")
    found = [words for words in (WORDS, "workbook.ipynb", "portrait of nobody", "kernelId") if words in body]
    return found + [
        name for name in answer.headers if name == "set-cookie" and "begun" not in answer.headers[name]
    ]


def test_nobody_finds_anything_of_hers(campus: Campus, mara: str) -> None:
    """Without signing in, every address below her server answers with a closed door, or with the way to sign in."""
    server = campus.api(f"users/{mara}")["servers"][""]
    assert server["ready"]
    answers = {path: campus.ask(f"/user/{mara}/{path}") for path in BELOW}
    assert {path: [] for path in BELOW} == {path: leaks(answer) for path, answer in answers.items()}
    sent = {path: answer.headers["location"] for path, answer in answers.items() if answer.status == 302}
    out = "%2e%2e/%2e%2e/etc/passwd"  # the proxy resolves it, and the hub has no such page
    assert {
        "": "/hub/api/oauth2/authorize",
        "?token=x": "/hub/api/oauth2/authorize",
        out: "/hub/etc/passwd",
    } == {path: where.partition("?")[0] for path, where in sent.items()}
    assert {403} == {answer.status for path, answer in answers.items() if path not in sent}
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert {403} == {campus.ask(f"/user/{mara}/{path}", method).status for path in BELOW if path != out}


def test_no_token_in_a_header_or_an_address_opens_a_workbook(campus: Campus, mara: str) -> None:
    """Not the token of whoever administers, not her own server's, not another student's: only her own sign-in."""
    other = campus.person("ben")
    tokens = [campus.admin, campus.token(mara), campus.token(other)]
    for token in tokens:
        for path in (
            f"/user/{mara}/files/portrait.png",
            f"/user/{mara}/api/kernels",
            f"/user/{mara}/voila/files/x",
        ):
            assert 403 == campus.ask(path, token=token).status
            assert 403 == campus.ask(f"{path}?token={token}").status
        cookie = f"rebound-jupyterhub-user-{mara}={token}; jupyterhub-user-{mara}={token}"
        answer = campus.ask(f"/user/{mara}/", Cookie=cookie)
        assert (302, []) == (answer.status, leaks(answer))


def test_nobody_finds_anything_at_the_hub_and_the_desk_service(campus: Campus, mara: str) -> None:
    """Every address the hub and the desk service know: no name, no share, no figure for whoever is not signed in."""
    routes = [route[0] for route in (*handlers.default_handlers, *apihandlers.default_handlers)]
    paths = {"/hub" + re.sub(r"\((\?:)?[^()]*\)|[\\^$?*+]", "x", route) for route in routes}
    paths |= {f"/hub/api/users/{mara}", f"/hub/home/{mara}", "/", "/metrics", "/user", f"/user/{mara}"}
    paths |= {"/services/centre" + operation.path.replace("{id}", "share-one") for operation in OPERATIONS}
    paths |= {f"/services/centre/{name}" for name in ("", "metrics", "openapi.json", "docs", "static/x")}
    assert len(paths) > 80
    found = {path: campus.ask(path) for path in sorted(paths)}
    open_ones = {path for path, answer in found.items() if answer.status == 200}
    assert {path for path in open_ones if path.startswith("/services")} == set()
    named = {path for path, answer in found.items() if mara.encode() in answer.body and mara not in path}
    assert set() == named
    assert {401} == {
        answer.status for path, answer in found.items() if path.startswith("/services/centre/v1")
    }
    health = campus.ask("/services/centre/health")
    assert (200, {"ok": True}) == (health.status, health.json)


def test_her_server_s_figures_are_for_the_hub_s_own_reader(campus: Campus, mara: str) -> None:
    """With a token that reads figures they are read, and they name nobody; her own token and another's do not."""
    path = f"/user/{mara}/metrics"
    for token in (campus.token(mara), campus.token(campus.person("nia")), "x"):
        time.sleep(0.6)  # the hub is asked twice a second at most
        assert 401 == campus.ask(path, token=token).status
    time.sleep(0.6)
    said = campus.ask(path, token=campus.admin)
    assert (200, True) == (said.status, b"rebound_openings" in said.body)
    assert mara.encode() not in said.body
    assert 401 == campus.ask(path, token=campus.admin).status, "at once again is guessing"
    assert 403 == campus.ask(path).status
    assert 403 == campus.ask(path, "POST", token=campus.admin).status
    assert 403 == campus.ask(f"/user/{mara}/api/kernels", token=campus.admin).status


def test_her_server_asks_at_its_own_port_too(campus: Campus, mara: str) -> None:
    """Whoever has an account on the machine reaches the port behind the proxy, and finds the same closed door."""
    home = Path(f"~{mara}").expanduser()
    log = (home / ".local" / "share" / "rebound" / "app" / "rebound.log").read_text(encoding="utf-8")
    port = int(re.findall(r"open on port (\d+)", log)[-1])
    answers = {path: campus.ask(f"/user/{mara}/{path}", port=port) for path in BELOW}
    assert {path: [] for path in BELOW} == {path: leaks(answer) for path, answer in answers.items()}
    assert {} == {path: answer.status for path, answer in answers.items() if answer.status not in (302, 403)}
    assert 403 == campus.ask("/voila/files/portrait.png", port=port).status
