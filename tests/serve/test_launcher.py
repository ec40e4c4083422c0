"""The launcher's own pieces; what it does as a whole is in tests/browser/test_launcher_*.py."""

from __future__ import annotations

import subprocess
import sys

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
