"""Serving the workbook: the launcher, the page it sends, the kernels behind it."""
