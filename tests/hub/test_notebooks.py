"""JupyterLab on a counsellor's own server: one click away for them, and no door to files for anybody else."""

from __future__ import annotations

import json
import os
import pwd
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from ..browser.conftest import FLAGS
from .campus import Campus, processes_of, wait_for

PATIENCE_MS = 60_000
BELOW = (
    "",
    "?token=x",
    "api/config/x",
    "api/contents",
    "api/contents/counsellor/desk.ipynb",
    "api/contents/mine.ipynb?token=x",
    "api/kernels",
    "api/kernelspecs",
    "api/sessions",
    "api/shutdown",
    "api/status",
    "api/terminals",
    "files/mine.ipynb",
    "lab",
    "lab/api/settings",
    "lab/api/workspaces/default",
    "lab/tree/mine.ipynb",
    "login",
    "logout",
    "metrics",
    "nbconvert/html/mine.ipynb",
    "static/favicon.ico",
    "static/lab/x.js",
    "tree",
    "view/mine.ipynb",
)
WORDS = "the minutes of the talk in Lindau"
SAVE = """async ([base, text]) => {
    const token = (document.cookie.match(/_xsrf=([^;]*)/) || [])[1] || '';
    const source = text + 'x'.repeat(900000);
    const cells = [{ cell_type: 'markdown', metadata: {}, source }];
    const content = { cells, metadata: {}, nbformat: 4, nbformat_minor: 4 };
    const body = JSON.stringify({ type: 'notebook', format: 'json', content });
    const how = { method: 'PUT', headers: { 'X-XSRFToken': token }, body };
    return (await fetch(base + 'api/contents/mine.ipynb', how)).status;
}"""

FETCH = """(paths) => Promise.all(paths.map(async (path) => {
    const said = await fetch(path);
    return [said.status, await said.text()];
}))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture(scope="module")
def zora(campus: Campus) -> str:
    """A counsellor."""
    return campus.person("zora", "counsellors")


@pytest.fixture(scope="module")
def hers(campus: Campus, browser: Browser, zora: str) -> Page:
    """Her JupyterLab, one click from her desk."""
    page = browser.new_context(locale="en-GB").new_page()
    campus.sign_in(page, zora)
    page.get_by_role("link", name="Open JupyterLab").click(timeout=PATIENCE_MS)
    expect(page.locator(".jp-Notebook")).to_be_visible(timeout=PATIENCE_MS)
    return page


def environments(name: str) -> list[dict[str, str]]:
    """The environments of what an account runs."""
    found = []
    for one in processes_of(pwd.getpwnam(name).pw_uid):
        pairs = Path(f"/proc/{one}/environ").read_bytes().decode("utf-8", "replace").split("\0")
        found.append(dict(pair.split("=", 1) for pair in pairs if "=" in pair))
    return found


def transports(name: str) -> list[str]:
    """By what kernels of an account are reached."""
    uid = pwd.getpwnam(name).pw_uid
    folders = [one for one in Path(tempfile.gettempdir()).glob("rebound-*") if one.stat().st_uid == uid]
    assert {0o700} == {folder.stat().st_mode & 0o777 for folder in folders}
    files = [file for folder in folders for file in folder.glob("kernel-*.json")]
    return [json.loads(file.read_text(encoding="utf-8"))["transport"] for file in files]


def test_a_counsellor_runs_and_keeps_a_notebook(campus: Campus, zora: str, hers: Page) -> None:
    """The desk runs in JupyterLab with her own things, and a notebook of a megabyte is kept."""
    assert hers.url == f"{campus.url}/user/{zora}/notebooks/lab/tree/counsellor/desk.ipynb"
    expect(hers.get_by_role("button", name="Python 3 | Idle")).to_be_visible(timeout=PATIENCE_MS)
    hers.locator(".jp-Notebook .jp-Cell").first.click(timeout=PATIENCE_MS)
    hers.keyboard.press("Shift+Enter")
    expect(hers.get_by_role("heading", name="Your desk")).to_be_visible(timeout=PATIENCE_MS)
    assert 201 == hers.evaluate(SAVE, [f"/user/{zora}/notebooks/", WORDS])
    file = Path(f"~{zora}").expanduser() / ".local/share/rebound/notebooks/mine.ipynb"
    assert WORDS in file.read_text(encoding="utf-8")
    kernels = [env for env in environments(zora) if "JPY_SESSION_NAME" in env or "REBOUND_DESK" in env]
    assert kernels
    assert set() == {name for env in kernels for name in env if name.startswith("JUPYTERHUB")}
    # At a port, whoever has an account on the machine could listen to what a kernel prints.
    assert {"ipc"} == set(transports(zora))


def test_nobody_else_finds_anything_of_it(campus: Campus, browser: Browser, zora: str, hers: Page) -> None:
    """Not without signing in, not with any token, not as a student and not as another counsellor."""
    assert hers.evaluate(SAVE, [f"/user/{zora}/notebooks/", WORDS]) in (200, 201)
    tokens = ["", campus.admin, campus.token(zora)]
    for token in tokens:
        for path in BELOW:
            answer = campus.ask(f"/user/{zora}/notebooks/{path}", token=token)
            assert (403, False) == (answer.status, WORDS.encode() in answer.body), path
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert {403} == {campus.ask(f"/user/{zora}/notebooks/{path}", method).status for path in BELOW}
    for who, groups in (("omar", ()), ("pia", ("counsellors",))):
        page = browser.new_context(locale="en-GB").new_page()
        campus.sign_in(page, campus.person(who, *groups))
        expect(page.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
        said = page.evaluate(
            FETCH,
            [f"/user/{zora}/notebooks/{path}" for path in BELOW],
        )
        assert {403} == {status for status, _ in said}
        assert not [text for _, text in said if WORDS in text]
        page.context.close()


def test_a_student_has_none(campus: Campus, browser: Browser) -> None:
    """No link, and no address: her own server answers that there is nothing."""
    name = campus.person("rae")
    page = browser.new_context(locale="en-GB").new_page()
    campus.sign_in(page, name)
    expect(page.locator("main h1")).to_be_visible(timeout=PATIENCE_MS)
    assert 0 == page.get_by_role("link", name="Open JupyterLab").count()
    for path in ("lab", "api/contents", "files/workbook.ipynb"):
        answer: Any = page.goto(f"{campus.url}/user/{name}/notebooks/{path}")
        assert 404 == answer.status
    page.context.close()


def test_no_kernel_outlives_the_server(campus: Campus, zora: str, hers: Page) -> None:
    """Where the server ends, every kernel of its notebooks does too."""
    assert campus.api(f"users/{zora}")["servers"][""]["ready"]
    hers.context.close()
    campus.api(f"users/{zora}/server", "DELETE")
    wait_for("the end of her processes", lambda: not processes_of(pwd.getpwnam(zora).pw_uid))
