"""One person's server where a JupyterHub starts it: the hub says who comes in, and it is theirs alone."""
