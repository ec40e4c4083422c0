"""The launcher's log: in the person's folder, for their eyes, without any word they wrote."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import logging.handlers
import re
import traceback
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import cast

from .private import private_opener

FILE_NAME = "rebound.log"
OURS = "rebound"
log = logging.getLogger(OURS)

_BYTES = 200_000
_OLD_FILES = 2
_FRAME = re.compile(r"(?:File|Cell) .*?([^/\\\s\"]+?)\"?(?:,? (?:line )|:)(\d+)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Wordless(logging.Formatter):
    """Writes what happened and where, never what was said.

    Sentences of our own loggers are written out, since we know what is in them. Of any other library only the
    place that logged is written: its sentence may hold an address with a token, or a message with somebody's
    letter in it. Of an exception the kinds and the places are written, never its own words.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = f"{self.formatTime(record)} {record.levelname.lower()} {_said(record)}"
        if record.exc_info and record.exc_info[1] is not None:
            line += f" | {places(record.exc_info[1])}"
        return line


class WordlessJson(logging.Formatter):
    """The same as one line of JSON, in the form of the desk service's lines."""

    def format(self, record: logging.LogRecord) -> str:
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "what": _said(record)}
        if record.exc_info and record.exc_info[1] is not None:
            line["places"] = places(record.exc_info[1])
        return json.dumps(line)


def _said(record: logging.LogRecord) -> str:
    ours = record.name.partition(".")[0] == OURS
    return record.getMessage() if ours else f"{record.name} at {record.module}:{record.lineno}"


def places(problem: BaseException) -> str:
    """What kind of exception and through which places it came, innermost last, without its words."""
    frames = traceback.extract_tb(problem.__traceback__)
    return f"{type(problem).__name__}: " + " < ".join(
        f"{Path(f.filename).name}:{f.lineno}" for f in frames[-8:]
    )


def places_in(lines: list[str]) -> str:
    """The places named in a traceback that a kernel sent as text: file names and line numbers only."""
    found = _FRAME.findall(_COLOUR.sub("", "\n".join(lines)))
    return " < ".join(f"{name}:{number}" for name, number in found[-8:])


class _PrivateFile(logging.handlers.RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        return cast(
            "TextIOWrapper", open(self.baseFilename, self.mode, encoding="utf-8", opener=private_opener)
        )


@contextlib.contextmanager
def logging_to(folder: Path, *, as_json: bool = False) -> Iterator[None]:
    """Send whatever is logged or warned about to ``rebound.log`` in ``folder``, and not to the terminal.

    Args:
        folder: Where the file is.
        as_json: Whether machines read it: of a server for many, where lines are gathered.
    """
    handler = _PrivateFile(folder / FILE_NAME, maxBytes=_BYTES, backupCount=_OLD_FILES, encoding="utf-8")
    handler.setFormatter(WordlessJson() if as_json else Wordless())
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        logging.captureWarnings(False)
        # Without any handler, what is said while the process ends would go to the terminal.
        root.handlers[:] = before or [logging.NullHandler()]
        root.setLevel(level)
        handler.close()
