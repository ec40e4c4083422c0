"""The worked examples of docs/how-to/publish.md, run: nginx and Caddy, a path, TLS, and the line to a kernel."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from .conftest import KERNEL, Serve, Served, free_port, until

HOST = "careers.example.edu"


@dataclass
class Proxy:
    """A running proxy."""

    port: int
    trusted: ssl.SSLContext

    def ask(self, request: str) -> bytes:
        """Send a request as it stands; returns the beginning of what is answered, or all of it."""
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=60) as plain,
            self.trusted.wrap_socket(plain, server_hostname=HOST) as line,
        ):
            line.sendall(request.replace("\n", "\r\n").encode())
            said = b""
            while part := line.recv(65536):
                said += part
                if said.startswith(b"HTTP/1.1 101"):
                    break
            return said


@pytest.fixture(scope="module")
def site(serve: Serve) -> Served:
    return serve(args=["--prefix", "/workbook/"], prefix="/workbook/")


@pytest.fixture(scope="module")
def programs(request: pytest.FixtureRequest) -> dict[str, str]:
    """Where nginx and Caddy are; Debian's are installed where that is allowed."""
    root = Path(request.config.rootpath)
    found = subprocess.run([root / ".ci" / "proxies"], check=False, capture_output=True, text=True)
    assert 0 == found.returncode, found.stderr
    return dict(zip(("nginx", "caddy"), found.stdout.split(), strict=True))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for the example's name, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "careers.pem", folder / "careers.key"
    line = (
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN={HOST} "
        f"-addext subjectAltName=DNS:{HOST} -out {made[0]} -keyout {made[1]}"
    )
    subprocess.run(line.split(), check=True, capture_output=True)
    return made


def example(root: Path, language: str) -> str:
    """The example in the how-to."""
    page = (root / "docs/how-to/publish.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
    return str(found)


def fitted(text: str, site: Served, port: int, certificate: tuple[Path, Path]) -> str:
    """The example with the ports and files of this test."""
    text = text.replace("127.0.0.1:8899", f"127.0.0.1:{site.port}")
    return text.replace("/etc/ssl/careers.pem", str(certificate[0])).replace(
        "/etc/ssl/careers.key", str(certificate[1])
    )


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(params=["nginx", "caddy"])
def proxy(
    request: pytest.FixtureRequest,
    root: Path,
    tmp_path: Path,
    site: Served,
    programs: dict[str, str],
    certificate: tuple[Path, Path],
) -> Iterator[Proxy]:
    """The proxy, as the how-to configures it."""
    port, file = free_port(), tmp_path / "config"
    text = fitted(example(root, request.param), site, port, certificate)
    if request.param == "nginx":
        text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
        file.write_text(f"daemon off; pid {tmp_path}/pid; events {{}} http {{ {paths} {text} }}")
        command = [programs["nginx"], "-c", str(file), "-e", str(tmp_path / "errors")]
    else:
        text = text.replace(f"{HOST} {{", f"https://{HOST}:{port} {{")
        file.write_text(f"{{\n admin off\n auto_https disable_redirects\n}}\n{text}")
        command = [programs["caddy"], "run", "--config", str(file), "--adapter", "caddyfile"]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"HOME": str(tmp_path)}
    )
    try:
        assert until(lambda: answers(port))
        yield Proxy(port, ssl.create_default_context(cafile=certificate[0]))
    finally:
        process.terminate()
        process.wait(20)


def test_a_visit_behind_a_proxy(proxy: Proxy) -> None:
    """By TLS and below a path: the key is Secure, the page opens with its kernel, and the line is open."""
    host = f"{HOST}:{proxy.port}"
    begun = proxy.ask(
        f"POST /workbook/begin HTTP/1.1\nHost: {host}\nOrigin: https://{host}\nContent-Length: 0\n"
        "Connection: close\n\n"
    ).decode()
    assert " 303 " in begun.partition("\n")[0]
    (cookie,) = re.findall(r"(?i)^set-cookie: (.*?)\r?$", begun, re.MULTILINE)
    assert {"secure", "httponly"} <= {part.strip().lower() for part in cookie.split(";")}
    key = cookie.partition(";")[0]
    page = proxy.ask(f"GET /workbook/ HTTP/1.1\nHost: {host}\nCookie: {key}\nConnection: close\n\n").decode()
    assert f"wss://{host}" in page
    assert "widget-view" in page
    found = KERNEL.search(page)
    assert found
    path = f"/workbook/api/kernels/{found.group(1)}/channels"
    upgrade = (
        f"GET {path} HTTP/1.1\nHost: {host}\nOrigin: https://{host}\nUpgrade: websocket\n"
        "Connection: Upgrade\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n"
    )
    assert proxy.ask(f"{upgrade}Cookie: {key}\n\n").startswith(b"HTTP/1.1 101")
    assert b" 404 " in proxy.ask(f"{upgrade}Connection: close\n\n").partition(b"\n")[0]
