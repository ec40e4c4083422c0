"""A history written out: to look at, to print, to take to another program, or to leave with everything."""

from .calendar import Planned, calendar_bytes
from .tables import csv_bytes, xlsx_bytes
from .whole import Exported, read_export_json
from .write import SUFFIXES, write_export

__all__ = [
    "SUFFIXES",
    "Exported",
    "Planned",
    "calendar_bytes",
    "csv_bytes",
    "read_export_json",
    "write_export",
    "xlsx_bytes",
]
