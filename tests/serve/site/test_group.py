"""``rebound group`` by HTTP: joining with the code, the counsellor's way in, and forgetting everything."""

from __future__ import annotations

import json
import signal
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from rebound_widgets.serve.site.addresses import likely
from rebound_widgets.workbook import Workbook

from .conftest import KERNEL, Serve, Served, Visitor, websocket

LOCAL = ("--host", "127.0.0.1", "--no-browser")


@pytest.fixture(scope="module")
def group(serve: Serve) -> Served:
    return serve(args=LOCAL, command="group")


def token_of(served: Served) -> str:
    """The counsellor's token, from the line that was printed."""
    return served.line.strip().partition("token=")[2]


def led(served: Served) -> Visitor:
    """The counsellor, let in."""
    host = served.visitor()
    assert 302 == host.ask(f"host/?token={token_of(served)}").status
    return host


def code_of(served: Served) -> str:
    """The room's code, which is kept once something happened in it; a join that fails is something."""
    return str(json.loads((served.folder / "room.json").read_text())["code"])


def joined(served: Served, code: str) -> Visitor:
    """Somebody who joined."""
    person = served.visitor()
    assert 303 == person.ask("join", "POST", f"code={code}").status
    return person


def test_the_counsellors_page_opens_with_the_token_alone(group: Served) -> None:
    """Without it, with another, or with a phone's key there is no page and no kernel of the counsellor's."""
    for visitor, path in ((group.visitor(), "host/"), (group.visitor(), "host/?token=" + "x" * 43)):
        assert 403 == visitor.ask(path).status
    host = led(group)
    page = host.ask("host/")
    found = KERNEL.search(page.body)
    assert found
    person = joined(group, code_of(group))
    assert 403 == person.ask("host/").status
    assert 404 == person.ask(f"api/kernels/{found.group(1)}").status
    assert 404 == websocket(person, found.group(1))
    assert 101 != websocket(group.visitor(), found.group(1))


def test_joining_takes_the_code(group: Served) -> None:
    """The picture fills the form in; a wrong code, and none, make no workbook; the right one opens one."""
    code = code_of(group)
    before = group.homes("members")
    person = group.visitor()
    assert f'value="{code}"' in person.ask(f"join/{code}").body
    for wrong in ("", "AAAAAA", "<b>x</b>", "A" * 5000):
        assert "This is not the code" in person.ask("join", "POST", f"code={wrong}").body
    assert before == group.homes("members")
    person = joined(group, code)
    page = person.ask("")
    assert "widget-view" in page.body
    assert "This workbook is yours to take home" in page.body
    assert len(before) + 1 == len(group.homes("members"))
    assert 303 == person.ask("join", "POST", "code=AAAAAA").status, "whoever is in stays in"


def test_a_phone_reaches_no_others_workbook(group: Served) -> None:
    """Two people of one group cannot reach each other's kernel or file."""
    code = code_of(group)
    one, two = joined(group, code), joined(group, code)
    kernel = one.open()
    assert 404 == two.ask(f"api/kernels/{kernel}").status
    assert 404 == websocket(two, kernel)
    stolen = Visitor(group.port, "/", dict.fromkeys(one.cookies, "z" * 43))
    assert "This visit is over" in stolen.ask("visit/take-home").body


def test_the_try_of_a_phone_says_that_it_works(group: Served) -> None:
    """The page to try needs no code."""
    assert "It works" in group.visitor().ask("hello").body


def test_guessing_is_slow(serve: Serve) -> None:
    """After twenty wrong codes in a minute nobody may try, right or wrong."""
    served = serve(args=LOCAL, command="group")
    visitor = served.visitor()
    statuses = [visitor.ask("join", "POST", "code=AAAAAA").status for _ in range(22)]
    assert [403] * 20 + [429] * 2 == statuses


def test_a_restart_keeps_words_and_code_and_forgetting_erases_them(serve: Serve) -> None:
    """Killed in the middle, the group goes on; with --forget everything of it is gone."""
    served = serve(args=LOCAL, command="group")
    led(served).ask("host/")
    code = code_of(served)
    person = joined(served, code)
    person.open()
    (home,) = served.homes("members")
    workbook = Workbook.open(home / "home")
    workbook.record("ready/letter", "In the group.")
    workbook.close()
    served.stop(signal.SIGKILL)
    again = serve(served.folder, LOCAL, command="group", port=served.port)
    assert code == code_of(again)
    assert "In the group." in person.ask("visit/take-home").body
    command = [
        sys.executable,
        "-m",
        "rebound_widgets.cli",
        "group",
        "--forget",
        "--folder",
        str(served.folder),
    ]
    assert "serves the folder" in subprocess.run(command, check=False, capture_output=True, text=True).stderr
    again.stop()
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "1 workbook of the last session erased.\n" == said
    left = [
        path
        for path in served.folder.rglob("*")
        if path.is_file() and path.parent.name not in {"app", "seen"}
    ]
    words = [path for path in left if b"In the group." in path.read_bytes()]
    assert ([], False) == (words, (served.folder / "room.json").exists())
    assert [] == served.homes("members")


def test_https_with_a_certificate_of_its_own(serve: Serve) -> None:
    """The line is TLS, the key is Secure, and the certificate and its key are for their owner alone."""
    served = serve(args=[*LOCAL, "--https"], command="group")
    assert served.line.startswith("Rebound is at https://127.0.0.1:")
    file = served.folder / "app" / "certificate.pem"
    assert 0o600 == file.stat().st_mode & 0o777
    trusted = ssl.create_default_context(cafile=file)
    with urllib.request.urlopen(f"https://127.0.0.1:{served.port}/hello", context=trusted) as answer:
        page = answer.read().decode()
    assert "It works" in page
    assert "not encrypted" not in page


def test_a_centres_machine_has_both(serve: Serve) -> None:
    """With --group a site has its visitors at its front and the group below room/."""
    served = serve(args=["--group"])
    assert "Begin" in served.visitor().ask("").body
    assert "The code on the screen" in served.visitor().ask("room/").body
    led(served).ask("host/")
    person = served.visitor()
    assert 303 == person.ask("room/join", "POST", f"code={code_of(served)}").status
    assert "widget-view" in person.ask("room/").body
    assert "Begin" in person.ask("").body


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("lo", "127.0.0.1"), ("eth0", "10.1.2.3"), ("wlan0", "192.168.4.1")], ["192.168.4.1", "10.1.2.3"]),
        ([("docker0", "172.17.0.1"), ("eth0", "169.254.1.1")], []),
        ([("en0", "203.0.113.9"), ("en0", "10.0.0.2"), ("en0", "10.0.0.2")], ["10.0.0.2", "203.0.113.9"]),
    ],
)
def test_addresses_that_a_phone_could_try(found: list[tuple[str, str]], expected: list[str]) -> None:
    """A home's or a hotspot's first; none that only this computer knows."""
    assert expected == likely(found)


def test_the_folder_is_for_its_owner_alone(group: Served) -> None:
    """What is kept of the room, too."""
    led(group).ask("host/")
    joined(group, code_of(group))
    for path in (Path(group.folder / "room.json"), *group.homes("members")):
        assert 0 == path.stat().st_mode & 0o077
