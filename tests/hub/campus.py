"""A small university for one run of tests: system users, a JupyterHub with its proxy, a PostgreSQL, all real."""

from __future__ import annotations

import contextlib
import grp
import http.client
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from rebound_widgets.serve.hub.writing import HubChoices, write_hub
from rebound_widgets.service.hub import ANEW_S

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
NOT_ROOT = (
    "The tests of the hub make system users, so they run as root. On a machine of your own, run them in a container "
    "of Debian: make test there runs everything."
)


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_for(what: str, ready: Any, patience_s: float = PATIENCE_S) -> Any:
    """What ``ready`` gives as soon as it gives something; an error where it never does."""
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if found := ready():
                return found
        time.sleep(0.1)
    raise TimeoutError(f"{what} was not there in {patience_s} s")


def may_others(*command: str | Path) -> bool:
    """Whether somebody who is nobody can run a command."""
    nobody = pwd.getpwnam("nobody")
    as_nobody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/", "env": {}}
    try:
        return subprocess.run(command, capture_output=True, check=False, **as_nobody).returncode == 0  # type: ignore[call-overload,no-any-return]
    except PermissionError:
        return False


def python_for_all(folder: Path) -> Path:
    """A Python that every account can run, with what is installed here; the tree may lie where only root looks."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    bases = (
        Path(sys.base_prefix) / "bin" / version,
        Path("/usr/bin") / version,
        Path("/usr/local/bin") / version,
    )
    base = next((one for one in bases if one.exists() and may_others(one, "-c", "")), None)
    if base is None:
        raise RuntimeError(f"No {version} here that other accounts can run. On Debian: apt install {version}")
    site = Path(next(path for path in sys.path if path.endswith("site-packages")))
    tree = ROOT
    if not may_others("/bin/ls", site):
        site = Path(shutil.copytree(site, folder / "site", copy_function=link_or_copy))
    if not may_others("/bin/ls", tree):
        tree = folder / "tree"
        for name in ("rebound_widgets", "data", "notebooks"):
            shutil.copytree(ROOT / name, tree / name)
    made = folder / "python"
    subprocess.run([base, "-m", "venv", "--without-pip", made], check=True)
    (made / "lib" / version / "site-packages" / "here.pth").write_text(f"{tree}\n{site}\n", encoding="utf-8")
    (made / "share").symlink_to(Path(sys.prefix) / "share")
    command = made / "bin" / "rebound"
    command.write_text(
        f"#!{made}/bin/python\nimport sys\nfrom rebound_widgets.cli import main\nsys.exit(main())\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    return made


def link_or_copy(source: str, target: str) -> str:
    """A hard link where the system lets us: nothing is written to either."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


# --- the accounts ----------------------------------------------------------------------------------


