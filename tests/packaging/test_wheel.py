"""The wheel alone, in an empty environment with no more than it asks for, opens the workbook."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

READY_WITHIN_S = 90


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what git keeps."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("rebound_widgets", "data", "notebooks"):
        shutil.copytree(root / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_*"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(root / name, tree / name)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tree / "dist"],
        cwd=tree,
        check=True,
        capture_output=True,
    )
    (built,) = (tree / "dist").glob("*.whl")
    return built


def normal(name: str) -> str:
    """A distribution's normalised name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, extras: frozenset[str], found: dict[str, metadata.Distribution]) -> None:
    """Add to ``found`` the distribution and everything it asks for here, as an installer would."""
    from packaging.requirements import Requirement

    key = normal(name)
    if key in found and not extras:
        return
    distribution = found[key] = metadata.distribution(name)
    for line in distribution.requires or ():
        wanted = Requirement(line)
        marker = wanted.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            fresh = frozenset(wanted.extras) if normal(wanted.name) not in found else frozenset()
            needed(wanted.name, fresh, found)


def lay(distribution: metadata.Distribution, environment: Path) -> None:
    """Put the files of an installed distribution into another environment, its scripts left out."""
    here = Path(sys.prefix)
    for file in distribution.files or ():
        source = Path(str(distribution.locate_file(file))).resolve()
        if not source.is_relative_to(here) or source.suffix == ".pyc" or not source.is_file():
            continue
        target = environment / source.relative_to(here)
        if target.parent.name in {"bin", "Scripts"}:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:
            shutil.copy(source, target)


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment into which the wheel was installed with what it asks for, and nothing else.

    The wheel is installed by an installer. What it depends on is copied from the environment of the tests,
    found by following the requirements from the wheel's own on, so that no test tool comes along and no index
    is asked.
    """
    made = tmp_path_factory.mktemp("installed") / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    found: dict[str, metadata.Distribution] = {}
    needed("rebound-widgets", frozenset(), found)
    del found["rebound-widgets"]
    for distribution in found.values():
        lay(distribution, made)
    uv = [sys.executable, "-m", "uv", "--quiet", "--offline", "pip"]
    python = ["--python", made / "bin" / "python"]
    subprocess.run([*uv, "install", *python, "--no-deps", wheel], check=True, capture_output=True)
    subprocess.run([*uv, "check", *python], check=True, capture_output=True)
    return made


def ask(environment: Path, code: str) -> str:
    """What the environment's Python prints, run far from the tree."""
    ran = subprocess.run(
        [environment / "bin" / "python", "-I", "-c", code],
        cwd=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_the_wheel_is_what_is_imported(environment: Path, root: Path) -> None:
    """The installed copy is read, not the tree beside it, and no test tool came along."""
    where = Path(ask(environment, "import rebound_widgets; print(rebound_widgets.__file__)"))
    assert where.is_relative_to(environment)
    assert not where.is_relative_to(root)
    assert ask(environment, "import importlib.util as u; print(u.find_spec('pytest'))") == "None"


@pytest.mark.parametrize("name", ["data", "notebooks"])
def test_the_wheel_carries_its_files(environment: Path, root: Path, name: str) -> None:
    """Content, samples and notebooks travel inside the package, each file the same as in the tree."""
    listing = (
        "from rebound_widgets.places import shipped\n"
        f"root = shipped({name!r})\n"
        "assert '_shipped' in root.parts, root\n"
        "print(*sorted(p.relative_to(root).as_posix() for p in root.rglob('*') if p.is_file()), sep='\\n')"
    )
    skip = {"__pycache__", ".ipynb_checkpoints"}
    in_tree = sorted(
        path.relative_to(root / name).as_posix()
        for path in (root / name).rglob("*")
        if path.is_file() and not skip & set(path.parts)
    )
    assert in_tree
    assert ask(environment, listing).splitlines() == in_tree


def test_the_wheel_carries_the_front_end(environment: Path, root: Path) -> None:
    """Every style sheet, script and template of the package is in the wheel."""
    package = root / "rebound_widgets"
    in_tree = sorted(
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.suffix in {".js", ".css", ".html", ".typed"}
    )
    listing = (
        "import rebound_widgets, pathlib\n"
        "root = pathlib.Path(rebound_widgets.__file__).parent\n"
        "kinds = {'.js', '.css', '.html', '.typed'}\n"
        "found = (p.relative_to(root).as_posix() for p in root.rglob('*') if p.suffix in kinds)\n"
        "print(*sorted(p for p in found if not p.startswith('_shipped/')), sep='\\n')"
    )
    assert in_tree
    assert ask(environment, listing).splitlines() == in_tree


@pytest.fixture
def ready_line(environment: Path, home: Path) -> Iterator[str]:
    """`rebound app` from the installed wheel, until its ready line; stopped afterwards."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER"))}
    process = subprocess.Popen(
        [environment / "bin" / "rebound", "app", "--no-browser", "--home", home],
        cwd=home,
        env={**kept, "HOME": str(home), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line)
        lines.put(None)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    heard = []
    try:
        while (line := lines.get(timeout=READY_WITHIN_S)) is not None:
            heard.append(line)
            if "http://127.0.0.1:" in line:
                yield line
                break
        else:
            pytest.fail("rebound app ended before it was ready:\n" + "".join(heard))
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(5)
        assert process.stdout is not None
        process.stdout.close()


@pytest.mark.slow
def test_the_wheel_opens_the_workbook(ready_line: str) -> None:
    """`rebound app` of the installed wheel says where it is, and that address shows the workbook."""
    (address,) = re.findall(r"http://127\.0\.0\.1:\d+/\S*", ready_line)
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor()
    )
    with opener.open(address, timeout=READY_WITHIN_S) as answer:
        page = answer.read().decode("utf-8")
        assert answer.status == 200
    assert "Rebound" in page
    assert "Traceback" not in page
