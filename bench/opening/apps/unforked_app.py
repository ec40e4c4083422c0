"""Rebound's own launcher as on a system where kernels cannot be forked; takes its options."""

import sys

from rebound_widgets import cli
from rebound_widgets.warm_kernels import zygotes

zygotes.can_adopt = lambda: False
sys.exit(cli.main())