@dataclass
class Accounts:
    """System users that are gone afterwards.

    Attributes:
        mark: Part of every name, so that nobody's own account is ever meant.
    """

    mark: str = field(default_factory=lambda: secrets.token_hex(2))
    passwords: dict[str, str] = field(default_factory=dict)

    def name(self, who: str) -> str:
        """The account of somebody."""
        return f"rb{self.mark}{who}"

    def make(self, who: str) -> str:
        """An account with a home of its own; its name."""
        name, password = self.name(who), secrets.token_urlsafe(9)
        subprocess.run(["useradd", "--create-home", "--shell", "/bin/bash", name], check=True)
        subprocess.run(["chpasswd"], input=f"{name}:{password}\n", text=True, check=True)
        Path(f"~{name}").expanduser().chmod(0o700)
        self.passwords[name] = password
        return name

    def remove(self, who: str) -> None:
        """End what the account runs, and remove it with its home."""
        name = self.name(who)
        uid = pwd.getpwnam(name).pw_uid
        for process in processes_of(uid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        wait_for("the end of what the account ran", lambda: not processes_of(uid))
        subprocess.run(["userdel", "--remove", name], check=True, capture_output=True)
        with contextlib.suppress(KeyError):
            grp.getgrnam(name)
            subprocess.run(["groupdel", name], check=False, capture_output=True)
        self.passwords.pop(name)

    def remove_all(self) -> None:
        """Remove every account that was made."""
        for name in list(self.passwords):
            self.remove(name.removeprefix(f"rb{self.mark}"))


def processes_of(uid: int) -> list[int]:
    """The processes of an account that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if (
                entry.stat().st_uid == uid
                and (entry / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
            ):
                found.append(int(entry.name))
    return found


def as_user(name: str, command: str) -> subprocess.CompletedProcess[str]:
    """What somebody sees who types a command at a terminal of theirs."""
    entry = pwd.getpwnam(name)
    env = {"HOME": entry.pw_dir, "USER": name, "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        ["/bin/bash", "-c", command],
        user=entry.pw_uid,
        group=entry.pw_gid,
        extra_groups=[],
        cwd=entry.pw_dir,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


# --- the database ----------------------------------------------------------------------------------


def postgres_command(name: str) -> str:
    """A command of Debian's PostgreSQL, the newest there is."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    return str(found[-1] if found else shutil.which(name))


class Postgres:
    """A cluster of its own: no port, a socket in a folder that one account can enter.

    Args:
        folder: Where it lies; made here.
        owner: The account it runs under.
    """

    def __init__(self, folder: Path, owner: str) -> None:
        self.folder, self.owner = folder, owner
        entry = pwd.getpwnam(owner)
        self._as = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}
        self.make()

    def make(self) -> None:
        """Make the cluster, with an empty database in it."""
        folder = self.folder
        folder.mkdir()
        shutil.chown(folder, self.owner, self.owner)
        folder.chmod(0o700)
        self.run(postgres_command("initdb"), "--no-sync", "--auth=peer", "-D", str(folder / "data"))
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"listen_addresses = ''\nunix_socket_directories = '{folder}'\n")
        self.start()
        self.run(postgres_command("createdb"), "-h", str(folder), "centre")

    @property
    def address(self) -> str:
        """As SQLAlchemy writes it."""
        return f"postgresql+psycopg:///centre?host={self.folder}"

    def run(self, *command: str) -> str:
        """Run a command as the account; what it printed."""
        ran = subprocess.run(command, check=True, capture_output=True, text=True, **self._as)  # type: ignore[call-overload]
        return str(ran.stdout)

    def start(self) -> None:
        """Start it, and wait until it answers; again where one that was killed has not quite let go of its memory."""
        data, log = str(self.folder / "data"), str(self.folder / "log")
        command = [postgres_command("pg_ctl"), "-w", "-D", data, "-l", log, "start"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **self._as}
        wait_for("the database", lambda: subprocess.run(command, check=False, **quiet).returncode == 0)  # type: ignore[call-overload]

    def kill(self) -> None:
        """Every process at once, as a power cut would."""
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        wait_for("the end of the database", lambda: not self.processes())

    def processes(self) -> list[int]:
        """Its processes, the first one first."""
        found = []
        for process in sorted(processes_of(pwd.getpwnam(self.owner).pw_uid)):
            with contextlib.suppress(OSError):
                if Path(f"/proc/{process}/exe").readlink().name == "postgres":
                    found.append(process)
        return found

    def stop(self) -> None:
        """Stop it where it runs."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self.run(postgres_command("pg_ctl"), "-w", "-m", "fast", "-D", str(self.folder / "data"), "stop")

    def dump(self, name: str = "centre") -> bytes:
        """All of it as ``pg_dump`` writes it, in one state, whoever writes meanwhile."""
        command = [postgres_command("pg_dump"), "-h", str(self.folder), "--format=custom", name]
        return bytes(subprocess.run(command, check=True, capture_output=True, **self._as).stdout)  # type: ignore[call-overload]

    def bring_back(self, dump: bytes, name: str = "centre") -> None:
        """Fill the empty database with what was dumped."""
        command = [postgres_command("pg_restore"), "-h", str(self.folder), "--exit-on-error", "-d", name]
        subprocess.run(command, input=dump, check=True, capture_output=True, **self._as)  # type: ignore[call-overload]

    def digests(self) -> dict[str, str]:
        """One digest of all rows of each table."""
        tables = self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").split()
        whole = "SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) FROM {} row"
        return {table: self.ask(whole.format(table)).strip() for table in tables}

    def ask(self, question: str) -> str:
        """What the database holds."""
        return self.run(postgres_command("psql"), "-h", str(self.folder), "-At", "-c", question, "centre")


# --- the hub ---------------------------------------------------------------------------------------


@dataclass
class Answer:
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Campus:
    """Everything that runs.

    Args:
        proxy: The command of JupyterHub's proxy.
        lines: More lines for the hub's configuration.
    """

    def __init__(self, proxy: str, lines: Sequence[str] = ()) -> None:
        if os.geteuid() != 0:
            raise RuntimeError(NOT_ROOT)
        self.folder = Path(tempfile.mkdtemp(prefix="rebound-campus-"))
        self.folder.chmod(0o755)
        self.accounts = Accounts()
        self._log: Any = None
        self.database: Postgres | None = None  # type: ignore[assignment]
        self.proxy: subprocess.Popen[bytes] | None = None  # type: ignore[assignment]
        self.hub: subprocess.Popen[bytes] | None = None  # type: ignore[assignment]
        try:
            self._begin(proxy, lines)
        except BaseException:
            self.stop()
            raise

    def _begin(self, proxy: str, lines: Sequence[str]) -> None:
        self.python = python_for_all(self.folder)
        centre = self.accounts.make("centre")
        self.database = Postgres(self.folder / "database", centre)
        self.port, self.hub_port, self.centre_port = free_port(), free_port(), free_port()
        self.admin = secrets.token_hex(16)
        proxy_port, self._proxy_token = free_port(), secrets.token_hex(16)
        self._proxy_command = [
            *proxy.split(),
            *("--ip", "127.0.0.1", "--port", str(self.port)),
            *("--api-ip", "127.0.0.1", "--api-port", str(proxy_port)),
            *("--error-target", f"http://127.0.0.1:{self.hub_port}/hub/error"),
            *("--log-level", "warn"),
        ]
        self.choices = HubChoices(
            folder=self.folder / "etc",
            state=self.folder / "state",
            database=self.database.address,
            bind_url=f"http://127.0.0.1:{self.port}",
            hub_url=f"http://127.0.0.1:{self.hub_port}",
            proxy_url=f"http://127.0.0.1:{proxy_port}",
            centre_url=f"http://127.0.0.1:{self.centre_port}",
            rebound=str(self.python / "bin" / "rebound"),
            starts_proxy=False,
            centre_user=centre,
        )
        write_hub(self.choices)
        with (self.folder / "etc" / "jupyterhub_config.py").open("a", encoding="utf-8") as file:
            file.write("\n".join(["", *self._lines(), *lines, ""]))
        self._log = (self.folder / "log").open("ab")
        self.proxy = self.start_proxy()
        self.hub = self.start_hub()

    def _lines(self) -> list[str]:
        """What a test needs besides: a token for whoever administers."""
        return [
            f'c.JupyterHub.services.append({{"name": "tests", "api_token": "{self.admin}"}})',
            (
                'c.JupyterHub.load_roles.append({"name": "tests", "services": ["tests"], "scopes": '
                '["admin:users", "admin:groups", "admin:servers", "tokens", "read:metrics", *_scopes, _centre]})'
            ),
        ]

    # Starting and ending -----------------------------------------------------------------------------------

    def start_proxy(self) -> subprocess.Popen[bytes]:
        """Start the proxy."""
        env = {**os.environ, "CONFIGPROXY_AUTH_TOKEN": self._proxy_token}
        return subprocess.Popen(self._proxy_command, env=env, stdout=self._log, stderr=self._log)

    def start_hub(self) -> subprocess.Popen[bytes]:
        """Start the hub, and wait until it and the desk service answer."""
        command = [
            sys.executable,
            "-m",
            "jupyterhub",
            "-f",
            str(self.folder / "etc" / "jupyterhub_config.py"),
        ]
        env = {**os.environ, "CONFIGPROXY_AUTH_TOKEN": self._proxy_token}
        hub = subprocess.Popen(command, env=env, cwd=self.folder, stdout=self._log, stderr=self._log)
        wait_for("the hub", lambda: self.ask("/hub/health").status == 200)
        wait_for("the desk service", lambda: self.ask("/services/centre/health").status == 200)
        return hub

    def stop(self) -> None:
        """End everything and remove it."""
        for process in filter(None, (self.hub, self.proxy)):
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait()
        if self.database is not None:
            self.database.stop()
        self.accounts.remove_all()
        if self._log is not None:
            self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def log(self) -> str:
        """What the hub, its proxy and the desk service wrote."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def centre_pids(self) -> list[int]:
        """The processes of the desk service: one, or none while it is away."""
        found = []
        for one in processes_of(pwd.getpwnam(self.choices.centre_user).pw_uid):
            with contextlib.suppress(OSError):
                if b"rebound\0centre" in Path(f"/proc/{one}/cmdline").read_bytes():
                    found.append(one)
        return found

    # Asking ------------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """What a browser opens."""
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: Any = None,
        *,
        port: int = 0,
        token: str = "",
        **headers: str,
    ) -> Answer:
        """Ask through the proxy, or another port."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=PATIENCE_S)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            named["Authorization"] = f"token {token}"
        sent = body
        if body is not None and not isinstance(body, bytes):
            sent, named["Content-Type"] = json.dumps(body).encode(), "application/json"
        try:
            connection.request(method, path, sent, named)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def api(self, path: str, method: str = "GET", body: Any = None) -> Any:
        """Ask the hub's own API as whoever administers."""
        answer = self.ask(f"/hub/api/{path}", method, body, token=self.admin)
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body[:300]!r}")
        return answer.json if answer.body else None

    def centre(self, path: str, token: str, method: str = "GET", body: Any = None) -> Answer:
        """Ask the desk service."""
        return self.ask(f"/services/centre{path}", method, body, token=token)

    def person(self, who: str, *groups: str) -> str:
        """A new account, known to the hub and in these groups; its name."""
        name = self.accounts.make(who)
        self.api(f"users/{name}", "POST")
        for group in groups:
            with contextlib.suppress(RuntimeError):
                self.api(f"groups/{group}", "POST")
            self.api(f"groups/{group}/users", "POST", {"users": [name]})
        if groups:
            time.sleep(2 * ANEW_S)  # the centre may know who is in a group from that long ago
        return name

    def token(self, name: str, **more: Any) -> str:
        """A token as the hub gives one to the person's own server."""
        scopes = ["access:services!service=centre"]
        mine = set(self.api(f"users/{name}")["groups"])
        if "counsellors" in mine:
            scopes += ["custom:rebound:read-shared", "custom:rebound:cohort"]
        made = self.api(f"users/{name}/tokens", "POST", {"scopes": scopes, **more})
        return str(made["token"])

    def sign_in(self, page: Any, name: str) -> None:
        """Sign in as somebody would, in a browser."""
        page.goto(f"{self.url}/hub/login?{urlencode({'next': f'/user/{name}/'})}")
        page.fill("#username_input", name)
        page.fill("#password_input", self.accounts.passwords[name])
        page.click("#login_submit")
