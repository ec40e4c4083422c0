"""Rebound: a coaching workbook for what comes after "we went with someone else"."""
