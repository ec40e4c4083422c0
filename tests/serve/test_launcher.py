"""The launcher's own pieces; what it does as a whole is in tests/browser/test_launcher_*.py."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from rebound_widgets.serve.launcher import notebook


def test_the_notebook_that_ships_is_published() -> None:
    """What is published is the workbook of this installation."""
    assert notebook("workbook").is_file()
    assert "workbook.ipynb" == notebook("workbook").name


def test_refusing_is_quick() -> None:
    """Saying that a port is taken, or where the running one is, loads neither Voilà nor pandas."""
    code = "import sys; import rebound_widgets.serve.launcher; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set() == {"voila", "jupyter_server", "pandas", "ipywidgets", "tornado", "ruamel"} & set(loaded)


def test_jupyter_loads_without_the_grammar_that_takes_seconds() -> None:
    """The slow part of jsonschema is left out while Voilà is loaded, and can be loaded afterwards."""
    code = (
        "import sys\n"
        "from rebound_widgets.serve.quick import quick_imports\n"
        "with quick_imports():\n"
        "    import rebound_widgets.serve.server\n"
        "assert 'lark' not in sys.modules and 'rfc3987_syntax' not in sys.modules\n"
        "import rfc3987_syntax\n"
        "print('both')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "both\n" == done.stdout


UNFORKED = """
import sys
from rebound_widgets import cli
from rebound_widgets.warm_kernels import zygotes
zygotes.can_adopt = lambda: False
sys.exit(cli.main())
"""
"""The launcher as on a system where kernels cannot be forked."""


def start(home: Path, code: str) -> subprocess.Popen[str]:
    """``rebound app`` on ``home``, started by ``code``."""
    options = ["app", "--no-browser", "--home", str(home)]
    return subprocess.Popen([sys.executable, "-c", code, *options], stdout=subprocess.PIPE, text=True)


def first_page(process: subprocess.Popen[str]) -> str:
    """The page, asked for before the server itself is loaded: whoever comes early waits."""
    assert process.stdout is not None
    at = urlsplit(process.stdout.readline().removeprefix("Rebound is at ").strip())
    connection = http.client.HTTPConnection(at.netloc, timeout=60)
    connection.request("GET", f"/?{at.query}")
    let_in = connection.getresponse()
    let_in.read()
    connection.request("GET", "/", headers={"Cookie": let_in.getheader("Set-Cookie") or ""})
    body = connection.getresponse().read().decode()
    connection.close()
    return body


def test_a_page_opens_on_the_kernel_that_waited(tmp_path: Path) -> None:
    """Where nothing can be forked, the first page is shown by the process that was started with the launcher."""
    with start(tmp_path, UNFORKED) as process:
        body = first_page(process)
        command = ["ps", "-ww", "-o", "args=", "--ppid", str(process.pid)]
        children = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        process.terminate()
    assert "vnd.jupyter.widget-view" in body
    assert 1 == len(children)
    assert "waiting_main" in children[0]
    assert 0 == process.returncode
    log = (tmp_path / "app" / "rebound.log").read_text(encoding="utf-8")
    assert "without" not in log
    assert log.rstrip().endswith("closed")


IMPATIENT = """
import sys
from rebound_widgets import cli
from rebound_widgets.serve.kernels import Kernels
Kernels.minute_s.default_value = 0.1
sys.exit(cli.main())
"""
"""The launcher with minutes of a tenth of a second."""


def test_a_kernel_whose_page_never_came_back_ends(tmp_path: Path) -> None:
    """Who closes the lid says no goodbye; the minutes of the running server are counted all the same."""
    with start(tmp_path, IMPATIENT) as process:
        assert "vnd.jupyter.widget-view" in first_page(process)
        log, until = tmp_path / "app" / "rebound.log", time.monotonic() + 60
        while "no page was connected for long" not in (said := log.read_text(encoding="utf-8")):
            assert time.monotonic() < until, said
            time.sleep(0.1)
        process.terminate()
    assert 0 == process.returncode


def test_the_file_that_leads_a_browser_here_stays_half_a_minute(tmp_path: Path) -> None:
    """A second start writes it and ends at once; the running server removes it when it is old, and not before."""
    code = IMPATIENT.replace(
        "sys.exit", "from rebound_widgets.serve import browser\nbrowser._LOOKS_S = 0.05\nsys.exit"
    )
    with start(tmp_path, code) as process:
        first_page(process)
        file = tmp_path / "app" / "opening.html"
        file.write_text("an address")
        time.sleep(1)
        assert file.is_file()
        past = time.time() - 31
        os.utime(file, (past, past))
        until = time.monotonic() + 20
        while file.is_file():
            assert time.monotonic() < until
            time.sleep(0.05)
        process.terminate()
    assert 0 == process.returncode


def test_told_to_stop_at_once_it_ends_in_peace(tmp_path: Path) -> None:
    """Who changes their mind before the server is there gets no traceback, and nothing goes on."""
    code = "import sys; from rebound_widgets import cli; sys.exit(cli.main())"
    with start(tmp_path, code) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Rebound is at ")
        process.terminate()
    assert 0 == process.returncode
