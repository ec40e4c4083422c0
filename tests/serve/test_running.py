"""One server for one folder."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest

from rebound_widgets.domain.refused import Refused
from rebound_widgets.serve.keys import Keys, keep_keys
from rebound_widgets.serve.private import write_private
from rebound_widgets.serve.running import find_running, held, is_ours, last_port, listen, remember_port

KEYS = Keys(token="t" * 40, secret="s" * 40)


def test_a_folder_is_held_by_one(tmp_path: Path) -> None:
    """The second who asks is told so; when the first lets go, the next one gets it."""
    with held(tmp_path) as first, held(tmp_path) as second:
        assert (True, False) == (first, second)
    with held(tmp_path) as next_one:
        assert next_one


def test_the_port_is_remembered(tmp_path: Path) -> None:
    """The next start has the same address."""
    assert last_port(tmp_path) is None
    remember_port(tmp_path, 8899)
    assert 8899 == last_port(tmp_path)


@pytest.mark.parametrize("damage", ["", "[]", '{"port": "8899"}', '{"port": 0}', '{"port": 70000}'])
def test_a_damaged_address_is_as_none(tmp_path: Path, damage: str) -> None:
    """A damaged file costs the port, not the start."""
    write_private(tmp_path / "address.json", damage)
    assert last_port(tmp_path) is None


def test_the_first_port_is_any_free_one_and_later_none_is_changed_silently() -> None:
    """At first the next free port will do; the one of last time, or one asked for, is never exchanged."""
    with listen(None) as first:
        taken = first.getsockname()[1]
        assert "127.0.0.1" == first.getsockname()[0]
        with listen(None) as second:
            assert taken != second.getsockname()[1]
        with pytest.raises(Refused, match=f"Port {taken}, where Rebound opened last time"):
            listen(None, taken)
        with pytest.raises(Refused, match=f"Port {taken} cannot be used"):
            listen(taken)
    with listen(None, taken) as again:
        assert taken == again.getsockname()[1]


@pytest.mark.parametrize("port", [65536, -1])
def test_a_port_that_does_not_exist_is_refused_in_a_sentence(port: int) -> None:
    """A number that is no port is answered in words."""
    with pytest.raises(Refused, match="cannot be used"):
        listen(port)


def answer_once(text: bytes) -> tuple[int, threading.Thread, list[bytes]]:
    """A server that answers one request with ``text``; its port, its thread, and what it heard."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with server:
            line, _ = server.accept()
            with line:
                heard.append(line.recv(65536))
                line.sendall(text)

    thread = threading.Thread(target=serve)
    thread.start()
    return server.getsockname()[1], thread, heard


@pytest.mark.parametrize(
    "said", [b"", b"nonsense", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes", b"HTTP/1.1 403 No\r\n\r\n"]
)
def test_another_program_on_our_port_is_not_taken_for_ours(said: bytes) -> None:
    """Only who holds the keys can answer, and nothing secret is sent to find out."""
    port, thread, heard = answer_once(said)
    assert not is_ours(port, KEYS)
    thread.join()
    assert KEYS.token.encode() not in heard[0]
    assert KEYS.secret.encode() not in heard[0]


def test_nobody_on_the_port_is_not_ours() -> None:
    """A port without a server is answered at once."""
    with listen(None) as sock:
        port = sock.getsockname()[1]
    assert not is_ours(port, KEYS)


def test_one_that_holds_the_folder_and_says_nothing_is_named(tmp_path: Path) -> None:
    """When the running one does not answer, the person is told what to do."""
    keep_keys(tmp_path)
    with listen(None) as sock:
        remember_port(tmp_path, sock.getsockname()[1])
    with pytest.raises(Refused, match=r"Rebound is open with this folder already"):
        find_running(tmp_path, patience_s=0)
