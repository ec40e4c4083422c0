"""``rebound app`` without the administrator's right to write where it is forbidden.

Run by root, as in a container, a file that is made read-only can be written all the same, and a test of it would
show nothing. Elsewhere this is the launcher as it is.
"""

from __future__ import annotations

import ctypes
import os
import sys

PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE = 1

if __name__ == "__main__":
    if sys.platform == "linux" and os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)
    os.execv(sys.executable, [sys.executable, "-m", "rebound_widgets.cli", "app", *sys.argv[1:]])  # noqa: S606
