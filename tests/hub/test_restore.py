"""The machine burns: what was backed up before is brought back, and every row and every word is there."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from rebound_widgets.domain.refused import Refused
from rebound_widgets.service.database import Database
from rebound_widgets.store import Store

from ..service.conftest import share_body
from ..service.upgrading import RELEASED, later_form, make, rows
from .campus import Campus, as_user, processes_of, wait_for

WRITES = """
import time
from pathlib import Path
from rebound_widgets.workbook import Workbook
workbook = Workbook.open(Path.home() / ".local" / "share" / "rebound")
number = 0
while number < {count}:
    number += 1
    workbook.record("share/with-why", f"line {{number}} " + "of many words " * 30)
    workbook.add_application({{"company": f"Acme {{number}}"}})
    time.sleep(0.02)
workbook.close()
"""
MANY = 10_000


def write(campus: Campus, name: str, count: int) -> int:
    """Somebody writes in their own workbook; 0 where all went well."""
    code = shlex.quote(WRITES.format(count=count))
    return as_user(name, f"{campus.python}/bin/python -c {code}").returncode


def workbook(name: str) -> Path:
    """Somebody's workbook."""
    return Path(f"~{name}").expanduser() / ".local" / "share" / "rebound" / "workbook.rebound"


def digests(name: str) -> dict[str, str]:
    """The digest of each record of a workbook that is whole."""
    with Store.open(workbook(name)) as store:
        assert [] == store.check()
        return store.digests()


@pytest.fixture(scope="module")
def class_of_two(campus: Campus) -> dict[str, str]:
    """One student who has finished, one who writes on and on, and a counsellor with a share that was read."""
    names = {"done": campus.person("rdone"), "busy": campus.person("rbusy")}
    names["reader"] = campus.person("rmoll", "counsellors")
    for who in ("done", "busy"):
        assert 0 == write(campus, names[who], 5)
    return names


def shared(campus: Campus, names: dict[str, str]) -> dict[str, str]:
    """Shares, one of them taken back, a reading and a consent; the tokens."""
    tokens = {who: campus.token(name) for who, name in names.items()}
    reader = campus.centre("/v1/me", tokens["reader"]).json["id"]
    today = dt.datetime.now().astimezone().date()
    campus.centre("/v1/me/consent", tokens["done"], "PUT", {"words": "centre-1"})
    for number in range(3):
        body = {"reader": reader, "share": share_body(f"fire{number}", today)}
        path = f"/v1/shares/share-fire{number}"
        assert 201 == campus.centre(path, tokens["done"], "PUT", body).status
    assert 200 == campus.centre("/v1/received/share-fire0", tokens["reader"]).status
    assert 200 == campus.centre("/v1/shares/share-fire2", tokens["done"], "DELETE").status
    return tokens


def told(campus: Campus, tokens: dict[str, str]) -> Any:
    """Everything the service tells whoever shared: shares, what is in them, consents and who read what."""
    answer = campus.centre("/v1/me/export", tokens["done"])
    assert 200 == answer.status, answer.body
    return answer.json


def burn(campus: Campus, names: dict[str, str]) -> None:
    """Database, hub and homes are gone, with everything that ran."""
    assert campus.hub is not None
    assert campus.database is not None
    campus.hub.send_signal(signal.SIGTERM)
    campus.hub.wait(60)
    for name in names.values():
        for process in processes_of(pwd.getpwnam(name).pw_uid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        shutil.rmtree(Path(f"~{name}").expanduser())
    campus.database.kill()
    for folder in (campus.database.folder, campus.folder / "etc", campus.folder / "state"):
        shutil.rmtree(folder)


def test_what_was_backed_up_is_all_there_after_a_fire(campus: Campus, class_of_two: dict[str, str]) -> None:
    """Backed up while the hub runs and somebody writes; every table, token and workbook is as it was."""
    names, database = class_of_two, campus.database
    assert database is not None
    tokens = shared(campus, names)
    homes = [Path(f"~{name}").expanduser() for name in names.values()]
    assert (
        0
        == as_user(
            names["busy"], f"{campus.python}/bin/rebound backup --home ~/.local/share/rebound"
        ).returncode
    )
    finished = digests(names["done"])
    writer = threading.Thread(target=write, args=(campus, names["busy"], MANY), daemon=True)
    backed_up = digests(names["busy"])
    writer.start()
    wait_for("the writer", lambda: len(digests(names["busy"])) > len(backed_up) + 5)
    # Nothing is stopped: the dump is of one moment, and a workbook half copied has whole backups beside it.
    dump, tables, said = database.dump(), database.digests(), told(campus, tokens)
    tar = packed(*homes, campus.folder / "etc", campus.folder / "state")

    burn(campus, names)
    writer.join(30)
    database.make()
    database.bring_back(dump)
    subprocess.run(["tar", "-xpP"], input=tar, check=True)
    assert tables == database.digests()
    campus.hub = campus.start_hub()

    assert said == told(campus, tokens)
    assert {"shares": 3, "readings": 1, "consents": 1} == {
        what: len(said[what]) for what in ("shares", "readings", "consents")
    }
    again = campus.centre("/v1/received/share-fire0", tokens["reader"])
    assert (200, "Three people and a plant.") == (again.status, again.json["share"]["items"][0]["text"])
    assert finished == digests(names["done"])
    assert backed_up.keys() <= brought_back(campus, names["busy"]).keys()


def packed(*folders: Path) -> bytes:
    """A tar of folders; tar says 1 where a file changed while it was read."""
    made = subprocess.run(["tar", "-cP", *folders], check=False, capture_output=True)
    assert made.returncode in (0, 1), made.stderr
    return made.stdout


def brought_back(campus: Campus, name: str) -> dict[str, str]:
    """A workbook that was written while it was copied: as it is where it is whole, else its newest backup."""
    looked = as_user(name, f"{campus.python}/bin/rebound check --home ~/.local/share/rebound")
    if looked.returncode:
        restored = as_user(name, f"{campus.python}/bin/rebound restore --yes --home ~/.local/share/rebound")
        assert 0 == restored.returncode, restored.stderr[-500:]
    return digests(name)


@pytest.mark.parametrize("form", RELEASED)
def test_an_upgrade_goes_up_whole_and_back_by_the_dump(
    campus: Campus, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL: an earlier form is brought up with every row, half an upgrade is none, and the dump goes back."""
    database = campus.database
    assert database is not None
    for command in (("createuser", "-s", "root"), ("createdb", "upgraded")):
        database.run(command[0], "-h", str(database.folder), *command[1:])
    url = database.address.replace("/centre?", "/upgraded?")
    make(url, form)
    before = rows(url)
    with monkeypatch.context() as patched:
        later_form(patched, tmp_path / "broken", "raise RuntimeError('a fault')")
        with pytest.raises(RuntimeError):
            up(url)
    assert before == rows(url)
    dump = database.dump("upgraded")
    with monkeypatch.context() as patched:
        later_form(patched, tmp_path / "later")
        up(url)
    after = rows(url)
    assert [] == after.pop("later")
    assert before == after
    with pytest.raises(Refused):
        up(url)
    database.run("dropdb", "-h", str(database.folder), "upgraded")
    database.run("createdb", "-h", str(database.folder), "upgraded")
    database.bring_back(dump, "upgraded")
    up(url)
    assert before == rows(url)


def up(url: str) -> None:
    """What the service does when it starts."""
    database = Database(url)
    try:
        database.bring_up()
    finally:
        database.close()
