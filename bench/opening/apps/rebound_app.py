"""Rebound's own launcher with a notebook of one cell in the place of the workbook: NOTEBOOK, LIST, then its options.

LIST names the modules that kernels are forked with; it is learned from the notebook where it is not there.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from rebound_widgets import cli
from rebound_widgets.serve import kernel_source, launcher
from rebound_widgets.warm_kernels.learn import cells_of, importable, loaded_after, write_list
from rebound_widgets.warm_kernels.recipe import listed_modules

notebook, modules = (Path(name) for name in sys.argv[1:3])
del sys.argv[1:3]
if not modules.exists():
    own = listed_modules(kernel_source.WARM.modules)
    found = [*own, *(name for name in loaded_after(cells_of(notebook)) if name not in own)]
    write_list(modules, importable(found))
kernel_source.WARM = replace(kernel_source.WARM, modules=str(modules))
launcher.notebook = lambda _name: notebook
sys.exit(cli.main())
