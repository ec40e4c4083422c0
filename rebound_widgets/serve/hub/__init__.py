"""``rebound hub``: a JupyterHub configuration for one machine, written and checked."""
