"""A student with a terminal on the very machine: what their account finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from .campus import Campus, as_user, wait_for


@pytest.fixture(scope="module")
def pair(campus: Campus) -> tuple[str, str]:
    """Two students whose servers run."""
    names = campus.person("kay"), campus.person("lou")
    for name in names:
        campus.api(f"users/{name}/server", "POST")
    for name in names:
        wait_for(
            "a server", lambda name=name: campus.api(f"users/{name}")["servers"].get("", {}).get("ready")
        )
    return names


def test_no_address_of_a_database_is_found(campus: Campus, pair: tuple[str, str]) -> None:
    """Neither environments, nor command lines, nor files that the account can read name the database."""
    kay, _ = pair
    found = as_user(
        kay, "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'; env"
    ).stdout
    assert "rebound\nhosted" in found, "their own processes are seen"
    looked = as_user(
        kay, f"cat {campus.folder}/etc/* {campus.folder}/state/*; cat {campus.folder}/log | grep -i sql"
    )
    for what in ("postgresql+psycopg", "centre?host", campus.database.address):
        assert what not in found
        assert what not in looked.stdout
    denied = as_user(
        kay, f"psql -h {campus.database.folder} centre -c 'SELECT 1'; ls {campus.database.folder}"
    )
    assert ("", 2) == (denied.stdout, denied.returncode)


def test_no_secret_of_the_hub_is_found(campus: Campus, pair: tuple[str, str]) -> None:
    """The hub's own files, the proxy's token and another's server token are nowhere in reach."""
    kay, lou = pair
    pids = {
        name: as_user(name, "pgrep -u $(id -u) -f 'rebound hosted' | head -1").stdout.strip() for name in pair
    }
    assert all(pids.values())
    mine = as_user(kay, f"tr '\\0' '\\n' < /proc/{pids[kay]}/environ | grep JUPYTERHUB_API_TOKEN").stdout
    assert mine.startswith("JUPYTERHUB_API_TOKEN=")
    assert "" == as_user(kay, f"cat /proc/{pids[lou]}/environ").stdout
    seen = as_user(kay, "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n'").stdout
    theirs = (
        Path(f"/proc/{pids[lou]}/environ").read_bytes().split(b"JUPYTERHUB_API_TOKEN=")[1].partition(b"\0")[0]
    )
    for secret in (theirs.decode(), campus.admin, "CONFIGPROXY_AUTH_TOKEN="):
        assert secret not in seen
    assert "" == as_user(kay, f"cat {campus.folder}/state/* {campus.folder}/etc/*").stdout


def test_no_file_of_another_is_read(campus: Campus, pair: tuple[str, str]) -> None:
    """Another's home, workbook and kernel sockets are closed."""
    kay, lou = pair
    theirs = Path(f"~{lou}").expanduser() / ".local" / "share" / "rebound"
    assert theirs.is_dir()
    looked = as_user(
        kay, f"ls {theirs}; cat {theirs}/workbook.rebound; find /tmp/rebound-* -user {lou} -type s"
    )
    assert "" == looked.stdout


def test_the_own_token_reaches_only_the_own_rows(campus: Campus, pair: tuple[str, str]) -> None:
    """With the token of their own server a student asks the hub and the desk service, and learns of nobody else."""
    kay, lou = pair
    pid = as_user(kay, "pgrep -u $(id -u) -f 'rebound hosted' | head -1").stdout.strip()
    environ = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    token = (
        next(one for one in environ if one.startswith(b"JUPYTERHUB_API_TOKEN=")).decode().partition("=")[2]
    )
    assert 200 == campus.centre("/v1/me", token).status
    assert 403 == campus.centre("/v1/received", token).status
    refused = [
        f"users/{lou}",
        "users",
        "groups",
        "services",
        "proxy",
        f"users/{lou}/tokens",
        f"users/{kay}/tokens",
    ]
    answers = {path: campus.ask(f"/hub/api/{path}", token=token) for path in refused}
    assert {
        path for path, answer in answers.items() if lou.encode() in answer.body and lou not in path
    } == set()
    assert {403, 404} >= {answer.status for answer in answers.values()}
