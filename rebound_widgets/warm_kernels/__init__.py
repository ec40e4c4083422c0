"""Jupyter kernels forked from a process that has imported everything already.

Knows nothing of Rebound: any Jupyter or Voilà site can take it, see ``docs/reference/warm-kernels.md``. Linux only;
elsewhere, and whenever the warm process is not to be had, kernels start as they always did.
"""
