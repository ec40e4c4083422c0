"""Signing on at a real OpenID Connect provider: people are who the provider says for good, whatever they are called."""

from __future__ import annotations

import secrets
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from rebound_widgets.serve.hub.doctor import look_at
from rebound_widgets.serve.hub.writing import HubChoices, write_hub

from .campus import free_port, wait_for

NAMES = {"sub-ana": "ana", "sub-bo": "bo"}


@dataclass
class University:
    """A hub that sends people to a provider, and a desk service on SQLite.

    Attributes:
        url: Where people sign on.
        provider: Where the provider is.
        admin: The token of whoever administers.
        folder: Everything of it.
    """

    url: str
    provider: str
    admin: str
    folder: Path

    def call(self, who: str, name: str) -> None:
        """From now on the provider calls somebody that."""
        httpx.put(f"{self.provider}/users/{who}", json={"preferred_username": name}).raise_for_status()

    def sign_on(self, who: str) -> httpx.Response:
        """Somebody signs on in a browser of their own; the last page they see."""
        with httpx.Client(follow_redirects=True, timeout=30) as browser:
            asks = browser.get(f"{self.url}/hub/oauth_login", params={"next": "/hub/home"})
            assert str(asks.url).startswith(f"{self.provider}/oauth2/authorize")
            return browser.post(asks.url, data={"sub": who})

    def api(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """Ask the hub as whoever administers."""
        said = httpx.request(
            method,
            f"{self.url}/hub/api/{path}",
            json=body,
            headers={"Authorization": f"token {self.admin}"},
            timeout=30,
        )
        said.raise_for_status()
        return said.json() if said.content else None

    def asks(self, name: str, path: str, method: str = "GET", body: Any = None) -> httpx.Response:
        """The desk service is asked with a token of an account."""
        made = self.api(f"users/{name}/tokens", "POST", {"scopes": ["access:services!service=centre"]})
        headers = {"Authorization": f"token {made['token']}"}
        return httpx.request(
            method, f"{self.url}/services/centre{path}", json=body, headers=headers, timeout=30
        )

    def people(self) -> dict[str, str]:
        """Whom the desk service knows: by what, and the id of their rows."""
        with sqlite3.connect(self.folder / "centre.sqlite") as rows:
            return dict(rows.execute("SELECT key, id FROM people").fetchall())


@pytest.fixture(scope="module")
def university(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[University]:
    """Provider, hub, proxy and desk service, all of the files that `rebound hub` writes."""
    folder = tmp_path_factory.mktemp("oidc")
    proxy = subprocess.run([root / ".ci" / "hub"], capture_output=True, text=True, check=True).stdout.strip()
    ports = {name: free_port() for name in ("provider", "bind", "hub", "proxy", "centre")}
    at = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    made = University(at["bind"], at["provider"], secrets.token_hex(16), folder)
    command = ["-m", "oidc_provider_mock", "--port", str(ports["provider"]), "--require-registration", "true"]
    log = (folder / "log").open("ab")
    running = [subprocess.Popen([sys.executable, *command], stdout=log, stderr=log)]
    try:
        wait_for("the provider", lambda: answers(f"{made.provider}/.well-known/openid-configuration"))
        for who, name in NAMES.items():
            made.call(who, name)
        fill_in(made, at, proxy)
        hub = [sys.executable, "-m", "jupyterhub", "-f", str(folder / "etc" / "jupyterhub_config.py")]
        running.append(subprocess.Popen(hub, cwd=folder, stdout=log, stderr=log))
        wait_for("the hub", lambda: answers(f"{made.url}/hub/health"))
        wait_for("the desk service", lambda: answers(f"{made.url}/services/centre/health"))
        yield made
    finally:
        for process in reversed(running):
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        log.close()


def answers(url: str) -> bool:
    """Whether something is well."""
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def fill_in(made: University, at: dict[str, str], proxy: str) -> None:
    """Write the hub's files, and fill in what only the publisher knows."""
    folder, back = made.folder, f"{made.url}/hub/oauth_callback"
    write_hub(
        HubChoices(
            folder=folder / "etc",
            state=folder / "state",
            sign_on="oidc",
            database=f"sqlite:///{folder}/centre.sqlite",
            bind_url=at["bind"],
            hub_url=at["hub"],
            proxy_url=at["proxy"],
            centre_url=at["centre"],
            rebound=str(Path(sys.prefix) / "bin" / "rebound"),
            proxy=proxy,
            centre_user="",
        )
    )
    asks = {"redirect_uris": [back], "token_endpoint_auth_method": "client_secret_post"}
    client = httpx.post(f"{made.provider}/oauth2/clients", json=asks).json()
    file = folder / "etc" / "jupyterhub_config.py"
    text = file.read_text(encoding="utf-8")
    for line, value in (
        ('client_id = "FILL IN"', f'client_id = "{client["client_id"]}"'),
        ('client_secret = "FILL IN"', f'client_secret = "{client["client_secret"]}"'),
        ("https://FILL IN/authorize", f"{made.provider}/oauth2/authorize"),
        ("https://FILL IN/token", f"{made.provider}/oauth2/token"),
        ("https://FILL IN/userinfo", f"{made.provider}/userinfo"),
        ("https://FILL IN/hub/oauth_callback", back),
    ):
        assert text.count(line) == 1
        text = text.replace(line, value)
    tests = f'c.JupyterHub.services.append({{"name": "tests", "api_token": "{made.admin}"}})'
    role = '{"name": "tests", "services": ["tests"], "scopes": ["admin:users", "tokens", _centre, *_scopes]}'
    file.write_text(f"{text}\n{tests}\nc.JupyterHub.load_roles.append({role})\n", encoding="utf-8")
    assert not [words for words in look_at(folder / "etc", running=False) if "FILL IN" in words]


def test_people_keep_their_rows_under_a_new_name_and_nobody_gets_an_old_one(university: University) -> None:
    """Rows follow the person when the provider calls them anew; whoever gets the old name gets no rows and no home."""
    assert university.sign_on("sub-ana").status_code == 200
    agreed = university.asks("ana", "/v1/me/consent", "PUT", {"words": "as-asked"})
    assert agreed.status_code < 300, agreed.text
    first = university.people()
    assert {"subject:sub-ana"} == set(first)

    university.call("sub-ana", "ana-maria")
    assert university.sign_on("sub-ana").status_code == 200
    same = university.asks("ana-maria", "/v1/me").json()
    assert same["consent"], same
    assert first == university.people()

    university.call("sub-bo", "ana")
    refused = university.sign_on("sub-bo")
    assert (403, True) == (refused.status_code, "This name belonged to somebody else" in refused.text)
    university.api("users/ana", "DELETE")
    assert university.sign_on("sub-bo").status_code == 200
    new = university.asks("ana", "/v1/me").json()
    assert not new["consent"], new
    assert {"subject:sub-ana", "subject:sub-bo"} == set(university.people())
    assert first["subject:sub-ana"] == university.people()["subject:sub-ana"]
